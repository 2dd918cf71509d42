"""What a list of le Marché de l’inclusion tells, tied to the register and proposed to the organisations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from essor.errors import EssorError, InvalidRequestError
from essor.language.understanding import understand
from essor.linkage.answering import answer_all
from essor.linkage.answers import Answer, Choice
from essor.linkage.entries import Outcome
from essor.linkage.kept import register_of
from essor.linkage.normalised import fold
from essor.matching.activity import ReachKind
from essor.matching.asking import Conditions, need_of
from essor.site.current import Current
from essor.site.marche.listed import SECTOR_LENGTH, Listed, ListedActivity
from essor.site.members.claims import UNNAMED
from essor.site.members.models.claim import ORGANISATION_LENGTH
from essor.site.offers.proposing import Proposal, Proposed, propose
from essor.territory.lookup import look_up

TELLER = "le Marché de l’inclusion"
MOST_OF_ONE = 20
"""Activities of an establishment that a list may tell: beyond, nobody would confirm them."""

# A trade whose own words are in the name of a sector; one near it by meaning alone is a guess.
_SAID = 0.85
_HELD = """
SELECT e.siret, e.siren, CASE WHEN NOT o.is_partly_diffused THEN o.name END, o.is_fictional
FROM establishments AS e JOIN organisations AS o USING (siren)
WHERE e.is_active AND (
    e.siret IN (SELECT unnest(string_split($numbers, ' ')))
    OR e.siret IN (
        SELECT head_office FROM organisations
        WHERE siren IN (SELECT unnest(string_split($numbers, ' ')))
    )
)
"""
_LABELLED = """
SELECT code FROM naf WHERE lower(strip_accents(label)) = lower(strip_accents($label))
ORDER BY length(code) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a line: the decision, where it was tied, how many activities it proposes, and why.

    `unread` says, a sentence each, which of its activities could not be read.
    """

    listed: Listed
    outcome: Outcome
    because: str
    siren: str = ""
    siret: str = ""
    activities: int = 0
    unread: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """Every line of the list, in order, and what was written of them all."""

    lines: tuple[Told, ...]
    proposed: Proposed


@dataclass(frozen=True, slots=True)
class _Held:
    """An open establishment of the register, and whose it is."""

    siret: str
    siren: str
    name: str | None
    is_fictional: bool


def imported(service: Current, lists: Sequence[Listed], day: date, *, writes: bool) -> Imported:
    """Propose what a list tells to the organisations that it designates; nothing is written without `writes`.

    A line is accepted when its establishment is sure, and one of its sectors at least says a trade.
    """
    with service.connection() as connection:
        register = register_of(service.folder, connection)
        answers = answer_all(connection, register, [each.asked for each in lists])
        held = _held(connection, answers)
        reading = _Reading(service, connection)
        lines, proposals = [], dict[tuple[str, str], Proposal]()
        for each, answer in zip(lists, answers, strict=True):
            told, found = _told(each, answer, held, reading, day)
            lines.append(told)
            for one in found:
                key = (one.siret, one.told_as)
                proposals[key] = _together(proposals[key], one) if key in proposals else one
    return Imported(tuple(lines), propose(TELLER, proposals.values(), writes=writes))


class _Reading:
    """What sectors and territories mean, each read once."""

    def __init__(self, service: Current, connection: duckdb.DuckDBPyConnection) -> None:
        self._service = service
        self._connection = connection
        self._trades: dict[str, tuple[str, ...]] = {}
        self._zones: dict[str, str] = {}

    def trades(self, sector: str) -> tuple[str, ...]:
        """Return the codes of the trades that a sector says, best first; none when it says none."""
        key = fold(sector)
        if key not in self._trades:
            self._trades[key] = () if len(sector) > SECTOR_LENGTH else self._read(sector)
        return self._trades[key]

    def zone(self, name: str) -> str:
        """Return the selector of a territory.

        Raises:
            UnknownTerritoryError, AmbiguousTerritoryError, InvalidRequestError: of its name.
        """
        if name not in self._zones:
            found = look_up(self._connection, name).territory
            self._zones[name] = f"{found.level.value}:{found.code}"
        return self._zones[name]

    def _read(self, sector: str) -> tuple[str, ...]:
        labelled = self._connection.execute(_LABELLED, {"label": sector}).fetchone()
        if labelled:
            return (str(labelled[0]),)
        try:
            need = need_of(sector, understand(sector, self._service.reader), Conditions())
        except InvalidRequestError:
            return ()
        return tuple(each.code for each in need.trades if each.share >= _SAID)


def _told(
    listed: Listed, answer: Answer, held: Mapping[str, _Held], reading: _Reading, day: date
) -> tuple[Told, list[Proposal]]:
    if listed.fault:
        return Told(listed, Outcome.REJECT, listed.fault), []
    if answer.outcome is not Outcome.ACCEPT:
        return Told(listed, answer.outcome, answer.because, choices=answer.choices), []
    place = held.get(answer.siret) or held.get(answer.siren)
    if place is None:
        because = f"{answer.because} Aucun de ses établissements n’est ouvert."
        return Told(listed, Outcome.REJECT, because, answer.siren), []
    found, unread = _proposals(listed, place, reading, listed.said_on or day)
    where = {"siren": place.siren, "siret": place.siret, "unread": tuple(unread)}
    if not found:
        because = unread[0] if unread else "La ligne ne dit aucun secteur : complétez-la."
        return Told(listed, Outcome.REJECT, because, **where), []  # type: ignore[arg-type]
    return Told(listed, Outcome.ACCEPT, answer.because, activities=len(found), **where), found  # type: ignore[arg-type]


def _proposals(
    listed: Listed, place: _Held, reading: _Reading, day: date
) -> tuple[list[Proposal], list[str]]:
    """Return what a line proposes at a place, and what of it could not be read, a sentence each."""
    found: list[Proposal] = []
    unread: list[str] = []
    for each in listed.activities:
        trades = reading.trades(each.sector)
        if not trades:
            unread.append(
                f"Aucun métier n’est lu avec certitude dans le secteur « {each.sector[:60]} » : "
                "l’organisation devra le déclarer elle-même."
            )
            continue
        if len(found) >= MOST_OF_ONE:
            unread.append(f"Au plus {MOST_OF_ONE} activités d’une ligne sont lues.")
            break
        try:
            zones = tuple(dict.fromkeys(map(reading.zone, each.places)))
        except EssorError as error:
            unread.append(f"Secteur « {each.sector} » : {error}")
            continue
        found.append(_proposal(each, trades, zones, place, day))
    return found, unread


def _proposal(
    each: ListedActivity, trades: tuple[str, ...], zones: tuple[str, ...], place: _Held, day: date
) -> Proposal:
    return Proposal(
        siren=place.siren,
        siret=place.siret,
        organisation=(place.name or UNNAMED)[:ORGANISATION_LENGTH],
        is_fictional=place.is_fictional,
        told_as=fold(each.sector)[:SECTOR_LENGTH],
        label=each.sector,
        trades=trades,
        presence=tuple(way.value for way in each.presence),
        reach=each.reach.value,
        radius_km=each.radius_km,
        zones=zones,
        said_on=day,
    )


def _together(one: Proposal, other: Proposal) -> Proposal:
    """Return one activity of two that a list tells of an establishment under one name: the widest of both."""
    order = [ReachKind.UNKNOWN, ReachKind.ZONES, ReachKind.RADIUS, ReachKind.COUNTRY]
    wide = max(
        (one, other), key=lambda each: (order.index(ReachKind(each.reach)), each.radius_km or 0)
    )
    both = one.reach == other.reach == ReachKind.ZONES.value
    return replace(
        wide,
        presence=tuple(dict.fromkeys((*one.presence, *other.presence))),
        zones=tuple(dict.fromkeys((*one.zones, *other.zones))) if both else wide.zones,
        said_on=max(one.said_on, other.said_on),
    )


def _held(connection: duckdb.DuckDBPyConnection, answers: Iterable[Answer]) -> dict[str, _Held]:
    """Return the open establishments of the answers accepted by their SIRET, and head offices by their SIREN."""
    numbers = {each.siret or each.siren for each in answers if each.outcome is Outcome.ACCEPT}
    rows = connection.execute(_HELD, {"numbers": " ".join(sorted(numbers))}).fetchall()
    found = [_Held(*row) for row in rows]
    heads = {each.siren: each for each in found if each.siren in numbers}
    return heads | {each.siret: each for each in found}
