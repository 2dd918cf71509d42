"""The people's data in one file, which either database can give and take."""
