"""Search: one index a release, where words, names, numbers, meaning and filters find organisations."""
