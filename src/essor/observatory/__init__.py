"""The observatory: the study's figures for any territory, with bounds, sources and dates."""
