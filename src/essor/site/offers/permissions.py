"""Who may publish and decide: pure functions over values."""

from essor.site.members.permissions import Person, may_moderate


def may_publish(person: Person, siren: str) -> bool:
    """Return whether she publishes in the name of the organisation: its own members do."""
    return person.role_in(siren) is not None


def may_decide(person: Person, author: int | None, siren: str) -> bool:
    """Return whether she decides of a publication: nobody does of her own, nor of her organisation's."""
    return may_moderate(person) and person.number != author and not may_publish(person, siren)
