"""How far the confidence of linkage can be trusted: what was promised beside what came true.

    python -m benchmarks.link_reliability REGISTER.jsonl QUERIES.jsonl     # by folds, on typed queries
    python -m benchmarks.link_reliability                                  # on the release in service

By folds: weights and curve are fitted on four fifths of the SIRENs, the promise is read on the other.
On the release: the organisations that the lists of agréments name are sought, as these lists write
them, among the names of Sirene alone; then again once half of them were taken away from the register,
when every answer accepted is wrong.
"""

import random
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scripts.fit_linkage import (
    ABSENT_WEIGHT,
    FOLDS,
    fitted_curve,
    held_out_weights,
    read_trials,
    sample,
)

from essor.home import home
from essor.linkage.confidence import ACCEPTED_FROM, REJECTED_BELOW
from essor.linkage.entries import Entry, Query
from essor.linkage.register import Register
from essor.release.opened import open_release

SEED = 20261123
BOUNDS = (0.0, REJECTED_BELOW, 0.3, 0.5, 0.7, 0.85, ACCEPTED_FROM, 0.95, 1.01)
_SIRENE = """
    SELECT o.siren, o.name, coalesce(e.address, ''), coalesce(e.postcode, ''), coalesce(e.city, '')
    FROM organisations o LEFT JOIN establishments e ON e.siret = o.head_office WHERE o.name IS NOT NULL
    UNION
    SELECT e.siren, e.name, coalesce(e.address, ''), coalesce(e.postcode, ''), coalesce(e.city, '')
    FROM establishments e WHERE e.name IS NOT NULL AND e.is_active
"""
_LISTED = """
    SELECT DISTINCT s.siren, s.name, coalesce(e.address, ''), coalesce(e.postcode, ''), coalesce(e.city, '')
    FROM statuses s JOIN establishments e USING (siret) JOIN organisations o ON o.siren = s.siren
    WHERE s.name IS NOT NULL AND o.name IS NOT NULL ORDER BY ALL
"""
_FORMS: dict[str, Callable[[Sequence[str]], Query]] = {
    "name": lambda row: Query(row[1]),
    "name, town": lambda row: Query(row[1], city=row[4]),
    "all fields": lambda row: Query(*row[1:]),
}

Floats = NDArray[np.float64]


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return the exit status."""
    if arguments:
        promised, kept, weight = _by_folds(*map(Path, arguments))
        print(f"{len(promised)} answers; an organisation in five is not in the register")
        _show(promised, kept, weight)
    else:
        _on_release()
    return 0


def _by_folds(register: Path, queries: Path) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Return, for each first candidate, the probability promised, whether it is right, its weight."""
    _, trials = read_trials(register, queries)
    held_out = held_out_weights(trials)
    found = []
    for fold in range(FOLDS):
        curve = fitted_curve([each for each in trials if each.fold != fold], held_out)
        for trial in (each for each in trials if each.fold == fold):
            alike = trial.signals @ held_out[fold]
            whole = np.ones(len(alike), bool)
            for is_there, share in ((whole, 1.0), (~trial.is_right, ABSENT_WEIGHT)):
                for one, gap, is_right, weight in sample(trial, alike, is_there, share):
                    logit = curve @ np.array([1.0, one, gap])
                    found.append((1 / (1 + np.exp(-logit)), is_right, weight))
    columns = np.array(found, float)
    return columns[:, 0], columns[:, 1] > 0, columns[:, 2]


def _on_release() -> None:
    connection = open_release(home()).connect()
    entries = [Entry(*row) for row in connection.execute(_SIRENE).fetchall()]
    rows = connection.execute(_LISTED).fetchall()
    sirens = sorted({row[0] for row in rows})
    gone = set(random.Random(SEED).sample(sirens, len(sirens) // 2))
    whole = Register.from_rows(entries)
    halved = Register.from_rows(entry for entry in entries if entry.siren not in gone)
    missing = [row for row in rows if row[0] in gone]
    print(f"{len(entries)} entries of Sirene, {len(rows)} organisations as the lists name them")
    for form, query in _FORMS.items():
        promised, kept = _answered(whole, rows, [query(row) for row in rows])
        print(f"\n{form}: right SIREN first {kept.mean():.3f}")
        _show(promised, kept, np.ones(len(rows)))
        promised, _ = _answered(halved, missing, [query(row) for row in missing])
        taken = (promised >= ACCEPTED_FROM).mean()
        print(f"taken for another, of {len(missing)} that are not there: {taken:.3f}")


def _answered(
    register: Register, rows: Sequence[Sequence[str]], queries: Sequence[Query]
) -> tuple[Floats, NDArray[np.bool_]]:
    found = register.link(queries, 1)
    promised = np.array([some[0].score if some else 0.0 for some in found])
    pairs = zip(found, rows, strict=True)
    return promised, np.array([bool(some) and some[0].siren == row[0] for some, row in pairs])


def _show(promised: Floats, kept: NDArray[np.bool_], weight: Floats) -> None:
    print("promised          answers   mean promised   came true")
    for least, most in pairwise(BOUNDS):
        held = (promised >= least) & (promised < most)
        if held.any():
            mean, true = (np.average(each[held], weights=weight[held]) for each in (promised, kept))
            print(
                f"{least:.2f} to {min(most, 1):.2f}   {held.sum():10}   {mean:13.3f}   {true:9.3f}"
            )
    accepted = promised >= ACCEPTED_FROM
    if accepted.any():
        right = np.average(kept[accepted], weights=weight[accepted])
        print(f"accepted: {np.average(accepted, weights=weight):.3f}, of which right {right:.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
