"""Organisations are invited, see, answer, refuse with a reason, or come by themselves."""

import threading
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.site.people.matrix.needs import need
from tests.site.people.needs.conftest import Market

from essor.errors import InvalidRequestError
from essor.site.current import in_service
from essor.site.members.models.claim import Membership
from essor.site.members.models.member import Member
from essor.site.needs import exchanges, suiting
from essor.site.needs.exchanges import INVITED_AT_MOST, Reply, invite, rankable
from essor.site.needs.models import Exchange, Message, Notice, Posting
from essor.site.needs.words import Refusing, Stance

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]


def invited(market: Market) -> Exchange:
    (begun,) = invite(in_service(), market.posting, [market.siret], market.buyer).begun
    return begun


def test_an_organisation_is_invited_once_and_those_who_speak_for_it_are_told(
    market: Market, signed: Signed
):
    browser = signed(market.buyer)
    address = f"/besoins/{market.posting.pk}/inviter/"

    for _ in range(2):
        browser.post(address, {"siret": market.siret})

    exchange, told = Exchange.objects.get(), Notice.objects.get()
    assert exchange.is_invited
    assert exchange.why["score"] == sum(each["points"] for each in exchange.why["reasons"])
    assert told.member == market.supplier
    assert told.address == f"/besoins/{market.posting.pk}/echanges/{market.siren}/"
    assert "bea@" not in told.text


def test_the_buyer_is_told_plainly_when_nobody_speaks_for_it_and_the_invitation_waits(
    market: Market, signed: Signed
):
    Membership.objects.all().delete()
    browser = signed(market.buyer)

    sent = browser.post(
        f"/besoins/{market.posting.pk}/inviter/", {"siret": market.siret}, follow=True
    )
    Membership.objects.create(
        member=market.supplier,
        siren=market.siren,
        role="manager",
        organisation="Atelier",
        is_fictional=True,
    )
    waiting = signed(market.supplier).get(f"/organisations/{market.siren}/besoins/")

    assert "Personne ne parle encore sur Essor pour" in sent.text
    assert "à répondre" in waiting.text


def test_who_is_not_in_the_ranking_is_not_invited(market: Market):
    with pytest.raises(InvalidRequestError, match="n’est plus parmi les réponses"):
        invite(in_service(), market.posting, [market.siret, "99999999900000"], market.buyer)

    assert not Exchange.objects.exists()


def test_a_need_has_so_many_invitations_and_a_refusal_makes_room(market: Market):
    ranking = list(dict.fromkeys(each.supplier.siret for each in _ranking(market)))
    invite(in_service(), market.posting, ranking[:INVITED_AT_MOST], market.buyer)
    one_more = ranking[INVITED_AT_MOST : INVITED_AT_MOST + 1]

    with pytest.raises(InvalidRequestError, match="Choisissez-en moins"):
        invite(in_service(), market.posting, one_more, market.buyer)
    first = Exchange.objects.get(siren=market.siren)
    exchanges.reply(first, Reply(Stance.REFUSED, refusing=Refusing.TOO_FAR), market.supplier)
    made = invite(in_service(), market.posting, one_more, market.buyer)

    assert len(made.begun) == 1
    assert Exchange.objects.count() == INVITED_AT_MOST + 1


def _ranking(market: Market):
    """Return the matches of the need, one an organisation."""
    by_siren = {
        each.supplier.siren: each for each in reversed(rankable(in_service(), market.posting))
    }
    return list(reversed(by_siren.values()))


def test_a_buyer_is_not_in_her_own_ranking(market: Market):
    Posting.objects.update(siren=market.siren)
    market.posting.refresh_from_db()

    found = {each.supplier.siren for each in rankable(in_service(), market.posting)}

    assert market.siren not in found


def test_an_organisation_closed_since_is_said_so_on_the_board(market: Market, signed: Signed):
    invited(market)
    Exchange.objects.create(
        posting=market.posting, siren="999999999", organisation="Partie", is_invited=True
    )

    page = signed(market.buyer).get(f"/besoins/{market.posting.pk}/suivi/").text

    assert page.count("fermée depuis, d’après le registre") == 1


def test_an_organisation_reads_why_it_is_invited_and_says_that_it_is_interested(
    market: Market, signed: Signed
):
    invited(market)
    browser = signed(market.supplier)
    address = f"/besoins/{market.posting.pk}/repondre/{market.siren}/"

    read = browser.get(address)
    seen = Exchange.objects.get().seen_at
    for _ in range(2):
        browser.post(address, {"reponse": "interested", "message": "Quand ?"})

    exchange = Exchange.objects.get()
    assert "Pourquoi elle convient" in read.text
    assert seen is not None
    assert (exchange.stance, exchange.answered_by) == ("interested", market.supplier)
    assert [each.text for each in Message.objects.all()] == ["Quand ?"]
    assert market.buyer.notices.get().text.endswith(
        "est intéressée : « couture industrielle de housses »."
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reponse": "refused"}, "Dites pourquoi"),
        ({"reponse": "refused", "motif": "caprice"}, "caprice"),
        ({"reponse": "refused", "motif": "other"}, "Dites laquelle"),
        ({"reponse": "waiting"}, ""),
        ({"reponse": "interested", "message": "x" * 4_001}, "4000"),
    ],
)
def test_an_answer_badly_given_is_said_and_not_kept(
    market: Market, signed: Signed, said: dict[str, str], told: str
):
    invited(market)

    answer = signed(market.supplier).post(
        f"/besoins/{market.posting.pk}/repondre/{market.siren}/", said
    )

    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert Exchange.objects.get().stance == Stance.WAITING.value


def test_a_refusal_says_why_to_the_buyer(market: Market, signed: Signed):
    invited(market)

    signed(market.supplier).post(
        f"/besoins/{market.posting.pk}/repondre/{market.siren}/",
        {"reponse": "refused", "motif": "no_capacity", "precision": "Pas avant juin."},
    )

    board = signed(market.buyer).get(f"/besoins/{market.posting.pk}/suivi/").text
    assert "plus de capacité («&nbsp;Pas avant juin.&nbsp;»)" in board


def test_an_organisation_that_was_not_invited_says_that_the_need_suits_it(
    market: Market, signed: Signed
):
    browser = signed(market.supplier)
    address = f"/besoins/{market.posting.pk}/repondre/{market.siren}/"

    board = browser.get(f"/organisations/{market.siren}/besoins/").text
    for _ in range(2):
        browser.post(address, {"reponse": "interested", "message": "Nous savons faire."})
    after = browser.get(f"/organisations/{market.siren}/besoins/").text

    exchange = Exchange.objects.get()
    assert address in board
    assert "Aucun besoin publié ne convient" in after
    assert (exchange.is_invited, exchange.stance) == (False, "interested")
    assert exchange.why["reasons"]
    assert Message.objects.get().author == market.supplier


def test_a_need_by_invitation_is_neither_listed_nor_answered_by_others(
    market: Market, signed: Signed
):
    Posting.objects.update(visibility="invited")
    browser = signed(market.supplier)

    read = browser.get(f"/besoins/{market.posting.pk}/").status_code
    answered = browser.post(
        f"/besoins/{market.posting.pk}/repondre/{market.siren}/", {"reponse": "interested"}
    ).status_code

    assert (read, answered) == (403, 403)
    assert suiting.suited(in_service(), market.siren) == ()


def test_a_need_that_is_over_is_answered_no_more(market: Market, signed: Signed):
    exchange = invited(market)
    Posting.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    answer = signed(market.supplier).post(
        f"/besoins/{market.posting.pk}/repondre/{market.siren}/", {"reponse": "interested"}
    )

    assert answer.status_code == 422
    assert "on ne peut plus y répondre" in answer.text
    assert not exchanges.reply(exchange, Reply(Stance.INTERESTED), market.supplier)


def test_needs_suit_an_organisation_with_the_reasons_of_the_matching(market: Market):
    other = need(author=market.buyer)
    need(author=market.buyer, siren=market.siren, organisation="La sienne")

    found = suiting.suited(in_service(), market.siren)

    assert {each.posting.pk for each in found} == {market.posting.pk, other.pk}
    assert all(each.match.supplier.siren == market.siren for each in found)
    assert all(
        each.match.score == sum(reason.points for reason in each.match.reasons) for each in found
    )


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_invite_at_once_do_not_pass_the_limit(market: Market):
    ranking = [each.supplier.siret for each in _ranking(market)][: 2 * INVITED_AT_MOST]
    halves = (ranking[:INVITED_AT_MOST], ranking[INVITED_AT_MOST:])
    start = threading.Barrier(len(halves))

    def run(sirets: list[str]) -> None:
        start.wait()
        try:
            invite(in_service(), market.posting, sirets, market.buyer)
        except InvalidRequestError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Exchange.objects.count() == INVITED_AT_MOST
