"""Who asks by the API: anybody, or the bearer of a key in the name of its member; how often."""

from threading import local

from django.core.cache import cache, caches
from django.db import DatabaseError
from django.http import HttpRequest
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer
from ninja.throttling import AnonRateThrottle, SimpleRateThrottle

from essor.site.keys.keeping import recognised
from essor.site.keys.models import Key
from essor.site.members.models.member import Member

READS = 600
"""Questions of an address in a minute."""
READS_BY_KEY = 3_000
WRITES = 60
"""What a key writes in a minute."""

_SCHEME = "bearer"


class KeyBearer(HttpBearer):
    """The key of a member that may write, in the header « Authorization: Bearer »."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """Return the key, None when it opens nothing.

        Raises:
            AuthorizationError: it only reads.
        """
        key = recognised(token)
        if key is not None and not key.is_writer:
            raise AuthorizationError
        return key


class ReadThrottle(local, AnonRateThrottle):
    """Counts questions in the memory of the process: no database is asked, unless a key is shown.

    The bearer of a key that lives is counted under it, anybody else under her address. What ninja keeps
    between the count and the answer is kept by thread, lest one take the count of another.
    """

    cache = caches["process"]

    def __init__(self) -> None:
        super().__init__(f"{READS}/m")

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Return under which name the question is counted."""
        key = _shown(request)
        self.num_requests = READS_BY_KEY if key else READS
        if key is None:
            return super().get_cache_key(request)
        return self.cache_format % {"scope": "readers", "ident": key.pk}


class WriteThrottle(local, SimpleRateThrottle):
    """Counts what each key writes, in the memory that all the processes of the site share."""

    cache = cache
    scope = "keys"

    def __init__(self) -> None:
        super().__init__(f"{WRITES}/m")

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


def _shown(request: HttpRequest) -> Key | None:
    """Return the living key shown with a question that asks for none; None without, or without a database."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME:
        return None
    try:
        return recognised(text)
    except DatabaseError:
        return None
