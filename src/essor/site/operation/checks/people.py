"""The people's database, the mail, and the timers that go with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.utils import timezone

from essor.site.members import database, post, sealing
from essor.site.operation import rounds
from essor.site.operation.checks.finding import Finding, failure, fine, warning
from essor.site.operation.outbox import backlog

_LETTER_WAITS = timedelta(hours=1)


def people() -> Iterator[Finding]:
    """Yield how the database and the mail are; what is in the database is read only if it can be."""
    found = database.state()
    if found is database.State.READY:
        yield fine("base des personnes", "Elle répond, et elle est de cette version.")
    else:
        yield failure("base des personnes", str(database.refusal(found)))
    yield _mail_server()
    if found is database.State.READY:
        yield _letters()
        yield _factors()
        last_ends = rounds.last_ends()
        for task in rounds.Task:
            yield _round(task, last_ends.get(task))


def _mail_server() -> Finding:
    subject = "messagerie"
    if post.is_written_to_files():
        return failure(
            subject,
            "Les messages, dont les codes de connexion, ne partent pas mais sont écrits dans le "
            "dossier « courriels » : donnez un serveur par EMAIL_URL.",
        )
    try:
        opened = get_connection()
        opened.open()
        opened.close()
    except OSError as error:
        # smtplib's errors are among them; their text may quote the account.
        return failure(
            subject,
            f"Le serveur de messagerie ne se laisse pas joindre ({type(error).__name__}) : vérifiez "
            "EMAIL_URL, son mot de passe, et qu’un pare-feu ne ferme pas ce port.",
        )
    return fine(subject, "Le serveur répond et accepte le compte.")


def _letters() -> Finding:
    waiting = backlog()
    if waiting.oldest > _LETTER_WAITS:
        hours = int(waiting.oldest.total_seconds() // 3600)
        return failure(
            "messages",
            f"{waiting.letters} messages attendent, le plus ancien depuis {hours} h : vérifiez la "
            "messagerie, puis lancez « essor members mail ».",
        )
    return fine("messages", f"En attente : {waiting.letters}.")


def _factors() -> Finding:
    if count := sealing.unreadable():
        return failure(
            "seconds facteurs",
            f"{count} seconds facteurs ne peuvent plus être lus, car la clé du site a changé : mettez "
            "l’ancienne dans ESSOR_SECRET_KEY_FALLBACKS, puis lancez « essor members reseal ».",
        )
    return fine("seconds facteurs", "La clé du site les ouvre tous.")


def _round(task: rounds.Task, ended_at: datetime | None) -> Finding:
    subject = f"minuterie {task.label}"
    if ended_at is None:
        return warning(
            subject,
            f"« {task.command} » n’a encore jamais fini : mettez en marche sa minuterie (deploy/).",
        )
    if (silent := timezone.now() - ended_at) > task.silence:
        hours = int(silent.total_seconds() // 3600)
        return failure(
            subject,
            f"« {task.command} » n’a pas fini depuis {hours} h : regardez le journal de sa minuterie, "
            "et remettez-la en marche.",
        )
    return fine(subject, f"Finie le {timezone.localtime(ended_at):%d/%m/%Y à %H:%M}.")
