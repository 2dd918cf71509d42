"""Names of fictional organisations: evidently invented, of no person and of no known firm."""

from collections.abc import Sequence

LANDSCAPES = (
    "du Vallon",
    "des Tilleuls",
    "de la Clairière",
    "du Grand Chêne",
    "des Genêts",
    "de la Combe",
    "du Verger",
    "des Peupliers",
    "de la Source",
    "du Rivage",
    "des Bruyères",
    "de la Colline",
    "du Bocage fleuri",
    "des Érables",
    "de la Lande",
    "du Sentier",
    "des Coquelicots",
    "de la Prairie",
    "du Moulin bleu",
    "des Marronniers",
    "de la Falaise",
    "du Levant",
    "des Hirondelles",
    "de la Rosée",
    "du Ponant",
    "des Fougères",
    "de la Cascade",
    "du Belvédère",
    "des Glycines",
    "de la Plaine",
)

# What comes before « fictif » or « fictive », by sort of organisation.
FORMS: dict[str, Sequence[str]] = {
    "scop": ("SCOP fictive", "SCIC fictive", "Coopérative fictive"),
    "agricole": (
        "Coopérative agricole fictive",
        "Cave coopérative fictive",
        "Laiterie coopérative fictive",
    ),
    "association": ("Association fictive", "Ateliers associatifs fictifs"),
    "societe": ("Atelier fictif", "Manufacture fictive", "Compagnie fictive"),
    "fondation": ("Fondation fictive",),
    "mutuelle": ("Mutuelle fictive",),
    "ei": ("Entreprise d'insertion fictive",),
    "etti": ("Intérim d'insertion fictif",),
    "aci": ("Chantier d'insertion fictif",),
    "ai": ("Association intermédiaire fictive",),
    "ea": ("Entreprise adaptée fictive",),
    "eatt": ("Entreprise adaptée de travail temporaire fictive",),
    "esat": ("Association fictive pour l'accompagnement", "Entraide fictive"),
    "geiq_industrie": ("GEIQ Industrie fictif",),
    "geiq": (
        "GEIQ BTP fictif",
        "GEIQ Transport fictif",
        "GEIQ Propreté fictif",
        "GEIQ Agriculture fictif",
    ),
    "fabrique": ("Fabrique fictive",),
    "reseau": ("Réseau fictif",),
}
PLAIN_FORMS = ("fabrique", "reseau")
"""Sorts so many that their name is only a number: « Fabrique fictive 012345 »."""


def name_of(sort: str, number: int) -> str:
    """Return the name of the organisation of that number."""
    forms = FORMS[sort]
    if sort in PLAIN_FORMS:
        return f"{forms[0]} {number:06d}"
    form, landscape = forms[number % len(forms)], LANDSCAPES[number * 7 % len(LANDSCAPES)]
    return f"{form} {landscape} {number:04d}"
