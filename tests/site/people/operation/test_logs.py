"""The log: a line a request, for people or for machines, and nothing of anybody in it."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as site
from django.test import Client

from essor.errors import InvalidRequestError
from essor.site import logs
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

SECRETS = ("jeanne", "dupont", "couture", "motdepasse")


@pytest.fixture(params=["JsonLines", "Lines"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Return what the site writes in its log, in each form."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(getattr(logs, request.param)())
    handler.addFilter(logs.Numbered())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_nothing_of_anybody_is_in_the_log_whatever_they_do(
    written: io.StringIO,
    enrol: Callable[..., Member],
    signed: Callable[[Member], Client],
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
):
    ada = enrol("jeanne.dupont@atelier.example")
    browser = signed(ada)
    visitor.raise_request_exception = False

    def failing(*_: object) -> None:
        raise ValueError("jeanne.dupont@atelier.example asks for couture")

    visitor.get("/annuaire/?q=jeanne+dupont")
    visitor.get("/besoins/?besoin=couture+pour+jeanne")
    visitor.get("/nulle/jeanne.dupont@atelier.example")
    visitor.get("/annuaire/", SERVER_NAME="jeanne.dupont")
    visitor.post("/compte/connexion/", {"login": "jeanne.dupont@a.fr", "password": "motdepasse"})
    visitor.post("/compte/connexion/code/", {"email": "jeanne.dupont@atelier.example"})
    browser.get("/espace/")
    with monkeypatch.context() as patch:
        patch.setattr("essor.site.pages.sources.render", failing)
        answer = visitor.get("/sources/")
    logging.getLogger("another").warning("to jeanne.dupont@atelier.example:\nDETAIL: dupont")

    told = written.getvalue()
    assert answer.status_code == 500
    assert "ValueError" in told
    assert "‹adresse›" in told
    assert [secret for secret in SECRETS if secret in told.lower()] == []


def test_a_line_of_json_has_what_a_machine_needs(
    enrol: Callable[..., Member], signed: Callable[[Member], Client], written: io.StringIO
):
    ada = enrol("ada@atelier.example")
    browser = signed(ada)

    answer = browser.get("/espace/", HTTP_X_REQUEST_ID="0123456789abcdef0123")
    other = browser.get("/annuaire/", HTTP_X_REQUEST_ID="un nom, pas un numéro")

    told = written.getvalue().splitlines()
    assert answer.headers["X-Request-ID"] == "0123456789abcdef0123"
    assert len(other.headers["X-Request-ID"]) == 16
    assert len(told) == 2
    if not told[0].startswith("{"):
        assert "GET espace 200" in told[0]
        assert f" ms membre {ada.pk} [0123456789abcdef0123]" in told[0]
        return
    lines = [json.loads(line) for line in told]
    assert lines[0] | {"time": "", "duration_ms": 0} == {
        "time": "",
        "level": "INFO",
        "logger": "essor.site.requests",
        "message": "GET espace 200",
        "request": "0123456789abcdef0123",
        "view": "espace",
        "method": "GET",
        "status": 200,
        "duration_ms": 0,
        "member": ada.pk,
    }
    # A page that asks the database nothing does not know who reads it.
    assert "member" not in lines[1]


def test_an_error_is_told_by_its_place(
    written: io.StringIO, visitor: Client, monkeypatch: pytest.MonkeyPatch
):
    visitor.raise_request_exception = False

    def failing(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("essor.site.pages.sources.render", failing)
    visitor.get("/sources/")

    told = written.getvalue()
    assert "KeyError" in told
    assert "pages/sources.py:" in told
    assert "GET sources 500" in told
    assert told.count("une erreur inattendue") == 1


def test_probes_and_files_of_style_are_not_written(written: io.StringIO, visitor: Client):
    for path in ("/livez", "/healthz", "/metrics", "/statique/essor/absent.css"):
        visitor.get(path)

    assert written.getvalue() == ""


def test_a_form_of_log_that_does_not_exist_is_refused():
    with pytest.raises(InvalidRequestError, match="ESSOR_LOGS"):
        logs.logging_settings("xml")

    chosen = logs.logging_settings("texte")
    assert chosen == site.LOGGING
