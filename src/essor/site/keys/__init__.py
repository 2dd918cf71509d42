"""Keys: what lets a program write in the name of a member."""
