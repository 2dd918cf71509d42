"""Who may do what with a key: its owner alone."""

from essor.site.members.permissions import Person


def may_revoke(person: Person, owner: int) -> bool:
    """Return whether she ends the key."""
    return person.number == owner
