"""A fictional organisation, and the groups of the plan that such organisations are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scripts.demonstration.places import Place


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations alike: how many, of which forms and activities, with which statuses.

    `declares` is the industrial activity declared on le Marché de l'inclusion, unknown when it is
    not there. `esus` are agreed, the first of the group. `jobs` is the pool of staff it shares in.
    """

    name: str
    count: int
    sort: str
    categories: Mapping[str, float]
    activities: str
    jobs: str
    flag: Mapping[str, float]
    kind: str = ""
    declares: bool | None = None
    esus: int = 0
    listed: float = 0.0
    sites: int = 1
    is_active: bool = True
    masked: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """One establishment: its rank gives its NIC; the first is the head office."""

    rank: int
    place: Place
    naf: str
    band: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Organisation:
    """A legal unit as it will be written; an empty text is a value that Insee does not publish."""

    siren: str
    name: str
    group: Group
    legal_category: str
    naf: str
    band: str
    created_on: date
    ess_flag: str
    is_listed: bool
    is_esus: bool
    is_masked: bool
    sites: tuple[Site, ...]

    @property
    def head(self) -> Site:
        """Return its head office."""
        return self.sites[0]

    @property
    def is_natural_person(self) -> bool:
        """Return whether it is an entrepreneur individuel, who is never named."""
        return self.legal_category == "1000"
