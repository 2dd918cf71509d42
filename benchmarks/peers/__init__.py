"""The peers that Essor is measured against, run beside it on the same data in one run."""
