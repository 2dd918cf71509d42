"""A need is closed once, with what came of it; each side tells its own."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from tests.site.people.matrix.needs import need
from tests.site.people.needs.conftest import Market

from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Outcome
from essor.site.needs.words import NeedState, Stance

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
FOUND = {"resultat": "concluded", "montant": "up_to_50k", "satisfaction": "5"}


@pytest.fixture
def interested(market: Market) -> list[Exchange]:
    """Return the exchanges of two organisations that are interested, the first of `market`."""
    return [
        Exchange.objects.create(
            posting=market.posting,
            siren=siren,
            organisation=f"Atelier {siren}",
            is_invited=True,
            stance=Stance.INTERESTED.value,
        )
        for siren in (market.siren, "999999999")
    ]


def test_a_need_is_closed_once_with_who_was_retained(
    market: Market, signed: Signed, interested: list[Exchange]
):
    browser = signed(market.buyer)
    address = f"/besoins/{market.posting.pk}/cloturer/"

    for told in ({**FOUND, "retenues": market.siren}, {"resultat": "elsewhere"}):
        browser.post(address, told)

    market.posting.refresh_from_db()
    outcome = Outcome.objects.get()
    assert market.posting.state == NeedState.CLOSED.value
    assert (outcome.result, outcome.amount, outcome.satisfaction) == ("concluded", "up_to_50k", 5)
    assert [each.is_retained for each in Exchange.objects.order_by("pk")] == [True, False]
    assert "vous avoir retenue" in market.supplier.notices.get().text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "obligatoire"),
        ({"resultat": "concluded"}, "Dites avec quelle organisation"),
        ({"resultat": "concluded", "retenues": "123456789"}, "123456789"),
        ({"resultat": "elsewhere", "retenues": "999999999"}, "Décochez-les"),
        ({"resultat": "nothing"}, "Dites ce qui a manqué"),
        ({"resultat": "elsewhere", "satisfaction": "6"}, "6"),
        ({"resultat": "elsewhere", "commentaire": "x" * 1_001}, "1000"),
    ],
)
def test_what_does_not_fit_together_is_said_and_closes_nothing(
    market: Market,
    signed: Signed,
    interested: list[Exchange],
    said: dict[str, str],
    told: str,
):
    answer = signed(market.buyer).post(
        f"/besoins/{market.posting.pk}/cloturer/", {"commentaire": "", "x": "1", **said}
    )

    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert not Outcome.objects.exists()


def test_each_side_tells_its_own_and_reads_the_other(
    market: Market, signed: Signed, interested: list[Exchange]
):
    buyer, supplier = signed(market.buyer), signed(market.supplier)
    exchange = f"/besoins/{market.posting.pk}/echanges/{market.siren}/"
    buyer.post(f"/besoins/{market.posting.pk}/cloturer/", {**FOUND, "retenues": market.siren})

    for result in ("concluded", "nothing"):
        supplier.post(
            f"{exchange}bilan/",
            {"resultat": result, "obstacle": "too_expensive", "satisfaction": "1"},
        )
    read = unescape(supplier.get(exchange).text)
    board = unescape(buyer.get(f"/besoins/{market.posting.pk}/suivi/").text)

    assert Outcome.objects.count() == 2
    assert "Selon l’acheteur" in read
    assert "rien de conclu (prix)" in read
    assert "rien de conclu (prix)" in board
    assert "50\u202f000\u00a0€" in board


def test_a_sum_is_read_by_those_retained_alone(
    market: Market, signed: Signed, interested: list[Exchange]
):
    signed(market.buyer).post(
        f"/besoins/{market.posting.pk}/cloturer/", {**FOUND, "retenues": "999999999"}
    )

    page = (
        signed(market.supplier).get(f"/besoins/{market.posting.pk}/echanges/{market.siren}/").text
    )

    assert "Selon l’acheteur" in page
    assert "50\u202f000" not in page


def test_a_draft_is_not_closed(enrol: Enrol, signed: Signed):
    bea = enrol("bea@acheteur.example")
    draft = need(author=bea, state="draft")

    answer = signed(bea).post(
        f"/besoins/{draft.pk}/cloturer/", {"resultat": "elsewhere"}, follow=True
    )

    assert "n’était plus à clore" in answer.text
    assert not Outcome.objects.exists()
