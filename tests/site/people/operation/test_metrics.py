"""What Prometheus reads: the right counts, from every process, given to nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from essor.home import Home
from essor.site.members import post
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.operation import rounds

pytestmark = pytest.mark.usefixtures("people")

TOKEN = "a token that nobody guesses"


def measured(text: str) -> dict[tuple[str, ...], float]:
    """Return each value by its name and its labels in the order of their names, as Prometheus reads them."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_searches_and_needs_are_counted_and_timed(visitor: Client):
    before = measured(visitor.get("/metrics").text)

    visitor.get("/annuaire/?q=couture")
    visitor.get("/besoins/?besoin=couture")
    visitor.get("/nulle/part/")
    after = measured(visitor.get("/metrics").text)

    def more(*key: str) -> float:
        return after.get(key, 0) - before.get(key, 0)

    assert more("essor_requests_total", "GET", "200", "annuaire") == 1
    assert more("essor_requests_total", "GET", "404", "inconnue") == 1
    assert more("essor_request_seconds_count", "besoins") == 1
    assert more("essor_request_seconds_bucket", "+Inf", "besoins") == 1
    assert more("essor_search_seconds_count") >= 1
    assert more("essor_match_seconds_count") == 1
    assert after["essor_release_number",] == 1
    assert after["essor_release_age_seconds",] > 0
    assert after["essor_disk_free_bytes",] > 0


def test_the_letters_that_wait_and_the_last_rounds_are_told(visitor: Client):
    post.write("ada@atelier.example", "Sujet", "Texte")
    Letter.objects.update(written_at=timezone.now() - timedelta(hours=2))
    rounds.ended(rounds.Task.MAIL)

    told = measured(visitor.get("/metrics").text)

    assert told["essor_letters_waiting",] == 1
    assert told["essor_letters_oldest_seconds",] == pytest.approx(7200, abs=60)
    assert told["essor_round_age_seconds", "mail"] < 60
    assert ("essor_round_age_seconds", "tidy") not in told
    assert told["essor_people_database_up",] == 1


def test_a_database_that_is_down_is_counted_and_does_not_hide_the_rest(
    enrol: Callable[..., Member],
    signed: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
):
    browser = signed(enrol("ada@atelier.example"))

    def down(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    before = measured(browser.get("/metrics").text)
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", down)
        page = browser.get("/espace/")
        after = measured(browser.get("/metrics").text)

    errors = ("essor_database_errors_total", "unreachable")
    assert page.status_code == 503
    assert after[errors] - before.get(errors, 0) == 1
    assert after["essor_people_database_up",] == 0
    assert after["essor_release_number",] == 1
    assert ("essor_letters_waiting",) not in after


HERE, ELSEWHERE = {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "192.0.2.7"}
GIVEN = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("headers", "environment", "status"),
    [
        (HERE, {}, 200),
        ({"REMOTE_ADDR": "::1"}, {}, 200),
        (ELSEWHERE, {}, 403),
        ({"REMOTE_ADDR": ""}, {}, 403),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {}, 403),
        ({"HTTP_FORWARDED": "for=192.0.2.7"}, {}, 403),
        # Behind HTTPS everybody comes from the proxy.
        (HERE, {"SECURE_SSL_REDIRECT": True}, 403),
        (HERE, {"ESSOR_METRICS_TOKEN": TOKEN}, 403),
        ({"HTTP_AUTHORIZATION": "Bearer another"}, {"ESSOR_METRICS_TOKEN": TOKEN}, 403),
        ({"HTTP_AUTHORIZATION": "Bearer é"}, {"ESSOR_METRICS_TOKEN": TOKEN}, 403),
        (GIVEN, {"ESSOR_METRICS_TOKEN": TOKEN, "SECURE_SSL_REDIRECT": True}, 200),
        (GIVEN | ELSEWHERE, {"ESSOR_METRICS_TOKEN": TOKEN}, 200),
    ],
)
def test_measures_are_given_to_the_token_or_to_this_machine_alone(
    settings: Settings,
    headers: dict[str, Any],
    environment: dict[str, object],
    status: int,
):
    settings.SECURE_REDIRECT_EXEMPT = ["^metrics$"]
    for name, value in environment.items():
        setattr(settings, name, value)

    answer = Client(SERVER_NAME="localhost", **headers).get("/metrics")

    assert answer.status_code == status
    assert ("essor_requests" in answer.text) == (status == 200)
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_probes_ask_by_any_name_and_no_query(
    visitor: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
):
    settings.ALLOWED_HOSTS = ["essor.example"]

    with django_assert_num_queries(0):
        probes = [visitor.get(path, SERVER_NAME="10.0.0.7") for path in ("/livez", "/healthz")]
    page = visitor.get("/annuaire/", SERVER_NAME="10.0.0.7")

    assert [probe.status_code for probe in probes] == [200, 200]
    assert page.status_code == 400


def test_a_site_without_a_release_is_alive_and_not_ready(essor_home: Home):
    visitor = Client(SERVER_NAME="localhost")

    assert visitor.get("/livez").status_code == 200
    assert visitor.get("/healthz").status_code == 503


def test_every_measure_is_told_in_the_page_of_operations(visitor: Client):
    rounds.ended(rounds.Task.MAIL)
    page = Path("docs/exploitation.md").read_text("utf-8")

    told = measured(visitor.get("/metrics").text)
    names = {re.sub(r"_(total|created|count|sum|bucket)$", "", name) for name, *_ in told}

    assert len(names) > 8
    assert {name for name in names if f"`{name}" not in page} == set()
