"""Derive the embedded demonstration: real geography, and a seeded fictional population."""
