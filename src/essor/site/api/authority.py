"""Who writes by the API: the bearer of a key, in the name of its member; how often."""

from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from essor.site.keys.keeping import recognised
from essor.site.keys.models import Key
from essor.site.members.models.member import Member


class KeyBearer(HttpBearer):
    """The key of a member, in the header « Authorization: Bearer »."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """Return the key, None when it opens nothing."""
        return recognised(token)


class WriteThrottle(SimpleRateThrottle):
    """Counts what each key writes, in the memory that all the processes of the site share."""

    cache = cache
    scope = "keys"

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return under which name the key is counted."""
        return self.cache_format % {"scope": self.scope, "ident": key_of(request).pk}


def key_of(request: HttpRequest) -> Key:
    """Return the key by which a program asks."""
    held: Key = request.auth  # type: ignore[attr-defined]  # ninja's, of an operation that asks for a key
    return held


def member_of(request: HttpRequest) -> Member:
    """Return in whose name a program asks."""
    return key_of(request).member
