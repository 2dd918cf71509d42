"""What the site entrusts, from the command line: who moderates, administers, watches over a territory."""

from django.db import IntegrityError, transaction

from essor.errors import InvalidRequestError
from essor.site.members.journal import note
from essor.site.members.models.member import Appointment, Member
from essor.site.members.permissions import PlatformRole
from essor.site.searching import territory_said


def entrust(email: str, role: str, territory: str = "") -> bool:
    """Give a role to the member of that address; return whether she had it not yet.

    Raises:
        InvalidRequestError: nobody has that address, or the role or its territory makes no sense.
    """
    member, said = _member(email), _role(role, territory)
    try:
        with transaction.atomic():
            Appointment.objects.create(member=member, role=said.value, territory=territory)
            note(None, "role.given", f"member:{member.pk}", f"{said.value} {territory}".strip())
    except IntegrityError:
        return False
    return True


def take_back(email: str, role: str, territory: str = "") -> bool:
    """Take a role back; return whether the member had it.

    Raises:
        InvalidRequestError: as to `entrust`.
    """
    member, said = _member(email), _role(role, territory)
    with transaction.atomic():
        held = member.appointments.filter(role=said.value, territory=territory)
        gone, _ = held.delete()
        if gone:
            note(None, "role.taken", f"member:{member.pk}", f"{said.value} {territory}".strip())
    return gone > 0


def entrusted() -> list[tuple[str, str, str]]:
    """Return each role held: the address of the member, the role in words, its territory."""
    held = Appointment.objects.select_related("member").order_by("role", "territory", "pk")
    return [(each.member.email, each.get_role_display(), each.territory) for each in held]


def _member(email: str) -> Member:
    found = Member.objects.filter(email__iexact=email).first()
    if found is None:
        raise InvalidRequestError(
            f"Personne n’a de compte à l’adresse « {email} » : qu’elle en ouvre un sur le site, puis "
            "relancez."
        )
    return found


def _role(role: str, territory: str) -> PlatformRole:
    try:
        said = PlatformRole(role)
    except ValueError as error:
        known = ", ".join(each.value for each in PlatformRole)
        raise InvalidRequestError(
            f"« {role} » n’est pas un rôle : choisissez parmi {known}."
        ) from error
    if (said is PlatformRole.OFFICER) != bool(territory):
        raise InvalidRequestError(
            "Un chargé de mission a un territoire, par exemple « --territory epci:200039865 » ; les "
            "autres rôles n’en ont pas."
        )
    if territory:
        territory_said(territory)
    return said
