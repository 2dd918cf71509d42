import json

import duckdb
import pytest

from essor.linkage.entries import Entry, Query
from essor.linkage.kept import LINKAGE, VERSION, keep, open_kept, register_of
from essor.linkage.register import Register

ROWS = (
    Entry("215700001", "Commune de Metz", "1 place d’Armes", "57000", "Metz"),
    Entry("999000005", "Atelier des Trois Frontières", "3 rue du Port", "57480", "Sierck-les-Bains"),
    Entry("999000006", "Les Jardins de Lorraine"),
    Entry("999000010", "Comité des fêtes", "", "", "Dole"),
)  # fmt: skip
QUERIES = [
    Query("atelier 3 frontieres", city="Sierck"),
    Query("Les Jardinz de Loraine"),
    Query("mairie", city="METZ CEDEX 1"),
    Query("Comité des fêtes", "", "39100", "Dole"),
    Query("Zwyxtra"),
]
REGISTER = Register.from_rows(ROWS)


@pytest.fixture
def folder(tmp_path):
    keep(REGISTER, tmp_path / LINKAGE)
    return tmp_path / LINKAGE


def test_a_register_kept_answers_as_it_did(folder):
    kept = open_kept(folder)

    assert kept is not None
    assert kept.link(QUERIES) == REGISTER.link(QUERIES)
    assert kept.entries(range(len(kept))) == REGISTER.entries(range(len(REGISTER)))


def test_an_empty_register_is_kept_too(tmp_path):
    keep(Register.from_rows(()), tmp_path)

    kept = open_kept(tmp_path)

    assert kept is not None
    assert kept.link(QUERIES) == [()] * len(QUERIES)


def test_nothing_kept_is_nothing_opened(tmp_path):
    assert open_kept(tmp_path / "nowhere") is None


@pytest.mark.parametrize("name", ["postings.npy", "folded.bin", "words.txt", "near_hashes.npy"])
def test_a_register_half_written_is_refused(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])

    assert open_kept(folder) is None


def test_a_register_without_one_of_its_files_is_refused(folder):
    (folder / "units.npy").unlink()

    assert open_kept(folder) is None


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"version": null}'])
def test_a_register_that_does_not_say_what_it_is_is_refused(folder, said):
    (folder / "register.json").write_text(said, "utf-8")

    assert open_kept(folder) is None


def test_a_register_of_another_version_is_refused(folder):
    said = json.loads((folder / "register.json").read_text("utf-8"))
    (folder / "register.json").write_text(json.dumps(said | {"version": VERSION + 1}), "utf-8")

    assert open_kept(folder) is None


def test_a_release_without_a_kept_register_is_filed_from_its_tables(tmp_path):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE organisations AS SELECT '999000006' AS siren, 'Les Jardins' AS name, "
        "NULL::VARCHAR AS acronym, NULL::VARCHAR AS head_office"
    )
    connection.execute(
        "CREATE TABLE establishments(siret VARCHAR, siren VARCHAR, name VARCHAR, address VARCHAR, "
        "postcode VARCHAR, city VARCHAR, is_active BOOLEAN)"
    )
    connection.execute("CREATE TABLE statuses(siren VARCHAR, siret VARCHAR, name VARCHAR)")

    filed = register_of(tmp_path, connection)
    keep(REGISTER, tmp_path / LINKAGE)
    kept = register_of(tmp_path, connection)

    assert filed.entries(range(len(filed))) == [Entry("999000006", "Les Jardins")]
    assert len(kept) == len(ROWS)
