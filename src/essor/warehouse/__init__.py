"""From the publishers' files to the tables of a release: fetch, read, tidy, check, cross, write."""
