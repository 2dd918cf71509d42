"""D1: the town and the postcode of a supplier, to a point."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import duckdb

from benchmarks.json_lines import Answer, Question, answer_all, text
from essor.home import home
from essor.territory.gazetteer import Gazetteer, gazetteer_of_mirror, gazetteer_of_release
from essor.territory.geocode import geocode

TABLES = ("communes", "former_communes")


def main(_options: Sequence[str]) -> int:
    """Answer every question of stdin; return the exit status."""
    gazetteer = read_gazetteer()

    def answer(question: Question) -> Answer:
        point = geocode(gazetteer, text(question, "city"), text(question, "postcode"))
        return {"lon": point and point.lon, "lat": point and point.lat}

    return answer_all(answer)


def read_gazetteer() -> Gazetteer:
    """Return the gazetteer of the current release, else of the embedded demonstration."""
    tables = home().releases / "current" / "tables"
    if not all((tables / f"{name}.parquet").exists() for name in TABLES):
        return gazetteer_of_mirror(Path(str(files("essor"))) / "demonstration" / "mirror")
    with duckdb.connect() as connection:
        for name in TABLES:
            connection.read_parquet(str(tables / f"{name}.parquet")).create_view(name)
        return gazetteer_of_release(connection)
