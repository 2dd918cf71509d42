"""A need as its author keeps it: what she typed, what was understood, and the answer of that day."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils import timezone

from essor.matching.asking import LONGEST
from essor.site.members.models.claim import ORGANISATION_LENGTH, REASON_LENGTH, SIREN_LENGTH
from essor.site.members.models.member import Member
from essor.site.needs.words import RESERVATIONS, NeedState, Visibility

PLACE_LENGTH = 200
QUANTITY_LENGTH = 100


class Postings(models.QuerySet["Posting"]):
    """Needs, as they are chosen."""

    def listed(self) -> Self:
        """Return those that everybody may read, latest first."""
        return self.filter(
            state=NeedState.OPEN.value,
            visibility=Visibility.PUBLIC.value,
            hidden_at=None,
            expires_on__gte=timezone.localdate(),
        ).order_by("-opened_at", "-pk")


class Posting(models.Model):
    """One row a need posted by a member, for herself or for an organisation (`siren`)."""

    token = models.UUIDField(unique=True, default=uuid4)
    """Drawn with the form: a form sent twice posts one need."""
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="postings")
    siren = models.CharField(max_length=SIREN_LENGTH, blank=True, db_index=True)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH, blank=True)
    is_fictional = models.BooleanField()
    """Answered from invented data, or posted by an invented organisation."""
    text = models.TextField(max_length=LONGEST)
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    radius_km = models.FloatField(null=True)
    quantity = models.CharField(max_length=QUANTITY_LENGTH, blank=True)
    deadline = models.DateField(null=True)
    reserved = models.CharField(max_length=16, choices=RESERVATIONS, blank=True)
    kept = models.JSONField(default=list)
    """The codes of the trades that the author kept; none: all those that were read."""
    record = models.JSONField()
    """The answer of the day of its last correction: need, release, criteria, ranking."""
    visibility = models.CharField(max_length=16, choices=Visibility.choices)
    state = models.CharField(
        max_length=16, choices=NeedState.choices, default=NeedState.DRAFT.value
    )
    version = models.PositiveIntegerField(default=1)
    """Grows at each correction: whoever corrects an older one is told."""
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    opened_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    """The last day of an open need."""
    ended_at = models.DateTimeField(null=True)
    """When it was closed, withdrawn, or seen to be over."""
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.TextField(max_length=REASON_LENGTH, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    objects = Postings.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["state", "visibility", "expires_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=NeedState.DRAFT.value)
                ^ models.Q(opened_at__isnull=False, expires_on__isnull=False),
                name="a_need_published_has_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at=None) ^ ~models.Q(hidden_reason=""),
                name="a_need_hidden_has_a_reason",
            ),
        ]

    @property
    def heading(self) -> str:
        """Return the need in a line."""
        line = " ".join(self.text.split())
        return line if len(line) <= _HEADING else f"{line[:_HEADING].rsplit(' ', 1)[0]}…"

    @property
    def buyer(self) -> str:
        """Return how others read who needs it: a person is not named."""
        return self.organisation or "Un membre, pour lui-même"


_HEADING = 90
