"""How the tables of lists came to be what they are."""
