"""The tables of needs; Django reads here which they are."""

from essor.site.needs.models.exchange import Exchange, Message
from essor.site.needs.models.notice import Notice, Rhythm
from essor.site.needs.models.outcome import Outcome
from essor.site.needs.models.posting import Posting

__all__ = ["Exchange", "Message", "Notice", "Outcome", "Posting", "Rhythm"]
