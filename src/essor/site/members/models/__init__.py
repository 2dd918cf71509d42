"""The tables of the people's database; Django reads here which they are."""

from essor.site.members.models.claim import Claim, Membership
from essor.site.members.models.journal import JournalEntry
from essor.site.members.models.letter import Letter
from essor.site.members.models.member import Appointment, Member

__all__ = ["Appointment", "Claim", "JournalEntry", "Letter", "Member", "Membership"]
