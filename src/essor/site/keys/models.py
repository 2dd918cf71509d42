"""The keys of the API: what is kept of them never gives them back."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from essor.site.members.models.member import Member

KEY_NAME_LENGTH = 80
PREFIX_LENGTH = 8
DIGEST_LENGTH = 64
_SCOPE_LENGTH = 16


class Scope(StrEnum):
    """What a key opens: a reader is counted apart, and more may be asked; a writer publishes too."""

    READ = "read"
    WRITE = "write"


class Key(models.Model):
    """One row a key, its secret known by its SHA-256 alone."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="keys")
    name = models.CharField(max_length=KEY_NAME_LENGTH)
    """What the member calls it: the program that bears it."""
    prefix = models.CharField(max_length=PREFIX_LENGTH, unique=True)
    """The part of the key that may be told: it says which one it is."""
    digest = models.CharField(max_length=DIGEST_LENGTH)
    scope = models.CharField(max_length=_SCOPE_LENGTH, default=Scope.WRITE.value)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    """The last day it was used."""
    revoked_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    """When its member was told that it ends soon."""

    @property
    def is_writer(self) -> bool:
        """Return whether it publishes."""
        return self.scope == Scope.WRITE.value

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
