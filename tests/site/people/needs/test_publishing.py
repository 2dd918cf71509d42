"""A need is posted, published, corrected and withdrawn: each once, by whoever speaks for its buyer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.site.people.matrix.needs import TEXT, need
from tests.site.people.needs.conftest import Market

from essor.errors import InvalidRequestError
from essor.matching.match import CRITERIA_VERSION
from essor.site.asking import Asked
from essor.site.current import in_service
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.member import Member
from essor.site.needs import publishing
from essor.site.needs.models import Posting
from essor.site.needs.publishing import RUNNING_AT_MOST, Said
from essor.site.needs.recorded import record_of, replayed
from essor.site.needs.words import NeedState, Visibility
from essor.site.offers import stamp

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]

SAID = Said(Asked(text=TEXT, place="Metz", radius_km=300), Visibility.PUBLIC)


def form(**changes: str) -> dict[str, str]:
    return {"besoin": TEXT, "visibilite": "public", "jeton": str(uuid4()), **changes}


def test_a_question_is_published_as_it_was_asked(enrol: Enrol, signed: Signed, sirens: list[str]):
    browser = signed(enrol("bea@acheteur.example", organisations={sirens[0]: "member"}))
    asked = {"besoin": TEXT, "lieu": "Metz", "rayon": "300", "echeance": "2030-05-01"}

    page = browser.get("/besoins/publier/", asked).text
    sent = browser.post(
        "/besoins/publier/",
        form(**asked, pour=sirens[0], publier="1", metier="13.92Z", lu=TEXT),
        follow=True,
    )

    made = Posting.objects.get()
    assert 'value="300"' in page
    assert 'value="2030-05-01"' in page
    assert "Qui inviter" in sent.text
    assert (made.siren, made.place, made.radius_km, made.kept) == (
        sirens[0],
        "Metz",
        300.0,
        ["13.92Z"],
    )
    assert (made.state, made.deadline) == ("open", date(2030, 5, 1))
    assert made.is_fictional


def test_a_published_need_keeps_an_answer_that_can_be_given_again(
    enrol: Enrol, visitor: Client, token: UUID
):
    bea = enrol("bea@acheteur.example")
    made = publishing.post(in_service(), bea, SAID, token)
    publishing.publish(in_service(), made, bea)
    made.refresh_from_db()

    again = replayed(in_service(), made)

    record = record_of(made)
    assert record.release == in_service().manifest.number
    assert record.criteria_version == CRITERIA_VERSION
    assert record.ranking
    assert again.is_same


def test_an_answer_of_other_criteria_or_of_a_release_gone_says_so(market: Market, signed: Signed):
    browser = signed(market.buyer)
    address = f"/besoins/{market.posting.pk}/reponse/"
    record = market.posting.record

    same = browser.get(address)
    Posting.objects.update(record={**record, "release": 9_999})
    gone = browser.get(address)
    Posting.objects.update(record={**record, "criteria_version": "1999.1"})
    other = browser.get(address)
    Posting.objects.update(record={**record, "ranking": record["ranking"][1:]})
    different = browser.get(address)

    assert "La même" in same.text
    assert (gone.status_code, "n’est plus conservée" in unescape(gone.text)) == (503, True)
    assert (other.status_code, "1999.1" in other.text) == (422, True)
    assert "Elle diffère" in different.text


def test_a_need_sent_twice_is_posted_once(enrol: Enrol, signed: Signed):
    browser, sent = signed(enrol("bea@acheteur.example")), form()

    for _ in range(2):
        browser.post("/besoins/publier/", sent)

    assert Posting.objects.count() == 1
    assert JournalEntry.objects.filter(deed="need.posted").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"besoin": ""}, "Dites en quelques mots"),
        ({"besoin": "bonjour"}, "Nous n’avons pas compris"),
        ({"besoin": "x" * 5_001}, "5000"),
        ({"besoin": "usinage \x00"}, "nul"),
        ({"echeance": "2001-01-01"}, "déjà passée"),
        ({"echeance": "jamais"}, "date valide"),
        ({"lieu": "Nulle-Part-les-Bains"}, "Nulle-Part"),
        ({"rayon": "-3"}, "0"),
        ({"rayon": "nan", "lieu": "Metz"}, ""),
        ({"reserve": "amis"}, "amis"),
        ({"visibilite": "tous"}, "tous"),
        ({"pour": "999000017"}, "999000017"),
        ({"jeton": "1"}, ""),
        ({"quantite": "beaucoup"}, "n’est pas une quantité"),
    ],
)
def test_a_need_that_makes_no_sense_is_said_and_not_posted(
    enrol: Enrol, signed: Signed, wrong: dict[str, str], told: str
):
    browser = signed(enrol("bea@acheteur.example"))

    answer = browser.post("/besoins/publier/", form(**wrong))

    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert not Posting.objects.exists()


def test_what_a_buyer_wrote_is_shown_and_never_run(market: Market, signed: Signed):
    hostile = "<script>alert(1)</script> 𝔘 \u202e {{ 7 }} " + "é" * 4_000
    Posting.objects.update(text=hostile, version=2)
    stamp.change()
    browser = signed(market.buyer)
    number = market.posting.pk

    pages = [
        browser.get(address).text
        for address in (
            "/besoins/publies/",
            f"/besoins/{number}/",
            f"/besoins/{number}/suivi/",
            f"/besoins/{number}/corriger/",
            "/espace/besoins/",
        )
    ]

    assert all("&lt;script&gt;" in page and "<script>" not in page for page in pages)


def test_a_far_deadline_is_no_fault_and_a_need_is_not_open_for_ever(
    enrol: Enrol, visitor: Client, token: UUID
):
    bea = enrol("bea@acheteur.example")
    said = replace(SAID, asked=Asked(text=TEXT, deadline=date.max))
    made = publishing.post(in_service(), bea, said, token)

    publishing.publish(in_service(), made, bea)

    made.refresh_from_db()
    assert made.expires_on is not None
    assert made.expires_on < timezone.localdate() + timedelta(days=800)


def test_nobody_posts_for_an_organisation_that_she_does_not_speak_for(
    enrol: Enrol, sirens: list[str], token: UUID
):
    bea = enrol("bea@acheteur.example")

    with pytest.raises(InvalidRequestError, match="revendiquez-la"):
        publishing.post(in_service(), bea, replace(SAID, siren=sirens[0]), token)


def test_too_many_needs_at_once_are_refused(enrol: Enrol, visitor: Client, token: UUID):
    bea = enrol("bea@acheteur.example")
    for _ in range(RUNNING_AT_MOST):
        need(author=bea)

    with pytest.raises(InvalidRequestError, match="besoins en cours"):
        publishing.post(in_service(), bea, SAID, token)


def test_of_two_people_who_correct_a_need_the_second_is_told(
    enrol: Enrol, signed: Signed, sirens: list[str]
):
    colleagues = {sirens[0]: "member"}
    bea = enrol("bea@acheteur.example", organisations=colleagues)
    lou = enrol("lou@acheteur.example", organisations=colleagues)
    posting = need(author=bea, siren=sirens[0], organisation="Atelier")
    address = f"/besoins/{posting.pk}/corriger/"
    changed = form(version="1", pour=sirens[0])

    first = signed(bea).post(address, changed | {"besoin": "couture de rideaux"}, follow=True)
    second = signed(lou).post(address, changed | {"besoin": "couture de sacs"})

    posting.refresh_from_db()
    assert "Le besoin est corrigé" in first.text
    assert second.status_code == 409
    assert "Quelqu’un d’autre a changé ce besoin" in second.text
    assert "couture de sacs</textarea>" in second.text
    assert (posting.text, posting.version) == ("couture de rideaux", 2)
    assert record_of(posting).need.text == "couture de rideaux"


def test_a_draft_is_read_by_nobody_else_and_withdrawn_without_a_trace(
    enrol: Enrol, signed: Signed, visitor: Client
):
    bea = enrol("bea@acheteur.example")
    browser = signed(bea)
    browser.post("/besoins/publier/", form())
    number = Posting.objects.get().pk

    listing = visitor.get("/besoins/publies/").text
    read = visitor.get(f"/besoins/{number}/")
    board = browser.get(f"/besoins/{number}/suivi/").text
    browser.post(f"/besoins/{number}/retirer/")

    assert TEXT not in listing
    assert read.status_code == 302
    assert "Supprimer le brouillon" in board
    assert not Posting.objects.exists()


def test_a_need_is_listed_until_its_term_and_not_once_withdrawn(
    market: Market, signed: Signed, visitor: Client
):
    def is_listed() -> bool:
        return TEXT in visitor.get("/besoins/publies/").text

    open_ = is_listed()
    Posting.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    over = is_listed()
    Posting.objects.update(expires_on=timezone.localdate())
    last_day = is_listed()
    signed(market.buyer).post(f"/besoins/{market.posting.pk}/retirer/")
    again = signed(market.buyer).post(f"/besoins/{market.posting.pk}/retirer/", follow=True)

    assert (open_, over, last_day, is_listed()) == (True, False, True, False)
    assert "n’était plus en cours" in again.text
    market.posting.refresh_from_db()
    assert market.posting.state == NeedState.WITHDRAWN.value


def test_a_draft_whose_deadline_passed_is_not_opened(enrol: Enrol, signed: Signed):
    bea = enrol("bea@acheteur.example")
    draft = need(author=bea, state="draft", deadline=date(2001, 1, 1))

    answer = signed(bea).post(f"/besoins/{draft.pk}/ouvrir/", follow=True)

    draft.refresh_from_db()
    assert "déjà passée" in unescape(answer.text)
    assert draft.state == NeedState.DRAFT.value
