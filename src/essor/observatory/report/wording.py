"""The wording of a report: figures and findings in plain French."""

from collections.abc import Sequence

from essor.observatory.breakdown import Breakdown, Row
from essor.observatory.figure import Figure, Unit
from essor.observatory.headcount import Headcount
from essor.observatory.indicators import Concentration, LocalSector, Specialisation
from essor.observatory.secrecy import is_safe
from essor.observatory.shrinkage import wilson_interval
from essor.observatory.typography import FINE_SPACE, SPACE, number, percentage
from essor.perimeter.families import Family

COLON = f"{SPACE}:"
SEMICOLON = f"{FINE_SPACE};"
MASKED = "masqué"
UNKNOWN = "inconnu"

BASES = {
    "code": "forme juridique",
    "list": "liste officielle",
    "flag": "déclaration à Sirene",
    "name": "dénomination",
}
"""What the family of an organisation rests on."""

FAMILIES = {
    Family.COOPERATIVE: "Coopérative",
    Family.MUTUELLE: "Mutuelle",
    Family.ASSOCIATION: "Association",
    Family.FONDATION: "Fondation",
    Family.SOCIETE_COMMERCIALE: "Société commerciale",
    Family.INDETERMINEE: "Famille indéterminée",
}
"""One organisation of each family."""

_DECIMALS_BELOW = 0.01
_SHORT = 60


def share(value: float | None) -> str:
    """Return a percentage, with two decimals where one would say too little."""
    if value is None:
        return UNKNOWN
    if value in (0, 1):
        return percentage(value, 0)
    return percentage(value, 2 if value < _DECIMALS_BELOW else 1)


def counted(count: int, one: str, several: str) -> str:
    """Return a count and its noun, which stays singular below two."""
    return f"{number(count)}{SPACE}{one if abs(count) <= 1 else several}"


def value(figure: Figure | None) -> str:
    """Return the value of a figure, or why there is none."""
    if figure is None:
        return "—"
    if figure.is_secret:
        return MASKED
    return UNKNOWN if figure.value is None else _written(figure.value, figure.unit)


def bounds(figure: Figure) -> str:
    """Return the bounds of a figure as an end of sentence; empty where they say nothing."""
    if figure.lower is None or figure.upper is None or figure.lower == figure.upper:
        return ""
    return f"entre {_written(figure.lower, figure.unit)} et {_written(figure.upper, figure.unit)}"


def detail(figure: Figure) -> str:
    """Return the bounds of a figure, or why it has none."""
    if figure.is_secret:
        return "secret statistique"
    if figure.value is not None:
        return bounds(figure) or "sans marge"
    return figure.note if 0 < len(figure.note) <= _SHORT else "voir la méthode, dernière page"


def answers(figure: Figure) -> str:
    """Return what the structures of a figure answered, without the sentence on its bounds."""
    return figure.note.partition(";")[0].rstrip(f" {SPACE}{FINE_SPACE}")


def staff(row: Row) -> str:
    """Return the staff of a row and its bounds, or why there is none."""
    if row.is_secret:
        return "leur effectif est masqué (secret statistique)"
    if row.staff is None or row.staff_lower is None or row.staff_upper is None:
        return "leur effectif est inconnu"
    return (
        f"elles emploient environ {number(row.staff)}{SPACE}salariés "
        f"(entre {number(row.staff_lower)} et {number(row.staff_upper)})"
    )


def family_title(families: Breakdown) -> str:
    """Return what stands out of the families."""
    first = families.rows[0]
    return f"{first.label}{COLON} {share(first.share)} des organisations"


def division_title(divisions: Breakdown) -> str:
    """Return what stands out of the activities."""
    first = divisions.rows[0]
    return f"Première activité{COLON} {lowered(first.label)}"


def band_title(bands: Breakdown) -> str:
    """Return what stands out of the sizes: how many are small, among those of known size."""
    known = [row for row in bands.rows if row.key]
    total = sum(row.organisations for row in known)
    if not total:
        return "Aucune taille connue"
    small = sum(row.organisations for row in known if row.key in _SMALL)
    part = share(small / total)
    return f"{part} des organisations de taille connue ont moins de 20{SPACE}salariés"


def reading(found: Breakdown, noun: str) -> str:
    """Return how to read the biggest known row of a breakdown."""
    known = [row for row in found.rows if row.key] or list(found.rows)
    most = max(known, key=lambda row: row.organisations)
    whole = found.total.organisations
    among = f"{number(most.organisations)} des {counted(whole, 'organisation', 'organisations')}"
    if whole == 1:
        among = "la seule organisation"
    return (
        f"Lecture{COLON} {noun} «{SPACE}{lowered(most.label)}{SPACE}» réunit {among}, "
        f"soit {share(most.share)}{SEMICOLON} {staff(most)}."
    )


def described(found: Breakdown) -> str:
    """Return a breakdown as a sentence, for those who do not see the chart."""
    rows = (f"{row.label}, {number(row.organisations)}" for row in found.rows)
    return f"Organisations par {found.by.label}{COLON} {f'{SEMICOLON} '.join(rows)}."


def strength(reading_: Specialisation) -> str:
    """Return what a specialisation is, and the part of the social economy in it."""
    of = reading_.of
    sentence = (
        f"{of.label}{COLON} {counted(round(of.jobs.value), 'salarié', 'salariés')} environ "
        f"(entre {number(of.jobs.lower)} et {number(of.jobs.upper)}) dans "
        f"{counted(of.establishments, 'établissement employeur', 'établissements employeurs')}, "
        f"soit {share(reading_.share)} de l’emploi contre {share(reading_.national_share)} en "
        "France."
    )
    if not of.ess_establishments:
        return f"{sentence} Aucun établissement de l’ESS n’y est connu."
    count = counted(of.ess_establishments, "établissement", "établissements")
    weight = ""
    if reading_.ess_quotient is not None and _may_tell_ess_staff(of):
        weight = (
            f", {number(reading_.ess_quotient, 1)}{SPACE}fois son poids national dans l’activité"
        )
    return f"{sentence} L’ESS y compte {count}{weight}."


def strengths_title(strengths: Sequence[Specialisation]) -> str:
    """Return how many industrial activities the territory is specialised in."""
    strong = [reading_ for reading_ in strengths if reading_.is_cluster]
    if not strong:
        return "Aucune spécialisation industrielle assez forte pour être affirmée"
    if len(strong) == 1:
        return f"Une spécialisation{COLON} {lowered(strong[0].of.label)}"
    return f"{len(strong)} spécialisations industrielles, dont {lowered(strong[0].of.label)}"


def gap(row: Row, total: int, elsewhere: float) -> str:
    """Return whether a share differs from the same elsewhere by more than small numbers explain."""
    interval = wilson_interval(row.organisations, total)
    if interval is None:
        return ""
    is_clear = not interval[0] <= elsewhere <= interval[1]
    verb = "dépasse" if is_clear else "ne dépasse pas"
    return (
        f"L’écart avec la France {verb} ce que le hasard des petits nombres explique (intervalle "
        f"de Wilson à 95{SPACE}%{COLON} de {share(interval[0])} à {share(interval[1])})."
    )


def variety(concentration: Concentration) -> str:
    """Return the concentration of the whole employment, without its formulas."""
    return (
        "L’ensemble de l’emploi du territoire est aussi varié que s’il se partageait également "
        f"entre {number(1 / concentration.herfindahl)}{SPACE}activités (indice de Herfindahl "
        f"{number(concentration.herfindahl, 3)}). Pour avoir la même structure que la France, "
        f"{share(concentration.krugman / 2)} des emplois devraient changer d’activité (indice de "
        f"Krugman {number(concentration.krugman, 2)})."
    )


def lowered(label: str) -> str:
    """Return a label with a small initial, for the middle of a sentence; acronyms are kept."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


_SMALL = frozenset({"00", "01", "02", "03", "11"})
"""The staff bands under 20 employees."""


def _may_tell_ess_staff(of: LocalSector) -> bool:
    known = Headcount(
        units=of.ess_establishments,
        known=of.ess_establishments,
        mid=of.ess_jobs.value,
        largest=int(of.ess_largest),
    )
    return is_safe(known)


def _written(amount: float, unit: Unit) -> str:
    return share(amount) if unit is Unit.SHARE else number(amount)
