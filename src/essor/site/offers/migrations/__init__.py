"""Migrations of what organisations publish."""
