"""What a page that replaces a part of itself may do besides the others: run our scripts, ask the site."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update

_Page = TypeVar("_Page", bound=Callable[..., Any])

_allowed: Callable[[Any], Any] = csp_update({"script-src": [SELF], "connect-src": [SELF]})


def scripted(page: _Page) -> _Page:
    """Return the page, which may replace a part of itself; it says the same to whoever runs no script."""
    return cast("_Page", _allowed(page))
