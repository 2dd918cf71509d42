"""Derive the embedded demonstration: real geography and nomenclatures, and a seeded fictional population."""
