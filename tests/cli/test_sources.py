"""`essor sources`, as a person or a program reads it."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.warehouse.shelves import OPTIONS, SIAE, TODAY, rows, write

from essor.cli.run import main
from essor.cli.sources import listed
from essor.errors import InvalidRequestError
from essor.sources.catalogue import SOURCES
from essor.warehouse.downloads import record_of
from essor.warehouse.provenance import DateBasis
from essor.warehouse.sync import sync


def synchronised(home, tmp_path: Path, content: bytes) -> None:
    write(tmp_path / "mirror" / "inclusion" / "siae_2020.csv", content)
    siae = [source for source in SOURCES if source.name == "siae"]
    sync(siae, home, from_dir=tmp_path / "mirror", options=OPTIONS)


def test_every_source_of_the_catalogue_is_listed(essor_home, capsys):
    status = main(["sources"])

    said = capsys.readouterr().out
    assert status == 0
    assert all(source.page in said for source in SOURCES)
    assert len(re.findall(r"absente", said)) == len(SOURCES)


def test_a_synchronised_source_shows_its_date_and_rows(essor_home, tmp_path, capsys):
    synchronised(essor_home, tmp_path, rows(1234))

    main(["sources"])

    assert re.search(r"siae +présente +31/12/2020 +1\u202f234 ", capsys.readouterr().out)


def test_the_list_is_read_by_programs_as_json(essor_home, tmp_path, capsys):
    synchronised(essor_home, tmp_path, rows(12))

    main(["sources", "--json"])

    found = {line["name"]: line for line in json.loads(capsys.readouterr().out)}
    assert (found["siae"]["rows"], found["siae"]["published_on"]) == (12, "2020-12-31")
    assert found["siae"]["date_basis"] == "nom du fichier"
    assert found["esat"]["rows"] is None
    assert set(found) == {source.name for source in SOURCES}


def test_the_list_is_read_by_programs_as_csv(essor_home, tmp_path, capsys):
    synchronised(essor_home, tmp_path, rows(12))

    main(["sources", "--csv"])

    found = {line["name"]: line for line in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (found["siae"]["rows"], found["siae"]["state"]) == ("12", "présente")
    assert found["esat"]["rows"] == ""


def test_invented_rows_are_said_so(essor_home, tmp_path, capsys):
    synchronised(essor_home, tmp_path, rows(12).replace(b"siret,nom", b"siret,is_fictional"))

    main(["sources"])

    assert re.search(r"siae +fictive", capsys.readouterr().out)


def test_a_day_of_retrieval_is_not_shown_as_the_publishers_date(essor_home, tmp_path, capsys):
    undated = next(source for source in SOURCES if source.name == "epci")
    write(tmp_path / "mirror" / undated.files[0], b"code,nom\n1,a\n")
    sync([undated], essor_home, from_dir=tmp_path / "mirror", options=OPTIONS)

    main(["sources"])
    shown = capsys.readouterr().out
    (line,) = listed([(undated, record_of(essor_home, undated))], TODAY)

    assert "récupéré le 22/11/2026" in shown
    assert "(publication inconnue)" in shown
    assert (line.published_on, line.retrieved_on) == (None, TODAY)
    assert line.date_basis == DateBasis.RETRIEVED
    assert line.freshness == "fraîcheur inconnue"


def test_json_and_csv_together_are_refused(essor_home, capsys):
    status = main(["sources", "--json", "--csv"])

    assert status == InvalidRequestError.exit_code
    assert "s’excluent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("published_on", "freshness"),
    [(date(2026, 1, 1), "à jour"), (date(2025, 11, 20), "à renouveler depuis 1 jour")],
)
def test_freshness_follows_the_cadence_of_the_source(essor_home, published_on, freshness):
    record = replace(record_of(essor_home, SIAE), is_present=True, published_on=published_on)

    (line,) = listed([(SIAE, record)], TODAY)

    assert line.freshness == freshness
