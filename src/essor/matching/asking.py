"""From what a person asks to a need: the text understood, and the conditions said beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from essor.errors import InvalidRequestError
from essor.language.presence import Presence
from essor.language.quantities import Quantity, quantities_of
from essor.matching.need import Cooperation, Need, Wanted
from essor.matching.reservation import Reserved
from essor.matching.zone import FRANCE, Zone
from essor.territory.distance import centre
from essor.territory.level import Level
from essor.territory.territories import Territory

if TYPE_CHECKING:  # the reader of texts takes a second to load, that codes given do not need
    from essor.language.understanding import Understanding

LONGEST = 5_000
"""A need is understood by its first characters; what follows is kept and not read."""

EUROS = "EUR"
# « 600 t ou 300 m³ » says two quantities; « 600 pièces de 2 kg » says one, and of what.
_BESIDE = re.compile(r"[\s,;/+]*(?:\b(?:ou|et|soit|puis)\b)?\s*", re.IGNORECASE)
# Letters of a text quoted in an error.
_SHOWN = 80
_FEWEST_SHARE = 0.5
_MOST_CODES = 6
_MOST_TRADES = 3
# What each further code of a trade loses.
_LESS_USUAL = 0.15
# A code read by nearness of meaning is a guess; a trade whose own words are in the text is not.
_GUESSED = 0.8


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is said beside the text of a need; None and empty set no condition."""

    trades: tuple[str, ...] = ()
    place: Zone | None = None
    radius_km: float | None = None
    zones: tuple[Zone, ...] = ()
    quantity: str = ""
    amount_eur: float | None = None
    deadline: date | None = None
    reserved_under: Reserved | None = None
    statuses: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    presence: tuple[Presence, ...] = ()
    cooperation: Cooperation | None = None


def need_of(text: str, understood: "Understanding | None", conditions: Conditions) -> Need:
    """Return the need that the text and the conditions describe; a condition said wins on the text.

    Raises:
        InvalidRequestError: no trade is said or understood, or the quantity has no unit.
    """
    wanted = _wanted(understood, conditions.trades)
    if not wanted:
        raise InvalidRequestError(
            f"Nous n’avons pas compris quel métier demande « {_beginning(text)} » : dites en quelques "
            "mots ce qu’il faut faire ou fournir, par exemple « réparation de palettes »."
        )
    read = understood.quantities if understood else ()
    quantity = _asked_quantity(conditions.quantity) if conditions.quantity else _measure(read)
    return Need(
        text=text,
        trades=wanted,
        cooperation=conditions.cooperation,
        presence=conditions.presence,
        place=conditions.place,
        radius_km=conditions.radius_km,
        zones=conditions.zones,
        quantity=quantity,
        amount_eur=_amount(read) if conditions.amount_eur is None else conditions.amount_eur,
        deadline=conditions.deadline,
        reserved_under=conditions.reserved_under,
        statuses=conditions.statuses,
        certificates=conditions.certificates,
    )


def zone_of(connection: duckdb.DuckDBPyConnection, territory: Territory) -> Zone:
    """Return a territory of the release as a zone, with all that contains it."""
    above = [level for level in _CONTAINERS if level.breadth < territory.level.breadth]
    own = "code = $code" if territory.level is Level.COMMUNE else f"{territory.level} = $code"
    columns = ", ".join(
        f"CASE WHEN count(*) = count({level}) AND count(DISTINCT {level}) = 1 THEN min({level}) END"
        for level in above
    )
    within = [FRANCE]
    if above and territory.level is not Level.FRANCE:
        row = connection.execute(
            f"SELECT {columns} FROM communes WHERE {own}", {"code": territory.code}
        ).fetchone()
        codes = zip(above, row or (), strict=True)
        within += [f"{level}:{code}" for level, code in codes if code is not None]
    return Zone(
        territory.level,
        territory.code,
        territory.name,
        centre(territory),
        territory.area_km2,
        tuple(within),
    )


_CONTAINERS = (
    Level.REGION,
    Level.DEPARTEMENT,
    Level.EPCI,
    Level.TERRITOIRE_INDUSTRIE,
    Level.ZONE_EMPLOI,
)


def _wanted(understood: "Understanding | None", codes: Sequence[str]) -> tuple[Wanted, ...]:
    """Return the trades wanted, best first: those said by code, else those read in the text."""
    if codes:
        return tuple(Wanted(code) for code in codes)
    if understood is None:
        return ()
    shares: dict[str, Wanted] = {}
    for wanted in (*_by_thesaurus(understood), *_by_meaning(understood)):
        known = shares.get(wanted.code)
        if known is None or wanted.share > known.share:
            shares[wanted.code] = wanted
    ordered = sorted(shares.values(), key=lambda each: (-each.share, each.code))
    return tuple(ordered[:_MOST_CODES])


def _by_thesaurus(understood: "Understanding") -> Iterable[Wanted]:
    """Yield the codes of the trades named; the first code of a trade is the most usual."""
    best = max((found.score for found in understood.trades), default=0.0)
    for found in understood.trades[:_MOST_TRADES]:
        for place, code in enumerate(found.trade.naf):
            share = round(max(0.0, found.score / best - _LESS_USUAL * place), 3)
            if share >= _FEWEST_SHARE:
                yield Wanted(code, share, f"{found.trade.label} (« {', '.join(found.words)} »)")


def _by_meaning(understood: "Understanding") -> Iterable[Wanted]:
    best = max((candidate.score for candidate in understood.naf), default=0.0)
    for candidate in understood.naf:
        if best > 0 and candidate.score >= _FEWEST_SHARE * best:
            share = _GUESSED * candidate.score / best
            yield Wanted(candidate.code, round(share, 3), ", ".join(candidate.evidence[:3]))


def _beginning(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN].rstrip()}…"


def _asked_quantity(text: str) -> Quantity:
    """Return the quantity typed; its text is all that was typed when another one is said beside it."""
    read = quantities_of(text)
    measures = [each for each in read if each.unit != EUROS]
    if not read:
        raise InvalidRequestError(
            f"« {text} » n’est pas une quantité : écrivez un nombre positif et son unité, par exemple "
            "« 600 t/an » ou « 15 000 pièces par mois »."
        )
    if not measures:
        raise InvalidRequestError(
            f"« {text} » est un montant et non une quantité : donnez-le comme valeur du marché."
        )
    first, *others = measures
    if not others:
        return first
    between = text.partition(first.text)[2].partition(others[0].text)[0]
    return replace(first, text=text) if _BESIDE.fullmatch(between) else first


def _measure(quantities: Iterable[Quantity]) -> Quantity | None:
    return next((each for each in quantities if each.unit != EUROS), None)


def _amount(quantities: Iterable[Quantity]) -> float | None:
    return next((each.value for each in quantities if each.unit == EUROS), None)
