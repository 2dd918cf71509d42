"""What the tests of needs share: a site that runs, needs kept, members of each side."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client
from tests.site.people.matrix.needs import need
from tests.site.people.members.test_stories import site

from essor.site.current import in_service
from essor.site.members.models.member import Member
from essor.site.needs.exchanges import rankable
from essor.site.needs.models import Posting

__all__ = ["site"]


@dataclass(frozen=True)
class Market:
    """A public need of a member, and an organisation of its ranking for which another speaks."""

    buyer: Member
    supplier: Member
    posting: Posting
    siren: str
    siret: str


@pytest.fixture
def market(enrol: Callable[..., Member], visitor: Client) -> Market:
    """Return a need that is open, and who might answer it."""
    buyer = enrol("bea@acheteur.example")
    posting = need(author=buyer)
    best = rankable(in_service(), posting)[0].supplier
    supplier = enrol("ada@atelier.example", organisations={best.siren: "manager"})
    return Market(buyer, supplier, posting, best.siren, best.siret)


@pytest.fixture
def token() -> UUID:
    """Return what a form sent twice sends twice."""
    return uuid4()
