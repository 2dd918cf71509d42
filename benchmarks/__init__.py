"""The measures of Essor: independent truth, and time; no part of the package."""
