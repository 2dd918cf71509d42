"""The rules that Essor knows, by code; each is one file of the folder `law`."""

import difflib
from functools import cache
from importlib.resources import files

from essor.errors import InvalidRequestError
from essor.rules.rule import Rule

RULES = (
    "reserve-handicap",
    "reserve-insertion",
    "reserve-mixte",
    "reserve-prison",
    "reserve-ess",
    "ess-article-1",
    "esus",
)
"""Their codes, in the order of a reader: who may be reserved a contract, then who is what."""


@cache
def rule_of(code: str) -> Rule:
    """Return the rule of that code; its file is read once.

    Raises:
        InvalidRequestError: no rule has that code.
        RuleError: its file is not a rule.
    """
    from essor.rules.reading import read_rule  # noqa: PLC0415 -- pydantic, for who reads a rule

    if code not in RULES:
        near = difflib.get_close_matches(code, RULES, n=1, cutoff=0.5)
        meant = f" Vouliez-vous dire « {near[0]} »\u00a0?" if near else ""
        raise InvalidRequestError(
            f"Aucune règle n’a pour code « {code} ».{meant} Les règles sont\u00a0: {', '.join(RULES)}."
        )
    return read_rule((files("essor.rules") / "law" / f"{code}.toml").read_text("utf-8"), code)
