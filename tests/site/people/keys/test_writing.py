"""What a program writes by the API with a key: needs, in the name of a member."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from essor.site.api.authority import WriteThrottle
from essor.site.keys.keeping import make, revoke
from essor.site.keys.models import Key, Scope
from essor.site.members.models.member import Member
from essor.site.needs.models import Posting

pytestmark = pytest.mark.usefixtures("people")
NEED = {"need": "couture industrielle de housses", "place": "Metz"}
ROOT = "/api/v1/"


@pytest.fixture
def member(enrol: Callable[..., Member]) -> Member:
    return enrol("acheteuse@essor.example")


@pytest.fixture
def publish(member: Member, visitor: Client) -> Callable[..., Any]:
    """Return what publishes a need with the key of the member."""
    text = make(member, "Extranet").text

    def send(need: object, key: str = text) -> Any:
        headers = {"Authorization": f"Bearer {key}"}
        return visitor.post(f"{ROOT}needs", need, "application/json", headers=headers)

    return send


def test_a_need_published_by_a_program_is_read_by_everybody(
    publish: Callable[..., Any], visitor: Client, member: Member
):
    answer = publish(NEED)

    made = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == made["address"]
    assert Posting.objects.get().author == member
    assert [each["number"] for each in visitor.get(f"{ROOT}needs").json()] == [made["number"]]
    assert visitor.get(f"{ROOT}needs/{made['number']}").json() == made
    assert member.email not in answer.text


def test_the_same_need_sent_twice_is_published_once(publish: Callable[..., Any]):
    need = NEED | {"token": str(uuid4())}

    numbers = {publish(need).json()["number"] for _ in range(2)}

    assert len(numbers) == Posting.objects.count() == 1


def test_a_need_on_invitation_is_published_and_not_listed(
    publish: Callable[..., Any], visitor: Client
):
    made = publish(NEED | {"visibility": "invited"})

    assert made.status_code == 201
    assert visitor.get(f"{ROOT}needs").json() == []
    assert visitor.get(f"{ROOT}needs/{made.json()['number']}").status_code == 404


@pytest.mark.parametrize("key", ["", "essor_0_0", "éé"])
def test_without_a_key_that_lives_nothing_is_written(publish: Callable[..., Any], key: str):
    answer = publish(NEED, key)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "dans votre espace" in answer.json()["detail"]
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ("ceci n’est pas du JSON", 400),
        (NEED | {"need": ""}, 422),
        (NEED | {"siren": "552100554"}, 422),
        (NEED | {"deadline": "2020-01-01"}, 422),
        (NEED | {"place": "Nullepart-sur-Rien"}, 404),
    ],
)
def test_a_need_that_cannot_be_is_refused_in_french(
    publish: Callable[..., Any], wrong: object, status: int
):
    answer = publish(wrong)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not Posting.objects.exists()


def test_a_key_writes_so_often_and_is_told_when_to_come_back(
    publish: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(WriteThrottle, "allow_request", lambda *_: False)
    monkeypatch.setattr(WriteThrottle, "wait", lambda *_: 12.0)

    answer = publish(NEED)

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 12


def test_a_key_that_reads_publishes_nothing(publish: Callable[..., Any], member: Member):
    answer = publish(NEED, make(member, "Tableau de bord", scope=Scope.READ).text)

    assert answer.status_code == 403
    assert "ne fait que lire" in answer.json()["detail"]
    assert not Posting.objects.exists()


def test_a_key_that_lives_is_counted_apart_from_the_address_it_reads_from(
    visitor: Client, member: Member, monkeypatch: pytest.MonkeyPatch
):
    made = make(member, "Tableau de bord", scope=Scope.READ)
    told = {"Authorization": f"Bearer {made.text}"}
    monkeypatch.setattr("essor.site.api.authority.READS", 0)

    def read(**headers: str) -> int:
        return visitor.get(f"{ROOT}release", headers=headers).status_code

    assert (read(), read(**told), read(Authorization="Bearer essor_0_0")) == (429, 200, 429)
    assert Key.objects.get(pk=made.key.pk).used_on is not None
    revoke(made.key)
    assert read(**told) == 429
