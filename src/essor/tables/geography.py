"""Geography: communes, the territories they compose, and who touches whom."""

from essor.tables.table import Column, Table

COMMUNES = Table(
    name="communes",
    meaning="One row per current commune or municipal arrondissement, collectivités d'outre-mer included.",
    key=("code",),
    columns=(
        Column("code", "string", "Code officiel géographique."),
        Column("name", "string", "Its name."),
        Column(
            "parent",
            "string",
            "Commune of a municipal arrondissement (Paris, Lyon, Marseille).",
            nullable=True,
        ),
        Column("population", "int64", "Municipal population.", "inhabitants", nullable=True),
        Column("postcodes", "string", "Its postcodes, joined by « | ».", nullable=True),
        Column("epci", "string", "SIREN of its EPCI à fiscalité propre.", nullable=True),
        Column("departement", "string", "Code of its département."),
        Column("region", "string", "Code of its région; empty outside the régions.", nullable=True),
        Column(
            "territoire_industrie",
            "string",
            "Identifier of its Territoire d'industrie.",
            nullable=True,
        ),
        Column("zone_emploi", "string", "Code of its zone d'emploi (2020).", nullable=True),
        Column("lon", "float64", "Longitude of its centre, WGS 84.", "degrees", nullable=True),
        Column("lat", "float64", "Latitude of its centre, WGS 84.", "degrees", nullable=True),
        Column("town_hall_lon", "float64", "Longitude of its town hall.", "degrees", nullable=True),
        Column("town_hall_lat", "float64", "Latitude of its town hall.", "degrees", nullable=True),
        Column("area_km2", "float64", "Approximate area.", "km²", nullable=True),
    ),
)

FORMER_COMMUNES = Table(
    name="former_communes",
    meaning="One row per former commune code that a current commune replaces.",
    key=("code",),
    columns=(
        Column("code", "string", "Code of the former commune."),
        Column("name", "string", "Its name, where published.", nullable=True),
        Column("current", "string", "Code of the commune that replaces it."),
    ),
)

TERRITORIES = Table(
    name="territories",
    meaning="One row per territory of any of the six levels, and one for France.",
    key=("level", "code"),
    columns=(
        Column(
            "level",
            "string",
            "france, region, departement, epci, territoire_industrie, zone_emploi or commune.",
        ),
        Column("code", "string", "Its code in its level."),
        Column("name", "string", "Its name."),
        Column("kind", "string", "CC, CA, CU or METRO for an EPCI.", nullable=True),
        Column(
            "population",
            "int64",
            "Sum of the populations of its communes.",
            "inhabitants",
            nullable=True,
        ),
        Column("communes", "int64", "Number of its communes.", "communes"),
        Column(
            "lon",
            "float64",
            "Longitude of its centre (communes weighted by population).",
            "degrees",
            nullable=True,
        ),
        Column(
            "lat",
            "float64",
            "Latitude of its centre (communes weighted by population).",
            "degrees",
            nullable=True,
        ),
        Column("area_km2", "float64", "Sum of the areas of its communes.", "km²", nullable=True),
    ),
)

NEIGHBOURS = Table(
    name="neighbours",
    meaning="One row per ordered pair of communes whose borders touch.",
    key=("commune", "neighbour"),
    columns=(
        Column("commune", "string", "A current commune."),
        Column("neighbour", "string", "A current commune that touches it."),
    ),
)
