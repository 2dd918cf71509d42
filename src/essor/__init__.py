"""Essor: the register and the observatory of the social economy in French industry."""
