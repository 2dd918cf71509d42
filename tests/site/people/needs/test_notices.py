"""People are told once, at once or in the digest of the day; what drags on is recalled, and ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.site.people.matrix.needs import need
from tests.site.people.needs.conftest import Market

from essor.cli.run import main
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.needs.digest import set_rhythm, write_digests
from essor.site.needs.models import Exchange, Notice, Posting, Rhythm
from essor.site.needs.notices import tell_supplier
from essor.site.needs.reminding import remind
from essor.site.needs.words import NeedState, Stance

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
LONG_AGO = timedelta(days=10)


@pytest.fixture
def exchange(market: Market) -> Exchange:
    """Return an invitation that waits."""
    return Exchange.objects.create(
        posting=market.posting, siren=market.siren, organisation="Atelier", is_invited=True
    )


def test_all_that_waits_is_told_in_one_letter_a_day(
    market: Market, exchange: Exchange, capsys: pytest.CaptureFixture[str]
):
    for sentence in ("On vous invite", "On vous invite", "On vous écrit"):
        tell_supplier(exchange, sentence)

    status = main(["members", "digest"])
    tell_supplier(exchange, "On vous écrit encore")
    main(["members", "digest"])

    (letter,) = mail.outbox
    assert status == 0
    assert "Rappels : 0 ; résumés partis : 1 ; gardés pour un autre essai : 0." in (
        capsys.readouterr().out
    )
    assert letter.to == [market.supplier.email]
    assert letter.body.count("On vous invite") == 1
    assert letter.body.count("/echanges/") == 2
    assert market.buyer.email not in letter.body
    assert letter.reply_to == []
    assert Notice.objects.filter(told_at=None).count() == 1


def test_the_next_digest_comes_the_next_day(market: Market, exchange: Exchange):
    tell_supplier(exchange, "On vous invite")
    first = list(write_digests())
    tell_supplier(exchange, "On vous écrit")
    Rhythm.objects.update(digest_at=timezone.now() - timedelta(hours=24))

    second = list(write_digests())

    assert (len(first), len(second)) == (1, 1)
    assert "On vous invite" not in second[0].text


def test_whoever_wants_it_is_written_to_at_once(market: Market, signed: Signed, exchange: Exchange):
    signed(market.supplier).post("/espace/notifications/", {"rythme": "immediat"})

    tell_supplier(exchange, "On vous invite")

    letter = Letter.objects.get()
    assert letter.recipient == market.supplier.email
    assert "On vous invite" in letter.subject
    assert list(write_digests()) == []


def test_a_digest_that_the_mail_server_refuses_is_kept_and_sent_later(
    market: Market, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
):
    tell_supplier(exchange, "On vous invite")

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", _refuse)
        main(["members", "digest"])
    kept = Letter.objects.count()
    Letter.objects.update(next_try_at=timezone.now())
    main(["members", "mail"])

    assert kept == 1
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()


def _refuse(*_: object, **__: object) -> None:
    raise OSError


def test_an_invitation_unanswered_is_recalled_once(market: Market, exchange: Exchange):
    young = remind()
    Exchange.objects.update(begun_at=timezone.now() - LONG_AGO)

    counts = [remind(), remind()]

    assert (young, counts) == (0, [1, 0])
    assert "attend votre réponse" in market.supplier.notices.get().text


def test_a_buyer_is_asked_twice_what_came_of_a_need_past_its_deadline(market: Market):
    Posting.objects.update(deadline=timezone.localdate() - timedelta(days=1))

    counts = [remind(), remind()]
    for _ in range(2):
        Posting.objects.update(reminded_at=timezone.now() - LONG_AGO)
        counts.append(remind())

    assert counts == [1, 0, 1, 0]
    assert market.buyer.notices.all()[0].address == f"/besoins/{market.posting.pk}/cloturer/"


def test_an_organisation_is_asked_once_what_came_of_a_need_closed(
    market: Market, exchange: Exchange
):
    Exchange.objects.update(stance=Stance.INTERESTED.value)
    Posting.objects.update(state=NeedState.CLOSED.value, ended_at=timezone.now() - LONG_AGO)

    counts = [remind(), remind()]

    assert counts == [1, 0]
    assert "ce qu’il est advenu" in market.supplier.notices.get().text


def test_needs_end_at_their_term_and_are_erased_a_year_later(
    market: Market, exchange: Exchange, capsys: pytest.CaptureFixture[str]
):
    draft = need(author=market.buyer, state="draft")
    Posting.objects.filter(pk=draft.pk).update(changed_at=timezone.now() - timedelta(days=91))
    Posting.objects.filter(pk=market.posting.pk).update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )
    set_rhythm(market.buyer, is_immediate=False)

    main(["members", "tidy"])
    market.posting.refresh_from_db()
    Posting.objects.update(ended_at=timezone.now() - timedelta(days=366))
    main(["members", "tidy"])

    lines = capsys.readouterr().out.splitlines()
    assert market.posting.state == NeedState.EXPIRED.value
    assert "Besoins arrivés à leur terme : 1 ; effacés : 1." in lines
    assert "Besoins arrivés à leur terme : 0 ; effacés : 1." in lines
    assert not Posting.objects.exists()
    assert not Exchange.objects.exists()


def test_set_twice_a_rhythm_is_kept_once(market: Market):
    for is_immediate in (True, False):
        set_rhythm(market.buyer, is_immediate=is_immediate)

    assert not Rhythm.objects.get().is_immediate
