"""Linkage: a typed organisation, or a wrong number, to its SIREN, with how sure one can be."""
