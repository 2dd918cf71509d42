"""What organisations publish, as it is kept: it belongs to the organisation; the author may be gone since."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from essor.site.members.models.claim import ORGANISATION_LENGTH, REASON_LENGTH, SIREN_LENGTH
from essor.site.members.models.member import Member
from essor.site.offers.words import REACHES, CorrectionState, Doubted, Fact, Means

SIRET_LENGTH = 14
LABEL_LENGTH = 120
PLACE_LENGTH = 120
ZONE_LENGTH = 64
SAID_LENGTH = 300
TEXT_LENGTH = 2_000
TELLER_LENGTH = 120
EMAIL_LENGTH = 254


class OfOrganisation(models.Model):
    """What every publication has: whose it is, and who wrote it, whom nobody is shown."""

    siren = models.CharField(max_length=SIREN_LENGTH, db_index=True)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    """Its name in the release of the day: it can be read when no release is."""
    is_fictional = models.BooleanField()
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="%(class)ss")
    made_at = models.DateTimeField(auto_now_add=True)
    said_at = models.DateTimeField()
    """When it was last written: the day that readers are told."""

    class Meta:
        abstract = True


class Published(OfOrganisation):
    """What is read as soon as it is written, until it is withdrawn, or hidden by a moderator."""

    withdrawn_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.TextField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        abstract = True


class DeclaredActivity(Published):
    """One row an activity that an organisation declares, at one of its establishments."""

    siret = models.CharField(max_length=SIRET_LENGTH)
    trades = models.JSONField()
    """Codes of the NAF."""
    label = models.CharField(max_length=LABEL_LENGTH)
    presence = models.JSONField(default=list)
    reach = models.CharField(max_length=16, choices=REACHES)
    radius_km = models.FloatField(null=True)
    zones = models.JSONField(default=list)
    """Selectors: « departement:57 »."""
    capacity = models.CharField(max_length=SAID_LENGTH, blank=True)
    """Quantities as they were typed: « 600 t/an »."""
    certificates = models.JSONField(null=True)
    """None: nothing was said of them; empty: it has none."""
    available_from = models.DateField(null=True)
    told_by = models.CharField(max_length=TELLER_LENGTH, blank=True)
    """Who told it, when the organisation did not: « le Marché de l’inclusion »."""
    told_as = models.CharField(max_length=LABEL_LENGTH, blank=True)
    """Under which name that list tells it, folded: told again, it is the same activity."""
    confirmed_at = models.DateTimeField(null=True)
    """When the organisation made its own what another told of it."""

    class Meta:
        ordering: ClassVar = ["label", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siret", "told_by", "told_as"],
                condition=~models.Q(told_by=""),
                name="one_activity_a_name_of_a_list",
            ),
        ]

    @property
    def is_proposed(self) -> bool:
        """Return whether another told it, and the organisation has not confirmed it yet."""
        return bool(self.told_by) and self.confirmed_at is None

    @property
    def title(self) -> str:
        """Return what it is called, as an offer is by its title."""
        return self.label


class Offer(Published):
    """One row a means that an organisation offers to others."""

    means = models.CharField(max_length=16, choices=Means.choices)
    title = models.CharField(max_length=LABEL_LENGTH)
    text = models.TextField(max_length=TEXT_LENGTH)
    place = models.CharField(max_length=PLACE_LENGTH)
    """As it was typed."""
    zone = models.CharField(max_length=ZONE_LENGTH, blank=True)
    """Its selector, « commune:57463 »; empty for an offer written before places were read."""
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-said_at", "-id"]


class Correction(OfOrganisation):
    """One row a fact of the register that an organisation says otherwise."""

    fact = models.CharField(max_length=16, choices=Fact.choices)
    value = models.CharField(max_length=SAID_LENGTH)
    explanation = models.TextField(max_length=TEXT_LENGTH)
    """What shows it, for the moderators alone."""
    state = models.CharField(
        max_length=16, choices=CorrectionState.choices, default=CorrectionState.PENDING
    )
    reason = models.TextField(max_length=REASON_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siren", "fact"],
                condition=models.Q(state=CorrectionState.PENDING.value),
                name="one_pending_correction_a_fact",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CorrectionState.REFUSED.value, reason=""),
                name="a_refused_correction_has_a_reason",
            ),
        ]


class Remark(models.Model):
    """One row an error that a visitor without an account finds on a card; accepted, it is read beside the source."""

    siren = models.CharField(max_length=SIREN_LENGTH, db_index=True)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    is_fictional = models.BooleanField()
    fact = models.CharField(max_length=16, choices=Doubted.choices)
    value = models.CharField(max_length=SAID_LENGTH)
    source = models.CharField(max_length=SAID_LENGTH)
    """Where it can be read."""
    email = models.EmailField(max_length=EMAIL_LENGTH, blank=True)
    """Where she wants an answer, until it is given; no account is looked for under it."""
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(
        max_length=16, choices=CorrectionState.choices, default=CorrectionState.PENDING
    )
    reason = models.TextField(max_length=REASON_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siren", "fact", "value"],
                condition=models.Q(state=CorrectionState.PENDING.value),
                name="one_pending_remark_a_value",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CorrectionState.REFUSED.value, reason=""),
                name="a_refused_remark_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=CorrectionState.PENDING.value) | models.Q(email=""),
                name="a_remark_decided_keeps_no_address",
            ),
        ]


class Report(models.Model):
    """One row a publication that a member finds wrong; exactly one of the two is reported."""

    activity = models.ForeignKey(
        DeclaredActivity, models.CASCADE, null=True, related_name="reports"
    )
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="reports")
    member = models.ForeignKey(Member, models.CASCADE, related_name="reports")
    reason = models.TextField(max_length=REASON_LENGTH)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(activity=None) ^ models.Q(offer=None),
                name="a_report_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["member", "activity"],
                condition=models.Q(settled_at=None),
                name="one_pending_report_of_an_activity",
            ),
            models.UniqueConstraint(
                fields=["member", "offer"],
                condition=models.Q(settled_at=None),
                name="one_pending_report_of_an_offer",
            ),
        ]


class Stamp(models.Model):
    """One row in all: a mark drawn anew at each change of what is published, which replicas compare."""

    mark = models.UUIDField(default=uuid4)
