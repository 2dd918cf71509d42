"""What is found of what members publish, kind by kind: what stands now, and the documents of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from essor.search.document import Document, Kind
from essor.search.index import Index
from essor.site.needs import searchable
from essor.site.offers.models import DeclaredActivity
from essor.site.offers.order import identifier, number_of
from essor.site.offers.running import Item, current_offers, standing
from essor.site.offers.spots import Spot
from essor.site.offers.versions import Standing, Versions

MANY = 500
"""Rows beyond which all those that stand are read: a question by numbers would be long."""

Placed = Callable[[Iterable[str]], Mapping[str, Spot | None]]
"""Where selectors are."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Of a kind: the version of each identifier that stands, and the documents of some of them."""

    kind: Kind
    versions: Callable[[Standing], Versions]
    documents: Callable[[Index, Placed, Collection[str]], Iterable[Document]]


def _saying(kind: Kind, column: str, versions: Callable[[Standing], Versions]) -> Feed:
    """Return the feed of a kind of the register: its documents, with what is said of them."""

    def documents(index: Index, _: Placed, keys: Collection[str]) -> Iterator[Document]:
        said: dict[str, list[str]] = {}
        for activity in _among(standing(DeclaredActivity), column, keys):
            teller = f"D’après {activity.told_by}" if activity.is_proposed else "Déclare"
            said.setdefault(getattr(activity, column), []).append(f"{teller} : {activity.label}.")
        if column == "siren":
            for offer in _among(current_offers(), column, keys):
                said.setdefault(offer.siren, []).append(f"Offre : {offer.title}. {offer.text}")
        for key in said.keys() & set(keys):
            if (held := index.held(kind, key)) is not None:
                yield replace(held, text="\n".join(filter(None, (held.text, *said[key]))))

    return Feed(kind, versions, documents)


def _offer_documents(index: Index, placed: Placed, keys: Collection[str]) -> Iterator[Document]:
    """Yield the documents of offers, each where it is said to be, else at the head office of who offers."""
    rows = _among(current_offers(), "pk", {number_of(key) for key in keys})
    where = placed({row.zone for row in rows if row.zone})
    for row in rows:
        if (key := identifier(row.pk)) not in keys:
            continue
        made = Document(
            id=key,
            siren=row.siren,
            name=row.title,
            text=f"{row.text}\nOffert par {row.organisation} : {row.get_means_display().lower()}.",
            forms=(row.means,),
            is_fictional=row.is_fictional,
        )
        if spot := where.get(row.zone):
            yield at(made, spot)
        elif office := index.held(Kind.ORGANISATION, row.siren):
            yield replace(
                made,
                commune_name=office.commune_name,
                place=office.place,
                territories=office.territories,
                lon=office.lon,
                lat=office.lat,
            )
        else:
            yield made


def _need_documents(index: Index, placed: Placed, keys: Collection[str]) -> Iterator[Document]:
    """Yield the documents of needs, each where it is asked; one that names no place is nowhere."""
    numbers = {number_of(key) for key in keys}
    rows = searchable.read(numbers if len(numbers) <= MANY else None)
    where = placed({row.selector for row in rows if row.selector})
    for row in rows:
        if (key := identifier(row.number)) not in keys:
            continue
        asked = [label for code in row.trades if (label := index.labels.get(f"naf:{code}"))]
        made = Document(
            id=key,
            siren=row.siren,
            name=row.heading,
            text="\n".join((row.text, *(f"Métier : {label}." for label in asked), row.buyer)),
            naf=row.trades[0] if row.trades else None,
            forms=(row.reserved,) if row.reserved else (),
            is_fictional=row.is_fictional,
        )
        spot = where.get(row.selector)
        yield at(made, spot) if spot else made


FEEDS = (
    _saying(Kind.ORGANISATION, "siren", Standing.of_organisations),
    _saying(Kind.ESTABLISHMENT, "siret", Standing.of_establishments),
    Feed(Kind.OFFER, Standing.of_offers, _offer_documents),
    Feed(Kind.NEED, Standing.of_needs, _need_documents),
)


def at(document: Document, spot: Spot) -> Document:
    """Return a document placed there."""
    return replace(
        document,
        commune_name=spot.name,
        place=spot.words,
        territories=spot.territories,
        lon=spot.lon,
        lat=spot.lat,
    )


def _among(rows: QuerySet[Item], column: str, keys: Collection[object]) -> QuerySet[Item]:
    """Return the rows of these keys; all of them when there are many."""
    return rows if len(keys) > MANY else rows.filter(**{f"{column}__in": keys})
