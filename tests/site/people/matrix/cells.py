"""A cell of the matrix: an address, a role, the status given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from essor.territory.level import Level

ROLES = ("anonymous", "member", "manager", "other manager", "officer", "moderator", "administrator")
"""« manager »: of the organisation in the address; « other manager »: of another one."""

EVERYBODY = (200,) * 7
NOBODY = (404,) * 7
AWAY = (302,) * 7
STRANGERS = (200, *(302,) * 6)
"""The pages by which one comes in: whoever is in already goes to her space."""
SIGNED_IN = (302, *(200,) * 6)
DONE = (302,) * 7
"""Sent to the page of sign-in, or back to one's space once it is done: told apart by what follows."""
STAFF = (302, 403, 403, 403, 403, 200, 200)
MOSELLE = {"level": Level.DEPARTEMENT, "code": "57"}


@dataclass(frozen=True)
class Row:
    """An address, how it is asked, and the status that each role is given, in the order of ROLES."""

    name: str
    expected: tuple[int, ...]
    address: Mapping[str, object] = field(default_factory=dict)
    sent: Mapping[str, str] | None = None
    """What a form sends; None: the page is only read."""
