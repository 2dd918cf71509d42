"""What its owner does with a list: open, keep, annotate, take off, rename, share, delete."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from essor.errors import InvalidRequestError
from essor.observatory.card import Card
from essor.observatory.report.members import NamedMember
from essor.site.lists.models import KeptOrganisation, OrganisationList
from essor.site.members.claims import UNNAMED
from essor.site.members.journal import note as write_down
from essor.site.members.models.claim import ORGANISATION_LENGTH
from essor.site.members.models.member import Member

LISTS_AT_MOST = 50
KEPT_AT_MOST = 500
"""Organisations in a list: beyond, a search of the directory says more."""


@dataclass(frozen=True, slots=True)
class Keepable:
    """An organisation as a list keeps it."""

    siren: str
    name: str
    is_fictional: bool


def keepable(found: Card | NamedMember) -> Keepable:
    """Return an organisation of the release as a list keeps it."""
    return Keepable(found.siren, (found.name or UNNAMED)[:ORGANISATION_LENGTH], found.is_fictional)


def open_list(member: Member, name: str, territory: str = "") -> OrganisationList:
    """Return the list of that name, made if she has none; asked twice, it is made once.

    Raises:
        InvalidRequestError: she has too many lists.
    """
    if held := _named(member, name):
        return held
    if member.lists.count() >= LISTS_AT_MOST:
        raise InvalidRequestError(
            f"Vous avez déjà {LISTS_AT_MOST} listes : supprimez-en une, ou gardez cette organisation "
            "dans l’une d’elles."
        )
    try:
        with transaction.atomic():
            return OrganisationList.objects.create(member=member, name=name, territory=territory)
    except IntegrityError:
        return OrganisationList.objects.get(member=member, name__iexact=name)


def keep(held: OrganisationList, organisations: Iterable[Keepable], note: str = "") -> int:
    """Put organisations in a list with a note; return how many were not there yet.

    An organisation that is there already keeps its note.

    Raises:
        InvalidRequestError: the list would hold too many.
    """
    there = set(held.kept.values_list("siren", flat=True))
    added = [each for each in organisations if each.siren not in there]
    if len(there) + len(added) > KEPT_AT_MOST:
        raise InvalidRequestError(
            f"Une liste garde au plus {KEPT_AT_MOST} organisations : ouvrez-en une autre."
        )
    made = [
        KeptOrganisation(
            held_in=held,
            siren=each.siren,
            organisation=each.name,
            is_fictional=each.is_fictional,
            note=note,
        )
        for each in added
    ]
    # Of two requests that add the same one, one adds it.
    KeptOrganisation.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def annotate(held: OrganisationList, siren: str, note: str) -> bool:
    """Write a note on an organisation of a list; return whether it was still there."""
    return held.kept.filter(siren=siren).update(note=note) == 1


def take_off(held: OrganisationList, siren: str) -> bool:
    """Take an organisation off a list; return whether it was still there."""
    gone, _ = held.kept.filter(siren=siren).delete()
    return gone > 0


def rename(held: OrganisationList, name: str) -> None:
    """Give a list another name.

    Raises:
        InvalidRequestError: another list of hers has it.
    """
    try:
        with transaction.atomic():
            OrganisationList.objects.filter(pk=held.pk).update(name=name)
    except IntegrityError as error:
        raise InvalidRequestError(f"Une autre de vos listes s’appelle « {name} ».") from error


def share(held: OrganisationList, *, shares_notes: bool) -> None:
    """Give a list an address that nobody can guess, where whoever has it reads the list."""
    with transaction.atomic():
        shared = OrganisationList.objects.filter(pk=held.pk, token=None)
        if shared.update(token=secrets.token_urlsafe(32), shares_notes=shares_notes):
            write_down(held.member_id, "list.shared", f"list:{held.pk}")


def unshare(held: OrganisationList) -> None:
    """Take the address of a list back: it leads nowhere any more, and never will again."""
    with transaction.atomic():
        shared = OrganisationList.objects.filter(pk=held.pk, token__isnull=False)
        if shared.update(token=None, shares_notes=False):
            write_down(held.member_id, "list.unshared", f"list:{held.pk}")


def _named(member: Member, name: str) -> OrganisationList | None:
    return member.lists.filter(name__iexact=name).first()
