"""What a member is to be told of needs, and how often she wants to be written to."""

from typing import ClassVar

from django.db import models

from essor.site.members.models.member import Member
from essor.site.needs.models.posting import Posting

TEXT_LENGTH = 400
ADDRESS_LENGTH = 200


class Notice(models.Model):
    """One row a thing to tell a member: a sentence and the page where she reads the rest."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notices")
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="notices")
    text = models.CharField(max_length=TEXT_LENGTH)
    address = models.CharField(max_length=ADDRESS_LENGTH)
    """The path of the page, under the address of the site."""
    made_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)
    """When a letter that holds it was written."""

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        indexes: ClassVar = [models.Index(fields=["told_at"])]


class Rhythm(models.Model):
    """One row a member whose letters have a rhythm: at most one a day, unless she wants them at once."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="rhythm")
    is_immediate = models.BooleanField(default=False)
    digest_at = models.DateTimeField(null=True)
    """When her last digest was written."""
