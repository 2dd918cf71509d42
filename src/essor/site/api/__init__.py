"""The API: the dataclasses of the core as JSON, read by anybody, described by OpenAPI."""
