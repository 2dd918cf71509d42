"""French as it is written about products, trades and places, and what it says: words, meaning, NAF."""
