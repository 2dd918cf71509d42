"""The plates of a report: each drawing, the finding that heads it, and what it shows in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from essor.observatory.breakdown import UNKNOWN as UNKNOWN_PART
from essor.observatory.maps import Dot
from essor.observatory.report import wording
from essor.observatory.report.contents import Report, Structure
from essor.observatory.report.drawings import MOST_ACTIVITIES, MOST_STRENGTHS, places
from essor.observatory.report.wording import COLON, SEMICOLON, counted
from essor.observatory.typography import SPACE, number
from essor.territory.level import Level
from essor.territory.territories import Territory

_NOWHERE = "Aucune organisation localisée dans le territoire"


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawing: the finding that heads it, its file, how to read it, what it shows in words."""

    title: str
    file: str
    reading: str
    alt: str


def map_plate(territory: Territory, dots: Iterable[Dot], *, has_contours: bool) -> Plate:
    """Return the plate of the map of a territory, which shows these dots."""
    inside = [dot for dot in dots if dot.is_inside]
    is_national = territory.level is Level.FRANCE
    place, one = ("département", "un département") if is_national else ("commune", "une commune")
    ground = (
        ""
        if has_contours
        else f" Contours absents de cette version{COLON} les points gris sont des communes."
    )
    outside = "" if is_national else f"{SEMICOLON} en gris, celles d’autres territoires"
    where = counted(len(inside), place, f"{place}s")
    return Plate(
        title=f"Où sont les organisations{COLON} {where}" if inside else _NOWHERE,
        file="carte.svg",
        reading=f"Chaque point orangé est {one} où siègent des organisations du périmètre (sa "
        f"taille dit combien){outside}.{ground}"
        if inside
        else f"En gris, les communes d’autres territoires où siègent des organisations.{ground}",
        alt=f"Carte de {territory.name}{COLON} des organisations du périmètre siègent dans "
        f"{where}"
        + (f", d’abord {inside[0].name} ({inside[0].organisations})." if inside else "."),
    )


def structure_plates(found: Structure) -> tuple[Plate, ...]:
    """Return the plates of the families, of the activities and of the sizes."""
    rest = found.divisions.rows[MOST_ACTIVITIES:]
    others = sum(row.organisations for row in rest)
    several = counted(len(rest), "autre activité", "autres activités")
    more = f" Non montré{COLON} {several}, {number(others)} au total." if rest else ""
    bands = found.bands
    unknown = next((row.organisations for row in bands.rows if row.label == UNKNOWN_PART), 0)
    of = counted(unknown, "organisation", "organisations")
    silent = f" L’effectif de {of} n’est pas publié." if unknown else ""
    sizes = Plate(
        wording.band_title(bands),
        "tailles.svg",
        wording.reading(bands, "la tranche") + silent,
        wording.described(bands),
    )
    return (
        Plate(
            wording.family_title(found.families),
            "familles.svg",
            wording.reading(found.families, "la famille"),
            wording.described(found.families),
        ),
        Plate(
            wording.division_title(found.divisions),
            "activites.svg",
            wording.reading(found.divisions, "l’activité") + more,
            wording.described(found.divisions),
        ),
        *([sizes] if any(row.key for row in bands.rows) else []),
    )


def comparison_plate(report: Report) -> Plate:
    """Return the plate that sets the families here against those of the région and of France."""
    first = report.structure.families.rows[0]
    france = {row.key: row.share for row in report.families_in_france.rows}
    elsewhere = france.get(first.key) or 0.0
    return Plate(
        title=f"{first.label}{COLON} {wording.share(first.share)} des organisations ici, "
        f"{wording.share(elsewhere)} en France",
        file="comparaison.svg",
        reading=f"Part de chaque famille dans les organisations du périmètre{COLON} "
        f"{', '.join(places(report))}. "
        f"{wording.gap(first, report.structure.families.total.organisations, elsewhere)}",
        alt=wording.described(report.structure.families),
    )


def strengths_plate(report: Report) -> Plate:
    """Return the plate of the industrial activities, strongest first."""
    shown = report.strengths[:MOST_STRENGTHS]
    listed = f"{SEMICOLON} ".join(f"{r.of.label}, {number(r.shrunk_quotient, 1)}" for r in shown)
    return Plate(
        title=wording.strengths_title(report.strengths),
        file="specialisations.svg",
        reading=f"Lecture{COLON} {wording.lowered(shown[0].of.label)} pèse ici "
        f"{number(shown[0].shrunk_quotient, 1)}{SPACE}fois son poids dans l’emploi de la France, "
        "l’effet des petits nombres corrigé. En orangé, les spécialisations"
        f"{COLON} 1,25{SPACE}fois au moins, 50{SPACE}salariés et 5{SPACE}établissements.",
        alt=f"Quotient de localisation des activités industrielles{COLON} {listed}.",
    )
