"""What a member has of needs is given to her whole, and goes with her account; moderators hide needs."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from tests.site.people.matrix.needs import TEXT, need
from tests.site.people.needs.conftest import Market

from essor.site.members.models.claim import Membership
from essor.site.members.models.member import Member
from essor.site.needs.exchanges import Reply, reply
from essor.site.needs.messages import write
from essor.site.needs.models import Exchange, Message, Posting
from essor.site.needs.words import Refusing, Side, Stance

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]


@pytest.fixture
def exchange(market: Market) -> Exchange:
    """Return an exchange in which both sides wrote, and one refused."""
    begun = Exchange.objects.create(
        posting=market.posting, siren=market.siren, organisation="Atelier", is_invited=True
    )
    write(begun, Side.BUYER, market.buyer, "Le mot de l’acheteuse", uuid4())
    write(begun, Side.SUPPLIER, market.supplier, "Le mot du fournisseur", uuid4())
    reply(begun, Reply(Stance.REFUSED, "Trop loin d’ici", Refusing.TOO_FAR), market.supplier)
    return begun


def test_each_takes_away_what_is_hers_and_nothing_of_the_other(
    market: Market, signed: Signed, exchange: Exchange
):
    of_buyer = signed(market.buyer).get("/espace/donnees.json")
    of_supplier = signed(market.supplier).get("/espace/donnees.json")

    told = json.loads(of_buyer.content)
    assert told["besoins"][0]["texte"] == TEXT
    assert [each["texte"] for each in told["messages"]] == ["Le mot de l’acheteuse"]
    assert "fournisseur" not in json.dumps(told["messages"], ensure_ascii=False)
    assert json.loads(of_supplier.content)["reponses"][0]["precision"] == "Trop loin d’ici"
    assert market.buyer.email not in of_supplier.text


def test_the_needs_of_a_member_go_with_her_account(
    market: Market, signed: Signed, exchange: Exchange
):
    signed(market.buyer).post("/espace/supprimer/", {"adresse": market.buyer.email})

    assert not Posting.objects.exists()
    assert not Message.objects.exists()


def test_the_needs_of_an_organisation_stay_to_those_who_still_speak_for_it(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    bea = enrol("bea@acheteur.example", organisations={sirens[0]: "member", sirens[1]: "member"})
    lou = enrol("lou@acheteur.example", organisations={sirens[0]: "member"})
    shared = need(author=bea, siren=sirens[0], organisation="Commune")
    need(author=bea, siren=sirens[1], organisation="À elle seule")

    signed(bea).post("/espace/supprimer/", {"adresse": bea.email})

    assert [each.pk for each in Posting.objects.all()] == [shared.pk]
    assert signed(lou).get(f"/besoins/{shared.pk}/suivi/").status_code == 200


def test_whoever_no_longer_speaks_for_the_buyer_runs_its_needs_no_more(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    bea = enrol("bea@acheteur.example", organisations={sirens[0]: "member"})
    posting = need(author=bea, siren=sirens[0], organisation="Commune")
    browser = signed(bea)
    before = browser.get(f"/besoins/{posting.pk}/suivi/").status_code

    Membership.objects.all().delete()

    assert (before, browser.get(f"/besoins/{posting.pk}/suivi/").status_code) == (200, 403)


def test_a_supplier_who_leaves_takes_her_name_and_not_the_exchange(
    market: Market, signed: Signed, exchange: Exchange
):
    signed(market.supplier).post("/espace/supprimer/", {"adresse": market.supplier.email})

    page = signed(market.buyer).get(f"/besoins/{market.posting.pk}/echanges/{market.siren}/").text
    assert "Le mot du fournisseur" in page
    assert market.supplier.name not in page


def test_a_need_hidden_with_a_reason_is_read_by_its_author_and_shown_again(
    market: Market, enrol: Enrol, signed: Signed, visitor: Client
):
    moderator = signed(enrol("mo@essor.example", "moderator"))
    address = f"/moderation/besoins/{market.posting.pk}/"

    without_reason = moderator.post(address, {"masquer": "1", "motif": ""}).status_code
    for _ in range(2):
        hidden = moderator.post(address, {"masquer": "1", "motif": "Publicité."}, follow=True)
    listing = visitor.get("/besoins/publies/").text
    board = signed(market.buyer).get(f"/besoins/{market.posting.pk}/suivi/").text
    moderator.post(address, {"retablir": "1"})

    assert without_reason == 422
    assert "en a décidé avant vous" in hidden.text
    assert TEXT not in listing
    assert "masqué ce besoin&nbsp;: Publicité." in board
    assert TEXT in visitor.get("/besoins/publies/").text
    assert market.buyer.notices.count() == 2
