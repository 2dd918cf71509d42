"""How the site is run: what is checked, watched, written down and saved."""
