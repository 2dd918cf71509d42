"""Messages on their way: written with what they tell, sent at once, kept and tried again if they fail."""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from essor.site.members.models.letter import FAULT_LENGTH, SUBJECT_LENGTH, Letter

_FILES = "django.core.mail.backends.filebased.EmailBackend"
_LEASE = timedelta(minutes=2)
"""More than the patience of a try: two tries of a letter never meet. It doubles at each failure."""
_DOUBLINGS = 8


class Delivery(Enum):
    """What became of a letter."""

    SENT = "sent"
    KEPT = "kept"


def write(recipient: str, subject: str, text: str) -> Letter:
    """Keep a letter, in the transaction of what it tells; `deliver` it once that is done."""
    return Letter.objects.create(
        recipient=recipient,
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        text=text,
        next_try_at=timezone.now(),
    )


def deliver(letter: Letter) -> Delivery:
    """Try to send a letter, unless somebody else is trying; it is deleted once the server has it."""
    now = timezone.now()
    taken = Letter.objects.filter(pk=letter.pk, next_try_at__lte=now).update(
        next_try_at=now + _LEASE * 2 ** min(letter.attempts, _DOUBLINGS), attempts=F("attempts") + 1
    )
    if not taken:
        return Delivery.KEPT
    try:
        _hand_over(letter)
    except OSError as error:
        # smtplib's own errors are among them: refused, unreachable, too slow.
        Letter.objects.filter(pk=letter.pk).update(fault=str(error)[:FAULT_LENGTH])
        return Delivery.KEPT
    Letter.objects.filter(pk=letter.pk).delete()
    return Delivery.SENT


def deliver_waiting() -> Iterator[tuple[Letter, Delivery]]:
    """Try every letter whose turn has come, oldest first; yield each with what became of it."""
    for letter in list(Letter.objects.filter(next_try_at__lte=timezone.now())):
        yield letter, deliver(letter)


def is_written_to_files() -> bool:
    """Return whether there is no mail server: letters are files of the home."""
    return bool(settings.EMAIL_BACKEND == _FILES)


def _hand_over(letter: Letter) -> None:
    if is_written_to_files():
        # They hold codes that let in.
        Path(settings.EMAIL_FILE_PATH).mkdir(mode=0o700, parents=True, exist_ok=True)
    EmailMessage(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.recipient]
    ).send()
