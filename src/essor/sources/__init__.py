"""The State's open data, one module a source: what is promised, and `tidy(raw) -> table`."""
