"""The needs of the API: filtered, paged, written in three forms, kept as long as nothing changes."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from essor.matching.reservation import Reserved
from essor.site.api.board import COLUMNS
from essor.site.asking import Asked
from essor.site.current import in_service
from essor.site.members.models.member import Member
from essor.site.needs import publishing
from essor.site.needs.models import Posting
from essor.site.needs.publishing import Said
from essor.site.needs.words import Visibility
from essor.site.offers import stamp

pytestmark = pytest.mark.usefixtures("people", "visitor")

ROOT = "/api/v1/needs"
TODAY = timezone.localdate()


@pytest.fixture
def publish(enrol: Callable[..., Member]) -> Callable[..., Posting]:
    """Return what publishes a need as a member does."""
    author = enrol("marie@acheteur.example")

    def run(text: str = "couture de housses", **said: object) -> Posting:
        asked = Asked(text=text, **said)  # type: ignore[arg-type]
        service = in_service()
        posting = publishing.post(service, author, Said(asked, Visibility.PUBLIC), uuid4())
        assert publishing.publish(service, posting, author)
        return posting

    return run


@pytest.fixture
def three(publish: Callable[..., Posting]) -> dict[str, Posting]:
    return {
        "sewing": publish(place="Metz", deadline=TODAY + timedelta(days=20)),
        "packing": publish(
            "conditionnement de coffrets", place="Nantes", reserved=Reserved.HANDICAP
        ),
        "cleaning": publish("nettoyage de bureaux", deadline=TODAY + timedelta(days=60)),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"sewing", "packing", "cleaning"}),
        ({"q": "couture"}, {"sewing"}),
        ({"territory": "departement:57"}, {"sewing"}),
        ({"territory": "commune:57463"}, {"sewing"}),
        ({"territory": "region:52"}, {"packing"}),
        ({"territory": ["departement:57", "departement:44"]}, {"sewing", "packing"}),
        ({"place": "Moselle"}, {"sewing"}),
        ({"place": "Thionville", "radius_km": 60}, {"sewing"}),
        ({"place": "Thionville", "radius_km": 5}, set()),
        ({"reserved": "handicap"}, {"packing"}),
        ({"naf": "C"}, {"sewing"}),
        ({"deadline_to": TODAY + timedelta(days=30)}, {"sewing"}),
        ({"deadline_from": TODAY + timedelta(days=30)}, {"cleaning"}),
        ({"q": "couture", "deadline_to": TODAY + timedelta(days=30)}, {"sewing"}),
        ({"q": "couture", "deadline_from": TODAY + timedelta(days=30)}, set()),
    ],
)
def test_needs_are_filtered(
    three: dict[str, Posting], visitor: Client, asked: dict[str, object], found: set[str]
):
    answer = visitor.get(f"{ROOT}?{urlencode(asked, doseq=True)}")

    names = {posting.pk: name for name, posting in three.items()}
    assert {names[each["number"]] for each in answer.json()} == found


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"place": "Nulle Part Ailleurs"}, 404),
        ({"territory": "planète:terre"}, 422),
        ({"reserved": "amis"}, 422),
        ({"deadline_from": "2027-02-01", "deadline_to": "2027-01-01"}, 422),
        ({"deadline_from": "demain"}, 422),
        ({"size": 101}, 422),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_in_french(
    visitor: Client, asked: dict[str, object], status: int
):
    answer = visitor.get(f"{ROOT}?{urlencode(asked)}")

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize("asked", ["", "q=couture&", f"q=couture&deadline_from={TODAY}&"])
def test_pages_follow_each_other_and_none_is_given_twice(
    publish: Callable[..., Posting], visitor: Client, asked: str
):
    made = {publish(deadline=TODAY + timedelta(days=9 + n)).pk for n in range(5)}

    pages = [visitor.get(f"{ROOT}?{asked}size=2&page={page}") for page in (1, 2, 3)]

    numbers = [each["number"] for page in pages for each in page.json()]
    assert sorted(numbers) == sorted(made)
    assert 'rel="last"' in pages[0].headers["Link"]
    assert "page=3" in pages[0].headers["Link"]


def test_a_need_is_written_as_a_table_and_as_a_point(
    publish: Callable[..., Posting], visitor: Client
):
    here = publish("=couture de housses", place="Metz")
    publish("nettoyage de bureaux")

    table = visitor.get(ROOT, headers={"Accept": "text/csv"})
    map_ = visitor.get(ROOT, headers={"Accept": "application/geo+json"})

    rows = list(csv.DictReader(io.StringIO(table.text)))
    (feature,) = map_.json()["features"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[1]["besoin"] == "'=couture de housses"
    assert rows[1]["territoire"] == "commune:57463"
    assert feature["id"] == here.pk
    assert feature["geometry"]["coordinates"] == pytest.approx([6.2, 49.1], abs=0.1)
    assert visitor.get(f"{ROOT}.csv").text == table.text
    assert visitor.get(f"{ROOT}.geojson").json() == map_.json()
    assert visitor.get(ROOT, headers={"Accept": "text/plain"}).status_code == 406


def test_an_answer_is_good_as_long_as_no_need_changes(
    publish: Callable[..., Posting], visitor: Client
):
    first = visitor.get(ROOT)
    mark = {"If-None-Match": first.headers["ETag"]}
    same = visitor.get(ROOT, headers=mark)
    made = publish()
    changed = visitor.get(ROOT, headers=mark)
    again = {"If-None-Match": changed.headers["ETag"]}
    publishing.withdraw(Posting.objects.get(pk=made.pk), Member.objects.get())
    ended = visitor.get(ROOT, headers=again)

    assert first.headers["Cache-Control"] == "public, max-age=0"
    assert (same.status_code, changed.status_code, ended.status_code) == (304, 200, 200)
    assert ended.json() == []
    table = visitor.get(ROOT, headers={"Accept": "text/csv"})
    assert table.headers["ETag"] != ended.headers["ETag"]


def test_the_answers_of_a_need_are_those_of_its_text(
    publish: Callable[..., Posting], visitor: Client
):
    made = publish(place="Metz")

    found = visitor.get(f"{ROOT}/{made.pk}/answers?limit=3").json()

    asked = {"need": "couture de housses", "place": "Metz", "limit": 3}
    matched = visitor.get(f"/api/v1/match?{urlencode(asked)}").json()
    sirets = [[each["supplier"]["siret"] for each in one["matches"]] for one in (found, matched)]
    assert len(sirets[0]) == 3
    assert sirets[0] == sirets[1]


def test_the_answers_of_a_need_that_nobody_may_read_are_not_given(
    publish: Callable[..., Posting], visitor: Client
):
    made = publish()
    publishing.withdraw(Posting.objects.get(pk=made.pk), Member.objects.get())

    assert visitor.get(f"{ROOT}/{made.pk}/answers").status_code == 404


def test_needs_are_answered_when_their_mark_cannot_be_told(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
):
    def lost() -> None:
        raise DatabaseError

    monkeypatch.setattr(stamp, "mark", lost)

    assert visitor.get(ROOT).status_code == 200
