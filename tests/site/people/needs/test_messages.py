"""Messages are relayed: no address is shown or sent, nobody writes too much, what is wrong is reported."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.site.people.needs.conftest import Market

from essor.errors import InvalidRequestError
from essor.site.members.models.member import Member
from essor.site.needs.messages import AN_HOUR_AT_MOST, UNANSWERED_AT_MOST, write
from essor.site.needs.models import Exchange, Message, Notice, Posting
from essor.site.needs.words import Report, Side, Stance

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]


@pytest.fixture
def exchange(market: Market) -> Exchange:
    """Return the exchange of an organisation that is interested."""
    return Exchange.objects.create(
        posting=market.posting,
        siren=market.siren,
        organisation="Atelier",
        is_invited=True,
        stance=Stance.INTERESTED.value,
    )


def page_of(exchange: Exchange) -> str:
    return f"/besoins/{exchange.posting_id}/echanges/{exchange.siren}/"


def test_a_message_is_read_by_the_other_side_without_any_address(
    market: Market, signed: Signed, exchange: Exchange
):
    text = "Bonjour <img src=x onerror=alert(1)>\nÀ demain"

    signed(market.buyer).post(page_of(exchange), {"texte": text, "jeton": str(uuid4())})
    page = signed(market.supplier).get(page_of(exchange)).text

    assert "&lt;img src=x onerror=alert(1)&gt;<br>À demain" in page
    assert market.buyer.email not in page
    assert market.buyer.name not in page
    assert Notice.objects.get().member == market.supplier


def test_a_message_sent_twice_is_written_once(market: Market, signed: Signed, exchange: Exchange):
    browser, sent = signed(market.buyer), {"texte": "Bonjour", "jeton": str(uuid4())}

    for _ in range(2):
        browser.post(page_of(exchange), sent)

    assert Message.objects.count() == 1


@pytest.mark.parametrize("wrong", ["", "   ", "x" * 4_001, "nul \x00"])
def test_a_message_that_cannot_be_sent_stays_to_be_corrected(
    market: Market, signed: Signed, exchange: Exchange, wrong: str
):
    answer = signed(market.buyer).post(page_of(exchange), {"texte": wrong, "jeton": str(uuid4())})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_one_side_does_not_write_for_ever_to_another_that_is_silent(
    market: Market, exchange: Exchange
):
    for _ in range(UNANSWERED_AT_MOST):
        write(exchange, Side.BUYER, market.buyer, "Allô ?", uuid4())

    with pytest.raises(InvalidRequestError, match="sans réponse"):
        write(exchange, Side.BUYER, market.buyer, "Allô ?", uuid4())
    write(exchange, Side.SUPPLIER, market.supplier, "Oui ?", uuid4())
    write(exchange, Side.BUYER, market.buyer, "Ah !", uuid4())

    assert Message.objects.count() == UNANSWERED_AT_MOST + 2


def test_nobody_writes_more_than_so_many_messages_in_an_hour(market: Market, exchange: Exchange):
    for rank in range(AN_HOUR_AT_MOST):
        Message.objects.create(
            exchange=exchange, side="buyer" if rank % 2 else "supplier", author=market.buyer
        )

    with pytest.raises(InvalidRequestError, match="en une heure"):
        write(exchange, Side.BUYER, market.buyer, "Encore", uuid4())
    Message.objects.update(sent_at=timezone.now() - timedelta(hours=2))
    written = write(exchange, Side.BUYER, market.buyer, "Encore", uuid4())

    assert written.text == "Encore"


def test_nothing_is_written_about_a_need_withdrawn_or_hidden(
    market: Market, signed: Signed, exchange: Exchange
):
    Posting.objects.update(hidden_at=timezone.now(), hidden_reason="Publicité.")

    of_supplier = signed(market.supplier).get(page_of(exchange))
    of_buyer = signed(market.buyer).post(
        page_of(exchange), {"texte": "Bonjour", "jeton": str(uuid4())}
    )

    assert of_supplier.status_code == 403
    assert of_buyer.status_code == 422
    assert not Message.objects.exists()


def test_a_message_reported_is_hidden_by_a_moderator(
    market: Market, enrol: Enrol, signed: Signed, exchange: Exchange
):
    mo = enrol("mo@essor.example", "moderator")
    message = write(exchange, Side.BUYER, market.buyer, "Des injures", uuid4())
    report, judge = f"/messages/{message.pk}/signaler/", f"/moderation/messages/{message.pk}/"

    of_oneself = signed(market.buyer).post(report, {"motif": "Non"}).status_code
    empty = signed(market.supplier).post(report, {"motif": ""}).status_code
    for _ in range(2):
        signed(market.supplier).post(report, {"motif": "Ce sont des injures."})
    queue = signed(mo).get("/moderation/besoins/").text
    signed(mo).post(judge, {"decision": "masquer"})
    late = signed(mo).post(judge, {"decision": "garder"}, follow=True).text
    page = signed(market.supplier).get(page_of(exchange)).text

    message.refresh_from_db()
    assert (of_oneself, empty) == (403, 422)
    assert "Ce sont des injures." in queue
    assert market.supplier.email not in queue
    assert mo.notices.count() == 1
    assert message.report == Report.HIDDEN.value
    assert "a décidé avant vous" in late
    assert "Des injures" not in page
    assert "Message masqué par un modérateur" in page
