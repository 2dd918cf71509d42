"""Numbers mistyped, closed and typed well, on the establishments of the real mirror."""

import random

import pytest

from essor.cli.run import main
from essor.home import Home
from essor.identifiers import is_fictional_siren
from essor.linkage.answering import answer_all, answer_rows, asked_by
from essor.linkage.answers import Asked
from essor.linkage.columns import Role
from essor.linkage.entries import Outcome, Query
from essor.linkage.listing import Row
from essor.linkage.register import Register
from essor.linkage.sirets import check_all, registered_in
from essor.linkage.successors import successors_of, successors_of_all
from essor.release.opened import open_release

DRAWN = 200
_OPEN = """
    SELECT e.siret, o.name, coalesce(e.city, '') FROM establishments e JOIN organisations o USING (siren)
    WHERE e.is_active AND o.is_active AND o.name IS NOT NULL ORDER BY e.siret
"""


@pytest.fixture(scope="module")
def release(mirror, tmp_path_factory):
    """Return a connection to the release of the mirror, built once for this file."""
    root = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSOR_HOME", str(root))
        assert main(["sync", "--from", str(mirror)]) == 0
        assert main(["build", "--no-index"]) == 0
    return open_release(Home(root)).connect()


@pytest.fixture(scope="module")
def register(release):
    return Register.from_release(release)


@pytest.fixture(scope="module")
def drawn(release):
    """Return the SIRET, the name and the town of open establishments."""
    rows = [row for row in release.execute(_OPEN).fetchall() if not is_fictional_siren(row[0][:9])]
    return random.Random(7).sample(rows, DRAWN)


def one_digit_wrong(draw, number):
    at = draw.randrange(len(number))
    digit = draw.choice([each for each in "0123456789" if each != number[at]])
    return number[:at] + digit + number[at + 1 :]


def two_digits_swapped(draw, number):
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1]]
    at = draw.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def a_digit_lost(draw, number):
    at = draw.randrange(len(number))
    return number[:at] + number[at + 1 :]


SLIPS = [one_digit_wrong, two_digits_swapped, a_digit_lost]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_siret_mistyped_leads_back_to_the_one_meant(release, drawn, slip):
    draw = random.Random(11)
    typed = [slip(draw, siret) for siret, _, _ in drawn]

    checked = check_all(typed, registered_in(release))

    led = [
        siret in each.proposals or each.number == siret
        for each, (siret, _, _) in zip(checked, drawn, strict=True)
    ]
    # Swapping 0 and 9 keeps the key: such a number is sound, and belongs to nobody.
    assert sum(led) >= 0.98 * DRAWN


@pytest.mark.parametrize("slip", SLIPS)
def test_a_siret_mistyped_beside_its_name_is_put_right_and_never_made_anothers(
    release, register, drawn, slip
):
    draw = random.Random(13)
    asked = [Asked(Query(name, city=city), slip(draw, siret)) for siret, name, city in drawn]

    answers = answer_all(release, register, asked)

    kept = [
        (each.siren, row[0][:9]) for each, row in zip(answers, drawn, strict=True) if each.siren
    ]
    assert len(kept) >= 0.95 * DRAWN
    assert all(siren == meant for siren, meant in kept)


def test_a_registered_siret_is_accepted_as_it_is(release, register, drawn):
    answers = answer_all(release, register, [Asked(Query(""), siret) for siret, _, _ in drawn])

    assert [each.siret for each in answers] == [siret for siret, _, _ in drawn]
    assert {each.outcome for each in answers} == {Outcome.ACCEPT}


def test_the_siret_of_a_closed_establishment_becomes_an_open_one_of_its_siren(release, register):
    closed = [
        siret
        for (siret,) in release.execute(
            "SELECT siret FROM establishments WHERE NOT is_active ORDER BY siret LIMIT 300"
        ).fetchall()
    ]

    answers = answer_all(release, register, [Asked(Query(""), siret) for siret in closed])

    replaced = [
        (each.siren, siret) for each, siret in zip(answers, closed, strict=True) if each.siren
    ]
    assert len(replaced) > len(closed) // 4
    assert all(siren == siret[:9] for siren, siret in replaced)
    opened = registered_open(release, [each.siret for each in answers if each.siret])
    assert opened
    assert all(opened)


def registered_open(release, sirets):
    rows = release.execute(
        "SELECT is_active FROM establishments WHERE siret IN (SELECT unnest($sirets))",
        {"sirets": sirets},
    ).fetchall()
    return [is_active for (is_active,) in rows]


def test_all_successors_at_once_are_those_of_each(release):
    rows = release.execute(
        "SELECT siret FROM establishments WHERE NOT is_active ORDER BY siret LIMIT 12"
    ).fetchall()
    closed = [siret for (siret,) in rows]

    together = successors_of_all(release, closed)

    assert together == {siret: successors_of(release, siret) for siret in closed}


def test_a_name_gives_an_open_siret_of_its_siren(release, register, drawn):
    answers = answer_all(
        release, register, [Asked(Query(name, city=city)) for _, name, city in drawn]
    )

    accepted = [each for each in answers if each.outcome is Outcome.ACCEPT]
    assert len(accepted) > 0.9 * DRAWN
    assert all(each.siret.startswith(each.siren) for each in accepted)


def test_an_address_finds_again_a_name_that_lost_its_words(release, register):
    rows = release.execute(
        "SELECT e.siren, o.name, e.address, e.postcode, e.city FROM establishments e "
        "JOIN organisations o USING (siren) WHERE e.is_active AND e.address IS NOT NULL "
        "AND e.city IS NOT NULL AND len(string_split(o.name, ' ')) >= 4 ORDER BY e.siret"
    ).fetchall()
    chosen = random.Random(17).sample(rows, DRAWN)
    shortened = [" ".join(name.split()[:2]) for _, name, _, _, _ in chosen]

    alone = register.link([Query(name) for name in shortened], 1)
    placed = register.link(
        [Query(name, *row[2:]) for name, row in zip(shortened, chosen, strict=True)], 1
    )

    def found(answers):
        pairs = zip(answers, chosen, strict=True)
        return sum(bool(each) and each[0].siren == row[0] for each, row in pairs)

    assert found(placed) >= 0.9 * DRAWN
    assert found(placed) > found(alone) + 0.3 * DRAWN


def test_every_row_is_answered_in_its_order_even_one_that_cannot_be_read(release, register):
    rows = (
        Row(2, ("Atelier", "Metz")),
        Row(3, ("a", "b"), "La ligne a 9 champs au lieu de 2."),
        Row(4, ("", "")),
    )

    answered = answer_rows(release, register, rows, {Role.NAME: 0, Role.CITY: 1})

    assert [each.row for each in answered] == list(rows)
    assert answered[1].answer.because == "La ligne a 9 champs au lieu de 2."
    assert answered[2].answer.outcome is Outcome.REJECT


def test_the_siret_of_a_row_speaks_before_its_siren():
    row = Row(2, ("A", "552100554", " 55210055400021 "))

    asked = asked_by(row, {Role.NAME: 0, Role.SIREN: 1, Role.SIRET: 2})

    assert asked == Asked(Query("A"), "55210055400021")
