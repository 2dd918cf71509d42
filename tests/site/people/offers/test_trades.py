"""A trade is added to an activity by words or by code; without a script, nothing that was typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site.people.matrix.offers import sewing

from essor.observatory.card import Card
from essor.site.members.models.member import Member
from essor.site.offers import publishing
from essor.site.offers.models import DeclaredActivity

pytestmark = pytest.mark.usefixtures("people", "visitor")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]


@pytest.fixture
def declared(enrol: Enrol, card: Card) -> DeclaredActivity:
    ada = enrol("ada@atelier.example", organisations={card.siren: "manager"})
    return publishing.declare(ada, card, sewing(card.places[0].siret))


@pytest.fixture
def browser(declared: DeclaredActivity, signed: Signed) -> Client:
    assert declared.author
    return signed(declared.author)


def typed(declared: DeclaredActivity, **changes: object) -> dict[str, object]:
    right = {
        "metiers": declared.trades,
        "siret": declared.siret,
        "libelle": "Couture",
        "portee": "country",
    }
    return {**right, **changes}


def correcting(declared: DeclaredActivity) -> str:
    return reverse("activite-corriger", args=[declared.pk])


def codes(answer) -> list[str]:
    return [code for code, _ in answer.context["form"].fields["metiers"].choices]


def test_a_trade_is_looked_for_by_words_then_added(declared: DeclaredActivity, browser: Client):
    asked = {"autre_metier": "menuiserie bois", "chercher": "1", "libelle": "Couture et bois"}
    shown = browser.post(correcting(declared), typed(declared, **asked))
    added = next(code for code in codes(shown) if code not in declared.trades)

    kept = typed(declared, metiers=[*declared.trades, added], **asked, cherche="menuiserie bois")
    del kept["chercher"]
    done = browser.post(correcting(declared), kept)
    declared.refresh_from_db()

    assert shown.status_code == 200
    assert "Couture et bois" in shown.text
    assert "Cochez celui qui convient" in shown.text
    assert "aria-invalid" not in shown.text
    assert done.status_code == 302
    assert declared.trades == ["14.12Z", added]


def test_a_trade_is_looked_for_by_its_code(declared: DeclaredActivity, browser: Client):
    asked = {"autre_metier": "25.62b", "chercher": "1"}

    shown = browser.post(correcting(declared), typed(declared, **asked))

    assert codes(shown) == ["14.12Z", "25.62B"]


def test_words_that_were_not_looked_for_yet_are_read_before_anything_is_kept(
    declared: DeclaredActivity, browser: Client
):
    shown = browser.post(correcting(declared), typed(declared, autre_metier="menuiserie bois"))
    declared.refresh_from_db()

    assert shown.status_code == 200
    assert declared.label == "Couture de tenues de travail"


@pytest.mark.parametrize(
    ("asked", "said"), [("", "Dites d’abord"), ("???", "avec d’autres mots"), ("99.99Z", "autres")]
)
def test_what_says_no_trade_is_told(
    declared: DeclaredActivity, browser: Client, asked: str, said: str
):
    shown = browser.post(
        correcting(declared), typed(declared, autre_metier=asked, chercher="1", libelle="")
    )

    assert shown.status_code == 200
    assert said in shown.text


def test_a_trade_is_added_while_declaring_too(card: Card, enrol: Enrol, signed: Signed):
    browser = signed(enrol("eve@atelier.example", organisations={card.siren: "member"}))
    address = f"{reverse('activite-declarer', args=[card.siren])}?dit=couture"

    shown = browser.post(address, {"metiers": [], "autre_metier": "25.62B", "chercher": "1"})

    assert "25.62B" in codes(shown)


def test_a_trade_once_added_can_be_dropped_again(declared: DeclaredActivity, browser: Client):
    browser.post(correcting(declared), typed(declared, metiers=["14.12Z", "25.62B"]))
    browser.post(correcting(declared), typed(declared, metiers=["25.62B"]))
    declared.refresh_from_db()

    assert declared.trades == ["25.62B"]


TYPED = st.text(max_size=40) | st.sampled_from(
    ["", "14.12Z", "25", "1e400", "nan", "\x00", "<b>", "%s", "25.62B 14.12Z", "é" * 600]
)
FIELDS = (
    "metiers autre_metier cherche chercher siret libelle presence portee rayon territoires "
    "capacite certificats sans_certificat disponible"
)


@settings(
    max_examples=40,
    deadline=timedelta(seconds=20),
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_typed_the_form_answers_and_keeps_only_trades_of_the_naf(
    declared: DeclaredActivity, browser: Client, data: st.DataObject
):
    names = st.sampled_from(FIELDS.split())
    changes = data.draw(st.dictionaries(names, st.lists(TYPED, max_size=3), max_size=6))

    answer = browser.post(correcting(declared), typed(declared, **changes))
    declared.refresh_from_db()

    assert answer.status_code in {200, 302, 422}
    assert set(declared.trades) <= {"14.12Z", "25.62B"}
    assert declared.said_at <= timezone.now()
