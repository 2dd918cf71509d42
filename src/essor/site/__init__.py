"""The site: pages rendered by Django from the release in service."""
