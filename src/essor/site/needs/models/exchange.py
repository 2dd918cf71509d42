"""Exchanges: a need and one organisation, what that one said of it, what they write to each other."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from essor.site.members.models.claim import ORGANISATION_LENGTH, REASON_LENGTH, SIREN_LENGTH
from essor.site.members.models.member import Member
from essor.site.needs.models.posting import Posting
from essor.site.needs.words import Refusing, Report, Side, Stance

SIRET_LENGTH = 14
MESSAGE_LENGTH = 4_000


class Exchange(models.Model):
    """One row an organisation that was invited to a need, or that came by itself."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="exchanges")
    siren = models.CharField(max_length=SIREN_LENGTH, db_index=True)
    siret = models.CharField(max_length=SIRET_LENGTH, blank=True)
    """The establishment that the ranking names; none for an organisation that came by itself."""
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    is_invited = models.BooleanField()
    why = models.JSONField(default=dict)
    """Of the ranking of that day: the score, out of how much, and the reasons."""
    stance = models.CharField(max_length=16, choices=Stance.choices, default=Stance.WAITING.value)
    refusing = models.CharField(max_length=16, choices=Refusing.choices, blank=True)
    refusing_text = models.TextField(max_length=REASON_LENGTH, blank=True)
    is_retained = models.BooleanField(null=True)
    """What the buyer said when she closed the need; None before."""
    begun_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    """When the organisation was reminded of the invitation."""
    asked_at = models.DateTimeField(null=True)
    """When the organisation was asked what came of the need."""

    class Meta:
        ordering: ClassVar = ["begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posting", "siren"], name="one_exchange"),
            models.CheckConstraint(
                condition=~models.Q(stance=Stance.REFUSED.value, refusing=""),
                name="an_organisation_that_refuses_says_why",
            ),
        ]


class Message(models.Model):
    """One row a message of an exchange; its author may be gone since."""

    token = models.UUIDField(unique=True, default=uuid4)
    """Drawn with the form: a form sent twice writes one message."""
    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=16, choices=Side.choices)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="messages")
    text = models.TextField(max_length=MESSAGE_LENGTH)
    sent_at = models.DateTimeField(auto_now_add=True)
    report = models.CharField(max_length=16, choices=Report.choices, default=Report.NONE.value)
    reported_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    report_reason = models.TextField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering: ClassVar = ["sent_at", "id"]
        indexes: ClassVar = [models.Index(fields=["report"])]
