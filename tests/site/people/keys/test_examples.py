"""The examples of the API are true: each operation has one, and the demonstration answers it."""

from collections.abc import Callable

import pytest
from django.test import Client

from essor.site.api.examples import EXAMPLES
from essor.site.api.routes import api
from essor.site.keys.keeping import make
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")


def test_every_operation_has_an_example_that_is_answered(
    enrol: Callable[..., Member], visitor: Client
):
    bearer = {"Authorization": f"Bearer {make(enrol('marie@essor.example'), 'Essais').text}"}
    published = EXAMPLES["post", "/api/v1/needs"]
    made = visitor.post(published.address, published.sent, "application/json", headers=bearer)

    answers = {}
    for (method, path), each in EXAMPLES.items():
        address = each.address.replace("/needs/1", f"/needs/{made.json()['number']}")
        sent = (each.sent, "application/json") if method == "post" else ()
        answers[method, path] = getattr(visitor, method)(address, *sent, headers=bearer)

    assert {key: each.status_code for key, each in answers.items()} == {
        key: 201 if key == ("post", "/api/v1/needs") else 200 for key in EXAMPLES
    }
    assert answers["get", "/api/v1/organisations"].json()["hits"]
    assert answers["get", "/api/v1/match"].json()["matches"]
    assert answers["get", "/api/v1/marche/siaes"].json()["results"]
    assert answers["get", "/api/v1/needs"].json()
    assert answers["get", "/api/v1/needs/{number}/answers"].json()["matches"]


def test_the_description_and_the_page_show_the_example_of_each_operation(visitor: Client):
    described = api.get_openapi_schema()["paths"]
    page = visitor.get("/api/v1/docs/").text

    told = {(method, path) for path, each in described.items() for method in each}
    assert told == set(EXAMPLES)
    assert page.count("<code>curl ") == len(EXAMPLES)
    figures = described["/api/v1/figures"]["get"]["parameters"]
    assert {each["name"]: each.get("example") for each in figures}["place"] == "Moselle"
    sent = described["/api/v1/needs"]["post"]["requestBody"]["content"]["application/json"]
    assert sent["example"] == EXAMPLES["post", "/api/v1/needs"].sent
