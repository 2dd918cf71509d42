"""Maps: what they draw, from our own addresses alone; without them, a table or a list says the same."""
