"""The identifiers of what is published in a search: in their order, the latest comes first."""

_LAST = 2**63 - 1
"""The largest number that a row may have."""


def identifier(number: int) -> str:
    """Return the identifier of the row of that number."""
    return f"{_LAST - number:019d}"


def number_of(identifier: str) -> int:
    """Return the number of the row of that identifier."""
    return _LAST - int(identifier)
