"""What organisations publish: live at once, beside the source, moderated, and theirs when the author goes."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.site.people.matrix.offers import OFFERED, sewing

from essor.errors import InvalidRequestError
from essor.matching.activity import Basis, ReachKind
from essor.observatory.card import Card
from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.members.account import delete_account, exported
from essor.site.members.journal import entries
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.offers import correcting, moderating, publishing, stamp
from essor.site.offers.declared import activities_of
from essor.site.offers.live import overlay
from essor.site.offers.models import Correction, DeclaredActivity, Offer, Report
from essor.site.offers.words import CorrectionState
from essor.site.searching import Searched, searched

pytestmark = pytest.mark.usefixtures("people", "visitor")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
NEED = Asked(text="couture de tenues de travail")
SEEN = "déclaré par l’organisation le"


@pytest.fixture
def declared(ada: Member, card: Card) -> DeclaredActivity:
    return publishing.declare(ada, card, sewing(card.places[0].siret))


def reasons_for(siren: str) -> list[str]:
    matches = answered(in_service(), NEED).answer.matches
    return [
        reason.because
        for match in matches
        if match.supplier.siren == siren
        for reason in match.reasons
    ]


def found_by(text: str) -> list[str]:
    page = searched(in_service(), Searched(text=text, everybody=True)).page
    return [hit.document.siren for hit in page.hits]


def test_what_is_declared_answers_a_need_and_a_search_at_once(ada: Member, card: Card):
    before = reasons_for(card.siren)
    unfound = card.siren in found_by("tenues de bloc opératoire")

    made = publishing.declare(
        ada, card, sewing(card.places[0].siret, label="Tenues de bloc opératoire")
    )
    after, found = reasons_for(card.siren), found_by("tenues de bloc opératoire")
    publishing.withdraw(ada, made)

    assert not any(SEEN in each for each in before)
    assert not unfound
    assert any(SEEN in each for each in after)
    assert card.siren in found
    assert not any(SEEN in each for each in reasons_for(card.siren))


def test_an_activity_is_read_by_matching_as_it_was_declared(ada: Member, card: Card):
    siret = card.places[0].siret
    said = sewing(siret, reach="zones", zones=("departement:57", "epci:000"), certificates=())
    publishing.declare(ada, card, said)

    with in_service().connection() as opened:
        (activity,) = activities_of(opened, card.siren)[siret]

    assert activity.basis is Basis.DECLARED
    assert activity.reach.kind is ReachKind.ZONES
    assert [zone.name for zone in activity.reach.zones] == ["Moselle"]
    assert [(each.value, each.period) for each in activity.capacity] == [(20_000, "an")]
    assert activity.certificates == ()


@pytest.mark.usefixtures("declared")
def test_as_long_as_nothing_changes_a_page_asks_one_mark():
    service = in_service()
    first = overlay(service)

    with CaptureQueriesContext(connection) as asked:
        second = overlay(service)

    assert second is first
    assert len(asked) == 1


@pytest.mark.usefixtures("declared")
def test_another_replica_reads_what_this_one_published(ada: Member, card: Card):
    service = in_service()
    before = overlay(service)

    stamp.change()

    assert overlay(service) is not before


def test_answers_outlive_the_database(monkeypatch: pytest.MonkeyPatch, card: Card, visitor: Client):
    def lost() -> None:
        raise DatabaseError

    monkeypatch.setattr(stamp, "mark", lost)

    assert found_by(card.siren) == [card.siren]
    assert visitor.get(reverse("organisation", args=[card.siren])).status_code == 200


def test_an_activity_is_declared_in_plain_words_without_a_script(
    ada: Member, card: Card, signed: Signed
):
    browser = signed(ada)
    address = reverse("activite-declarer", args=[card.siren])
    asked = browser.get(address, {"dit": "couture de vêtements de travail"})
    trades = [code for code, _ in asked.context["form"].fields["metiers"].choices]
    sent = {
        "metiers": trades[:1],
        "siret": card.places[0].siret,
        "libelle": "Couture",
        "presence": ["fabrication"],
        "portee": "zones",
        "territoires": "Moselle\nMetz",
        "capacite": "600 pièces par mois",
        "certificats": "ISO 9001, Qualiopi",
    }
    there = f"{address}?dit=couture+de+v%C3%AAtements+de+travail"
    done = browser.post(there, sent)

    made = DeclaredActivity.objects.get()
    kept = browser.get(reverse("activite-corriger", args=[made.pk]))
    assert done.status_code == 302
    assert made.trades == trades[:1]
    assert made.zones[0] == "departement:57"
    assert made.certificates == ["ISO 9001", "Qualiopi"]
    assert "Moselle" in kept.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"metiers": []}, "Gardez au moins un métier"),
        ({"metiers": ["99.99Z"]}, "Sélectionnez un choix valide"),
        ({"siret": "00000000000000"}, "Sélectionnez un choix valide"),
        ({"portee": "radius"}, "combien de kilomètres"),
        ({"portee": "radius", "rayon": "nan"}, "nombre"),
        ({"portee": "zones"}, "Dites dans quels territoires"),
        ({"territoires": "Atlantide du Nord"}, "Atlantide"),
        ({"capacite": "beaucoup"}, "Aucune quantité"),
        ({"sans_certificat": "on", "certificats": "ISO 9001"}, "Videz cette ligne"),
        ({"libelle": "x" * 500}, "120"),
    ],
)
def test_a_form_badly_filled_says_why(
    declared: DeclaredActivity, signed: Signed, changed: dict[str, object], said: str
):
    right = {
        "metiers": declared.trades,
        "siret": declared.siret,
        "libelle": "Couture",
        "portee": "country",
    }
    assert declared.author
    address = reverse("activite-corriger", args=[declared.pk])

    answer = signed(declared.author).post(address, {**right, **changed})

    assert answer.status_code == 422
    assert said in answer.text


def test_what_nobody_can_read_as_a_trade_is_asked_again(ada: Member, card: Card, signed: Signed):
    answer = signed(ada).get(reverse("activite-declarer", args=[card.siren]), {"dit": "???"})

    assert answer.status_code == 422
    assert "autres mots" in answer.text


def test_there_is_an_end_to_what_an_organisation_publishes(
    declared: DeclaredActivity, ada: Member, card: Card, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(publishing, "STANDING_AT_MOST", 1)

    with pytest.raises(InvalidRequestError, match="au plus 1"):
        publishing.declare(ada, card, sewing(declared.siret))


def test_a_correction_is_read_beside_the_source_once_it_is_accepted(
    ada: Member, mo: Member, card: Card, signed: Signed, visitor: Client
):
    page = reverse("organisation", args=[card.siren])
    asked = correcting.propose(ada, card, "name", "Les Ateliers du Lac", "Voir nos statuts.")
    before = visitor.get(page).text

    signed(mo).post(reverse("moderation-correction", args=[asked.pk]), {"decision": "accepter"})
    again = correcting.decide(asked, CorrectionState.REFUSED, "Trop tard", mo)
    after = visitor.get(page).text

    assert "Les Ateliers du Lac" not in before
    assert "Les Ateliers du Lac" in after
    assert (card.name or "Nom non diffusé") in unescape(after)
    assert "Ada" not in after
    assert "Voir nos statuts" not in after
    assert not again
    told, answered = Letter.objects.order_by("pk")
    assert (told.recipient, told.subject) == (
        mo.email,
        "Essor : une correction du registre attend",
    )
    assert answered.recipient == ada.email


def test_a_newer_correction_takes_the_place_of_the_older(ada: Member, mo: Member, card: Card):
    older = correcting.propose(ada, card, "staff", "12", "Voir.")
    correcting.decide(older, CorrectionState.ACCEPTED, "", mo)
    newer = correcting.propose(ada, card, "staff", "14", "Voir.")

    correcting.decide(newer, CorrectionState.ACCEPTED, "", mo)

    shown = Correction.objects.filter(state=CorrectionState.ACCEPTED.value)
    assert [each.value for each in shown] == ["14"]


def test_nobody_decides_of_a_correction_of_her_own_organisation(
    enrol: Enrol, ada: Member, card: Card, signed: Signed
):
    judge = enrol("jo@essor.example", "moderator", organisations={card.siren: "member"})
    asked = correcting.propose(ada, card, "name", "Atelier", "Voir.")

    answer = signed(judge).post(
        reverse("moderation-correction", args=[asked.pk]), {"decision": "accepter"}
    )

    assert answer.status_code == 403


def test_an_offer_is_read_by_everybody_until_it_is_over(
    ada: Member, card: Card, signed: Signed, visitor: Client
):
    browser = signed(ada)
    done = browser.post(
        reverse("offre-publier", args=[card.siren]), {**OFFERED, "texte": "<b>Libre</b>"}
    )
    listed = visitor.get(reverse("offres"), {"q": "presse", "forme": "machine"}).text
    shown = visitor.get(done.headers["Location"]).text
    on_card = visitor.get(reverse("organisation", args=[card.siren])).text

    Offer.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert "Presse" in listed
    assert "&lt;b&gt;Libre" in shown
    assert "Presse" in on_card
    assert "ada@" not in shown
    assert "Presse" not in visitor.get(reverse("offres")).text
    assert "finie depuis" in visitor.get(done.headers["Location"]).text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"q": "\x00"}, 422),
        ({"page": "x"}, 422),
        ({"forme": "autre"}, 422),
        ({"lieu": "Atlantide du Nord"}, 422),
        ({"naf": "couture"}, 422),
        ({"q": "%' --"}, 200),
        ({"page": "400"}, 200),
        ({"territoire": "departement:00"}, 422),
    ],
)
def test_the_list_of_offers_takes_whatever_is_asked(
    visitor: Client, asked: dict[str, str], status: int
):
    assert visitor.get(reverse("offres"), asked).status_code == status


def test_what_is_reported_is_hidden_with_a_reason_and_shown_again(
    declared: DeclaredActivity, enrol: Enrol, mo: Member, signed: Signed
):
    ben = enrol("ben@usine.example")
    address = reverse("publication-signaler", args=["activites", declared.pk])
    decision = reverse("moderation-publication", args=["activites", declared.pk])
    for _ in range(2):
        signed(ben).post(address, {"motif": "Cet atelier n’a pas de machine."})
    waiting = signed(mo).get(reverse("moderation-publications")).text

    signed(mo).post(decision, {"decision": "masquer", "motif": "Vérifiez, puis dites-le nous."})
    hidden = reasons_for(declared.siren)
    gone = signed(ben).get(address).status_code
    signed(mo).post(decision, {"decision": "garder"})

    assert Report.objects.count() == 1
    assert "n’a pas de machine" in waiting
    assert not any(SEEN in each for each in hidden)
    assert gone == 404
    assert any(SEEN in each for each in reasons_for(declared.siren))
    told, answered = Letter.objects.order_by("pk")
    assert (told.recipient, told.subject) == (mo.email, "Essor : une publication signalée attend")
    assert "Vérifiez" in answered.text


def test_it_stays_the_organisation_s_when_its_author_goes(declared: DeclaredActivity, ada: Member):
    moderating.report(ada, declared, "Pour voir")
    given = exported(ada)

    delete_account(ada)
    declared.refresh_from_db()

    assert given["activites_declarees"][0]["activite"] == declared.label  # type: ignore[index]  # JSON
    assert declared.author is None
    assert not Report.objects.exists()
    assert "activity.published" in [each.deed for each in entries()]


def test_what_was_withdrawn_meanwhile_is_not_written_again(declared: DeclaredActivity, ada: Member):
    first, second = publishing.withdraw(ada, declared), publishing.withdraw(ada, declared)

    written = publishing.correct(ada, declared, sewing(declared.siret, label="Autre"))

    assert (first, second, written) == (True, False, False)
