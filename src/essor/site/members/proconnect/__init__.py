"""ProConnect, by which professionals are identified: OpenID Connect, whose answers are signed."""
