"""`python -m benchmarks TASK`: answer one task of the measuring contract, from stdin to stdout."""

import importlib
import sys
from collections.abc import Sequence

# Task, module that answers it: each has `main(arguments)`, imported only when asked.
TASKS = {
    "geocode": "benchmarks.geocode",
    "ess": "benchmarks.ess",
    "naf": "benchmarks.naf",
    "nafname": "benchmarks.nafname",
    "descriptors": "benchmarks.descriptors",
    "link": "benchmarks.link",
    "link-reliability": "benchmarks.link_reliability",
    "link-speed": "benchmarks.link_speed",
    "match-speed": "benchmarks.match_speed",
    "need": "benchmarks.need",
    "search-speed": "benchmarks.search_speed",
    "peers": "benchmarks.peers.entry",
    "published-speed": "benchmarks.published_speed",
    "site-load": "benchmarks.site_load",
    "site-people": "benchmarks.site_people",
    "site-quality": "benchmarks.site_quality",
    "scale": "benchmarks.scale",
}
# What the measuring contract reads as « not built ».
NOT_BUILT = 2


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of the task named first in `arguments`."""
    task, options = (arguments[0], arguments[1:]) if arguments else ("", ())
    module = TASKS.get(task)
    if module is None:
        print(f"Unknown task {task!r}: one of {', '.join(TASKS)}.", file=sys.stderr)
        return NOT_BUILT
    try:
        run = importlib.import_module(module).main
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        print(f"Task {task!r} is not built yet.", file=sys.stderr)
        return NOT_BUILT
    return int(run(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
