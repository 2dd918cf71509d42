"""The gazetteer is the same from a release and from a mirror; a misplaced town hall is noticed."""

import duckdb
import pytest

from essor.territory.distance import Point
from essor.territory.gazetteer import gazetteer_of_mirror, gazetteer_of_release

SQL = """
SELECT code, name AS nom, parent AS commune_parent, population, departement,
    CASE WHEN postcodes IS NULL THEN [] ELSE string_split(postcodes, ' | ') END AS codes_postaux,
    lon, lat, town_hall_lon AS mairie_lon, town_hall_lat AS mairie_lat, area_km2 AS surface_km2
FROM communes
"""


def place(gazetteer, code):
    return next(each for each in gazetteer.places if each.code == code)


@pytest.fixture
def small_mirror(country, tmp_path):
    folder = tmp_path / "territoires"
    folder.mkdir()
    country.execute(f"COPY ({SQL}) TO '{folder}/communes.parquet'")
    (folder / "communes_anciennes.csv").write_text(
        "code,code_actuel,nom\n57998,57463,Borny\n57999,57463,Vallières-lès-Metz\n57997,57463,\n"
    )
    return tmp_path


def test_a_mirror_and_the_release_built_from_it_give_the_same_gazetteer(country, small_mirror):
    of_release, of_mirror = gazetteer_of_release(country), gazetteer_of_mirror(small_mirror)

    assert sorted(of_release.places, key=str) == sorted(of_mirror.places, key=str)


def test_a_mirror_whose_former_communes_have_no_name_has_only_current_ones(small_mirror):
    (small_mirror / "territoires" / "communes_anciennes.csv").write_text(
        "code,code_actuel\n57998,57463\n"
    )

    assert place(gazetteer_of_mirror(small_mirror), "57463").names == ("metz",)


def test_a_mirror_without_former_communes_is_read(small_mirror):
    (small_mirror / "territoires" / "communes_anciennes.csv").unlink()

    assert len(gazetteer_of_mirror(small_mirror).places) == 13


def test_a_commune_is_reached_by_each_of_its_postcodes_and_names(country):
    gazetteer = gazetteer_of_release(country)

    metz = place(gazetteer, "57463")

    assert gazetteer.by_postcode["57000"] == gazetteer.by_postcode["57050"] == (metz,)
    assert gazetteer.by_name["borny"] == gazetteer.by_name["metz"] == (metz,)
    assert {each.code for each in gazetteer.by_departement["57"]} == {"57463", "57480", "57672"}


def test_a_place_is_at_its_town_hall(country):
    assert place(gazetteer_of_release(country), "57463").point == Point(6.176, 49.120)


def test_a_town_hall_that_cannot_be_in_its_commune_gives_way_to_the_centre(country):
    lost_sign = place(gazetteer_of_release(country), "54395")

    assert lost_sign.point == Point(6.176, 48.689)


def test_without_a_town_hall_a_place_is_at_its_centre_and_without_either_nowhere(country):
    gazetteer = gazetteer_of_release(country)

    assert place(gazetteer, "57480").point == Point(6.152, 49.095)
    assert place(gazetteer, "97502").point is None


def test_no_real_town_hall_of_the_mainland_is_half_a_degree_away_from_its_commune(mirror):
    gazetteer = gazetteer_of_mirror(mirror)
    points = {each.code: each.point for each in gazetteer.places if each.point}

    rows = duckdb.execute(
        "SELECT code, lon, lat FROM read_parquet(?) WHERE lon IS NOT NULL AND code < '97'",
        [str(mirror / "territoires" / "communes.parquet")],
    ).fetchall()

    assert len(rows) > 34_000
    assert [code for code, lon, _ in rows if abs(points[code].lon - lon) > 0.5] == []
    assert [code for code, _, lat in rows if abs(points[code].lat - lat) > 0.5] == []
