"""Who may do what with a need, case by case."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from essor.site.members.permissions import OrganisationRole, Person, PlatformRole
from essor.site.needs.permissions import (
    Standing,
    may_read,
    may_read_exchange,
    may_run,
    may_speak,
)

BUYER, SUPPLIER, OTHER = "111", "222", "333"
PEOPLE: dict[str, Person | None] = {
    "nobody": None,
    "author": Person(1),
    "member": Person(2),
    "colleague": Person(3, organisations={BUYER: OrganisationRole.MEMBER}),
    "supplier": Person(4, organisations={SUPPLIER: OrganisationRole.MEMBER}),
    "other": Person(5, organisations={OTHER: OrganisationRole.MANAGER}),
    "moderator": Person(6, frozenset({PlatformRole.MODERATOR})),
}
EVERYBODY = set(PEOPLE)

OWN = Standing(author=1, sirens=frozenset({SUPPLIER}))
SHARED = replace(OWN, siren=BUYER)
BY_INVITATION = replace(SHARED, is_public=False, is_listed=False)
OVER = replace(SHARED, is_listed=False)
HIDDEN = replace(OVER, is_hidden=True)


@pytest.mark.parametrize(
    ("may", "allowed"),
    [
        (lambda person: may_run(person, OWN), {"author"}),
        (lambda person: may_run(person, SHARED), {"colleague"}),
        (lambda person: may_read(person, SHARED), EVERYBODY),
        (lambda person: may_read(person, OVER), {"colleague", "supplier", "moderator"}),
        (lambda person: may_read(person, BY_INVITATION), {"colleague", "supplier"}),
        (lambda person: may_read(person, HIDDEN), {"colleague", "moderator"}),
        (lambda person: may_speak(person, SHARED, SUPPLIER), {"supplier"}),
        (lambda person: may_speak(person, SHARED, OTHER), {"other"}),
        (lambda person: may_speak(person, SHARED, BUYER), set()),
        (lambda person: may_speak(person, OVER, SUPPLIER), {"supplier"}),
        (lambda person: may_speak(person, OVER, OTHER), set()),
        (lambda person: may_speak(person, BY_INVITATION, OTHER), set()),
        (lambda person: may_speak(person, HIDDEN, SUPPLIER), set()),
        (lambda person: may_read_exchange(person, SHARED, SUPPLIER), {"colleague", "supplier"}),
        (lambda person: may_read_exchange(person, SHARED, OTHER), set()),
        (lambda person: may_read_exchange(person, HIDDEN, SUPPLIER), {"colleague"}),
    ],
)
def test_a_permission_is_a_function_of_who_asks_and_of_the_need(
    may: Callable[[Person | None], bool], allowed: set[str]
):
    assert {name for name, person in PEOPLE.items() if may(person)} == allowed
