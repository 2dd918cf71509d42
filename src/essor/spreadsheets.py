"""Spreadsheets: what they would run instead of showing it.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,\u00a0\u202f]*")


def harmless(cell: str) -> str:
    """Return the cell behind an apostrophe when a spreadsheet would run it; a signed number stays one."""
    is_formula = cell.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
