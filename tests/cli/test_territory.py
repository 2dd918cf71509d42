"""`essor territory` shows a territory in its surroundings, to eyes and to programs."""

import json

import pytest
from tests.release.fake_build import builder, write_table
from tests.territory.small_country import opened, staged

from essor.cli.run import main
from essor.release.building import build_release
from essor.tables.catalogue import TABLES
from essor.tables.geography import COMMUNES, FORMER_COMMUNES, NEIGHBOURS, TERRITORIES

GEOGRAPHY = (COMMUNES, FORMER_COMMUNES, TERRITORIES, NEIGHBOURS)


def build_country(home, sources):
    """Build a release of the small country, its other tables made up."""
    fake = builder()

    def build(home, folder, engine, progress):
        built = fake(home, folder, engine, progress)
        counts = dict(built.tables)
        with opened(sources) as country:
            for table in GEOGRAPHY:
                file = folder / "tables" / f"{table.name}.parquet"
                country.execute(f"COPY {table.name} TO '{file}' (FORMAT parquet)")
                counts[table.name] = country.table(table.name).shape[0]
            write_table(
                country,
                TABLES[0],
                counts[TABLES[0].name],
                folder / "tables" / f"{TABLES[0].name}.parquet",
            )
        built.tables = tuple(counts.items())
        return built

    build_release(home, builder=build)


@pytest.fixture
def built(essor_home):
    build_country(essor_home, staged())
    return essor_home


def test_the_card_says_what_surrounds_the_territory(built, capsys):
    assert main(["territory", "departement:57"]) == 0

    card = capsys.readouterr().out
    assert "186\u202f000 habitants" in card
    assert "Grand Est (région, region:44)" in card
    assert "2 intercommunalités" in card
    assert "3 communes" in card
    assert "aucun" in card


def test_the_card_of_a_commune_names_its_neighbours(built, capsys):
    assert main(["territory", "commune:Metz"]) == 0

    assert "Thionville, Montigny-lès-Metz" in capsys.readouterr().out


def test_the_json_holds_the_whole_portrait(built, capsys):
    assert main(["territory", "Metz Métropole", "--json"]) == 0

    drawn = json.loads(capsys.readouterr().out)
    assert drawn["territory"]["code"] == "200039865"
    assert drawn["territory"]["population"] == 144_000
    assert [each["code"] for each in drawn["parents"]] == ["FR", "44", "57", "4410"]
    assert drawn["members"] == [
        {"level": "zone_emploi", "count": 1},
        {"level": "commune", "count": 2},
    ]
    assert [each["code"] for each in drawn["neighbours"]] == ["245701362"]


def test_neighbours_are_said_unknown_when_their_source_is_absent(essor_home, capsys):
    build_country(essor_home, {**staged(), "voisinages": None})

    assert main(["territory", "57463", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert main(["territory", "57463"]) == 0

    assert told["neighbours"] is None
    assert "inconnus" in capsys.readouterr().out


def test_an_ambiguous_name_is_told_in_one_line_with_the_choices(built, capsys):
    assert main(["territory", "commune:Saint-Denis"]) == 4

    error = capsys.readouterr().err
    assert error.startswith("Erreur : « commune:Saint-Denis » désigne plusieurs territoires")
    assert "commune:93066" in error
    assert "commune:97411" in error


def test_the_choice_between_levels_is_said_aside_and_the_answer_stays_whole(built, capsys):
    assert main(["territory", "Metz", "--json"]) == 0

    told = capsys.readouterr()
    assert json.loads(told.out)["territory"]["code"] == "57463"
    assert told.err == (
        "Commune de Metz (57463). Le même nom désigne aussi : zone d’emploi `zone_emploi:4410`.\n"
    )


def test_nothing_is_said_aside_of_a_code(built, capsys):
    assert main(["territory", "57463"]) == 0

    assert capsys.readouterr().err == ""


def test_without_a_release_one_is_told_to_build_it(essor_home, capsys):
    assert main(["territory", "Metz"]) == 6

    assert "essor" in capsys.readouterr().err
