"""What the two sides of an exchange write to each other, relayed: no address is ever shown or sent."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Message
from essor.site.needs.notices import moderators, tell, tell_buyer, tell_supplier
from essor.site.needs.words import NeedState, Report, Side

AN_HOUR_AT_MOST = 30
"""Messages that a member writes in an hour."""
UNANSWERED_AT_MOST = 5
"""Messages that a side writes while the other says nothing."""

_ENDED = (NeedState.DRAFT.value, NeedState.WITHDRAWN.value)


def write(exchange: Exchange, side: Side, author: Member, text: str, token: UUID) -> Message:
    """Return the message written to the other side; sent twice, it is written once.

    Raises:
        InvalidRequestError: the need is withdrawn or hidden, or these are too many messages.
    """
    if (twin := Message.objects.filter(token=token, author=author).first()) is not None:
        return twin
    _refuse_over(exchange)
    _refuse_too_many(exchange, side, author)
    written = Message(exchange=exchange, side=side.value, author=author, text=text, token=token)
    try:
        with transaction.atomic():
            written.save(force_insert=True)
            if side is Side.BUYER:
                tell_supplier(exchange, "L’acheteur vous a écrit", author)
            else:
                tell_buyer(exchange, f"{exchange.organisation} vous a écrit", author)
    except IntegrityError:
        return Message.objects.get(token=token, author=author)
    return written


def report(message: Message, reporter: Member, reason: str) -> bool:
    """Report a message to the moderators; return whether nobody had."""
    with transaction.atomic():
        changed = Message.objects.filter(pk=message.pk, report=Report.NONE.value).update(
            report=Report.PENDING.value, reported_by=reporter, report_reason=reason
        )
        if changed:
            note(reporter.pk, "message.reported", f"message:{message.pk}")
            queue = reverse("moderation-besoins")
            tell(
                moderators(),
                message.exchange.posting,
                "Un message est signalé, sur le besoin",
                queue,
            )
    return changed == 1


def judge(message: Message, verdict: Report, moderator: Member) -> bool:
    """Hide a message that was reported, or keep it; return whether it still waited."""
    with transaction.atomic():
        changed = Message.objects.filter(pk=message.pk, report=Report.PENDING.value).update(
            report=verdict.value
        )
        if changed:
            note(moderator.pk, f"message.{verdict.value}", f"message:{message.pk}")
    return changed == 1


def reported() -> QuerySet[Message]:
    """Return the messages that wait for a moderator, oldest first."""
    waiting = Message.objects.filter(report=Report.PENDING.value)
    return waiting.select_related("exchange__posting")


def _refuse_over(exchange: Exchange) -> None:
    if exchange.posting.state in _ENDED or exchange.posting.hidden_at is not None:
        raise InvalidRequestError("Ce besoin est retiré ou masqué : on ne peut plus s’y écrire.")


def _refuse_too_many(exchange: Exchange, side: Side, author: Member) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if author.messages.filter(sent_at__gt=an_hour_ago).count() >= AN_HOUR_AT_MOST:
        raise InvalidRequestError(
            f"Vous avez écrit {AN_HOUR_AT_MOST} messages en une heure : reprenez un peu plus tard."
        )
    last = list(exchange.messages.order_by("-sent_at", "-pk")[:UNANSWERED_AT_MOST])
    if len(last) == UNANSWERED_AT_MOST and all(each.side == side.value for each in last):
        raise InvalidRequestError(
            f"Vos {UNANSWERED_AT_MOST} derniers messages sont sans réponse : attendez-en une avant "
            "d’écrire de nouveau."
        )
