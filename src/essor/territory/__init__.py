"""Territories: containment both ways, lookup by name or code, distances, neighbours, population."""
