"""What was changed in the tables of operation, in order."""
