"""Claims, when several people or several clicks come together."""

import threading
from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection
from django.test import Client
from tests.site.people.members.test_claims import ACCEPTED, PROOF, REFUSED, Enrol, deeds, read_card

from essor.site.members import claims
from essor.site.members.models.claim import Claim, Membership
from essor.site.members.models.letter import Letter
from essor.site.members.permissions import ClaimState, OrganisationRole

pytestmark = pytest.mark.usefixtures("people")

Outcome = TypeVar("Outcome")


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides(enrol: Enrol, visitor: Client, sirens: list[str]):
    ada = enrol("ada@atelier.example")
    moderators = [enrol("mo@essor.example", "moderator"), enrol("lu@essor.example", "moderator")]
    made = claims.claim(ada, read_card(sirens[0]), OrganisationRole.MANAGER, PROOF)
    outcomes = at_once(
        [
            lambda: claims.decide(made, ACCEPTED, moderators[0]),
            lambda: claims.decide(made, REFUSED, moderators[1]),
        ]
    )

    made.refresh_from_db()
    letters = [each for each in outcomes if each is not None]
    assert len(letters) == Letter.objects.filter(recipient=ada.email).count() == 1
    assert Membership.objects.exists() == (made.state == ClaimState.ACCEPTED.value)
    assert len(deeds()) == 2


@pytest.mark.django_db(transaction=True)
def test_of_a_form_sent_several_times_at_once_one_claim_is_made(
    enrol: Enrol, visitor: Client, sirens: list[str]
):
    ada, found = enrol("ada@atelier.example"), read_card(sirens[0])

    outcomes = at_once(
        [lambda: claims.claim(ada, found, OrganisationRole.MANAGER, PROOF) for _ in range(4)]
    )

    assert {made.pk for made in outcomes if made} == {Claim.objects.get().pk}


def at_once(calls: list[Callable[[], Outcome]]) -> list[Outcome]:
    """Return what each call gives, all of them begun together, each on a connection of its own."""
    start = threading.Barrier(len(calls))
    outcomes: list[Outcome] = []

    def run(call: Callable[[], Outcome]) -> None:
        start.wait()
        try:
            outcomes.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(calls)
    return outcomes
