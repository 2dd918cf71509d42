"""Scripts of the makers: the demonstration's derivation, the reference pages, the locks."""
