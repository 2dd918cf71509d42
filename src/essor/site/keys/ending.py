"""A member is told of a key that ends soon, once."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone

from essor.site.keys.models import Key
from essor.site.members import post
from essor.site.members.models.letter import Letter

WARNED_BEFORE = timedelta(days=15)


def write_warnings() -> Iterator[Letter]:
    """Write to the member of each key that ends within `WARNED_BEFORE`; yield each letter.

    Run again, or by two timers at once, it writes nothing twice. A key that never served ends in silence:
    no program will miss it.
    """
    now = timezone.now()
    due = Key.objects.filter(
        warned_at=None,
        revoked_at=None,
        used_on__isnull=False,
        member__is_active=True,
        expires_at__gt=now,
        expires_at__lte=now + WARNED_BEFORE,
    ).select_related("member")
    for key in due:
        with transaction.atomic():
            mine = Key.objects.filter(pk=key.pk, warned_at=None, revoked_at=None).update(
                warned_at=now
            )
            letter = _warning(key) if mine else None
        if letter is not None:
            yield letter


def _warning(key: Key) -> Letter:
    end = formats.date_format(timezone.localtime(key.expires_at), "j F Y")
    page = f"{settings.ESSOR_ADDRESS}{reverse('mes-cles')}"
    return post.write(
        key.member.email,
        f"Essor : la clé « {key.name} » s’arrête le {end}",
        f"{f'Bonjour {key.member.name}'.strip()},\n\n"
        f"La clé « {key.name} » (essor_{key.prefix}…) n’ouvrira plus rien après le {end}. "
        "Faites-en une autre, donnez-la au programme qui s’en sert, puis révoquez l’ancienne :\n"
        f"{page}\n\nSi plus rien ne s’en sert, il n’y a rien à faire.\n\nL’équipe d’Essor\n",
    )
