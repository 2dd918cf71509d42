"""The people: accounts, the organisations that they claim, what they may do, what was done."""
