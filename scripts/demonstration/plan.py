"""The plan of the fictional population: groups of organisations, as `plan.toml` calibrates them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.demonstration.organisations import Group
from scripts.demonstration.staffing import SHAPES

_PLAN = tomllib.loads(Path(__file__).with_name("plan.toml").read_text("utf-8"))
_USUAL_FLAG = "usual"
_UNKNOWN = "unknown"

SEED: int = _PLAN["seed"]


@dataclass(frozen=True, slots=True)
class Jobs:
    """A pool of staff shared by the organisations of its groups, and the shape of its bands."""

    total: float
    shape: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to invent: groups of organisations, and the pools of staff they share in."""

    groups: tuple[Group, ...]
    jobs: Mapping[str, Jobs]

    def scaled(self, share: float) -> "Plan":
        """Return the same plan, smaller: one organisation at least in each group."""
        groups = (
            replace(group, count=max(1, round(group.count * share)), esus=round(group.esus * share))
            for group in self.groups
        )
        jobs = {name: replace(pool, total=pool.total * share) for name, pool in self.jobs.items()}
        return Plan(tuple(groups), jobs)


def national_plan() -> Plan:
    """Return the plan at the size of the country."""
    return Plan(
        tuple(_group(written) for part in _PLAN["groups"].values() for written in part),
        {name: Jobs(p["total"], SHAPES[p["shape"]]) for name, p in _PLAN["jobs"].items()},
    )


def _group(written: Mapping[str, Any]) -> Group:
    """Return a group, its forms and its flag written in full or by their name."""
    values = dict(written)
    forms = values.pop("forms")
    flag = _PLAN["flags"][values.pop("flag", _USUAL_FLAG)]
    return Group(
        categories=_PLAN["forms"][forms] if isinstance(forms, str) else forms,
        flag={"" if letter == _UNKNOWN else letter: weight for letter, weight in flag.items()},
        **values,
    )
