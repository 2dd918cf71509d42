"""Fit the weights of `essor.linkage` on queries whose SIREN is known, and write them.

    python -m scripts.fit_linkage REGISTER.jsonl QUERIES.jsonl

Each query is asked of the register, then of the same register among every commune and EPCI of the
release in service, under made-up SIRENs: a national register has them all, and they are the
answers that a town in a query wrongly calls for.

Two regressions, both in numpy. The weights of the signals: a conditional logit among the entries
found for a query, each weight kept to the sign of what it measures. The curve from likeness and gap
to a probability: a logistic regression on the first candidate, fitted on likeness that other queries'
weights gave, and also on each query asked of a register that lost its answer, so that an
organisation that is not there is not taken for another.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from essor.home import home
from essor.linkage.confidence import WIDEST_GAP
from essor.linkage.entries import Entry, Query
from essor.linkage.normalised import read_name
from essor.linkage.register import Register, compared
from essor.linkage.scoring import SIGNALS
from essor.release.opened import open_release

FORMS = (("name",), ("name", "city"), ("name", "city", "postcode", "address"))
FIELDS = ("siren", "name", "address", "postcode", "city")
WEIGHTS = Path(__file__).parents[1] / "src/essor/linkage/weights.toml"
FOLDS = 5
STEPS, STEP = 500, 0.08
PENALTY = 0.1
# One organisation typed in five is thought not to be in the register.
ABSENT_WEIGHT = 0.25
AGAINST = tuple(name.startswith("other_") for name in SIGNALS)
OTHERS = """
    SELECT '21' || replace(replace(code, 'A', '0'), 'B', '0') || '99', 'Commune de ' || name, '',
        coalesce(postcodes[1], ''), name
    FROM communes
    UNION ALL
    SELECT code, name, '', '', '' FROM territories WHERE level = 'epci'
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trial:
    """One query in one form: its signals, which candidates are right, its weight and its fold."""

    signals: Floats
    units: NDArray[np.int64]
    is_right: NDArray[np.bool_]
    weight: float
    fold: int


def main(arguments: Sequence[str]) -> int:
    """Fit, write `weights.toml`, print it; return the exit status."""
    queries, trials = read_trials(*map(Path, arguments))
    held_out = held_out_weights(trials)
    curve = fitted_curve(trials, held_out)
    text = _toml(fitted_weights(trials), curve, len(queries))
    WEIGHTS.write_text(text, "utf-8")
    print(text)
    return 0


def read_trials(register: Path, queries: Path) -> tuple[list[dict[str, Any]], list[Trial]]:
    """Return the queries and their trials, in the register alone and among the bodies of the release."""
    rows, asked = rows_of(register), rows_of(queries)
    entries = [Entry(*(str(row.get(field) or "") for field in FIELDS)) for row in rows]
    among = [*entries, *bodies_of_release(entries)]
    return asked, trials_of(entries, asked) + trials_of(among, asked)


def held_out_weights(trials: list[Trial]) -> list[Floats]:
    """Return, for each fold, the weights fitted on the others."""
    return [fitted_weights([each for each in trials if each.fold != fold]) for fold in range(FOLDS)]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def bodies_of_release(entries: list[Entry]) -> list[Entry]:
    """Return the communes and EPCI of the release that the register does not name."""
    connection = open_release(home()).connect()
    others = [Entry(*row) for row in connection.execute(OTHERS).fetchall()]
    known = {read_name(entry.name).stems for entry in entries}
    sirens = {entry.siren for entry in entries}
    return [
        each
        for each in others
        if each.siren not in sirens
        and not known & {read_name(n).stems for n in (each.name, each.city)}
    ]


def trials_of(entries: list[Entry], queries: list[dict[str, Any]]) -> list[Trial]:
    """Return each query in each form, asked of these entries."""
    register = Register.from_rows(entries)
    repeats = Counter(_repeated(query) for query in queries)
    trials = []
    for form in FORMS:
        typed = [Query(**{field: str(query[field]) for field in form}) for query in queries]
        asked, found, signals, _ = compared(register, typed)
        sirens = np.array([entry.siren for entry in register.entries(found)])
        for at, query in enumerate(queries):
            gold = query["gold"]
            mine = asked == at
            weight = repeats[_repeated(query)] ** -0.5
            trials.append(
                Trial(
                    signals[mine].astype(np.float64),
                    register.units[found[mine]],
                    np.isin(sirens[mine], gold),
                    weight,
                    int(gold[0]) % FOLDS,
                )
            )
    return trials


def _repeated(query: dict[str, Any]) -> tuple[str, str]:
    return str(query["gold"]), str(query["name"]).lower()


def fitted_weights(trials: list[Trial]) -> Floats:
    """Return the weights that make the right candidates the likeliest (Adam, projected on signs)."""
    usable = [each for each in trials if each.is_right.any() and not each.is_right.all()]
    signals = np.concatenate([each.signals for each in usable])
    right = np.concatenate([each.is_right for each in usable])
    group = np.repeat(np.arange(len(usable)), [len(each.is_right) for each in usable])
    weight = np.array([each.weight for each in usable])
    weight *= 100 / weight.sum()
    sign = np.where(AGAINST, -1.0, 1.0)
    weights, mean, square = (np.zeros(len(SIGNALS)) for _ in range(3))
    for step in range(1, STEPS + 1):
        score = np.exp(np.clip(signals @ weights, -500, 500))
        every = score / np.bincount(group, score)[group]
        wanted = score * right / np.bincount(group, score * right)[group]
        slope = ((every - wanted) * weight[group]) @ signals + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = sign * np.maximum(sign * (weights - STEP * (1 - step / STEPS) * move), 0)
    return weights.round(4) + 0.0


def fitted_curve(trials: list[Trial], held_out: list[Floats]) -> Floats:
    """Return intercept, weight of likeness and weight of gap of the logistic curve (Newton)."""
    samples = []
    for trial in trials:
        alike = trial.signals @ held_out[trial.fold]
        samples += sample(trial, alike, np.ones(len(alike), bool), 1.0)
        samples += sample(trial, alike, ~trial.is_right, ABSENT_WEIGHT)
    columns = np.array([[1.0, alike, gap] for alike, gap, _, _ in samples])
    right = np.array([is_right for _, _, is_right, _ in samples], np.float64)
    weight = np.array([each for _, _, _, each in samples])
    curve = np.zeros(3)
    for _ in range(60):
        likely = 1 / (1 + np.exp(-columns @ curve))
        slope = columns.T @ (weight * (right - likely)) - 0.01 * curve
        bend = (columns.T * (weight * likely * (1 - likely))) @ columns + 0.01 * np.eye(3)
        curve += np.linalg.solve(bend, slope)
    return curve


def sample(
    trial: Trial, alike: Floats, is_there: NDArray[np.bool_], share: float
) -> list[tuple[float, float, bool, float]]:
    """Return likeness, gap, rightness and weight of the first candidate, if there is one."""
    if not is_there.any():
        return []
    first = int(np.argmax(np.where(is_there, alike, -np.inf)))
    others = is_there & (trial.units != trial.units[first])
    gap = alike[first] - alike[others].max() if others.any() else WIDEST_GAP
    is_right = bool(trial.is_right[first])
    return [(float(alike[first]), min(gap, WIDEST_GAP), is_right, trial.weight * share)]


def _toml(weights: Floats, curve: Floats, queries: int) -> str:
    lines = [
        f"# Written by scripts/fit_linkage.py from {queries} queries in {len(FORMS)} forms, twice: do not edit.",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(SIGNALS, weights, strict=True)),
        "",
        "[curve]",
        *(
            f"{name} = {value:.4f}"
            for name, value in zip(("intercept", "per_likeness", "per_gap"), curve, strict=True)
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
