"""The document: the report as its pages print it, every number already written in French."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from essor.observatory.breakdown import UNKNOWN as UNKNOWN_PART
from essor.observatory.clusters import Cluster
from essor.observatory.figure import Figure, Mention
from essor.observatory.perspective import Perimeter
from essor.observatory.report import wording
from essor.observatory.report.contents import Report
from essor.observatory.report.drawings import MOST_ACTIVITIES, MOST_STRENGTHS, places
from essor.observatory.report.members import Members, NamedMember
from essor.observatory.report.method import method
from essor.observatory.report.wording import COLON, SEMICOLON, counted
from essor.observatory.typography import SPACE, day, number
from essor.perimeter.families import Family

MOST_CLUSTERS = 6
MOST_READINGS = 4
MOST_ESS_NAMES = 3

_ON_COVER = {
    Perimeter.P1: ("K03", "K05", "K04", "K06", "K08a", "K08b"),
    Perimeter.P2: ("K03", "K05", "K08a", "K10", "K12", "K13"),
}
_COMPARED = ("K03", "K04", "K05", "K06", "K07", "K08a", "K08b")
_DECLARED = ("K10", "K11", "K12", "K13", "K14")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of the cover: its value, its bounds, and the same elsewhere."""

    label: str
    value: str
    bounds: str
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
    day: str
    is_fictional: bool
    perimeter: str
    perimeter_name: str
    introduction: str
    key_figures: tuple[KeyFigure, ...]
    map: Plate | None
    structure: tuple[Plate, ...]
    comparison: tuple[tuple[str, ...], ...]
    comparison_plate: Plate | None
    strengths: Plate | None
    strength_readings: tuple[str, ...]
    variety: str
    clusters: tuple[ClusterText, ...]
    clusters_note: str
    declared: tuple[tuple[str, ...], ...]
    statuses: tuple[tuple[str, ...], ...]
    statuses_note: str
    members: tuple[tuple[str, ...], ...]
    members_note: str
    sources: tuple[tuple[str, ...], ...]
    source_line: str
    absent: tuple[str, ...]
    method: tuple[tuple[str, str], ...]


def document(report: Report, drawn: Collection[str]) -> Document:
    """Return the document of a report, whose drawings of those names exist."""
    edition = report.edition
    return Document(
        title=report.territory.name,
        subtitle=_subtitle(report),
        edition=f"Essor, version {edition.number} du {day(edition.built_on)}",
        day=edition.built_on.isoformat(),
        is_fictional=edition.is_fictional or report.here.is_fictional,
        perimeter=report.perimeter.label,
        perimeter_name=report.perimeter.value.upper(),
        introduction=_introduction(report),
        key_figures=_key_figures(report),
        map=_map(report) if "carte" in drawn else None,
        structure=_structure(report) if "familles" in drawn else (),
        comparison=_comparison(report),
        comparison_plate=_family_comparison(report) if "comparaison" in drawn else None,
        strengths=_strengths(report) if "specialisations" in drawn else None,
        strength_readings=tuple(
            wording.strength(reading)
            for reading in report.strengths[:MOST_READINGS]
            if reading.is_cluster
        ),
        variety=wording.variety(report.concentration) if report.concentration else "",
        clusters=tuple(_cluster(c) for c in report.clusters.clusters[:MOST_CLUSTERS]),
        clusters_note=_clusters_note(report),
        declared=_declared(report),
        statuses=_statuses(report),
        statuses_note=_statuses_note(report),
        members=_members(report.members),
        members_note=_members_note(report.members),
        sources=tuple(_source(mention) for mention in report.here.sources),
        source_line=_source_line(report),
        absent=report.here.absent,
        method=method(report.perimeter, has_contours=report.map.has_contours),
    )


def shortened(whole: Document, report: Report, most: int) -> Document:
    """Return the document with at most `most` organisations named."""
    fewer = replace(report.members, listed=report.members.listed[:most])
    return replace(whole, members=_members(fewer), members_note=_members_note(fewer))


def _subtitle(report: Report) -> str:
    territory = report.territory
    parts = [territory.kind or territory.level.label]
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
            "industriel et les territoires voisins, décrits plus loin, disent où chercher."
        )
    verb = "a son siège" if total == 1 else "ont leur siège"
    what = counted(total, "organisation", "organisations")
    return f"{what} de ce périmètre y {verb}. {_family_sentence(report)}"


def _family_sentence(report: Report) -> str:
    first = report.structure.families.rows[0]
    return f"Première famille{COLON} {wording.lowered(first.label)} ({wording.share(first.share)})."


def _key_figures(report: Report) -> tuple[KeyFigure, ...]:
    here = {figure.id: figure for figure in report.here.figures}
    return tuple(
        KeyFigure(
            label=here[key].label,
            value=wording.value(here[key]),
            bounds=wording.bounds(here[key]),
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
    rest = len(found.clusters) - MOST_CLUSTERS
    notes = (
        [f"{counted(rest, 'autre grappe', 'autres grappes')}, moins grandes."] if rest > 0 else []
    )
    if found.hidden:
        verb = "est" if found.hidden == 1 else "sont"
        many = counted(found.hidden, "grappe", "grappes")
        notes.append(
            f"{many} {verb} masquée{'' if found.hidden == 1 else 's'} par le secret statistique."
        )
    return " ".join(notes)


def _source_line(report: Report) -> str:
    sirene = [m for m in report.here.sources if m.name.startswith("sirene")]
    mention = next(iter(sirene or report.here.sources), None)
    if mention is None:
        return "Source inconnue."
    dated = f", {day(mention.published_on)}" if mention.published_on else ""
    fictional = f"{SPACE}; données fictives" if report.edition.is_fictional else ""
    return f"Source{COLON} {mention.publisher}, Sirene{dated}{SEMICOLON} calculs Essor{fictional}."
