"""A register of a dozen organisations, real communes and activities, for the tests of search."""

from tests.observatory.small_release import small_release

COMMUNES = [
    {"code": "57463", "name": "Metz", "departement": "57", "region": "44", "epci": "200039865"},
    {"code": "54395", "name": "Nancy", "departement": "54", "region": "44", "epci": "245400676"},
    {"code": "69123", "name": "Lyon", "departement": "69", "region": "84", "epci": "200046977"},
]
TERRITORIES = [
    {"level": "departement", "code": "57", "name": "Moselle", "communes": 1},
    {"level": "departement", "code": "54", "name": "Meurthe-et-Moselle", "communes": 1},
    {"level": "departement", "code": "69", "name": "Rhône", "communes": 1},
    {
        "level": "commune",
        "code": "57463",
        "name": "Metz",
        "communes": 1,
        "population": 120_000,
        "lon": 6.18,
        "lat": 49.12,
    },
    {"level": "commune", "code": "69123", "name": "Lyon", "communes": 1, "population": 500_000},
    {
        "level": "commune",
        "code": "97228",
        "name": "Sainte-Marie",
        "communes": 1,
        "population": 15_000,
    },
    {
        "level": "commune",
        "code": "97418",
        "name": "Sainte-Marie",
        "communes": 1,
        "population": 34_000,
    },
]
SECTIONS = {
    "16": ("C", "Travail du bois"),
    "25": ("C", "Fabrication de produits métalliques"),
    "38": ("E", "Collecte et traitement des déchets"),
    "96": ("S", "Autres services personnels"),
}
ACTIVITIES = {
    "16.23Z": "Fabrication de charpentes et d'autres menuiseries",
    "25.62B": "Mécanique industrielle",
    "38.32Z": "Récupération de déchets triés",
    "96.01A": "Blanchisserie-teinturerie de gros",
}


def naf(activities=ACTIVITIES):
    """Return the five levels above and of these sub-classes; classes and groups are labelled as they are."""
    rows = [{"code": "C", "level": 1, "section": "C", "label": "Industrie manufacturière"}]
    for code, label in SECTIONS.items():
        rows.append({"code": code, "level": 2, "section": label[0], "label": label[1]})
    for code, label in activities.items():
        for level, length in ((3, 4), (4, 5), (5, 6)):
            above = code[: (2, 4, 5)[level - 3]]
            row = {"code": code[:length], "level": level, "parent": above, "label": label}
            rows.append(row | {"section": SECTIONS[code[:2]][0]})
    return rows


STAFF_BANDS = [{"code": "12", "label": "20 à 49 salariés", "lower": 20, "upper": 49}]

METZ = {"commune": "57463", "departement": "57", "region": "44", "epci": "200039865"}
NANCY = {"commune": "54395", "departement": "54", "region": "44", "epci": "245400676"}
LYON = {"commune": "69123", "departement": "69", "region": "84", "epci": "200046977"}
POINTS = {"57463": (6.18, 49.12), "54395": (6.18, 48.69), "69123": (4.84, 45.76)}

Row = tuple[str, str | None, str | None, dict[str, str], dict[str, object]]

# The numbers are fictional: 999 and a false key.
ROWS: tuple[Row, ...] = (
    ("999000010", "MENUISERIE DURAND", "16.23Z", METZ, {}),
    ("999000021", "Menuiserie Durand et fils", "16.23Z", NANCY, {"ess_family": "cooperative"}),
    ("999000032", "LES ATELIERS DU VAL", "96.01A", METZ, {"ess_family": "association"}),
    ("999000043", "TOURNAGE LORRAIN", "25.62B", METZ, {"staff_band": "12"}),
    ("999000054", "RÉCUP’ NANCY", "38.32Z", NANCY, {"ess_family": "association"}),
    ("999000065", "Emmaüs Lyon", "38.32Z", LYON, {"ess_family": "association"}),
    ("999000076", "DURAND <b>& FILS</b>", "25.62B", LYON, {}),
    ("999000087", None, None, LYON, {}),
    ("999000098", "Scierie fermée", "16.23Z", METZ, {"is_active": False}),
)
STATUSES = (
    {"siren": "999000032", "siret": "99900003200011", "kind": "esat"},
    {"siren": "999000065", "siret": "", "kind": "esus"},
    {"siren": "999000065", "siret": "99900006500011", "kind": "aci"},
)


def organisation(siren, name, naf, place, others):
    is_industrial = None if naf is None else naf < "40"
    row = {
        "siren": siren,
        "name": name,
        "naf": naf,
        "is_active": True,
        "is_fictional": True,
        "head_office": f"{siren}00011",
        "is_industrial_p1": is_industrial,
    }
    return row | place | others


def establishment(unit):
    lon, lat = POINTS[unit["commune"]]
    kept = ("siren", "naf", "is_active", "is_fictional", "is_industrial_p1", "staff_band")
    place = ("commune", "departement", "region", "epci")
    row = {name: unit.get(name) for name in (*kept, *place)}
    return row | {"siret": unit["head_office"], "lon": lon, "lat": lat}


def register(rows=ROWS, **tables):
    """Return a connection to a release of these organisations, each with its head office."""
    units = [organisation(*row) for row in rows]
    given = {
        "organisations": units,
        "establishments": [establishment(unit) for unit in units],
        "statuses": STATUSES,
        "communes": COMMUNES,
        "territories": TERRITORIES,
        "naf": naf(),
        "staff_bands": STAFF_BANDS,
    }
    return small_release(**(given | tables))
