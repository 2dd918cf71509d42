import csv
import io
import json

from tests.observatory.atlas import SOURCES, atlas

from essor.observatory.cluster_export import COLUMNS, clusters_csv, clusters_json
from essor.observatory.clusters import detect
from essor.observatory.figure import mention
from essor.territory.level import Level


def test_json_holds_every_cluster_its_members_its_reason_and_the_sources():
    found = detect(atlas(), Level.EPCI)

    answer = json.loads(clusters_json(found, None, [mention(SOURCES[0])], is_fictional=False))

    (cluster,) = answer["clusters"]
    assert cluster["members"] == [{"code": "E1", "name": "CC du Bois"}]
    assert cluster["staff"] == {"lower": 480.0, "value": 600.0, "upper": 720.0}
    assert cluster["because"] == found.clusters[0].because
    assert answer["sources"][0]["name"] == "sirene_unites_legales"
    assert (answer["evolution"], answer["is_fictional"]) == (None, False)


def test_csv_has_one_line_a_cluster_under_its_header():
    lines = list(
        csv.reader(io.StringIO(clusters_csv(detect(atlas(), Level.EPCI), is_fictional=True)))
    )

    assert tuple(lines[0]) == COLUMNS
    assert len(lines) == 2
    cluster = dict(zip(lines[0], lines[1], strict=True))
    assert (cluster["division"], cluster["members"], cluster["staff"]) == ("31", "E1", "600.0")
    assert cluster["is_fictional"] == "True"
