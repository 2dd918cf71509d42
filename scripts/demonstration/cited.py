"""The organisations that the study names: what it says of them, and nothing else.

The study gives no SIREN: each takes a demonstration identifier, and stays out of the fictional Sirene
files, for a real organisation must not get invented facts.

Source: « Réindustrialisation : l'ESS comme levier de croissance », Banque des Territoires et
Intercommunalités de France, juillet 2024.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.demonstration.identifiers import fictional_sirens
from scripts.demonstration.writing import write_csv

CITED_FILE = "etude/organisations_citees.csv"
STUDY_DAY = "2024-07-01"
NOTE = "Organisation réelle citée par l'étude ; identifiant de démonstration"
FIRST_SIREN = 990_000  # Far above the fictional population, so that these identifiers never move.


@dataclass(frozen=True, slots=True)
class Cited:
    """An organisation, the statuses that the study states, and whether it states an industrial activity."""

    name: str
    statement: str
    kinds: tuple[str, ...] = ()
    is_industrial: bool | None = None


CITED = (
    Cited("Nouvelle Attitude", "Entreprise d'insertion, filiale de La Poste : tri, reconditionnement", ("ei",), True),
    Cited("Cèdre", "Entreprise adaptée : collecte et recyclage de déchets d'entreprises", ("ea",), True),
    Cited("Les Ateliers du Bocage", "SCIC, chantier d'insertion et entreprise adaptée : reconditionnement", ("scop", "aci", "ea"), True),
    Cited("RepareSeb", "Joint-venture sociale d'Ares et de Groupe Seb : réparation et reconditionnement", (), True),
    Cited("Vesto", "ESUS : reconditionnement de matériel de restauration", ("esus",), True),
    Cited("VALO'", "SCOP, entreprise d'insertion experte du recyclage", ("scop", "ei"), True),
    Cited("VALO+", "SAS agréée ESUS, holding du groupe VALO'", ("esus",)),
    Cited("TriPlast", "Entreprise d'insertion du groupe VALO'", ("ei",)),
    Cited("Valo 33", "Entreprise d'insertion du groupe VALO'", ("ei",)),
    Cited("Valo Propreté", "Entreprise d'insertion du groupe VALO'", ("ei",)),
    Cited("Tripap", "Entreprise d'insertion experte du recyclage", ("ei",), True),
    Cited("Tri-Vallées", "Entreprise d'insertion experte du recyclage", ("ei",), True),
    Cited("Recyfe", "Réseau de recyclage de menuiseries par des entreprises inclusives", (), True),
    Cited("Groupe Archer", "Groupe de l'ESS : atelier de fabrication de chaussures à Romans", (), True),
    Cited("Utopreneurs", "Association, groupement d'employeurs de la FEI et de l'UNEA"),
    Cited("PIICTO", "Association : écologie industrielle et territoriale à Marseille-Fos"),
    Cited("Villages Vivants", "Foncière solidaire sous statut SCIC", ("scop",)),
    Cited("Foncière solidaire Nouvelle-Aquitaine", "Association de préfiguration créée en septembre 2021"),
    Cited("SCI Envie Soleil", "SCI portée par Envie Rhône-Alpes à Saint-Étienne"),
    Cited("Rêves de Scènes Urbaines", "Association fondée par VINCI, ARTELIA et VEOLIA"),
    Cited("Lemontri", "Mandataire du groupement retenu par Est Ensemble : collecte de cartons"),
    Cited("Carton Plein", "Membre du groupement retenu par Est Ensemble : collecte de cartons"),
)  # fmt: skip


def write_cited(mirror: Path) -> None:
    """Write one row per organisation and status; one row without status where the study states none."""
    header = ("siren", "siret", "kind", "name", "attested_on", "has_industrial_activity")
    write_csv(mirror / CITED_FILE, (*header, "statement", "is_fictional", "note"), _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    sirens = fictional_sirens(FIRST_SIREN)
    for cited in CITED:
        siren = next(sirens)
        told = {True: "true", False: "false", None: ""}[cited.is_industrial]
        for kind in cited.kinds or ("",):
            yield (siren, "", kind, cited.name, STUDY_DAY, told, cited.statement, "true", NOTE)
