"""A list of organisations as its owner keeps it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from essor.site.members.models.claim import ORGANISATION_LENGTH, SIREN_LENGTH
from essor.site.members.models.member import Member

LIST_NAME_LENGTH = 120
NOTE_LENGTH = 2_000
TOKEN_LENGTH = 64
SELECTOR_LENGTH = 32


class OrganisationList(models.Model):
    """One row a list of a member; two of hers never have the same name."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="lists")
    name = models.CharField(max_length=LIST_NAME_LENGTH)
    territory = models.CharField(max_length=SELECTOR_LENGTH, blank=True)
    """« departement:57 » when it was drawn from a territory."""
    token = models.CharField(max_length=TOKEN_LENGTH, null=True, unique=True)
    """What the address of the shared list holds; None: it is not shared."""
    shares_notes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("member", Lower("name"), name="one_list_a_name")
        ]


class KeptOrganisation(models.Model):
    """One row an organisation in a list."""

    held_in = models.ForeignKey(OrganisationList, models.CASCADE, related_name="kept")
    siren = models.CharField(max_length=SIREN_LENGTH)
    organisation = models.CharField(max_length=ORGANISATION_LENGTH)
    """Its name in the release of the day: it can be read when no release is."""
    is_fictional = models.BooleanField()
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["organisation", "siren"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["held_in", "siren"], name="kept_once_a_list")
        ]
