"""Secrets sealed at rest: what makes a second factor cannot be read without the key of the site.

A database, or a backup of it, that falls into other hands lets nobody in. The key is drawn from that
of the site; the former ones still open what they sealed, until `reseal` is run.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from essor.errors import PeopleDatabaseError

_PURPOSE = b"essor: second factors"
_KEY_BYTES = 32
_SEALED = "gAAAA"
"""How what Fernet seals begins: neither a TOTP key nor a seed of recovery codes does.

Source: https://github.com/fernet/spec (version 0x80, then a date that stays below 2^32 until 2106)
"""


def seal(text: str) -> str:
    """Return the text sealed with the key of the day."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return the text that was sealed.

    Raises:
        PeopleDatabaseError: it was sealed with a key that this site no longer has.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        message = (
            "Ce second facteur ne peut plus être lu, car la clé du site a changé : que l’éditeur "
            "remette l’ancienne dans ESSOR_SECRET_KEY_FALLBACKS."
        )
        raise PeopleDatabaseError(message) from error


def reseal() -> int:
    """Seal again, with the key of the day, all that former keys sealed; return how many factors.

    Raises:
        PeopleDatabaseError: one was sealed with a key that this site no longer has.
    """
    with transaction.atomic():
        held = list(Authenticator.objects.select_for_update().order_by("pk"))
        for each in held:
            each.data = changed(each.data, lambda text: seal(unseal(text)))
            each.save(update_fields=["data"])
    return len(held)


def unreadable() -> int:
    """Return how many second factors the keys of this site do not open."""
    return sum(not _opens(each.data) for each in Authenticator.objects.iterator())


def changed(data: dict[str, object], change: Callable[[str], str]) -> dict[str, object]:
    """Return what allauth keeps of a factor, each of its secrets changed."""
    found = dict(data)
    for name in ("secret", "seed"):
        if isinstance(text := found.get(name), str):
            found[name] = change(text)
    if isinstance(codes := found.get("migrated_codes"), list):
        found["migrated_codes"] = [change(str(code)) for code in codes]
    return found


def sealed_once(text: str) -> str:
    """Return the text sealed, as it is when it was already."""
    return text if text.startswith(_SEALED) else seal(text)


def _opens(data: dict[str, object]) -> bool:
    try:
        changed(data, unseal)
    except PeopleDatabaseError:
        return False
    return True


def _keys() -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_drawn(key)) for key in known])


def _drawn(key: str) -> bytes:
    drawn = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE)
    return urlsafe_b64encode(drawn.derive(key.encode()))
