"""Lists: the organisations that a member keeps, with her notes, and a link to share them."""
