"""What members publish is found at once, by words, form and place, and vanishes as soon as it is over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.site.people.matrix.needs import TEXT, need
from tests.site.people.matrix.offers import LAST_DAY, sewing

from essor.observatory.card import Card
from essor.search.document import PLACED_LEVELS, Kind
from essor.search.query import Query
from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.members.models.member import Member
from essor.site.needs import closing, moderating, own
from essor.site.needs import publishing as needs
from essor.site.needs.models import Posting
from essor.site.needs.recorded import recorded
from essor.site.needs.words import NeedState, Result, Visibility
from essor.site.offers import layers, publishing, stamp
from essor.site.offers import moderating as hiding
from essor.site.offers.feeds import FEEDS
from essor.site.offers.models import DeclaredActivity, Offer
from essor.site.offers.order import number_of
from essor.site.offers.publishing import Offered
from essor.site.offers.spots import spots
from essor.site.searching import Searched, searched
from essor.territory.level import Level

pytestmark = pytest.mark.usefixtures("people", "visitor")

Enrol = Callable[..., Member]
PRESS = Offered(
    means="machine",
    title="Presse plieuse libre le matin",
    text="Une presse de 40 tonnes, avec son outillage <neuf>.",
    place="Metz",
    starts_on=None,
    ends_on=LAST_DAY,
    zone="commune:57463",
)
METZ = Asked(text=TEXT, place="Metz")


@pytest.fixture
def press(ada: Member, card: Card) -> Offer:
    return publishing.offer(ada, card, PRESS)


@pytest.fixture
def sewn(ada: Member) -> Posting:
    """Return a need that is open, around Metz."""
    return need(author=ada, record=recorded(answered(in_service(), METZ).answer))


def found(kind: Kind, **asked: object) -> list[int]:
    page = searched(in_service(), Searched(kind=kind, **asked)).page  # type: ignore[arg-type]  # of a search
    return [number_of(hit.document.id) for hit in page.hits]


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "presse"},
        {"text": "plieuse outillage"},
        {"text": "pressse"},
        {"text": "machine"},
        {"text": "Metz"},
        {"forms": ("machine", "premises")},
        {"place": "Metz"},
        {"place": "Nancy", "radius_km": 80.0},
        {"place": "Moselle"},
    ],
)
def test_an_offer_is_found_as_soon_as_it_is_published(
    ada: Member, card: Card, asked: dict[str, object]
):
    before = found(Kind.OFFER, **asked)

    made = publishing.offer(ada, card, PRESS)

    assert before == []
    assert found(Kind.OFFER, **asked) == [made.pk]


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize(
    "asked",
    [
        {"text": "fraiseuse"},
        {"forms": ("premises",)},
        {"place": "Nancy", "radius_km": 10.0},
        {"place": "Bretagne"},
    ],
)
def test_an_offer_of_something_else_or_elsewhere_is_not_found(asked: dict[str, object]):
    assert found(Kind.OFFER, **asked) == []


def test_an_offer_is_found_in_each_territory_that_holds_its_place(press: Offer):
    with in_service().connection() as connection:
        (spot,) = spots(connection, [press.zone]).values()
    assert spot
    held = dict(zip(PLACED_LEVELS, spot.territories, strict=True))

    within = {
        level: found(Kind.OFFER, territories=((level, code),))
        for level, code in held.items()
        if code
    }

    assert within.keys() >= {Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION}
    assert all(numbers == [press.pk] for numbers in within.values())


def test_an_offer_wider_than_a_commune_is_found_in_what_holds_it_and_not_in_what_it_holds(
    ada: Member, card: Card
):
    made = publishing.offer(ada, card, replace(PRESS, place="Moselle", zone="departement:57"))

    assert found(Kind.OFFER, place="Grand Est") == [made.pk]
    assert found(Kind.OFFER, territories=((PLACED_LEVELS[0], "57463"),)) == []


def test_an_offer_of_before_places_were_read_is_found_at_the_head_office(ada: Member, card: Card):
    made = publishing.offer(ada, card, replace(PRESS, zone=""))
    head = in_service().index.held(Kind.ORGANISATION, card.siren)
    assert head

    within = tuple(zip(PLACED_LEVELS, head.territories, strict=True))[:1]

    assert found(Kind.OFFER, territories=within) == [made.pk]


ENDS: list[Callable[[Offer, Member, Member], object]] = [
    lambda press, ada, _: publishing.withdraw(ada, press),
    lambda press, _, mo: hiding.hide(press, "Publicité", mo),
    lambda press, ada, _: publishing.correct(
        ada, press, replace(PRESS, title="Four", text="À pain")
    ),
]


@pytest.mark.parametrize("end", ENDS, ids=["withdrawn", "hidden", "corrected"])
def test_an_offer_that_is_over_vanishes_at_once(
    press: Offer, ada: Member, mo: Member, end: Callable[[Offer, Member, Member], object]
):
    before = found(Kind.OFFER, text="presse")

    end(press, ada, mo)

    assert before == [press.pk]
    assert found(Kind.OFFER, text="presse") == []


def test_an_offer_hidden_by_mistake_comes_back(press: Offer, mo: Member):
    hiding.hide(press, "Publicité", mo)
    hiding.keep(press, mo)

    assert found(Kind.OFFER, text="presse") == [press.pk]


def test_an_offer_vanishes_the_day_after_its_last(
    press: Offer, monkeypatch: pytest.MonkeyPatch, visitor: Client
):
    before = found(Kind.OFFER, text="presse")

    after = timezone.localdate() + timedelta(days=31)
    monkeypatch.setattr(timezone, "localdate", lambda *_: after)

    assert before == [press.pk]
    assert found(Kind.OFFER, text="presse") == []
    assert "Presse" not in visitor.get(reverse("offres")).text


def test_the_page_tells_why_where_and_how_many(press: Offer, visitor: Client):
    asked = {"q": "presse", "lieu": "Nancy", "rayon": "80"}
    page = unescape(visitor.get(reverse("offres"), asked).text)

    assert "<mark>Presse</mark> plieuse" in page
    assert "outillage <neuf>" in page
    assert "Son titre contient « presse »." in page
    assert "\u00a0km</span>" in page
    assert "Une machine" in page
    assert press.organisation in page
    assert "Ada" not in page


def test_the_address_of_a_search_can_be_shared_and_its_pages_are_stable(
    ada: Member, card: Card, visitor: Client
):
    made = [publishing.offer(ada, card, replace(PRESS, title=f"Presse {n}")).pk for n in range(25)]
    numbers = [visitor.get(reverse("offres"), {"q": "presse", "page": n}) for n in (1, 2, 1)]
    first, second, again = ([row.pk for _, row in page.context["hits"]] for page in numbers)
    latest = found(Kind.OFFER, size=50)

    assert first == again
    assert [*first, *second] == latest == made[::-1]


def test_an_empty_answer_says_how_to_go_on(press: Offer, visitor: Client):
    nothing = visitor.get(reverse("offres"), {"q": "fraiseuse"}).text
    Offer.objects.all().delete()
    stamp.change()
    none = visitor.get(reverse("offres")).text

    assert "Rien ne répond à tout cela, parmi 1 offre en cours" in nothing
    assert "Aucune offre en cours" in none


def test_a_page_of_what_is_published_says_when_the_people_s_database_is_lost(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
):
    def lost(*_: object) -> int:
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet.count", lost)

    assert visitor.get(reverse("offres")).status_code == 503


def test_a_need_is_found_by_its_words_its_trade_and_its_place(sewn: Posting):
    (code,) = {each["code"] for each in sewn.record["need"]["trades"][:1]}

    assert found(Kind.NEED, text="housses") == [sewn.pk]
    assert found(Kind.NEED, naf=(code,)) == [sewn.pk]
    assert found(Kind.NEED, place="Moselle") == [sewn.pk]
    assert found(Kind.NEED, place="Metz", radius_km=1.0) == [sewn.pk]
    assert found(Kind.NEED, place="Bretagne") == []
    assert found(Kind.NEED, forms=("handicap",)) == []


GONE: list[Callable[[Posting, Member, Member], object]] = [
    lambda asked, ada, _: needs.withdraw(asked, ada),
    lambda asked, ada, _: closing.close(asked, closing.Told(Result.ELSEWHERE), (), ada),
    lambda asked, _, mo: moderating.hide(asked, "Publicité", mo),
    lambda asked, ada, _: needs.correct(
        in_service(), asked, needs.Said(METZ, Visibility.INVITED), ada
    ),
    lambda _, ada, __: own.forget(ada),
]


@pytest.mark.parametrize("end", GONE, ids=["withdrawn", "closed", "hidden", "invited", "forgotten"])
def test_a_need_that_is_not_open_to_everybody_any_more_vanishes_at_once(
    sewn: Posting, ada: Member, mo: Member, end: Callable[[Posting, Member, Member], object]
):
    before = found(Kind.NEED, text="housses")

    end(sewn, ada, mo)

    assert before == [sewn.pk]
    assert found(Kind.NEED, text="housses") == []


@pytest.mark.parametrize(
    "columns", [{"state": NeedState.DRAFT.value}, {"visibility": Visibility.INVITED.value}]
)
def test_a_need_that_is_not_public_is_never_found(columns: dict[str, object]):
    need(**columns)

    assert found(Kind.NEED) == []


def test_a_need_published_is_found_at_once(ada: Member, sewn: Posting):
    drafted = need(author=ada, state=NeedState.DRAFT.value)

    needs.publish(in_service(), drafted, ada)

    assert found(Kind.NEED) == [drafted.pk, sewn.pk]


@pytest.mark.usefixtures("press", "sewn")
def test_the_directory_says_what_else_answers(visitor: Client):
    both = visitor.get("/annuaire/", {"lieu": "Metz", "statut": "esat"}).text
    one = visitor.get("/annuaire/", {"q": "presse plieuse"}).text
    everything = visitor.get("/annuaire/").text

    assert "1&nbsp;offre</a> et <a" in both
    assert "1&nbsp;besoin</a> répondent aussi" in both
    assert 'href="/offres/?q=presse+plieuse">1&nbsp;offre</a> répond aussi' in one
    assert "aussi.</p>" not in everything


@pytest.mark.usefixtures("press", "sewn")
@pytest.mark.parametrize(
    ("place", "is_here"), [("departement/57", True), ("france/FR", True), ("region/53", False)]
)
def test_a_territory_lists_what_is_sought_and_offered_in_it(
    visitor: Client, place: str, *, is_here: bool
):
    page = visitor.get(f"/territoires/{place}/echanges/").text

    assert ("Presse plieuse" in page) is is_here
    assert (TEXT in page) is is_here


def test_the_card_of_an_organisation_shows_what_it_seeks_and_offers(press: Offer, visitor: Client):
    need(siren=press.siren, organisation=press.organisation)

    page = visitor.get(reverse("organisation", args=[press.siren])).text

    assert "Presse plieuse" in page
    assert "Ce qu’elle cherche" in page


def test_the_api_lists_offers_with_their_reasons(press: Offer, visitor: Client):
    (told,) = visitor.get("/api/v1/offers", {"q": "presse", "place": "Metz"}).json()
    nothing = visitor.get("/api/v1/offers", {"means": "premises"}).json()
    wrong = visitor.get("/api/v1/offers", {"territory": "Metz"})

    assert (told["number"], told["territory"]) == (press.pk, "commune:57463")
    assert told["distance_km"] == pytest.approx(0, abs=5)
    assert told["reasons"][0]["because"] == "Son titre contient « presse »."
    assert nothing == []
    assert wrong.status_code == 422


def test_what_the_register_holds_comes_back_when_nothing_is_said_of_it(ada: Member, card: Card):
    service = in_service()
    before = service.index.held(Kind.ORGANISATION, card.siren)
    made = publishing.declare(
        ada, card, sewing(card.places[0].siret, label="Zorglondage quotidien")
    )

    said = [each.siren for each in zinc()]
    publishing.withdraw(ada, made)

    assert before
    assert said == [card.siren]
    assert zinc() == []
    kept = searched(service, Searched(text=card.siren, everybody=True)).page.hits[0].document
    assert kept == before


def zinc():
    page = searched(in_service(), Searched(text="zorglondage", everybody=True)).page
    return [hit.document for hit in page.hits]


@pytest.mark.parametrize("recent", [0, 2, 200])
def test_layers_answer_the_same_however_many_changes_the_small_one_holds(
    ada: Member, card: Card, monkeypatch: pytest.MonkeyPatch, recent: int
):
    monkeypatch.setattr(layers, "RECENT", recent)
    over = layers.Layers(in_service())
    seen = []
    made: list[Offer] = []
    for number in range(5):
        made.append(publishing.offer(ada, card, replace(PRESS, title=f"Presse {number}")))
        if number % 2:
            publishing.withdraw(ada, made[number - 1])
        page = over.read().search(Query("presse", kind=Kind.OFFER))
        seen.append([hit.document.name for hit in page.hits])

    assert seen == [
        ["Presse 0"],
        ["Presse 1"],
        ["Presse 2", "Presse 1"],
        ["Presse 3", "Presse 1"],
        ["Presse 4", "Presse 3", "Presse 1"],
    ]


def test_only_what_changed_is_read_again(
    ada: Member, card: Card, monkeypatch: pytest.MonkeyPatch, press: Offer
):
    over = layers.Layers(in_service())
    over.read()
    asked: list[tuple[Kind, int]] = []

    def told(feed):
        def documents(index, placed, keys):
            asked.append((feed.kind, len(keys)))
            return feed.documents(index, placed, keys)

        return replace(feed, documents=documents)

    monkeypatch.setattr(layers, "FEEDS", tuple(map(told, FEEDS)))
    over.read()
    publishing.offer(ada, card, PRESS)
    over.read()

    assert asked == [(Kind.ORGANISATION, 1), (Kind.OFFER, 1)]
    assert DeclaredActivity.objects.count() == 0
