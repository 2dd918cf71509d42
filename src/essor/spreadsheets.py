"""Spreadsheets: what they would run instead of showing it.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,\u00a0\u202f]*")


def harmless(cell: str) -> str:
    """Return the cell behind an apostrophe when a spreadsheet would run it; a signed number stays one."""
    return cell if _NUMBER.fullmatch(cell) else shown(cell)


def shown(text: str) -> str:
    """Return a text that is no number, behind an apostrophe when a spreadsheet would make another thing of it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
