"""Inference: what a supplier that declares nothing probably does, from its activity code, and perhaps from its name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from essor.language.presence import Presence
from essor.matching.activity import Activity, Basis

# Codes of mission, not of trade: what an ESAT or a workshop of insertion makes is not said by them.
# Source: Insee, NAF rév. 2, notes explicatives, https://www.insee.fr/fr/metadonnees/nafr2
UNTELLING = frozenset({"88.10C", "88.99B", "94.99Z", "87.90A", "87.20A", "94.12Z", "94.11Z"})

# Divisions of the NAF that make things, and those that lend staff.
_MAKING = frozenset(f"{division:02d}" for division in (*range(5, 34),))
_STAFFING = frozenset({"78"})
_STAFFING_KINDS = frozenset({"etti", "ai", "geiq", "eatt", "eiti"})

# Inns, owners of walls, offices, schools, stages, museums and clubs bear the name of what stood there.
_PREMISES = frozenset({"55", "56", "68", "84", "85", "90", "91", "93"})

Trades = Callable[[str], Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]]
"""Gives, of a text, each trade found: its label, its NAF codes, and the words that said it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of an establishment that tells its trade."""

    naf: str | None
    naf_label: str | None
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def activities_of(published: Published, trades: Trades) -> tuple[Activity, ...]:
    """Return the activities inferred: that of the code, and one for each trade that a name says.

    A code of mission gives an activity without trade: it is unknown, and not another one.
    """
    by_name = activities_named(published, trades)
    if published.naf is None:
        return by_name or (Activity((), because="aucun code d’activité publié"),)
    presence = _presence(published)
    if published.naf in UNTELLING:
        label = published.naf_label or published.naf
        unsaid = Activity(
            (), label, presence, because=f"le code {published.naf} dit une mission, pas un métier"
        )
        return (*by_name, unsaid)
    own = Activity(
        (published.naf,),
        published.naf_label or "",
        presence,
        because="d’après son code d’activité",
    )
    return (own, *by_name)


def activities_named(published: Published, trades: Trades) -> tuple[Activity, ...]:
    """Return an activity for each trade that a name says, none of those whose code says that it is a place."""
    return () if is_premises(published.naf) else tuple(_by_name(published, trades))


def is_premises(naf: str | None) -> bool:
    """Return whether an activity code is that of a place, whose name says what stood there."""
    return (naf or "")[:2] in _PREMISES


def _by_name(published: Published, trades: Trades) -> Iterable[Activity]:
    seen: set[tuple[str, ...]] = set()
    for name in dict.fromkeys(published.names):
        for label, codes, words in trades(name):
            if codes in seen:
                continue
            seen.add(codes)
            # To be a GEIQ is a status, that nobody else may take the name of.
            is_status = _STAFFING_KINDS.issuperset(word.lower() for word in words)
            yield Activity(
                codes,
                label,
                _presence(published),
                basis=Basis.INFERRED if is_status else Basis.NAMED,
                because=f"d’après son nom (« {', '.join(words)} »)",
            )


def _presence(published: Published) -> tuple[Presence, ...]:
    """Return the forms that the code and the statuses suggest, in the order of the enumeration."""
    division = (published.naf or "")[:2]
    forms: set[Presence] = set()
    if division in _STAFFING or not _STAFFING_KINDS.isdisjoint(published.kinds):
        forms.add(Presence.MISE_A_DISPOSITION)
    elif division in _MAKING:
        forms.add(Presence.FABRICATION)
    elif published.naf is not None and published.naf not in UNTELLING:
        forms.add(Presence.SERVICE)
    return tuple(form for form in Presence if form in forms)
