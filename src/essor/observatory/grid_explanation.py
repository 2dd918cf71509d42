"""The grid, explained: which reading comes nearest to the study, and which choice moves it most."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from essor.observatory.grid import Employer, EssRule, Estimator, Grid, Unit, Variant
from essor.observatory.study_figures import study_figures
from essor.observatory.typography import counted, day, number, percentage

# Reasoned: 0.15 is an average gap of 5 % on each of the three figures.
NEAR = 0.15


@dataclass(frozen=True, slots=True)
class Axis:
    """How far one choice alone moves the nearest reading: the span of its distances."""

    label: str
    span: float


_UNITS = {
    Unit.LEGAL_UNIT: "les unités légales actives",
    Unit.HEAD_OFFICE: "les établissements sièges",
}
_RULES = {
    EssRule.CODES: "la seule catégorie juridique",
    EssRule.FLAG: "le seul indicateur ESS de Sirene",
    EssRule.CODES_OR_FLAG: "la catégorie juridique ou l’indicateur ESS",
    EssRule.OR_ESS_FRANCE: "la catégorie juridique, l’indicateur ESS ou la liste d’ESS France",
    EssRule.OR_ESUS: (
        "la catégorie juridique, l’indicateur ESS, la liste d’ESS France ou l’agrément ESUS"
    ),
}
_EMPLOYERS = {
    Employer.ANY: "employeurs ou non",
    Employer.DECLARED: "déclarées employeurs",
    Employer.BAND_01: "d’au moins 1 salarié",
    Employer.BAND_11: "d’au moins 10 salariés",
}
_ESTIMATORS = {
    Estimator.MIDPOINT: "le milieu des tranches",
    Estimator.LOWER: "la borne basse des tranches",
    Estimator.UPPER: "la borne haute des tranches",
    Estimator.LOG_UNIFORM: "la moyenne log-uniforme des tranches",
}

_AXES: dict[str, Callable[[Variant], object]] = {
    "l’unité comptée": lambda v: v.selection.unit,
    "la règle d’appartenance à l’ESS": lambda v: v.selection.ess_rule,
    "les coopératives agricoles": lambda v: v.selection.has_agricultural,
    "les SICA": lambda v: v.selection.has_sica,
    "le seuil d’emploi": lambda v: v.selection.employer,
    "l’estimation des effectifs": lambda v: v.estimator,
}


def axes(variants: Iterable[Variant]) -> tuple[Axis, ...]:
    """Return how far each choice alone moves the nearest reading, greatest first."""
    held = tuple(variants)
    nearest = held[0]
    return tuple(
        sorted(
            (Axis(label, _span(held, nearest, label)) for label in _AXES),
            key=lambda axis: -axis.span,
        )
    )


def explain(grid: Grid) -> str:
    """Return in French which reading comes nearest, what it counts, and why it is that one."""
    nearest = grid.variants[0]
    sentences = [_verdict(grid, nearest), _counted(nearest), *_reserves(grid)]
    if nearest.organisations:
        sentences.append(_why(axes(grid.variants)))
    return " ".join(sentences)


def described(variant: Variant) -> str:
    """Return in French what a variant reads."""
    chosen = variant.selection
    agricultural = "avec" if chosen.has_agricultural else "sans"
    sica = "avec" if chosen.has_sica else "sans"
    return (
        f"{_UNITS[chosen.unit]}, {_EMPLOYERS[chosen.employer]}, retenues par "
        f"{_RULES[chosen.ess_rule]}, {agricultural} les coopératives agricoles, {sica} les SICA, "
        f"effectifs estimés par {_ESTIMATORS[variant.estimator]}"
    )


def _span(variants: Iterable[Variant], nearest: Variant, label: str) -> float:
    others = [axis for name, axis in _AXES.items() if name != label]
    alone = [
        variant.distance
        for variant in variants
        if all(axis(variant) == axis(nearest) for axis in others)
    ]
    return max(alone) - min(alone)


def _verdict(grid: Grid, nearest: Variant) -> str:
    distance = number(nearest.distance, 2)
    if nearest.distance > NEAR:
        return (
            "Aucune lecture n’approche les chiffres de l’étude ; la moins éloignée compte "
            f"{described(nearest)} (distance {distance}, au-delà du seuil de {number(NEAR, 2)})."
        )
    subject = "Dans ces données fictives, la" if grid.is_fictional else "La"
    return f"{subject} lecture la plus proche compte {described(nearest)} (distance {distance})."


def _counted(nearest: Variant) -> str:
    study = study_figures()
    share = nearest.cooperative_share
    cooperatives = "une part inconnue" if share is None else percentage(share)
    return (
        f"Elle trouve {counted(nearest.organisations, 'organisation')}, {number(nearest.staff)} "
        f"salariés et {cooperatives} de coopératives, contre {study['K03'].text}, "
        f"{study['K05'].text} et {study['K08'].text} dans l’étude."
    )


def _reserves(grid: Grid) -> list[str]:
    dated = "de date inconnue" if grid.vintage is None else f"du {day(grid.vintage)}"
    reserves = [f"Le millésime est celui de la version ouverte : stock Sirene {dated}."]
    if grid.is_fictional:
        reserves.append(
            "Des lignes sont fictives et calées sur l’étude : cet écart ne prouve rien de son "
            "périmètre."
        )
    elif grid.variants[0].distance > NEAR:
        reserves.append(
            "Un écart de cette taille dit d’abord que la version ouverte est partielle, ou d’un "
            "autre millésime que l’étude."
        )
    return reserves


def _why(ranked: tuple[Axis, ...]) -> str:
    most, *others = ranked
    idle = [axis.label for axis in others if axis.span == 0]
    moved = (
        f"Le choix qui pèse le plus est {most.label} : le changer seul déplace la distance de "
        f"{number(most.span, 2)}, puis {others[0].label} ({number(others[0].span, 2)})."
    )
    return f"{moved} Sans effet ici : {', '.join(idle)}." if idle else moved
