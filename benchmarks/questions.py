"""How fast the observatory answers, inside a process, on the release in service.

python -m benchmarks.questions [ROUNDS]     prints p50, p95, max in milliseconds, and the preparation
"""

import statistics
import sys
import time

from essor.home import home
from essor.observatory.figures import figures
from essor.observatory.perspective import By, Perimeter
from essor.observatory.prepared import prepare
from essor.observatory.question import Question
from essor.release.opened import open_release
from essor.territory.lookup import find

TERRITORIES = ("FR", "region:84", "region:53", "departement:57", "departement:2A", "commune:57463")
BREAKDOWNS = (None, *By)


def main(rounds: int) -> str:
    """Return the line of figures, each question asked `rounds` times."""
    release = open_release(home())
    connection = release.connect()
    started = time.monotonic()
    prepare(connection)
    preparation = time.monotonic() - started
    questions = [
        Question(territory, perimeter, by)
        for text in TERRITORIES
        for territory in (find(connection, text),)
        for perimeter in Perimeter
        for by in BREAKDOWNS
        if not (text.startswith("commune") and by is By.TERRITORY)
    ]
    milliseconds = []
    for _ in range(rounds):
        for question in questions:
            started = time.monotonic()
            figures(connection, question, release.manifest.sources)
            milliseconds.append(1000 * (time.monotonic() - started))
    p95 = statistics.quantiles(milliseconds, n=20)[-1]
    return (
        f"{len(milliseconds)} questions: p50 {statistics.median(milliseconds):.1f} ms, "
        f"p95 {p95:.1f} ms, max {max(milliseconds):.1f} ms; preparation {1000 * preparation:.0f} ms"
    )


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
