"""Who may do what: pure functions over values, so that every case can be read and tested."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PlatformRole(StrEnum):
    """What the site entrusts to a member."""

    OFFICER = "officer"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return {
            "officer": "chargé de mission d’un territoire",
            "moderator": "modérateur",
            "administrator": "administrateur",
        }[self.value]


class OrganisationRole(StrEnum):
    """What a member is in an organisation."""

    MANAGER = "manager"
    MEMBER = "member"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return {"manager": "responsable", "member": "membre"}[self.value]


class ClaimState(StrEnum):
    """Where a claim is."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return {
            "pending": "en attente",
            "accepted": "acceptée",
            "refused": "refusée",
            "withdrawn": "retirée",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks: her number, what she is on the site, and in which organisations (by SIREN)."""

    number: int
    roles: frozenset[PlatformRole] = frozenset()
    organisations: Mapping[str, OrganisationRole] = field(default_factory=dict)

    def role_in(self, siren: str) -> OrganisationRole | None:
        """Return what she is in that organisation, None when nothing."""
        return self.organisations.get(siren)


def may_moderate(person: Person) -> bool:
    """Return whether she decides of claims."""
    return bool(person.roles & {PlatformRole.MODERATOR, PlatformRole.ADMINISTRATOR})


def may_decide(person: Person, claimant: int) -> bool:
    """Return whether she decides of this claim: nobody does of her own."""
    return may_moderate(person) and person.number != claimant


def may_read_journal(person: Person) -> bool:
    """Return whether she reads who did what."""
    return PlatformRole.ADMINISTRATOR in person.roles


def may_withdraw(person: Person, claimant: int) -> bool:
    """Return whether she takes this claim back."""
    return person.number == claimant


def may_see_members(person: Person, siren: str) -> bool:
    """Return whether she reads who speaks for the organisation: its own members, and moderators."""
    return person.role_in(siren) is not None or may_moderate(person)


def may_remove(person: Person, siren: str, removed: int) -> bool:
    """Return whether she ends that membership: her own, or another as manager or administrator."""
    return (
        person.number == removed
        or person.role_in(siren) is OrganisationRole.MANAGER
        or PlatformRole.ADMINISTRATOR in person.roles
    )
