"""The territory report: its contents, its drawings, its sentences, its pages."""
