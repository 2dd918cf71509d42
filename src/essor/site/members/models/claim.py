"""Organisations: who asks to speak for one, and who does."""

from typing import ClassVar

from django.db import models

from essor.site.members.models.member import Member
from essor.site.members.permissions import ClaimState, OrganisationRole

SIREN_LENGTH = 9
PROOF_LENGTH = 2_000
REASON_LENGTH = 1_000
ORGANISATION_LENGTH = 300

_ROLES = [(role.value, role.label) for role in OrganisationRole]


class Claim(models.Model):
    """One row a request « C’est mon organisation »; never two pending of one member for one SIREN."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="claims")
    siren = models.CharField(max_length=SIREN_LENGTH, db_index=True)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    """Its name in the release of the day: it can be read when no release is."""
    is_fictional = models.BooleanField()
    role = models.CharField(max_length=16, choices=_ROLES)
    proof = models.TextField(max_length=PROOF_LENGTH)
    email_domain = models.CharField(max_length=255)
    """What follows the @ in the claimant's verified address: a moderator compares it."""
    state = models.CharField(
        max_length=16,
        choices=[(state.value, state.label) for state in ClaimState],
        default=ClaimState.PENDING.value,
    )
    reason = models.TextField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="claims_decided"
    )

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "siren"],
                condition=models.Q(state=ClaimState.PENDING.value),
                name="one_pending_claim",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ClaimState.PENDING.value)
                ^ models.Q(decided_at__isnull=False),
                name="a_claim_decided_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ClaimState.REFUSED.value, reason=""),
                name="a_refusal_has_a_reason",
            ),
        ]


class Membership(models.Model):
    """One row a person who speaks for an organisation."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    siren = models.CharField(max_length=SIREN_LENGTH, db_index=True)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    is_fictional = models.BooleanField()
    role = models.CharField(max_length=16, choices=_ROLES)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["organisation", "since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "siren"], name="one_membership")
        ]
