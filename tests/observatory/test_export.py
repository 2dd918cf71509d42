import csv
import io
import json

import pytest
from tests.observatory.rows import COMMUNES, TERRITORIES, organisations, record
from tests.observatory.small_release import small_release

from essor.observatory.export import (
    COLUMNS,
    GRID_COLUMNS,
    citation,
    figures_csv,
    figures_json,
    grid_csv,
    grid_json,
)
from essor.observatory.figure import mention
from essor.observatory.figures import figures
from essor.observatory.grid import grid
from essor.observatory.perspective import By
from essor.observatory.question import Question
from essor.warehouse.provenance import DateBasis

SIRENE = record("sirene_unites_legales")


def answer(members, territories=TERRITORIES, **question):
    connection = small_release(organisations=members, communes=COMMUNES, territories=territories)
    return figures(connection, Question(**question), [SIRENE])


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def lines_of(found, **wanted):
    return [
        line
        for line in read(figures_csv(found))
        if all(line[column] == value for column, value in wanted.items())
    ]


def test_a_figure_is_one_line_with_its_bounds_its_source_and_its_day():
    (line,) = lines_of(answer(organisations(3)), identifiant="K05")

    assert (line["borne_basse"], line["valeur"], line["borne_haute"]) == ("60", "103.5", "147")
    assert line["sources"] == "Titre de sirene_unites_legales (Insee, 2024-03-01)"
    assert line["secret_statistique"] == "non"
    assert line["valeur_etude"] == "43\u202f000"
    assert line["donnees_fictives"] == "non"


def test_a_day_of_retrieval_is_said_to_be_one_in_every_export():
    connection = small_release(organisations=organisations(3), communes=COMMUNES)
    undated = record("sirene_unites_legales", date_basis=DateBasis.RETRIEVED)
    found = figures(connection, Question(), [undated])

    (line,) = lines_of(found, identifiant="K07")
    (cited,) = json.loads(figures_json(found))["figures"][0]["sources"]

    assert line["sources"] == (
        "Titre de sirene_unites_legales "
        "(Insee, récupéré le 2024-03-01, date de publication inconnue)"
    )
    assert line["fondement_des_dates"] == "jour de la récupération"
    assert (cited["published_on"], cited["retrieved_on"]) == (None, "2024-03-01")
    assert cited["date_basis"] == "jour de la récupération"


def test_masked_staff_leaves_an_empty_cell_and_says_why():
    (line,) = lines_of(answer(organisations(2)), identifiant="K05")

    assert (line["valeur"], line["borne_basse"], line["borne_haute"]) == ("", "", "")
    assert line["secret_statistique"] == "oui"
    assert line["note"].startswith("Secret statistique")


def test_each_part_of_a_breakdown_gives_its_four_measures():
    found = answer(organisations(3), by=By.FAMILY)

    lines = lines_of(found, tableau="ventilation par famille de l’ESS", identifiant="cooperative")

    assert [(line["mesure"], line["valeur"]) for line in lines] == [
        ("organisations", "3"),
        ("part des organisations", "1.0"),
        ("salariés", "103.5"),
        ("part des salariés", "1.0"),
    ]


def test_every_line_has_every_column():
    rows = list(csv.reader(io.StringIO(figures_csv(answer(organisations(3), by=By.NAF)))))

    assert rows[0] == list(COLUMNS)
    assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n =1"])
def test_a_name_that_a_spreadsheet_would_run_is_quoted(name):
    territories = [{"level": "region", "code": "84", "name": name}]
    found = answer(organisations(3), territories, by=By.TERRITORY)

    lines = lines_of(found, identifiant="84")

    assert {line["libelle"] for line in lines} == {f"'{name.strip()}"}


def test_invented_data_are_said_on_their_line():
    (line,) = lines_of(answer(organisations(3, is_fictional=True)), identifiant="K03")

    assert line["donnees_fictives"] == "oui"


def test_json_holds_the_same_figures_and_null_for_what_is_masked():
    found = json.loads(figures_json(answer(organisations(2), by=By.FAMILY)))

    held = {figure["id"]: figure for figure in found["figures"]}
    assert held["K03"]["value"] == 2
    assert held["K05"]["value"] is None
    assert held["K05"]["is_secret"] is True
    assert held["K03"]["sources"][0]["published_on"] == "2024-03-01"
    assert found["place"] == {"level": "france", "code": "FR", "name": "France"}
    assert found["breakdown"]["rows"][0]["staff"] is None


def test_the_grid_is_one_line_per_variant():
    found = grid(small_release(organisations=organisations(3)), [SIRENE])

    lines = read(grid_csv(found))

    assert list(lines[0]) == list(GRID_COLUMNS)
    assert [line["rang"] for line in lines] == [str(rank) for rank in range(1, 641)]
    assert lines[0]["millesime"] == "2024-03-01"


def test_the_grid_as_json_explains_itself():
    found = json.loads(grid_json(grid(small_release(), [SIRENE])))

    assert found["explanation"].startswith("Aucune lecture")
    assert len(found["variants"]) == 640


def test_a_fictional_source_is_cited_as_such():
    cited = citation([mention(record("sirene", is_fictional=True))])

    assert cited == "Titre de sirene (Insee, 2024-03-01, données fictives)"
