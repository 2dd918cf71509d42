"""Nomenclatures of the mirror: NAF rév. 2, catégories juridiques and staff bands."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from essor.perimeter.staff_bands import STAFF_BANDS
from scripts.demonstration.legal_categories import LEGAL_CATEGORIES
from scripts.demonstration.writing import write_csv

# Insee, NAF rév. 2: letter, first and last division, label of each section.
# https://www.insee.fr/fr/information/2120875
SECTIONS = (
    ("A", 1, 3, "Agriculture, sylviculture et pêche"),
    ("B", 5, 9, "Industries extractives"),
    ("C", 10, 33, "Industrie manufacturière"),
    (
        "D",
        35,
        35,
        "Production et distribution d'électricité, de gaz, de vapeur et d'air conditionné",
    ),
    (
        "E",
        36,
        39,
        "Production et distribution d'eau ; assainissement, gestion des déchets et dépollution",
    ),
    ("F", 41, 43, "Construction"),
    ("G", 45, 47, "Commerce ; réparation d'automobiles et de motocycles"),
    ("H", 49, 53, "Transports et entreposage"),
    ("I", 55, 56, "Hébergement et restauration"),
    ("J", 58, 63, "Information et communication"),
    ("K", 64, 66, "Activités financières et d'assurance"),
    ("L", 68, 68, "Activités immobilières"),
    ("M", 69, 75, "Activités spécialisées, scientifiques et techniques"),
    ("N", 77, 82, "Activités de services administratifs et de soutien"),
    ("O", 84, 84, "Administration publique"),
    ("P", 85, 85, "Enseignement"),
    ("Q", 86, 88, "Santé humaine et action sociale"),
    ("R", 90, 93, "Arts, spectacles et activités récréatives"),
    ("S", 94, 96, "Autres activités de services"),
    (
        "T",
        97,
        98,
        "Activités des ménages en tant qu'employeurs ; activités indifférenciées des ménages "
        "en tant que producteurs de biens et services pour usage propre",
    ),
    ("U", 99, 99, "Activités extra-territoriales"),
)

# Insee, tranches d'effectifs: https://www.sirene.fr/sirene/public/variable/trancheEffectifsUniteLegale
BAND_LABELS = {
    "NN": "Unité non employeuse ou d'effectif inconnu",
    "00": "0 salarié au 31 décembre, mais des salariés dans l'année",
    "01": "1 ou 2 salariés",
    "02": "3 à 5 salariés",
    "03": "6 à 9 salariés",
    "11": "10 à 19 salariés",
    "12": "20 à 49 salariés",
    "21": "50 à 99 salariés",
    "22": "100 à 199 salariés",
    "31": "200 à 249 salariés",
    "32": "250 à 499 salariés",
    "41": "500 à 999 salariés",
    "42": "1 000 à 1 999 salariés",
    "51": "2 000 à 4 999 salariés",
    "52": "5 000 à 9 999 salariés",
    "53": "10 000 salariés et plus",
}

LENGTH_OF_SUB_CLASS = len("25.62B")
_LENGTHS = {"NIV5": 6, "NIV4": 5, "NIV3": 4, "NIV2": 2}


def naf_rows(positions: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return one row per sub-class: its five codes, from the finest, then their five labels."""
    labels = {position["id"]: position["label"] for position in positions}
    sections = {
        f"{division:02d}": (letter, label)
        for letter, first, last, label in SECTIONS
        for division in range(first, last + 1)
    }
    rows = []
    for code in sorted(code for code in labels if len(code) == LENGTH_OF_SUB_CLASS):
        above = [code[:length] for length in _LENGTHS.values()]
        letter, section = sections[code[:2]]
        rows.append((*above, letter, *(labels[position] for position in above), section))
    return rows


def write_nomenclatures(mirror: Path, positions: Iterable[Mapping[str, str]]) -> None:
    """Write the three nomenclatures under `mirror/nomenclatures`."""
    folder = mirror / "nomenclatures"
    levels = (*_LENGTHS, "NIV1")
    header = (*levels, *(f"LIB_{level}" for level in levels))
    write_csv(folder / "naf_rev2.csv", header, naf_rows(positions))
    write_csv(
        folder / "categories_juridiques.csv",
        ("code", "niveau", "libelle", "en_vigueur"),
        ((code, 3, label, "true") for code, label in sorted(LEGAL_CATEGORIES.items())),
    )
    unknown = ("NN", BAND_LABELS["NN"], "", "")
    bands = (
        (band.code, BAND_LABELS[band.code], band.lower, "" if band.upper is None else band.upper)
        for band in STAFF_BANDS
    )
    write_csv(
        folder / "tranches_effectifs.csv",
        ("code", "libelle", "effectif_min", "effectif_max"),
        (unknown, *bands),
    )
