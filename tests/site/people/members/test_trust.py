"""`essor members`: roles are given and taken back by whoever runs the site."""

from collections.abc import Callable

import pytest

from essor.cli.run import main
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.member import Member
from essor.site.members.permissions import PlatformRole
from essor.site.members.person import person_of

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
ADA = "ada@atelier.example"


def test_a_role_is_given_once_and_taken_back_once(enrol: Enrol, capsys: pytest.CaptureFixture[str]):
    ada = enrol(ADA)

    given = [main(["members", "entrust", ADA.upper(), "moderator"]) for _ in range(2)]
    held = person_of(ada).roles
    taken = [main(["members", "take-back", ADA, "moderator"]) for _ in range(2)]

    assert given + taken == [0] * 4
    assert held == {PlatformRole.MODERATOR}
    assert person_of(ada).roles == frozenset()
    assert capsys.readouterr().out.splitlines() == [
        "C’est fait.",
        "Ce membre a déjà ce rôle.",
        "C’est fait.",
        "Ce membre n’avait pas ce rôle.",
    ]
    assert [entry.deed for entry in JournalEntry.objects.all()] == ["role.taken", "role.given"]


def test_roles_are_listed_with_their_territories(enrol: Enrol, capsys: pytest.CaptureFixture[str]):
    enrol(ADA, "officer", territory="departement:57")

    main(["members", "roles"])

    assert capsys.readouterr().out == (
        "ada@atelier.example  chargé de mission d’un territoire  departement:57\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody@atelier.example", "moderator"], "en ouvre un sur le site"),
        ([ADA, "king"], "n’est pas un rôle"),
        ([ADA, "officer"], "a un territoire"),
        ([ADA, "moderator", "--territory", "departement:57"], "a un territoire"),
        ([ADA, "officer", "--territory", "57"], "n’est pas un territoire"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_in_one_sentence(
    enrol: Enrol, capsys: pytest.CaptureFixture[str], words: list[str], said: str
):
    enrol(ADA)

    status = main(["members", "entrust", *words])

    error = capsys.readouterr().err
    assert status == 2
    assert said in error
    assert error.count("\n") == 1
