"""Anomalies: what a source held that could not be read as promised, counted and kept."""

from essor.tables.table import Column, Table

ANOMALIES = Table(
    name="anomalies",
    meaning="One row per source × column × problem × value met while building; nothing is dropped silently.",
    key=("source", "column", "problem", "value"),
    columns=(
        Column("source", "string", "Name of the source."),
        Column("column", "string", "Column of the publisher's file."),
        Column(
            "problem",
            "string",
            "duplicate_key, bad_luhn, unknown_code, former_code, unknown_commune, foreign, unreadable or orphan.",
        ),
        Column("value", "string", "The value met; empty where there are too many to list."),
        Column("rows", "int64", "How many rows hold it.", "rows"),
        Column("is_row_kept", "boolean", "Whether those rows are in the release."),
    ),
)
