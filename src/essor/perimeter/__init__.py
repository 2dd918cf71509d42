"""The statistical perimeter (B.1–B.5): ESS families, industry and staff bands, as dated and cited data."""
