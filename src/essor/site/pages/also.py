"""What members publish that answers a search of the directory too: how many, and where to read them."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from essor.search.document import Kind
from essor.search.query import Query
from essor.site.current import Current
from essor.site.searching import also

_PAGES = {Kind.OFFER: "offres", Kind.NEED: "besoins-publies"}
_SHARED = ("q", "lieu", "rayon", "territoire")
"""What the pages of each kind ask as the directory does."""


@dataclass(frozen=True, slots=True)
class Also:
    """How many of a kind answer, and the address where they are."""

    count: int
    noun: str
    address: str


def told_also(service: Current, query: Query, typed: QueryDict) -> list[Also]:
    """Return the kinds of which some answer, with the address that asks them the same."""
    asked = typed.copy()
    for parameter in set(asked) - set(_SHARED):
        del asked[parameter]
    return [
        Also(
            count,
            kind.plural if count > 1 else kind.singular,
            f"{reverse(_PAGES[kind])}?{asked.urlencode()}",
        )
        for kind, count in also(service, query).items()
        if count
    ]
