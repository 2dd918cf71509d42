"""The clusters and the evolution of a territory for programs: JSON and CSV."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from essor.observatory.clusters import Cluster, Detection
from essor.observatory.comparison import Evolution
from essor.observatory.figure import Mention

COLUMNS = (
    "level",
    "division",
    "label",
    "name",
    "members",
    "establishments",
    "staff_lower",
    "staff",
    "staff_upper",
    "share",
    "national_share",
    "quotient",
    "ess_organisations",
    "because",
    "is_fictional",
)


def clusters_json(
    detection: Detection,
    change: Evolution | None,
    sources: Sequence[Mention],
    *,
    is_fictional: bool,
) -> str:
    """Return the clusters, the evolution where one is asked, and the sources, as JSON."""
    answer = {
        "clusters": [asdict(cluster) for cluster in detection.clusters],
        "hidden": detection.hidden,
        "evolution": None if change is None else asdict(change),
        "sources": [asdict(source) for source in sources],
        "is_fictional": is_fictional,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)


def clusters_csv(detection: Detection, *, is_fictional: bool) -> str:
    """Return one line per cluster; its members are their codes, joined by « | »."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*_line(cluster), is_fictional) for cluster in detection.clusters)
    return text.getvalue()


def _line(cluster: Cluster) -> tuple[object, ...]:
    return (
        cluster.level.value,
        cluster.division,
        cluster.label,
        cluster.name,
        " | ".join(member.code for member in cluster.members),
        cluster.establishments,
        cluster.staff.lower,
        cluster.staff.value,
        cluster.staff.upper,
        round(cluster.share, 6),
        round(cluster.national_share, 6),
        round(cluster.quotient, 4),
        len(cluster.ess),
        cluster.because,
    )
