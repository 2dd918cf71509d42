"""The steps of the tables of keys."""
