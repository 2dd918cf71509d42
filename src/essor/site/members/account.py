"""An account from its owner's side: who is signed in, what is kept of her, how it all goes."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from essor.site.keys import own as keys
from essor.site.lists import own as lists
from essor.site.members.journal import deed_words, entries, note
from essor.site.members.models.claim import Membership
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Member
from essor.site.needs import own as needs
from essor.site.offers import own as offers


def signed_in(request: HttpRequest) -> Member:
    """Return the member who asks.

    Raises:
        PermissionDenied: nobody is signed in; the page should have asked for it.
    """
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def exported(member: Member) -> dict[str, object]:
    """Return all that is kept of a member, under French names; secrets are said to be there, not given."""
    note(member.pk, "data.exported", f"member:{member.pk}")
    return (
        _identity(member)
        | needs.exported(member)
        | lists.exported(member)
        | keys.exported(member)
        | offers.exported(member)
        | {
            "roles": [
                {"role": each.get_role_display(), "territoire": each.territory}
                for each in member.appointments.all()
            ],
            "organisations": [
                {
                    "siren": each.siren,
                    "organisation": each.organisation,
                    "role": each.get_role_display(),
                    "depuis": each.since,
                }
                for each in member.memberships.all()
            ],
            "demandes": _claims(member),
            "journal": [
                {"le": each.at, "fait": deed_words(each.deed), "objet": each.subject}
                for each in entries().filter(actor_id=member.pk)
            ],
        }
    )


def end_membership(held: Membership, actor: int) -> None:
    """End a membership, and note who ended it."""
    with transaction.atomic():
        note(actor, "membership.ended", f"member:{held.member_id}", f"organisation:{held.siren}")
        held.delete()


def delete_account(member: Member) -> None:
    """Delete a member and all that is hers; the journal keeps the deed, with her number alone."""
    with transaction.atomic():
        note(member.pk, "account.deleted", f"member:{member.pk}")
        Letter.objects.filter(recipient__iexact=member.email).delete()
        needs.forget(member)
        member.delete()


def _claims(member: Member) -> list[dict[str, object]]:
    """Return her claims, and what was decided of them."""
    return [
        {
            "siren": each.siren,
            "organisation": each.organisation,
            "role": each.get_role_display(),
            "preuve": each.proof,
            "domaine": each.email_domain,
            "etat": each.get_state_display(),
            "motif": each.reason,
            "faite": each.created_at,
            "decidee": each.decided_at,
        }
        for each in member.claims.all()
    ]


def _identity(member: Member) -> dict[str, object]:
    """Return who she is, and by what she comes in."""
    return {
        "compte": {
            "numero": member.pk,
            "nom": member.name,
            "adresse": member.email,
            "inscription": member.joined_at,
            "derniere_connexion": member.last_login,
            "a_un_mot_de_passe": member.has_usable_password(),
        },
        "adresses": [
            {"adresse": each.email, "verifiee": each.verified}
            for each in EmailAddress.objects.filter(user=member)
        ],
        "identites": [
            {"fournisseur": each.provider, "donnees": each.extra_data}
            for each in SocialAccount.objects.filter(user=member)
        ],
        "second_facteur": [
            {"type": each.type, "depuis": each.created_at}
            for each in Authenticator.objects.filter(user=member)
        ],
    }
