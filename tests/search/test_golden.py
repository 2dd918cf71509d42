"""Answers known to be right, on the mirror of real files and on the demonstration."""

import pytest

from essor.cli.run import main
from essor.demonstration import folder as demonstration_mirror
from essor.home import Home
from essor.release.opened import open_release
from essor.search.circle import Circle
from essor.search.document import PLACED_LEVELS, Kind
from essor.search.index import Index, open_index
from essor.search.query import Filters, Query
from essor.territory.distance import Point
from essor.territory.level import Level

METZ = Point(6.18, 49.12)
WOOD = {"16.10A", "16.21Z", "16.22Z", "16.23Z", "16.24Z", "16.29Z", "43.32A", "43.32C"}
LAUNDRIES = {"96.01A", "96.01B"}
MECHANICS = {"25.62A", "25.62B"}


@pytest.fixture(scope="module")
def real(mirror, tmp_path_factory) -> Index:
    """The index of the release that the mirror gives."""
    return built(mirror, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def invented(tmp_path_factory) -> Index:
    """The index of the embedded demonstration."""
    return built(demonstration_mirror(), tmp_path_factory.mktemp("invented"))


def built(mirror, root) -> Index:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSOR_HOME", str(root))
        main(["sync", "--from", str(mirror)])
        assert main(["build"]) == 0
    return open_index(open_release(Home(root)).folder)


def first(index, text, count=10, **filters):
    """Return the first documents that answer, and check that each score is the sum of its reasons."""
    page = index.search(Query(text, Filters(**filters), size=count))
    for hit in page.hits:
        assert hit.score == sum(reason.points for reason in hit.reasons)
    return [hit.document for hit in page.hits]


def activities(index, text):
    return {found.code: found.share for found in index.activities.about(text)}


def test_windows_at_the_end_of_their_life_are_for_recyclers_before_makers(real):
    shares = activities(real, "recyclage de fenêtres")

    assert max(shares, key=shares.get) == "38.32Z"
    assert shares["38.32Z"] > 0.5 > shares.get("25.12Z", 0)
    assert {found.naf for found in first(real, "recyclage de fenêtres")} == {"38.32Z"}


def test_the_request_of_the_study_is_read_whole(real):
    asked = "recyclage de fenêtres en fin de vie autour de Metz, 600 t par an, marché réservé"

    found = first(real, asked, 5)

    assert {document.naf for document in found} == {"38.32Z"}
    assert "Metz" in (found[0].name or "").title()


@pytest.mark.parametrize("release", ["real", "invented"])
def test_joiners_near_metz_are_no_recyclers(release, request):
    index = request.getfixturevalue(release)
    around = Filters(circle=Circle(METZ, 100))

    page = index.search(Query("menuiserie bois", around, Kind.ESTABLISHMENT, size=200))

    assert page.total > 0
    for hit in page.hits:
        said = f"{hit.document.name} {hit.document.place}".lower()
        assert hit.document.naf in WOOD or "menuiserie" in said or "bois" in said
    assert page.hits[0].document.naf in WOOD


@pytest.mark.parametrize("release", ["real", "invented"])
def test_a_laundry_is_found_by_its_trade_or_by_its_name(release, request):
    index = request.getfixturevalue(release)

    found = first(index, "blanchisserie", 30)

    assert {document.naf for document in found[:2]} <= LAUNDRIES
    assert max(activities(index, "blanchisserie").values()) > 0.6


def test_a_cooperative_of_mechanics_in_a_departement_has_all_three(invented):
    page = invented.search(Query("SCOP mécanique 54", size=5))

    best = page.hits[0]
    assert best.document.naf in MECHANICS
    assert best.document.territories[PLACED_LEVELS.index(Level.DEPARTEMENT)] == "54"
    assert [reason.because for reason in best.reasons[:2]] == [
        "Son nom contient « SCOP ».",
        "Son lieu contient « 54 ».",
    ]


def test_mechanics_in_a_cooperative_are_read_as_mechanics(real):
    shares = activities(real, "SCOP mécanique 54")

    assert shares == activities(real, "mécanique")
    assert shares["25.62B"] > 0.25


def test_a_name_with_a_letter_missing_is_found_and_said_near(real):
    page = real.search(Query("emaus lespinasiere", size=3))

    assert page.hits[0].document.siren == "813526902"
    assert "à une lettre près" in page.hits[0].reasons[0].because


def test_a_siren_of_one_wrong_digit_is_said_wrong_and_the_right_one_proposed(real):
    page = real.search(Query("552 081 318"))

    assert page.hits[0].document.siren == "552081317"
    assert "clé de contrôle fausse" in page.notes[0]


def test_an_activity_code_answers_with_that_activity_alone(real):
    found = first(real, "25.62B", 50)

    assert found
    assert {document.naf for document in found} == {"25.62B"}


def test_precision_machining_is_for_mechanics(real):
    found = first(real, "usinage de pièces mécaniques de précision", 5)

    assert {document.naf for document in found} <= MECHANICS


def test_a_made_up_word_is_no_activity(real):
    assert activities(real, "Tuvache Lazukin") == {}
