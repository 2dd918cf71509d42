"""Which open needs suit an organisation, best suited first, with the reasons of the matching."""

from collections.abc import Iterable
from dataclasses import dataclass

from essor.matching.activity import Supplier
from essor.matching.declared import declaring
from essor.matching.match import Match, explain, needs_for
from essor.matching.naming import trades_said
from essor.matching.suppliers import suppliers_at
from essor.observatory.card import card
from essor.site.asking import today
from essor.site.current import Current
from essor.site.needs.models import Posting
from essor.site.needs.publishing import listed
from essor.site.needs.recorded import understood
from essor.site.offers.declared import activities_of

READ_AT_MOST = 500
"""Open needs that are judged, the latest: about a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Suited:
    """A need, and how the best placed establishment of the organisation answers it."""

    posting: Posting
    match: Match


def suited(service: Current, siren: str) -> tuple[Suited, ...]:
    """Return the listed needs that an organisation may answer, its own left out.

    Raises:
        UnknownOrganisationError: the release in service does not hold it.
    """
    postings = {understood(each): each for each in listed().exclude(siren=siren)[:READ_AT_MOST]}
    best: dict[int, Suited] = {}
    for supplier in _establishments(service, siren):
        for need, found in needs_for(supplier, postings, today()):
            posting = postings[need]
            known = best.get(posting.pk)
            if known is None or _preference(found) > _preference(known.match):
                best[posting.pk] = Suited(posting, found)
    return tuple(sorted(best.values(), key=lambda each: _preference(each.match), reverse=True))


def judged(service: Current, posting: Posting, siren: str) -> Match | None:
    """Return how an organisation answers a need, refusals included; None without an open establishment."""
    need = understood(posting)
    found = [explain(need, each, today()) for each in _establishments(service, siren)]
    return max(found, key=lambda each: (-len(each.refusals), _preference(each)), default=None)


def closed(service: Current, sirens: Iterable[str]) -> frozenset[str]:
    """Return the organisations, of these, that the release in service says closed, or holds no more."""
    asked = set(sirens)
    with service.connection() as connection:
        rows = connection.execute(_ACTIVE, {"sirens": " ".join(sorted(asked))}).fetchall()
    return frozenset(asked - {siren for (siren,) in rows})


_ACTIVE = """
SELECT siren FROM organisations
WHERE is_active AND siren IN (SELECT unnest(string_split($sirens, ' ')))
"""


def _establishments(service: Current, siren: str) -> tuple[Supplier, ...]:
    with service.connection() as connection:
        places = [each.siret for each in card(connection, siren).places if each.is_active]
        declared = activities_of(connection, siren)
        return tuple(
            declaring(each, declared.get(each.siret, ()))
            for each in suppliers_at(connection, places, trades_said)
        )


def _preference(found: Match) -> tuple[bool, float, float]:
    return found.is_certain, found.score / (found.out_of or 1), found.score
