"""ESS families: which legal categories belong to the social economy, and on what ground."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Family(StrEnum):
    """The five families of the law of 2014, art. 1, and one for a member whose form is not published."""

    COOPERATIVE = "cooperative"
    MUTUELLE = "mutuelle"
    ASSOCIATION = "association"
    FONDATION = "fondation"
    SOCIETE_COMMERCIALE = "societe_commerciale"
    INDETERMINEE = "indeterminee"

    @property
    def label(self) -> str:
        """Return its French name, plural, as a table shows it."""
        return _LABELS[self]


_LABELS = {
    Family.COOPERATIVE: "Coopératives",
    Family.MUTUELLE: "Mutuelles",
    Family.ASSOCIATION: "Associations",
    Family.FONDATION: "Fondations",
    Family.SOCIETE_COMMERCIALE: "Sociétés commerciales de l’ESS",
    Family.INDETERMINEE: "Famille indéterminée",
}


@dataclass(frozen=True, slots=True)
class Families:
    """The legal categories of each family, those never of it, and the name of a cooperative.

    Source: `families.toml`, where each group of codes has its status and its note.
    """

    by_code: dict[str, Family]
    to_be_checked: frozenset[str]
    excluded: frozenset[str]
    cooperative_name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a legal form is of the social economy (unknown when the form does not tell), and why."""

    is_ess: bool | None
    basis: str


@cache
def families() -> Families:
    """Return the families as `families.toml` writes them."""
    data = tomllib.loads((files("essor.perimeter") / "families.toml").read_text("utf-8"))
    groups = data["groups"]
    return Families(
        by_code={code: Family(g["family"]) for g in groups for code in g["codes"]},
        to_be_checked=frozenset(c for g in groups if g["status"] == "AV" for c in g["codes"]),
        excluded=frozenset(data["excluded"]["codes"]),
        cooperative_name=data["companies"]["cooperative_name"],
    )


def family_of(legal_category: str) -> Family | None:
    """Return the family that a catégorie juridique gives by itself, if any."""
    return families().by_code.get(legal_category)


def membership(legal_category: str | None) -> Membership:
    """Return what the catégorie juridique alone tells: yes, no, or unknown (a company must declare itself)."""
    if not legal_category:
        return Membership(is_ess=None, basis="catégorie juridique non renseignée")
    if family := family_of(legal_category):
        reserve = " (à vérifier)" if legal_category in families().to_be_checked else ""
        return Membership(
            is_ess=True, basis=f"catégorie juridique {legal_category} : {family.label}{reserve}"
        )
    if legal_category.startswith("5"):
        return Membership(
            None, f"société ({legal_category}) : il faut l’indicateur, une liste ou un agrément"
        )
    return Membership(is_ess=False, basis=f"catégorie juridique {legal_category} hors de l’ESS")
