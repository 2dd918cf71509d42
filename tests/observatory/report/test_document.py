import json
from dataclasses import asdict

import pytest
from tests.observatory.atlas import ORGANISATIONS, atlas, contours, edition

from essor.observatory.perspective import Perimeter
from essor.observatory.report.contents import read_report
from essor.observatory.report.document import document, shortened
from essor.territory.level import Level
from essor.territory.territories import territory_at

DRAWN = ("carte", "familles", "activites", "tailles", "comparaison", "specialisations")


def read(code="E1", level=Level.EPCI, perimeter=Perimeter.P1, folder=None, **more):
    connection = atlas(**more)
    place = territory_at(connection, level, code)
    return read_report(connection, place, edition(folder), perimeter)


def written(*args, drawn=DRAWN, **more):
    return document(read(*args, **more), drawn)


def plain(value):
    text = json.dumps(asdict(value), ensure_ascii=False)
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_cover_compares_each_figure_with_the_region_and_france():
    first = written().key_figures[0]

    assert (first.label, first.value) == ("Organisations industrielles de l’ESS", "11")
    assert [text.replace("\u00a0", " ") for text in first.elsewhere] == [
        "Rhône : 11",
        "France : 16",
    ]


def test_france_is_compared_with_nobody():
    whole = written("FR", Level.FRANCE)

    assert all(figure.elsewhere == () for figure in whole.key_figures)
    assert whole.comparison[0] == ("Chiffre", "France")
    assert whole.comparison_title == "Les chiffres clés"


def test_a_region_is_not_compared_with_itself():
    whole = written("84", Level.REGION)

    assert whole.comparison[0] == ("Chiffre", "Rhône", "France")
    assert whole.comparison_title == "Comparaison avec la France"


def test_an_organisation_of_partial_diffusion_is_nowhere_in_the_document():
    whole = written()

    assert "Cachée" not in plain(whole)
    assert "1 organisation à diffusion partielle" in plain(whole)


def test_every_member_says_its_family_and_what_founds_it():
    whole = written()

    assert whole.members[1] == (
        "Fruitière",
        "Boisville",
        "Viande de boucherie",
        "Association, liste officielle",
        "50 à 99",
    )


def test_shortening_counts_those_that_are_no_longer_named():
    report = read()

    short = shortened(document(report, DRAWN), report, 3)

    assert len(short.members) == 1 + 3
    assert "Et 7 autres, moins grandes." in short.members_note.replace("\u00a0", " ")


def test_an_empty_territory_still_says_something():
    whole = written("E2", drawn=("carte",))

    assert "aucune organisation" in whole.introduction
    assert whole.members == ()
    assert whole.nearest[0][0] == "Distance"
    assert whole.structure == ()


def test_the_two_perimeters_have_their_own_cover_and_method():
    p1, p2 = written(), written(perimeter=Perimeter.P2, drawn=("carte",))

    assert p1.key_figures[2].label == "Part de l’ESS dans les unités légales industrielles"
    assert "EI et ETTI" in p2.key_figures[3].label
    assert p1.method[0] != p2.method[0]


def test_every_plate_has_a_finding_a_reading_and_words_for_who_does_not_see():
    whole = written()
    plates = [*whole.structure, whole.map, whole.comparison_plate, whole.strengths]

    assert all(plate and plate.title and plate.reading and plate.alt for plate in plates)


def test_sizes_have_no_plate_when_none_is_known():
    unknown = [row | {"staff_band": "NN", "staff_lower": None} for row in ORGANISATIONS]

    files = [plate.file for plate in written(organisations=unknown).structure]

    assert files == ["familles.svg", "activites.svg"]


@pytest.mark.parametrize(("has_contours", "says"), [(True, False), (False, True)])
def test_a_map_without_contours_says_so(tmp_path, has_contours, says):
    whole = written(folder=contours(tmp_path) if has_contours else None)

    assert ("Contours absents" in plain(whole.map)) is says
    assert ("ne contient pas de contours" in plain(whole)) is says


def test_the_source_and_its_day_are_under_every_drawing():
    assert "1er mars 2024" in plain(written()).partition("source_line")[2]
