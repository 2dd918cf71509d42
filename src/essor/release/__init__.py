"""A release: tables and manifest, immutable, built aside, switched in by one rename."""
