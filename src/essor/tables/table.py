"""What a table is: a name, a meaning, a key, and columns that say what they hold."""

from dataclasses import dataclass

SQL_TYPES = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
}
"""What DuckDB calls each Ibis type that a column may have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Ibis type, its meaning, its unit where it has one."""

    name: str
    type: str
    meaning: str
    unit: str | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `meaning` begins with « One row per »; `key` identifies a row."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def types(self) -> dict[str, str]:
        """Return the Ibis type of each column, in order."""
        return {column.name: column.type for column in self.columns}
