"""A NAF of a few sub-classes, with notes, small enough to be read."""

from essor.language.knowledge import Knowledge, Position

BREAD = Position(
    "10.71C",
    "Boulangerie et boulangerie-pâtisserie",
    notes=("la fabrication de pain et de pâtisserie fraîche",),
    above=(
        "Fabrication de pain",
        "Fabrication de produits de boulangerie",
        "Industries alimentaires",
    ),
)
WEAVING = Position(
    "13.20Z",
    "Tissage",
    notes=("le tissage du coton", "la fabrication d'étoffes tissées"),
    excludes=(("la fabrication de rideaux", "13.92Z"),),
    above=("Tissage", "Tissage", "Fabrication de textiles"),
)
LINEN = Position(
    "13.92Z",
    "Fabrication d'articles textiles, sauf habillement",
    notes=("linge de lit, de table, de toilette", "bâches et tentes"),
    above=(
        "Fabrication d'articles textiles",
        "Fabrication d'autres textiles",
        "Fabrication de textiles",
    ),
)
PALLETS = Position(
    "16.24Z",
    "Fabrication d'emballages en bois",
    notes=("palettes, caisses-palettes", "tonneaux et cuves"),
    above=("Fabrication d'emballages en bois", "Fabrication d'articles en bois", "Travail du bois"),
)
REPAIR = Position(
    "33.12Z",
    "Réparation de machines et équipements mécaniques",
    notes=("la réparation de machines pour le tissage",),
    above=(
        "Réparation de machines",
        "Réparation d'ouvrages en métaux",
        "Réparation et installation",
    ),
)
WHOLESALE = Position(
    "46.41Z",
    "Commerce de gros (commerce interentreprises) de textiles",
    notes=("le commerce de gros de linge de maison",),
    above=(
        "Commerce de gros de textiles",
        "Commerce de gros de biens domestiques",
        "Commerce de gros",
    ),
)

SMALL_NAF = Knowledge((BREAD, WEAVING, LINEN, PALLETS, REPAIR, WHOLESALE))
