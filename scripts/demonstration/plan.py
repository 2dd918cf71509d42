"""The plan of the fictional population: its groups, calibrated on the figures of the study (domain A.1).

K03 1 367 organisations, K05 43 000 jobs, K07 177 800 industrial legal persons, K06 1.3 % of 3.3 million
jobs, K08 two thirds of cooperatives, K10 to K14 shares of the conventioned structures. National counts of
structures are orders of magnitude of public sources, rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scripts.demonstration.organisations import Group
from scripts.demonstration.staffing import INDUSTRY, SOCIAL_ECONOMY

SEED = 1367
INDUSTRIAL_PERSONS = 177_800
SOCIAL_INDUSTRIAL_PERSONS = 1_367


@dataclass(frozen=True, slots=True)
class Jobs:
    """A pool of staff shared by the organisations of its groups, and the shape of its bands."""

    total: float
    shape: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to invent: groups of organisations, and the pools of staff they share in."""

    groups: tuple[Group, ...]
    jobs: Mapping[str, Jobs]

    def scaled(self, share: float) -> "Plan":
        """Return the same plan, smaller: one organisation at least in each group."""
        return Plan(
            tuple(
                replace(g, count=max(1, round(g.count * share)), esus=round(g.esus * share))
                for g in self.groups
            ),
            {name: replace(pool, total=pool.total * share) for name, pool in self.jobs.items()},
        )


_COMPANY = {"5499": 0.42, "5710": 0.52, "5599": 0.04, "5202": 0.02}
_INDUSTRY_FORMS = {"5499": 0.44, "5710": 0.49, "5599": 0.035, "5202": 0.02, "5699": 0.005, "5308": 0.003, "6220": 0.004, "7378": 0.003}  # fmt: skip
_COOPERATIVE = {"5458": 290, "5558": 55, "5460": 85, "5560": 40, "5453": 25, "5459": 6, "5553": 5}
_AGRICULTURAL = {"6317": 0.86, "6318": 0.07, "6316": 0.03, "5432": 0.02, "6532": 0.02}
_INSERTION_FORMS = {"9220": 0.5, "5710": 0.25, "5499": 0.2, "5458": 0.05}
_ASSOCIATION = {"9220": 0.96, "9230": 0.04}
_NAMED = {
    "O": 0.7,
    "": 0.3,
}  # A cooperative in SAS form: its name says it, Insee's flag not always.
_DECLARED = {"O": 1.0}
_SILENT = {"": 0.9, "N": 0.1}

# Active, of the social economy, in NAF sections B to E: 911 + 271 + 178 + 4 + 3 = 1 367.
_SOCIAL_INDUSTRY = (
    Group("coop", 506, "scop", _COOPERATIVE, "cooperative", "cooperative", listed=0.85),
    Group("coop_ei", 30, "scop", {"5460": 1, "5458": 1}, "insertion", "cooperative", "EI", True, 10, listed=0.85),
    Group("coop_ea", 10, "scop", {"5460": 1}, "adaptee", "cooperative", "EA", True, listed=0.85),
    Group("coop_agricole", 208, "agricole", _AGRICULTURAL, "agricole", "cooperative", flag={"O": 0.5, "": 0.5}, listed=0.7),
    Group("coop_sas", 157, "scop", {"5710": 1}, "cooperative", "cooperative", esus=5, flag=_NAMED, listed=0.6),
    Group("asso_ei", 60, "ei", _ASSOCIATION, "insertion", "association", "EI", True, 15, listed=0.85),
    Group("asso_aci", 70, "aci", {"9220": 2, "9221": 1}, "insertion", "association", "ACI", True, listed=0.85),
    Group("asso_ea", 60, "ea", _ASSOCIATION, "adaptee", "association", "EA", True, listed=0.85),
    Group("asso", 75, "association", _ASSOCIATION, "tissu_associatif", "association", listed=0.8, masked=0.05),
    Group("asso_locale", 6, "association", {"9260": 1}, "tissu_associatif", "association", listed=0.8),
    Group("societe_ei", 70, "ei", _COMPANY, "insertion", "societe", "EI", True, 40, flag=_DECLARED, listed=0.4),
    Group("societe_ea", 40, "ea", _COMPANY, "adaptee", "societe", "EA", True, 10, flag=_DECLARED, listed=0.4),
    Group("societe_listee", 22, "societe", _COMPANY, "cooperative", "societe", flag={"": 1}, listed=1.0),
    Group("societe_esus", 5, "societe", _COMPANY, "cooperative", "societe", esus=5, flag={"": 1}),
    Group("societe", 41, "societe", _COMPANY, "cooperative", "societe", flag=_DECLARED, listed=0.4),
    Group("fondation", 4, "fondation", {"9300": 1}, "tissu_associatif", "fondation", listed=1.0),
    Group("mutuelle", 3, "mutuelle", {"8210": 1}, "tissu_associatif", "mutuelle", listed=1.0),
)  # fmt: skip

# Conventioned, in industry, but of no ground of the social economy: they count among the conventional.
_CONVENTIONED_INDUSTRY = (
    Group("fabrique_ei", 60, "ei", _COMPANY, "insertion", "industrie", "EI", True, flag=_SILENT),
    Group("fabrique_ea", 130, "ea", _COMPANY, "adaptee", "industrie", "EA", True, flag=_SILENT),
)

# EI 330 of 1 400 and ETTI 33 of 330: K10 21 %. GEIQ 18 of 225: K11 8 %. EA 390 of 780: K12 one half.
# ESAT sites 1 200 of 1 500: K13 four fifths. ESUS 101 of 2 914: K14 3.5 %.
_ELSEWHERE = (
    Group("ei_industrie", 110, "ei", _INSERTION_FORMS, "social", "insertion", "EI", True, 16),
    Group("ei", 1_070, "ei", _INSERTION_FORMS, "services", "insertion", "EI", False, 500),
    Group("etti_industrie", 33, "etti", {"5710": 2, "5499": 1}, "interim", "insertion", "ETTI", True),
    Group("etti", 297, "etti", {"5710": 2, "5499": 1}, "interim", "insertion", "ETTI", False, 60),
    Group("aci_industrie", 150, "aci", {"9220": 1}, "social", "insertion", "ACI", True),
    Group("aci", 1_200, "aci", {"9220": 9, "9221": 1}, "services", "insertion", "ACI", False, 600),
    Group("aci_muet", 480, "aci", {"9220": 1}, "social", "insertion", "ACI"),
    Group("ai", 400, "ai", {"9222": 1}, "groupement", "insertion", "AI", False, 200),
    Group("ai_muette", 150, "ai", {"9222": 1}, "groupement", "insertion", "AI"),
    Group("geiq_industrie", 18, "geiq_industrie", {"9223": 1}, "groupement", "insertion", "GEIQ", True),
    Group("geiq", 207, "geiq", {"9223": 1}, "groupement", "insertion", "GEIQ", False),
    Group("ea_industrie", 150, "ea", _INSERTION_FORMS, "social", "insertion", "EA", True),
    Group("ea", 390, "ea", _INSERTION_FORMS, "services", "insertion", "EA", False, 100),
    Group("eatt_industrie", 10, "eatt", {"5710": 1}, "interim", "insertion", "EATT", True),
    Group("eatt", 10, "eatt", {"5710": 1}, "interim", "insertion", "EATT", False),
    Group("esat_industrie_2", 240, "esat", {"9220": 8, "7366": 2}, "esat", "esat", "ESAT", True, sites=2),
    Group("esat_industrie_3", 240, "esat", {"9220": 9, "9300": 1}, "esat", "esat", "ESAT", True, sites=3),
    Group("esat_2", 60, "esat", {"9220": 9, "9230": 1}, "esat", "esat", "ESAT", False, sites=2),
    Group("esat_3", 60, "esat", {"9220": 1}, "esat", "esat", "ESAT", False, sites=3),
    Group("esus", 1_353, "societe", {"5710": 6, "5499": 2, "9220": 4, "5460": 1}, "solidaire", "insertion", esus=1_353),
)  # fmt: skip

_AROUND = (
    Group("entrepreneur", 24_000, "fabrique", {"1000": 1}, "artisanat", "artisanat", flag={"": 1}, masked=0.3),
    Group("ferme", 9_000, "fabrique", _INDUSTRY_FORMS, "industrie", "ferme", flag={"": 1}, is_active=False),
    Group("coop_fermee", 120, "scop", _COOPERATIVE, "cooperative", "ferme", listed=0.3, is_active=False),
    Group("asso_fermee", 60, "association", _ASSOCIATION, "tissu_associatif", "ferme", is_active=False),
)  # fmt: skip


def national_plan() -> Plan:
    """Return the plan at the size of the country."""
    conventioned = sum(group.count for group in _CONVENTIONED_INDUSTRY)
    plain = INDUSTRIAL_PERSONS - SOCIAL_INDUSTRIAL_PERSONS - conventioned
    industry = Group("industrie", plain, "fabrique", _INDUSTRY_FORMS, "industrie", "industrie", flag=_SILENT, masked=0.004)  # fmt: skip
    closed = {"NN": 1.0}
    return Plan(
        (*_SOCIAL_INDUSTRY, *_CONVENTIONED_INDUSTRY, *_ELSEWHERE, *_AROUND, industry),
        {
            "cooperative": Jobs(28_667, SOCIAL_ECONOMY),
            "association": Jobs(9_500, SOCIAL_ECONOMY),
            "societe": Jobs(4_600, SOCIAL_ECONOMY),
            "fondation": Jobs(180, SOCIAL_ECONOMY),
            "mutuelle": Jobs(53, SOCIAL_ECONOMY),
            "industrie": Jobs(3_257_000, INDUSTRY),
            "insertion": Jobs(130_000, SOCIAL_ECONOMY),
            "esat": Jobs(48_000, SOCIAL_ECONOMY),
            "artisanat": Jobs(9_000, {"NN": 0.86, "01": 0.1, "02": 0.04}),
            "ferme": Jobs(0, closed),
        },
    )
