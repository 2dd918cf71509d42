"""A key is made, shown once, recognised, revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.site.keys.models import DIGEST_LENGTH, PREFIX_LENGTH, Key, Scope
from essor.site.members.journal import note
from essor.site.members.models.member import Member

KEYS_AT_MOST = 10
"""Keys of one member that open something: one a program is enough."""
LASTINGS = (30, 90, 365)
"""For how many days a key may be made: none opens for ever."""
LASTING = 90

_MARK = "essor"
_SECRET_BYTES = 32
# Of no key: what a key that does not exist is compared with, so that the answer takes as long.
_NO_DIGEST = "0" * DIGEST_LENGTH


@dataclass(frozen=True, slots=True)
class Made:
    """A key just made, and its text: it is never told again."""

    key: Key
    text: str


def make(member: Member, name: str, days: int = LASTING, scope: Scope = Scope.WRITE) -> Made:
    """Return a new key of hers, for so many days of `LASTINGS`.

    Raises:
        InvalidRequestError: she has too many.
    """
    with transaction.atomic():
        if living(member).count() >= KEYS_AT_MOST:
            raise InvalidRequestError(
                f"Vous avez déjà {KEYS_AT_MOST} clés : révoquez celles qui ne servent plus."
            )
        prefix, secret = (
            secrets.token_hex(PREFIX_LENGTH // 2),
            secrets.token_urlsafe(_SECRET_BYTES),
        )
        key = Key.objects.create(
            member=member,
            name=name,
            prefix=prefix,
            digest=_digest(secret),
            scope=scope.value,
            expires_at=timezone.now() + timedelta(days=days),
        )
        note(member.pk, "key.made", f"key:{key.pk}")
    return Made(key, f"{_MARK}_{prefix}_{secret}")


def recognised(text: str) -> Key | None:
    """Return the living key of that text, with its member; None when there is none."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    key = _living().filter(prefix=prefix[:PREFIX_LENGTH]).select_related("member").first()
    is_it = secrets.compare_digest(key.digest if key else _NO_DIGEST, _digest(secret))
    if key is None or mark != _MARK or not is_it:
        return None
    today = timezone.localdate()
    if key.used_on != today:
        Key.objects.filter(pk=key.pk).update(used_on=today)
    return key


def revoke(key: Key) -> bool:
    """End a key; return whether it still lived."""
    with transaction.atomic():
        changed = Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
        if changed:
            note(key.member_id, "key.revoked", f"key:{key.pk}")
    return changed == 1


def living(member: Member) -> QuerySet[Key]:
    """Return the keys of a member that open something."""
    return _living().filter(member=member)


def _living() -> QuerySet[Key]:
    is_living = Q(revoked_at=None, expires_at__gt=timezone.now(), member__is_active=True)
    return Key.objects.filter(is_living)


def _digest(secret: str) -> str:
    # Thirty-two drawn bytes: no dictionary holds them, a slow digest would protect nothing more.
    return hashlib.sha256(secret.encode()).hexdigest()
