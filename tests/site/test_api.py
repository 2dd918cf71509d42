"""The API: what it answers of the release, and how it refuses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from django.test import Client, RequestFactory
from ninja.constants import NOT_SET

from essor.home import Home
from essor.site.api.authority import ReadThrottle
from essor.site.api.routes import api

ROOT = "/api/v1/"


def test_the_figures_are_those_of_the_command(visitor: Client):
    answer = visitor.get(f"{ROOT}figures").json()

    found = {figure["id"]: figure["value"] for figure in answer["figures"]}
    assert found["K03"] == 1367
    assert answer["is_fictional"] is True


def test_a_breakdown_adds_up(visitor: Client):
    found = visitor.get(f"{ROOT}figures", {"by": "family"}).json()["breakdown"]

    assert sum(row["organisations"] for row in found["rows"]) == found["total"]["organisations"]


def test_the_score_of_an_organisation_is_the_sum_of_its_reasons(visitor: Client):
    asked = {"q": "menuiserie", "place": "Metz", "radius_km": "150"}

    hits = visitor.get(f"{ROOT}organisations", asked).json()["hits"]

    assert hits
    assert all(hit["score"] == sum(each["points"] for each in hit["reasons"]) for hit in hits)


def test_a_need_is_answered_with_at_most_as_many_as_asked(visitor: Client):
    need = {"need": "recyclage de fenêtres", "place": "Metz", "limit": "3"}

    found = visitor.get(f"{ROOT}match", need).json()

    assert len(found["matches"]) == 3
    assert found["need"]["place"]["name"] == "Metz"


def test_a_refusal_is_a_problem_in_french(visitor: Client):
    answer = visitor.get(f"{ROOT}territories/departement/999")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Aucun territoire")


def test_a_territory_and_a_staff_band_narrow_the_answers(visitor: Client):
    asked = {"status": "esat", "territory": "departement:57", "staff_band": "12"}

    found = visitor.get(f"{ROOT}organisations", asked).json()

    assert (
        0 < found["total"] < visitor.get(f"{ROOT}organisations", {"status": "esat"}).json()["total"]
    )
    assert {hit["document"]["staff_band"] for hit in found["hits"]} == {"12"}


@pytest.mark.parametrize("wrong", [{"territory": "57"}, {"staff_band": "99"}])
def test_what_narrows_nothing_is_a_problem(visitor: Client, wrong: dict[str, str]):
    answer = visitor.get(f"{ROOT}organisations", wrong)

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_points_on_a_map_are_geojson(visitor: Client):
    found = visitor.get(f"{ROOT}organisations.geojson", {"place": "Metz"}).json()

    assert found["type"] == "FeatureCollection"
    assert all(feature["geometry"]["type"] == "Point" for feature in found["features"])


def test_an_answer_already_held_is_not_sent_again(visitor: Client):
    first = visitor.get(f"{ROOT}release")

    again = visitor.get(f"{ROOT}release", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


def test_of_the_releases_kept_the_one_that_answers_says_so(visitor: Client):
    kept = visitor.get(f"{ROOT}releases").json()

    (here,) = (each for each in kept if each["is_in_service"])
    assert here == visitor.get(f"{ROOT}release").json()
    assert [each["number"] for each in kept] == sorted(each["number"] for each in kept)[::-1]


def test_the_head_of_an_answer_is_that_of_its_reading(visitor: Client):
    address = f"{ROOT}release"

    read, head = visitor.get(address), visitor.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == read["ETag"]
    assert head["Access-Control-Allow-Origin"] == "*"


def test_an_organisation_gives_all_its_establishments_page_by_page(visitor: Client):
    siren = visitor.get(f"{ROOT}organisations", {"size": 1}).json()["hits"][0]["document"]["siren"]
    told = visitor.get(f"{ROOT}organisations/{siren}").json()

    first = visitor.get(f"{ROOT}organisations/{siren}/establishments", {"size": 1})

    assert [each["siret"] for each in first.json()] == [told["places"][0]["siret"]]
    assert 'rel="last"' in first["Link"]
    assert f"page={told['open_places'] + told['closed_places']}" in first["Link"]
    assert visitor.get(f"{ROOT}organisations/999000000/establishments").status_code == 404


def test_whoever_forges_where_she_comes_from_is_counted_under_her_own_address():
    throttle = ReadThrottle()
    request = RequestFactory().get(
        ROOT, HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="192.0.2.1"
    )

    assert throttle.get_ident(request) == "192.0.2.1"


def test_every_operation_is_described_in_french():
    described = api.get_openapi_schema()["paths"]

    told = [each for operations in described.values() for each in operations.values()]
    assert len({each["summary"] for each in told}) == len(told)
    assert not [each["summary"] for each in told if re.match("Return|The ", each["description"])]
    assert all(set(operations) <= {"get", "post"} for operations in described.values())


def test_without_a_release_the_api_says_what_to_do(essor_home: Home):
    answer = Client(SERVER_NAME="localhost").get(f"{ROOT}sources")

    assert answer.status_code == 503
    assert "essor demo" in answer.json()["detail"]


def test_no_two_things_of_the_api_have_one_name():
    """Their description would tell one for the other."""
    seen = set(_held(_answers()))
    names = [each.__name__ for each in seen]

    assert sorted(names) == sorted(set(names))


def _answers() -> Iterator[Any]:
    """Yield what each operation says that it answers."""
    for _, router in api._routers:
        for path in router.path_operations.values():
            for operation in path.operations:
                for model in operation.response_models.values():
                    if model not in (None, NOT_SET):
                        yield model.__annotations__["response"]


def _held(kinds: Iterable[Any]) -> Iterator[type]:
    """Yield every dataclass and every enumeration that is reached from some."""
    met: set[type] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if (
            isinstance(kind, type)
            and kind not in met
            and (is_dataclass(kind) or issubclass(kind, Enum))
        ):
            met.add(kind)
            yield kind
            waiting += get_type_hints(kind).values() if is_dataclass(kind) else ()


@pytest.mark.parametrize(
    ("asked", "accepted", "told"),
    [
        ("organisations?place=Metz", "text/csv", "text/csv; charset=utf-8"),
        ("organisations?place=Metz", "application/geo+json", "application/geo+json; charset=utf-8"),
        ("organisations?place=Metz", "text/csv;q=0.5, application/json", "application/json"),
        ("organisations?place=Metz", "text/html, */*;q=0.8", "application/json"),
        ("figures", "text/csv", "text/csv; charset=utf-8"),
        ("figures.csv", "application/json", "text/csv; charset=utf-8"),
    ],
)
def test_the_form_that_is_asked_for_is_given(visitor: Client, asked: str, accepted: str, told: str):
    answer = visitor.get(f"{ROOT}{asked}", headers={"Accept": accepted})

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(told)


def test_who_accepts_no_form_is_told_which_there_are(visitor: Client):
    answer = visitor.get(f"{ROOT}organisations", headers={"Accept": "image/png"})

    assert answer.status_code == 406
    assert "text/csv ou application/geo+json" in answer.json()["detail"]
    assert "Accept" in answer["Vary"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_form_is_not_taken_for_another_that_is_held(visitor: Client):
    held = visitor.get(f"{ROOT}figures")

    other = visitor.get(
        f"{ROOT}figures", headers={"Accept": "text/csv", "If-None-Match": held["ETag"]}
    )

    assert other.status_code == 200
    assert "Accept" in held["Vary"]


def test_one_release_is_asked_by_its_number_and_not_sent_twice(visitor: Client):
    (number, *_) = (each["number"] for each in visitor.get(f"{ROOT}releases").json())

    found = visitor.get(f"{ROOT}releases/{number}")
    again = visitor.get(f"{ROOT}releases/{number}", headers={"If-None-Match": found["ETag"]})

    assert found.json()["sources"]
    assert again.status_code == 304
    assert visitor.get(f"{ROOT}releases/9999").json()["detail"].startswith("La version 9999 n’est")
