"""ProConnect, played by a server of this machine: who it identifies comes in, who it does not stays out."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

KEY, OTHER_KEY = (rsa.generate_private_key(65537, 2048) for _ in range(2))
ADA = {
    "sub": "ada-1",
    "email": "ada@atelier.example",
    "given_name": "Ada",
    "usual_name": "Lovelace",
}


class Identities(ThreadingHTTPServer):
    """Who the next person is, as ProConnect would say it."""

    nonce = ""
    key = KEY
    told = ADA | {"email_verified": True}

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def signed(self, claims: Mapping[str, object]) -> str:
        whole = {"iss": self.root, "aud": "essor", "exp": time.time() + 60, **claims}
        return jwt.encode(whole, self.key, "RS256", {"kid": "1"})


class Answers(BaseHTTPRequestHandler):
    """The four addresses that a site asks."""

    server: Identities

    def do_GET(self) -> None:
        root = self.server.root
        match urlsplit(self.path).path:
            case "/.well-known/openid-configuration":
                places = {
                    name: f"{root}/{name}" for name in ("authorization_endpoint", "token_endpoint")
                }
                whole = {"issuer": root, "jwks_uri": f"{root}/jwks", **places}
                self._answer(json.dumps(whole | {"userinfo_endpoint": f"{root}/userinfo"}))
            case "/jwks":
                public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
                self._answer(json.dumps({"keys": [{**public, "kid": "1", "alg": "RS256"}]}))
            case "/userinfo":
                self._answer(self.server.signed(self.server.told), "application/jwt")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        identity = self.server.signed({"sub": "ada-1", "nonce": self.server.nonce})
        self._answer(
            json.dumps({"access_token": "a", "token_type": "Bearer", "id_token": identity})
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, text: str, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def identities(settings) -> Iterator[Identities]:
    with Identities(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        app = {
            "provider": "proconnect",
            "provider_id": "proconnect",
            "name": "ProConnect",
            "client_id": "essor",
            "secret": "s",
            "settings": {"server_url": server.root, "token_auth_method": "client_secret_post"},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"proconnect": {"APPS": [app]}}
        yield server
        server.shutdown()
        thread.join()


def leave(visitor: Client) -> dict[str, str]:
    """Leave for ProConnect; return what the site asks of it."""
    answer = visitor.post("/compte/proconnect/?process=login")
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in asked.items()}


def come_back(visitor: Client, asked: dict[str, str]):
    return visitor.get("/compte/proconnect/retour/", {"code": "c", "state": asked["state"]})


def test_the_door_is_shown_when_proconnect_knows_the_site(visitor: Client, identities: Identities):
    assert "S’identifier avec ProConnect" in visitor.get("/compte/connexion/").text


def test_the_site_asks_who_and_where_to_write_and_nothing_more(
    visitor: Client, identities: Identities
):
    asked = leave(visitor)

    assert set(asked["scope"].split()) == {"openid", "given_name", "usual_name", "email"}
    assert asked["redirect_uri"] == "http://localhost/compte/proconnect/retour/"
    assert min(len(asked["nonce"]), len(asked["state"])) >= 32
    assert asked["code_challenge_method"] == "S256"


def test_whoever_proconnect_identifies_has_an_account_under_her_name(
    visitor: Client, identities: Identities
):
    asked = leave(visitor)
    identities.nonce = asked["nonce"]

    answer = come_back(visitor, asked)

    member = Member.objects.get()
    assert answer.headers["Location"] == "/espace/"
    assert (member.name, member.email) == ("Ada Lovelace", "ada@atelier.example")
    assert EmailAddress.objects.get().verified


def test_an_account_with_that_verified_address_is_the_same_person(
    visitor: Client, identities: Identities, enrol: Callable[..., Member]
):
    enrol("ada@atelier.example")
    asked = leave(visitor)
    identities.nonce = asked["nonce"]

    come_back(visitor, asked)

    assert Member.objects.count() == 1
    assert visitor.get("/espace/").status_code == 200


def test_an_address_that_is_not_verified_opens_nobodys_account(
    visitor: Client, identities: Identities, enrol: Callable[..., Member]
):
    enrol("ada@atelier.example")
    identities.told = ADA | {"email_verified": False}
    asked = leave(visitor)
    identities.nonce = asked["nonce"]

    come_back(visitor, asked)

    assert visitor.get("/espace/").status_code == 302


def test_an_answer_signed_by_somebody_else_is_refused(visitor: Client, identities: Identities):
    asked = leave(visitor)
    identities.nonce, identities.key = asked["nonce"], OTHER_KEY

    answer = come_back(visitor, asked)

    assert "Identification impossible" in answer.text
    assert not Member.objects.exists()


def test_an_answer_to_another_question_is_refused(visitor: Client, identities: Identities):
    asked = leave(visitor)
    identities.nonce = "of somebody else"

    answer = come_back(visitor, asked)
    elsewhere = come_back(Client(SERVER_NAME="localhost"), asked)

    assert "Identification impossible" in answer.text
    assert "Identification impossible" in elsewhere.text
    assert not Member.objects.exists()


def test_giving_up_at_proconnect_leads_back(visitor: Client, identities: Identities):
    asked = leave(visitor)

    answer = visitor.get(
        "/compte/proconnect/retour/",
        {"error": "access_denied", "state": asked["state"]},
        follow=True,
    )

    assert "Connexion abandonnée" in answer.text


def test_without_proconnect_there_is_no_such_door(visitor: Client):
    assert "ProConnect" not in visitor.get("/compte/connexion/").text
    assert visitor.get("/compte/proconnect/").status_code == 404
