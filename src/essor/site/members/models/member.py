"""A person: an address, a name, and what the site entrusts to her."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from essor.site.members.permissions import PlatformRole

NAME_LENGTH = 120
EMAIL_LENGTH = 254


class MemberManager(BaseUserManager["Member"]):
    """How members are found: by their address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Return the member of that address."""
        return self.get(email__iexact=username or "")


class Member(AbstractBaseUser):
    """One row a person. Whether the address is verified is said by allauth's `EmailAddress`."""

    email = models.EmailField("adresse électronique", max_length=EMAIL_LENGTH, unique=True)
    name = models.CharField("nom", max_length=NAME_LENGTH, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_member_an_address")
        ]

    def __str__(self) -> str:
        """Return how the site names the person."""
        return self.name or self.email


class Appointment(models.Model):
    """One row a trust: a member moderates, administers, or is the officer of a territory."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="appointments")
    role = models.CharField(
        max_length=16, choices=[(role.value, role.label) for role in PlatformRole]
    )
    territory = models.CharField(max_length=32, blank=True)
    """« departement:57 » for an officer, empty for the others."""
    told_at = models.DateTimeField(null=True)
    """When a moderator was last written to that claims wait: once a day at most."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("member", "role", "territory", name="one_trust_once"),
            models.CheckConstraint(
                condition=models.Q(role=PlatformRole.OFFICER.value) ^ models.Q(territory=""),
                name="an_officer_has_a_territory",
            ),
        ]
