"""100 000 typed names linked to a register of a million: seconds, peak memory, share found.

    python -m benchmarks.link_speed [--entries 1000000] [--queries 100000]

The register is fictional: combined syllables, real kinds of titles, SIRENs that fail their key.
A query is an entry that lost or swapped letters, words, its town or its address.
"""

import argparse
import random
import resource
import string
import sys
import time
from collections.abc import Sequence

from essor.linkage.confidence import decide
from essor.linkage.entries import Entry, Outcome, Query
from essor.linkage.register import Register

SEED = 20261123
BATCH = 10_000
_SOUNDS = "ba che do fa gri lu mon nè pi quo ra sau ter vi zan bre col dra flo gué jo ver mil tan"
_SYLLABLES = _SOUNDS.split()
_TITLES = (
    "ASSOCIATION", "SARL", "SAS", "COMMUNE DE", "Ville de", "CC du", "CENTRE HOSPITALIER DE", "CCAS DE",
    "ATELIER", "Régie de quartier", "LES JARDINS DE", "ENTREPRISE ADAPTEE", "ESAT", "Comité des fêtes de",
    "Société coopérative", "", "", "",
)  # fmt: skip
_STREETS = ("rue", "avenue", "place", "chemin", "boulevard")


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.link_speed")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100_000)
    options = parser.parse_args(arguments)
    entries = _entries(options.entries)
    asked = _asked(entries, options.queries)
    print(f"peak memory before filing, with the generated entries: {_peak_gb():.2f} GB")
    started = _clocks()
    register = Register.from_rows(entries)
    built = _clocks()
    first, accepted = [], []
    for start in range(0, len(asked), BATCH):
        some = asked[start : start + BATCH]
        for found, (_, siren) in zip(register.link([each for each, _ in some]), some, strict=True):
            first.append(bool(found) and found[0].siren == siren)
            accepted.append(decide(found).outcome is Outcome.ACCEPT)
    linked = _clocks()
    right = [is_first for is_first, is_sure in zip(first, accepted, strict=True) if is_sure]
    print(f"{len(entries)} entries filed in {_between(started, built)}")
    print(f"{len(asked)} queries linked in {_between(built, linked)}")
    print(f"peak memory: {_peak_gb():.2f} GB")
    print(f"right SIREN first: {sum(first) / len(first):.3f}")
    print(
        f"accepted: {len(right) / len(first):.3f}, of which right {sum(right) / max(len(right), 1):.3f}"
    )
    return 0


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _between(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"{end[0] - start[0]:.1f} s (processor: {end[1] - start[1]:.1f} s)"


def _entries(count: int) -> list[Entry]:
    draw = random.Random(SEED)
    words = [_word(draw) for _ in range(60_000)]
    towns = [
        (f"{_word(draw)}-{_word(draw)}".title(), f"{draw.randrange(1000, 95999):05}")
        for _ in range(20_000)
    ]
    entries = []
    for number in range(count):
        town, postcode = towns[int(len(towns) * draw.random() ** 2)]
        kept = [
            words[int(len(words) * draw.random() ** 3)] for _ in range(draw.choice((1, 2, 2, 3)))
        ]
        title = draw.choice(_TITLES)
        name = (
            f"{title} {town}"
            if title.startswith(("COMMUNE", "Ville", "CC"))
            else f"{title} {' '.join(kept)}"
        )
        street = f"{draw.randrange(1, 200)} {draw.choice(_STREETS)} {draw.choice(words)}"
        entries.append(
            Entry(f"999{number:06}"[-9:].rjust(9, "9"), name.strip(), street, postcode, town)
        )
    return entries


def _asked(entries: Sequence[Entry], count: int) -> list[tuple[Query, str]]:
    draw = random.Random(SEED + 1)
    chosen = draw.choices(entries, k=count)
    return [(_corrupted(draw, entry), entry.siren) for entry in chosen]


def _corrupted(draw: random.Random, entry: Entry) -> Query:
    words = entry.name.lower().split()
    if len(words) > 2 and draw.random() < 0.2:
        words.pop(draw.randrange(len(words)))
    if draw.random() < 0.2:
        draw.shuffle(words)
    name = " ".join(words)
    if draw.random() < 0.5:
        at = draw.randrange(len(name))
        name = name[:at] + draw.choice(("", draw.choice(string.ascii_lowercase))) + name[at + 1 :]
    form = draw.random()
    if form < 0.2:
        return Query(name)
    if form < 0.7:
        return Query(name, city=entry.city.upper().replace("-", " "))
    return Query(name, entry.address, entry.postcode, entry.city)


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.choice((2, 3, 3, 4))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
