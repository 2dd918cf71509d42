"""PostgreSQL is run beside, and answers as Essor does where they say the same thing."""

import duckdb
import pytest
from benchmarks.peers import entry, marche_sql, postgresql, server
from benchmarks.peers.figures import PeerMissingError
from benchmarks.peers.marche_population import draw_needs, make_suppliers
from benchmarks.peers.register_sql import Words
from benchmarks.search_population import generate

from essor.matching.marche import marche
from essor.search.circle import Circle
from essor.search.query import Filters, Query
from essor.territory.distance import Point, distance_km

ORGANISATIONS = 200


@pytest.fixture
def register():
    with duckdb.connect() as connection:
        generate(connection, ORGANISATIONS)
        yield connection


@pytest.fixture(scope="module")
def connection():
    try:
        with server.server() as opened:
            for name in ("postgis", "pg_trgm"):
                if not server.has_extension(opened, name):
                    pytest.skip(f"the extension {name} of PostgreSQL is not installed")
            yield opened
    except PeerMissingError as error:
        pytest.skip(str(error))


def test_postgresql_holds_every_organisation_and_keeps_those_of_a_circle(connection, register):
    metz = Point(6.17, 49.12)
    places = register.execute("SELECT lon, lat FROM organisations").fetchall()
    near = sum(distance_km(Point(*place), metz) <= 150 for place in places)
    connection.execute("DROP TABLE IF EXISTS organisations")
    postgresql.load(register, connection)

    everyone = postgresql.ask(connection, Query(), Words.ANY, has_counts=True)
    around = postgresql.ask(
        connection, Query(filters=Filters(circle=Circle(metz, 150))), Words.ANY, has_counts=False
    )

    assert everyone.total == ORGANISATIONS
    assert 0 < around.total == near < ORGANISATIONS


def test_postgresql_needs_every_word_or_any_and_forgives_a_letter(connection, register):
    connection.execute("DROP TABLE IF EXISTS organisations")
    postgresql.load(register, connection)
    text = "menuiserie blanchisserie"

    every, either = (
        postgresql.ask(connection, Query(text), words, has_counts=False).total
        for words in (Words.EVERY, Words.ANY)
    )
    badly = postgresql.whole(connection, Query("mnuiserie")).total

    assert every < either
    assert badly > 0


def test_the_rule_in_sql_keeps_whom_the_rule_in_python_keeps(connection, register):
    suppliers = make_suppliers(register)
    requests = [asked.request for asked in draw_needs(register, 40)]
    marche_sql.load(connection, suppliers)

    kept = [marche_sql.kept(connection, request) for request in requests]

    assert kept == [tuple(each.id for each in marche(one, suppliers)) for one in requests]
    assert any(kept)


def test_without_its_driver_postgresql_is_told_missing(monkeypatch, capsys):
    monkeypatch.setattr(server, "find_spec", lambda _: None)

    status = entry.main(["--organisations", "10", "--only", "search"])

    assert status == 0
    assert "PostgreSQL full text + PostGIS: missing, psycopg" in capsys.readouterr().out


def test_without_the_folder_of_the_contract_quality_is_told_missing(capsys):
    status = entry.main(["--only", "quality"])

    assert status == 0
    assert "text rankers: missing" in capsys.readouterr().out
