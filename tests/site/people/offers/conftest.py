"""What the tests of publications share: an organisation, who speaks for it, who moderates."""

from collections.abc import Callable

import pytest

from essor.observatory.card import Card
from essor.site.members.models.member import Member
from essor.site.offers.access import card_of

Enrol = Callable[..., Member]


@pytest.fixture
def card(sirens: list[str]) -> Card:
    return next(found for found in map(card_of, sirens) if found.places[0].is_active)


@pytest.fixture
def ada(enrol: Enrol, card: Card) -> Member:
    return enrol("ada@atelier.example", organisations={card.siren: "manager"})


@pytest.fixture
def mo(enrol: Enrol) -> Member:
    return enrol("mo@essor.example", "moderator")
