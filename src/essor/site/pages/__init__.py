"""The pages: each parses what was asked, calls one function of a feature, and renders."""
