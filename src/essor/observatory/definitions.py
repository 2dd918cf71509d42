"""Definitions: what each key figure is, in French, and the sources it rests on."""

from dataclasses import dataclass

from essor.observatory.figure import Unit
from essor.observatory.perspective import Perimeter

REGISTER = ("sirene_unites_legales", "sirene_etablissements")
LISTS = ("ess_france", "esus", "scop")
CONVENTIONS = (
    "siae",
    "siae_asp",
    "geiq",
    "marche_inclusion",
    "entreprises_adaptees",
    "esat",
    "esus",
    "etude",
)
"""The sources that attest statuses, and what the structures declare."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The fixed part of a figure."""

    id: str
    label: str
    unit: Unit
    text: str
    sources: tuple[str, ...] = REGISTER


_P1 = (
    Definition(
        "K03",
        "Organisations industrielles de l’ESS",
        Unit.ORGANISATIONS,
        "Personnes morales actives d’une famille de l’ESS dont l’activité principale relève des "
        "sections B à E de la NAF rév. 2, situées par leur siège.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K04",
        "Part de l’ESS dans les unités légales industrielles",
        Unit.SHARE,
        "Organisations industrielles de l’ESS rapportées aux personnes morales actives de "
        "l’industrie ; la borne basse rapporte aussi aux entrepreneurs individuels.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K05",
        "Salariés des organisations industrielles de l’ESS",
        Unit.STAFF,
        "Somme des milieux des tranches d’effectif des unités légales ; les bornes sont les sommes "
        "des bornes des tranches.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K06",
        "Part de l’ESS dans les salariés de l’industrie",
        Unit.SHARE,
        "Salariés des organisations industrielles de l’ESS rapportés à ceux de toutes les unités "
        "légales actives de l’industrie, entrepreneurs individuels compris.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K07",
        "Unités légales industrielles",
        Unit.LEGAL_UNITS,
        "Personnes morales actives dont l’activité principale relève des sections B à E ; la borne "
        "haute ajoute les entrepreneurs individuels.",
    ),
    Definition(
        "K08a",
        "Part des coopératives dans les organisations",
        Unit.SHARE,
        "Coopératives rapportées aux organisations du périmètre.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K08b",
        "Part des coopératives dans les salariés",
        Unit.SHARE,
        "Salariés des coopératives rapportés à ceux des organisations du périmètre.",
        (*REGISTER, *LISTS),
    ),
    Definition(
        "K09",
        "Périmètre",
        Unit.TEXT,
        "Ce que l’on appelle ici l’industrie.",
        (),
    ),
)

_P2_WORDING = {
    "K03": (
        "Structures conventionnées à activité industrielle",
        "Personnes morales actives, conventionnées ou agréées, dont une structure déclare une "
        "activité industrielle, quelle que soit leur activité principale, situées par leur siège.",
    ),
    "K05": (
        "Salariés des structures conventionnées à activité industrielle",
        "Somme des milieux des tranches d’effectif des unités légales, toutes activités "
        "comprises ; les bornes sont les sommes des bornes des tranches.",
    ),
}

DECLARED = (
    Definition(
        "K10",
        "EI et ETTI ayant une activité industrielle",
        Unit.SHARE,
        "Entreprises d’insertion et entreprises de travail temporaire d’insertion qui déclarent "
        "une activité industrielle, parmi celles dont la réponse est connue.",
        (),
    ),
    Definition(
        "K11",
        "GEIQ de l’industrie",
        Unit.SHARE,
        "Groupements d’employeurs pour l’insertion et la qualification industriels, parmi ceux "
        "dont la réponse est connue.",
        (),
    ),
    Definition(
        "K12",
        "Entreprises adaptées industrielles",
        Unit.SHARE,
        "Entreprises adaptées (hors travail temporaire) qui déclarent une activité industrielle, "
        "parmi celles dont la réponse est connue.",
        (),
    ),
    Definition(
        "K13",
        "ESAT industriels",
        Unit.SHARE,
        "ESAT qui déclarent une activité industrielle, parmi ceux dont la réponse est connue.",
        (),
    ),
    Definition(
        "K14",
        "Structures agréées ESUS industrielles",
        Unit.SHARE,
        "Structures agréées ESUS à activité industrielle : celle qu’une source déclare, sinon "
        "l’activité principale de l’unité légale (sections B à E de la NAF rév. 2), car la liste "
        "des agréments n’en déclare pas ; parmi celles dont l’une des deux est connue.",
        (REGISTER[0],),
    ),
)
"""K10 to K14 rest on the sources that attest the statuses, which the register names; K14, on the
main activity too. The study crosses the same list (DG Trésor, Finetic) with the main activity."""

KINDS = {
    "K10": ("ei", "etti"),
    "K11": ("geiq",),
    "K12": ("ea",),
    "K13": ("esat",),
    "K14": ("esus",),
}
"""The statuses that each share of structures is about."""

BY_MAIN_ACTIVITY = ("K14",)
"""The shares whose structures, when no source declares their activity, have that of their unit."""


def definitions(perimeter: Perimeter) -> dict[str, Definition]:
    """Return the definitions of K03 to K09 in that perimeter, by identifier."""
    if perimeter is Perimeter.P1:
        return {definition.id: definition for definition in _P1}
    return {definition.id: _worded_for_p2(definition) for definition in _P1}


def _worded_for_p2(definition: Definition) -> Definition:
    label, text = _P2_WORDING.get(definition.id, (definition.label, definition.text))
    sources = (*REGISTER, *CONVENTIONS) if definition.sources else ()
    return Definition(definition.id, label, definition.unit, text, sources)
