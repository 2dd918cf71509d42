"""The tables of a release, each described once: columns, meaning, unit, key."""
