"""Who may do what with a need: pure functions over values, as of members."""

from dataclasses import dataclass

from essor.site.members.permissions import Person, may_moderate


@dataclass(frozen=True, slots=True)
class Standing:
    """A need as permissions see it.

    `author` is a member's number and `siren` the organisation that needs it, empty when she does
    herself; `sirens` are the organisations that have an exchange about it. `is_public` tells that it
    was published for everybody, `is_listed` that everybody may read it now.
    """

    author: int | None
    siren: str = ""
    is_public: bool = True
    is_listed: bool = True
    is_hidden: bool = False
    sirens: frozenset[str] = frozenset()


def may_run(person: Person | None, need: Standing) -> bool:
    """Return whether she corrects, invites, follows and closes: whoever speaks for who needs it."""
    if person is None:
        return False
    if need.siren:
        return person.role_in(need.siren) is not None
    return person.number == need.author


def may_read(person: Person | None, need: Standing) -> bool:
    """Return whether she reads the need: everybody one that is listed, else those whom it concerns."""
    if need.is_listed or may_run(person, need):
        return True
    if person is None:
        return False
    if may_moderate(person) and need.is_public:
        return True
    return not need.is_hidden and any(person.role_in(siren) for siren in need.sirens)


def may_speak(person: Person | None, need: Standing, siren: str) -> bool:
    """Return whether she answers it for that organisation; nobody answers one's own need."""
    if person is None or need.is_hidden or siren == need.siren:
        return False
    if person.role_in(siren) is None:
        return False
    return siren in need.sirens or need.is_listed


def may_read_exchange(person: Person | None, need: Standing, siren: str) -> bool:
    """Return whether she reads what that organisation and the buyer write to each other."""
    if siren not in need.sirens:
        return False
    return may_run(person, need) or may_speak(person, need, siren)
