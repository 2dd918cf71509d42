"""What a page that has a map may load besides the others: our scripts, their worker, our contours."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update

_Page = TypeVar("_Page", bound=Callable[..., Any])

_allowed: Callable[[Any], Any] = csp_update(
    {"script-src": [SELF], "worker-src": [SELF], "connect-src": [SELF]}
)


def with_map(page: _Page) -> _Page:
    """Return the page, which may have a map; its address may hold what it likes."""
    return cast("_Page", _allowed(page))
