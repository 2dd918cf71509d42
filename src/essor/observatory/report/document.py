"""The document: the report as its pages print it, every number already written in French."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from essor.observatory.clusters import Cluster
from essor.observatory.figure import Figure
from essor.observatory.maps import MapContents
from essor.observatory.perspective import Perimeter
from essor.observatory.report import tables, wording
from essor.observatory.report.contents import Report
from essor.observatory.report.method import method
from essor.observatory.report.plates import (
    Plate,
    comparison_plate,
    map_plate,
    strengths_plate,
    structure_plates,
)
from essor.observatory.report.wording import COLON, SEMICOLON, counted
from essor.observatory.typography import SPACE, day, number
from essor.territory.level import Level

MOST_CLUSTERS = 6
MOST_READINGS = 4
MOST_ESS_NAMES = 3

_ON_COVER = {
    Perimeter.P1: ("K03", "K05", "K04", "K06", "K08a", "K08b"),
    Perimeter.P2: ("K03", "K05", "K08a", "K10", "K12", "K13"),
}


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the cover: its value, its bounds or why it has none, and the same elsewhere."""

    label: str
    value: str
    detail: str
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterText:
    """A cluster in words."""

    name: str
    activity: str
    because: str
    ess: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything the pages print; a table is its rows, the first of which heads it."""

    title: str
    subtitle: str
    edition: str
    is_fictional: bool
    perimeter: str
    perimeter_name: str
    introduction: str
    key_figures: tuple[KeyFigure, ...]
    map: Plate | None
    structure: tuple[Plate, ...]
    comparison_title: str
    comparison: tables.Table
    comparison_plate: Plate | None
    strengths: Plate | None
    strength_readings: tuple[str, ...]
    variety: str
    clusters: tuple[ClusterText, ...]
    clusters_note: str
    declared: tables.Table
    statuses: tables.Table
    statuses_note: str
    members: tables.Table
    members_note: str
    nearest: tables.Table
    sources: tables.Table
    source_line: str
    absent: tuple[str, ...]
    method: tuple[tuple[str, str], ...]


def document(report: Report, drawn: Collection[str]) -> Document:
    """Return the document of a report, whose drawings of those names exist."""
    edition = report.edition
    strong = [reading for reading in report.strengths if reading.is_cluster]
    return Document(
        title=report.territory.name,
        subtitle=_subtitle(report),
        edition=f"Essor, version {edition.number} du {day(edition.built_on)}",
        is_fictional=edition.is_fictional,
        perimeter=report.perimeter.label,
        perimeter_name=report.perimeter.value.upper(),
        introduction=_introduction(report),
        key_figures=_key_figures(report),
        map=_map_plate(report.map) if "carte" in drawn else None,
        structure=structure_plates(report.structure) if "familles" in drawn else (),
        comparison_title=_comparison_title(report),
        comparison=tables.comparison(report),
        comparison_plate=comparison_plate(report) if "comparaison" in drawn else None,
        strengths=strengths_plate(report) if "specialisations" in drawn else None,
        strength_readings=tuple(wording.strength(reading) for reading in strong[:MOST_READINGS]),
        variety=wording.variety(report.concentration) if report.concentration else "",
        clusters=tuple(_cluster(c) for c in report.clusters.clusters[:MOST_CLUSTERS]),
        clusters_note=_clusters_note(report),
        declared=tables.declared(report),
        statuses=tables.statuses(report),
        statuses_note=tables.statuses_note(report),
        members=tables.members(report.members),
        members_note=tables.members_note(report.members),
        nearest=tables.nearest(report),
        sources=tables.sources(report),
        source_line=_source_line(report),
        absent=report.here.absent,
        method=method(report.perimeter, has_contours=report.map.has_contours),
    )


def _map_plate(drawn: MapContents) -> Plate:
    return map_plate(drawn.territory, drawn.dots, has_contours=drawn.has_contours)


def shortened(whole: Document, report: Report, most: int) -> Document:
    """Return the document with at most `most` organisations named."""
    fewer = replace(report.members, listed=report.members.listed[:most])
    return replace(whole, members=tables.members(fewer), members_note=tables.members_note(fewer))


def _subtitle(report: Report) -> str:
    territory = report.territory
    parts = [territory.level.label]
    if territory.population:
        parts.append(counted(territory.population, "habitant", "habitants"))
    if territory.communes > 1:
        parts.append(f"{number(territory.communes)}{SPACE}communes")
    if report.region is not None and report.region != territory:
        parts.append(f"région {report.region.name}")
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _introduction(report: Report) -> str:
    total = report.members.total
    if total == 0:
        return (
            "Les sources ouvertes n’y font connaître aucune organisation de ce périmètre. Le tissu "
            "industriel et les organisations les plus proches, plus loin, disent d’où partir."
        )
    one, several = _WHO[report.perimeter]
    verb = "a son siège" if total == 1 else "ont leur siège"
    first = report.structure.families.rows[0]
    return (
        f"{counted(total, one, several)} y {verb}. Première famille{COLON} "
        f"{wording.lowered(first.label)} ({wording.share(first.share)})."
    )


_WHO = {
    Perimeter.P1: ("organisation industrielle de l’ESS", "organisations industrielles de l’ESS"),
    Perimeter.P2: (
        "organisation conventionnée à activité industrielle",
        "organisations conventionnées à activité industrielle",
    ),
}


def _key_figures(report: Report) -> tuple[KeyFigure, ...]:
    here = {figure.id: figure for figure in report.here.figures}
    return tuple(
        KeyFigure(
            label=here[key].label,
            value=wording.value(here[key]),
            detail=wording.detail(here[key]),
            elsewhere=tuple(
                f"{place}{COLON} {wording.value(figure)}"
                for place, figure in _elsewhere(report, key)
            ),
        )
        for key in _ON_COVER[report.perimeter]
    )


def _elsewhere(report: Report, key: str) -> list[tuple[str, Figure]]:
    compared = (report.in_region, report.in_france)
    return [
        (found.place.name, figure)
        for found in compared
        if found is not None and found.place != report.here.place
        for figure in found.figures
        if figure.id == key
    ]


def _comparison_title(report: Report) -> str:
    if report.territory.level is Level.FRANCE:
        return "Les chiffres clés"
    if report.region is None or report.region == report.territory:
        return "Comparaison avec la France"
    return "Comparaison avec la région et la France"


def _cluster(cluster: Cluster) -> ClusterText:
    named = [member.name for member in cluster.ess if member.name]
    count = len(cluster.ess)
    if not count:
        ess = "Aucune organisation de l’ESS n’y est connue."
    else:
        names = f"{COLON} {', '.join(named[:MOST_ESS_NAMES])}" if named else ""
        more = "…" if names and count > MOST_ESS_NAMES else "."
        ess = f"{counted(count, 'organisation', 'organisations')} de l’ESS{names}{more}"
    return ClusterText(cluster.name, cluster.label, cluster.because, ess)


def _clusters_note(report: Report) -> str:
    found = report.clusters
    if not found.clusters and not found.hidden:
        return (
            "Aucune intercommunalité du territoire ne réunit, dans une même industrie, assez "
            "d’emplois et d’établissements pour former une grappe."
        )
    notes = []
    if (rest := len(found.clusters) - MOST_CLUSTERS) > 0:
        notes.append(counted(rest, "autre grappe, moins grande.", "autres grappes, moins grandes."))
    if found.hidden:
        many = counted(found.hidden, "grappe n’est pas montrée", "grappes ne sont pas montrées")
        notes.append(f"{many} (secret statistique).")
    return " ".join(notes)


def _source_line(report: Report) -> str:
    sirene = [m for m in report.here.sources if m.name.startswith("sirene")]
    mention = next(iter(sirene or report.here.sources), None)
    if mention is None:
        return "Source inconnue."
    fictional = f"{SEMICOLON} données fictives" if report.edition.is_fictional else ""
    source = f"{mention.title.partition(' :')[0]} ({mention.publisher}, {mention.dated})"
    return f"Source{COLON} {source}{SEMICOLON} calculs Essor{fictional}."
