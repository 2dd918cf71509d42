"""Whatever is asked of the API, it answers as it is described, or refuses in French; it never breaks."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from essor.site.api.authority import WriteThrottle
from essor.site.keys.keeping import make
from essor.site.members.models.member import Member
from essor.site.wsgi import application

CONFORMANCE = [content_type_conformance, response_schema_conformance, status_code_conformance]
"""That answers are as they are described; a question that nobody could answer may be refused."""


@pytest.fixture
def key(enrol: Callable[..., Member], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a key that may write as often as it likes."""
    monkeypatch.setattr(WriteThrottle, "allow_request", lambda *_: True)
    return make(enrol("program@essor.example"), "Essais").text


@pytest.fixture
def _kept_open() -> Iterator[None]:
    """Let a request leave the connection of the test open, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("people", "visitor", "_kept_open")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_nothing_that_is_asked_breaks_the_api(key: str, data: st.DataObject):
    operation = data.draw(st.sampled_from(_operations()))
    question = data.draw(operation.as_strategy())
    bearer = data.draw(st.sampled_from([key, "essor_0_0"]))

    answer = question.call(
        headers={"Accept-Encoding": "identity", "Authorization": f"Bearer {bearer}"}
    )

    assert answer.status_code < 500
    question.validate_response(answer, checks=CONFORMANCE)


@cache
def _operations() -> list[APIOperation[Any, Any, Any, Any]]:
    """Return the questions that OpenAPI describes."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
