"""What a person calls the values that an index counts."""

from collections.abc import Mapping

from essor.perimeter.families import Family
from essor.search.document import PLACED_LEVELS
from essor.search.page import Facet, FacetValue
from essor.search.schema import NONE

STATUS_LABELS = {
    "ei": "Entreprise d’insertion",
    "etti": "Entreprise de travail temporaire d’insertion",
    "aci": "Atelier ou chantier d’insertion",
    "ai": "Association intermédiaire",
    "eiti": "Entreprise d’insertion par le travail indépendant",
    "ea": "Entreprise adaptée",
    "eatt": "Entreprise adaptée de travail temporaire",
    "esat": "Établissement ou service d’accompagnement par le travail",
    "geiq": "Groupement d’employeurs pour l’insertion et la qualification",
    "esus": "Entreprise solidaire d’utilité sociale",
    "scop": "Société coopérative et participative",
}

FACET_LABELS = {
    "ess_family": "Famille de l’ESS",
    "status": "Statut",
    "division": "Activité",
    "staff_band": "Effectif",
    "form": "Forme",
} | {level.value: level.label[:1].upper() + level.label[1:] for level in PLACED_LEVELS}

_NONE_LABELS = {
    "ess_family": "Hors de l’ESS",
    "status": "Aucun statut",
    "division": "Activité inconnue",
    "departement": "Département inconnu",
    "staff_band": "Effectif inconnu",
    "form": "Aucune forme",
    "commune": "Commune inconnue",
    "region": "Région inconnue",
    "epci": "Hors de toute intercommunalité, ou inconnue",
    "territoire_industrie": "Hors de tout Territoire d’industrie",
    "zone_emploi": "Hors de toute zone d’emploi, ou inconnue",
}


def facet(field: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Facet:
    """Return a facet from the count of each value; `labels` names what the release alone knows."""
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Facet(
        field,
        FACET_LABELS[field],
        tuple(FacetValue(value, _label(field, value, labels), count) for value, count in ranked),
    )


def _label(field: str, value: str, labels: Mapping[str, str]) -> str:
    if value == NONE:
        return _NONE_LABELS[field]
    if field == "ess_family" and value in set(Family):
        return Family(value).label
    if field == "status":
        return STATUS_LABELS.get(value, value.upper())
    return labels.get(f"{field}:{value}", value)
