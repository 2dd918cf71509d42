"""The API: what it answers, how it refuses, and that nothing asked of it breaks it."""

from functools import cache
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from essor.home import Home
from essor.site.wsgi import application

ROOT = "/api/v1/"


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_nothing_that_is_asked_breaks_the_api(visitor: Client, data: st.DataObject):
    operation = data.draw(st.sampled_from(_operations()))
    question = data.draw(operation.as_strategy())

    answer = question.call()

    assert answer.status_code < 500


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


def test_without_a_release_the_api_says_what_to_do(essor_home: Home):
    answer = Client(SERVER_NAME="localhost").get(f"{ROOT}sources")

    assert answer.status_code == 503
    assert "essor demo" in answer.json()["detail"]


@cache
def _operations() -> list[APIOperation[Any, Any, Any, Any]]:
    """Return the questions that OpenAPI describes."""
    schema = schemathesis.openapi.from_wsgi(f"{ROOT}openapi.json", application)
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
