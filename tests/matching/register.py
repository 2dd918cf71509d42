"""A small register for the tests of matching: a few workshops around Metz, one in Lyon."""

from tests.observatory.small_release import small_release

PLACES = {
    "57463": ("Metz", "57", "44", 6.176, 49.119),
    "57672": ("Thionville", "57", "44", 6.168, 49.358),
    "54395": ("Nancy", "54", "44", 6.184, 48.693),
    "69123": ("Lyon", "69", "84", 4.835, 45.758),
}
CODES = {
    "38.32Z": "Récupération de déchets triés",
    "38.31Z": "Démantèlement d’épaves",
    "62.01Z": "Programmation informatique",
    "88.10C": "Aide par le travail",
}
# Number, name, commune, NAF, ESS family, kind of status.
WORKSHOPS = (
    (1, "TRI DE METZ", "57463", "38.32Z", "association", "aci"),
    (2, "VERRE DE THIONVILLE", "57672", "38.32Z", "cooperative", None),
    (3, "EPAVES DE NANCY", "54395", "38.31Z", "cooperative", None),
    (4, "TRI DE LYON", "69123", "38.32Z", "association", None),
    (5, "LOGICIELS DE METZ", "57463", "62.01Z", "cooperative", None),
    (6, "ESAT DE METZ", "57463", "88.10C", "association", "esat"),
    (7, "TRI ORDINAIRE", "57463", "38.32Z", None, None),
)


def place(code):
    _, departement, region, _, _ = PLACES[code]
    return {"commune": code, "departement": departement, "region": region}


def establishment(number, code, naf, **changes):
    _, _, _, lon, lat = PLACES[code]
    return {
        "siret": f"{number:09d}00011",
        "siren": f"{number:09d}",
        "is_active": True,
        "is_head_office": True,
        "naf": naf,
        "lon": lon,
        "lat": lat,
        **place(code),
        **changes,
    }


def registered(*more):
    """Return a connection on the register, with more establishments if given."""
    communes = [
        {
            "code": code,
            "name": name,
            "departement": departement,
            "region": region,
            "lon": lon,
            "lat": lat,
        }
        for code, (name, departement, region, lon, lat) in PLACES.items()
    ]
    territories = [
        {"level": "commune", "code": code, "name": name, "lon": lon, "lat": lat}
        for code, (name, _, _, lon, lat) in PLACES.items()
    ]
    territories.append(
        {"level": "departement", "code": "57", "name": "Moselle", "lon": 6.6, "lat": 49.0}
    )
    return small_release(
        naf=[{"code": code, "level": 5, "label": label} for code, label in CODES.items()],
        communes=communes,
        territories=territories,
        organisations=[
            {"siren": f"{number:09d}", "name": name, "is_active": True, "ess_family": family}
            for number, name, _, _, family, _ in WORKSHOPS
        ],
        establishments=[
            *(establishment(number, code, naf) for number, _, code, naf, _, _ in WORKSHOPS),
            *more,
        ],
        statuses=[
            {
                "siren": f"{number:09d}",
                "siret": f"{number:09d}00011",
                "kind": kind,
                "source": "esat" if kind == "esat" else "siae",
                "attested_on": "2026-01-01",
            }
            for number, _, _, _, _, kind in WORKSHOPS
            if kind
        ],
    )
