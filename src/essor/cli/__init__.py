"""The `essor` command: parse, call the core, print. No decision is made here."""
