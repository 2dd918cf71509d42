"""The criteria of matching, one module each."""
