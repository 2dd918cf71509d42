"""Who may do what, cell by cell: every address of the site, every role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.site.people.matrix import keys, lists, members, needs, offers, operation, public
from tests.site.people.matrix.cells import ROLES, Row

from essor.site.api.routes import api
from essor.site.members import permissions
from essor.site.members.models.member import Member
from essor.site.members.permissions import OrganisationRole, Person, PlatformRole

MATRIX = (
    *public.ROWS,
    *operation.ROWS,
    *members.ROWS,
    *needs.ROWS,
    *lists.ROWS,
    *keys.ROWS,
    *offers.ROWS,
)
ROOMS = (members.numbers, needs.numbers, lists.numbers, keys.numbers, offers.numbers)
"""What makes the things that the addresses of each room speak of."""


@dataclass(frozen=True)
class Scene:
    """The people that the addresses of the matrix speak of, and a browser for each role."""

    browsers: dict[str, Client]
    numbers: dict[str, object]


@pytest.fixture
def scene(
    enrol: Callable[..., Member], signed: Callable[[Member], Client], sirens: list[str]
) -> Scene:
    this, another = sirens[:2]
    people = {
        "member": enrol("member@essor.example"),
        "manager": enrol("manager@essor.example", organisations={this: "manager"}),
        "other manager": enrol("else@essor.example", organisations={another: "manager"}),
        "officer": enrol("officer@essor.example", "officer", territory="departement:57"),
        "moderator": enrol("moderator@essor.example", "moderator"),
        "administrator": enrol("administrator@essor.example", "administrator"),
    }
    browsers = {role: signed(member) for role, member in people.items()}
    browsers["anonymous"] = Client(SERVER_NAME="localhost")
    numbers = {name: number for room in ROOMS for name, number in room(this, enrol).items()}
    return Scene(browsers, {"this": this, **numbers})


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.name} {row.sent or ''}")
def test_each_role_is_given_what_the_matrix_says(scene: Scene, row: Row):
    given = tuple(asked(scene, row, role).status_code for role in ROLES)

    assert given == row.expected


CLOSED = [
    row
    for row in MATRIX
    if row.expected[0] == 302 != row.expected[1] and row.name != "account_logout"
]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("row", CLOSED, ids=lambda row: f"{row.name} {row.sent or ''}")
def test_whoever_is_not_signed_in_is_sent_to_sign_in(scene: Scene, row: Row):
    answer = asked(scene, row, "anonymous")

    assert answer.headers["Location"].startswith("/compte/connexion/?next=")


def test_every_address_of_the_site_is_in_the_matrix():
    assert {name for name, _ in addresses(get_resolver())} == {row.name for row in MATRIX}


def test_the_api_writes_with_a_key_alone():
    described = api.get_openapi_schema()["paths"]

    open_to_all = {
        (method, path)
        for path, operations in described.items()
        for method, told in operations.items()
        if not told.get("security")
    }
    # Both answer, and keep nothing.
    answering = {("post", "/api/v1/match"), ("post", "/api/v1/marche/rapprocher")}
    assert {each for each in open_to_all if each[0] != "get"} == answering


def asked(scene: Scene, row: Row, role: str):
    """Return what a role is answered; what it did is undone."""
    address = {name: scene.numbers.get(str(value), value) for name, value in row.address.items()}
    page, browser = reverse(row.name, kwargs=address), scene.browsers[role]
    with transaction.atomic():
        answer = browser.get(page) if row.sent is None else browser.post(page, row.sent)
        transaction.set_rollback(True)
    if answer.streaming:
        # Read to its end, as a browser does: only then is the file closed.
        assert b"".join(answer)
    return answer


def addresses(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    """Yield the name and the pattern of every address under a resolver, those of the API apart."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each.name or "", each
        elif not each.namespace:
            yield from addresses(each)


PEOPLE = {
    "nobody": Person(1),
    "member": Person(1, organisations={"999": OrganisationRole.MEMBER}),
    "manager": Person(1, organisations={"999": OrganisationRole.MANAGER}),
    "other manager": Person(1, organisations={"111": OrganisationRole.MANAGER}),
    "officer": Person(1, frozenset({PlatformRole.OFFICER})),
    "moderator": Person(1, frozenset({PlatformRole.MODERATOR})),
    "administrator": Person(1, frozenset({PlatformRole.ADMINISTRATOR})),
}


@pytest.mark.parametrize(
    ("may", "allowed"),
    [
        (permissions.may_moderate, {"moderator", "administrator"}),
        (lambda person: permissions.may_decide(person, 2), {"moderator", "administrator"}),
        (lambda person: permissions.may_decide(person, 1), set()),
        (permissions.may_read_journal, {"administrator"}),
        (lambda person: permissions.may_withdraw(person, 1), set(PEOPLE)),
        (lambda person: permissions.may_withdraw(person, 2), set()),
        (
            lambda person: permissions.may_see_members(person, "999"),
            {"member", "manager", "moderator", "administrator"},
        ),
        (lambda person: permissions.may_remove(person, "999", 1), set(PEOPLE)),
        (lambda person: permissions.may_remove(person, "999", 2), {"manager", "administrator"}),
    ],
)
def test_a_permission_is_a_function_of_who_asks(may: Callable[[Person], bool], allowed: set[str]):
    assert {name for name, person in PEOPLE.items() if may(person)} == allowed
