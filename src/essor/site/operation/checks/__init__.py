"""What `essor check` looks at before and while a site is open."""
