"""Matching: who can answer a need, in an order whose reasons add up."""
