"""Every check, in the order in which one opens a site."""

import os
from collections.abc import Iterator

from essor.home import Home
from essor.site.operation.checks.finding import Finding
from essor.site.operation.checks.opening import opening
from essor.site.operation.checks.people import people
from essor.site.operation.checks.release import release


def findings(home: Home, *, reads_all: bool) -> Iterator[Finding]:
    """Yield what each check finds; none stops the next."""
    yield from opening(os.environ, home)
    yield from release(home, reads_all=reads_all)
    yield from people()
