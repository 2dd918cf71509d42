"""How French organisations abbreviate their names, and what their titles say of their kind."""

from enum import IntFlag


class Kind(IntFlag):
    """Kinds of bodies that a name, or a SIREN, tells apart; a set of them is their union."""

    UNKNOWN = 0
    COMMUNE = 1
    DEPARTEMENT = 2
    REGION = 4
    EPCI = 8
    SYNDICAT = 16
    HOSPITAL = 32
    SOCIAL = 64
    HOUSING = 128
    RESCUE = 256
    SCHOOL = 512
    CHAMBER = 1024
    COMPANY = 2048
    ASSOCIATION = 4096
    SCHOOL_FUND = 8192
    STATE = 16384


_SMALL = "a au aux d de des du en et l la le les un une pour par sur sous s n o f dit dite lez"
SMALL_WORDS = frozenset(_SMALL.split())

# A word and its short forms, as typed without accents; either side is read as the word.
_SHORT_FORMS = """
    saint st; sainte ste; saints sts; departement dpt dep dept depart; communaute cte com comm commu commun;
    communes cnes comnes; agglomeration agglo agl aggl agglom; habitat hab; syndicat synd syn; service sce serv svce;
    intercommunal interco intercom intercomm intercommunale intercommunaux; centre ctre cent ctr;
    national nat nationale;
    regional reg rgal regionale; departemental departementale departementaux dptal deptal; hospitalier hosp hospit
    hospitaliere; hopital hop hopitaux; universite univ universites; universitaire universit;
    societe soc; public pub publique publics publiques; etablissement ets etab etabl etablissements;
    general gal generale gle; francais fr francaise; amenagement amgt amenagt amen; municipal mun municipale munic;
    conseil cons; chambre chbre; commerce comce; industrie ind; agriculture agric; metiers met;
    cooperative coop; economique eco economiq; office off; urbaine urb; urbain; caisse cais;
    gestion gest; developpement dev develop devpt; enseignement enseig; professionnel prof professionnelle;
    region rgn; interdepartemental interdep; action act; social sociale sociaux; secours secour; incendie incend;
    allocation alloc allocations; collectivite coll; direction dir; technique tech techniq; centrale centr;
    energies energie; metropole metro
"""
WORDS = {
    short: forms.split()[0] for forms in _SHORT_FORMS.split(";") for short in forms.split()[1:]
}

# Titles, small words left out, and what they are read as: a mark (empty: nothing) and a kind.
_TITLES: tuple[tuple[str, Kind, str], ...] = (
    ("commune", Kind.COMMUNE, "commune, ville, mairie, hotel ville, commune nouvelle"),
    (
        "departement",
        Kind.DEPARTEMENT,
        "departement, conseil departemental, conseil general, cd, cg, hotel departement, collectivite departementale",
    ),
    (
        "region",
        Kind.REGION,
        "region, conseil regional, hotel region, cr, collectivite territoriale",
    ),
    (
        "cc",
        Kind.EPCI,
        "communaute communes, cc, cdc, comcom, ccom, communautes communes, communaute commune",
    ),
    (
        "ca",
        Kind.EPCI,
        "communaute agglomeration, ca, agglomeration, cda, grand agglomeration, communaute agglomerations",
    ),
    ("cu", Kind.EPCI, "communaute urbaine, cu, communaute urbaine agglomeration, cu agglomeration"),
    ("metropole", Kind.EPCI, "metropole, eurometropole"),
    (
        "communaute",
        Kind.EPCI,
        "communaute, intercommunalite, ept, etablissement public territorial",
    ),
    (
        "syndicat",
        Kind.SYNDICAT,
        "syndicat, syndicat intercommunal, si, siv, syndicat mixte, sm, syndicat mixte intercommunal, smi,"
        " syndicat mixte departemental, syndicat departemental, syndicat mixte ferme, syndicat mixte ouvert,"
        " syndicat intercommunal vocation unique, syndicat intercommunal vocation multiple, sivom, sivu, sivos",
    ),
    (
        "chu",
        Kind.HOSPITAL,
        "chu, chru, chr, centre hospitalier universitaire, centre hospitalier regional universitaire,"
        " centre hospitalier regional, hopitaux universitaires, centre hospitalo universitaire",
    ),
    (
        "ch",
        Kind.HOSPITAL,
        "ch, centre hospitalier, hopital, chi, centre hospitalier intercommunal, hospitalier, chs,"
        " centre hospitalier specialise, groupe hospitalier, gh, hopital local, ght",
    ),
    ("aphp", Kind.HOSPITAL, "aphp, ap hp, assistance publique hopitaux paris"),
    ("aphm", Kind.HOSPITAL, "aphm, ap hm, assistance publique hopitaux marseille"),
    ("hcl", Kind.HOSPITAL, "hcl, hospices civils lyon"),
    (
        "ehpad",
        Kind.HOSPITAL | Kind.SOCIAL,
        "ehpad, maison retraite, etablissement hebergement personnes agees dependantes, residence autonomie",
    ),
    (
        "ccas",
        Kind.SOCIAL,
        "ccas, cias, centre communal action sociale, centre intercommunal action sociale",
    ),
    ("ecoles", Kind.SCHOOL_FUND, "caisse ecoles"),
    (
        "oph",
        Kind.HOUSING,
        "oph, opac, ophlm, opdhlm, office public habitat, office public hlm, offices public habitat,"
        " office public municipal hlm, office public departemental hlm, office public amenagement construction",
    ),
    (
        "sdis",
        Kind.RESCUE,
        "sdis, sdmis, service departemental incendie secours, service incendie secours, sis",
    ),
    ("lycee", Kind.SCHOOL, "lycee, lycee polyvalent, lpo, lycee general technologique, legt"),
    ("college", Kind.SCHOOL, "college"),
    ("universite", Kind.SCHOOL | Kind.STATE, "universite"),
    ("crous", Kind.STATE, "crous, centre regional oeuvres universitaires scolaires"),
    ("cnrs", Kind.STATE, "cnrs, centre national recherche scientifique"),
    (
        "cci",
        Kind.CHAMBER,
        "cci, chambre commerce industrie, ccit, cciv, chambre commerce industrie territoriale, ccir",
    ),
    ("cma", Kind.CHAMBER, "cma, chambre metiers artisanat, chambre metiers"),
    ("cagri", Kind.CHAMBER, "chambre agriculture"),
    ("cpam", Kind.COMPANY, "cpam, caisse primaire assurance maladie"),
    ("caf", Kind.COMPANY, "caf, caisse allocation familiales"),
    ("spl", Kind.COMPANY, "spl, societe publique locale"),
    ("spla", Kind.COMPANY, "spla, societe publique locale amenagement"),
    (
        "sem",
        Kind.COMPANY,
        "sem, saem, seml, saeml, societe economie mixte, societe anonyme economie mixte",
    ),
    (
        "hlm",
        Kind.COMPANY,
        "sa hlm, sahlm, societe anonyme hlm, esh, societe hlm, entreprise sociale habitat",
    ),
    (
        "",
        Kind.COMPANY,
        "sarl, sas, sasu, eurl, sa, snc, sci, selarl, scp, gie, scop, scic, societe cooperative, societe, ets,"
        " etablissement, entreprise, societe anonyme, societe actions simplifiee, cae, eirl, ei",
    ),
    (
        "",
        Kind.ASSOCIATION,
        "association, asso, assoc, ass, association loi 1901, fondation, federation",
    ),
)

TITLES = tuple(
    (tuple(title.split()), mark, kind)
    for mark, kind, titles in _TITLES
    for title in titles.split(",")
)
"""Each title, the mark it is read as, and the kind of body that it tells."""

# Insee numbers public bodies by their kind: the first two digits of the SIREN.
# https://www.insee.fr/fr/metadonnees/definition/c2047
KIND_OF_PREFIX = {
    "11": Kind.STATE,
    "12": Kind.STATE,
    "15": Kind.STATE,
    "17": Kind.STATE,
    "19": Kind.SCHOOL | Kind.STATE,
    "21": Kind.COMMUNE,
    "22": Kind.DEPARTEMENT,
    "23": Kind.REGION,
    "24": Kind.EPCI,
    "25": Kind.SYNDICAT,
    "26": Kind.HOSPITAL | Kind.SOCIAL | Kind.SCHOOL_FUND,
    "27": Kind.HOUSING | Kind.SCHOOL_FUND | Kind.HOSPITAL,
    "28": Kind.RESCUE | Kind.HOUSING | Kind.SOCIAL,
}
MARK_OF_PREFIX = {"21": "#commune", "22": "#departement", "23": "#region"}

PREFIXES_OF_PLACES = frozenset(("19", "21", "22", "23", "24", "25", "26", "27", "28"))
"""The prefixes of SIREN whose next digits are a département."""
