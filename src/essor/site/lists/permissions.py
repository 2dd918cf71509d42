"""Who may do what with a list: its owner everything, whoever has its link reads it."""

from essor.site.members.permissions import Person


def may_run_list(person: Person, owner: int) -> bool:
    """Return whether she reads, changes, shares and deletes the list."""
    return person.number == owner
