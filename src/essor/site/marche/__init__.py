"""The public schema of le Marché de l’inclusion: written from our register, read from its API."""
