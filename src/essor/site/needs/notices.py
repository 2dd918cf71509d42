"""What people are told of needs: a sentence and a page, at once or in the digest of the day."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from essor.site.members import post
from essor.site.members.models.member import Member
from essor.site.members.permissions import PlatformRole
from essor.site.needs.models.exchange import Exchange
from essor.site.needs.models.notice import TEXT_LENGTH, Notice
from essor.site.needs.models.posting import Posting
from essor.site.needs.words import Stance

UNANSWERED = "Personne ne lit les réponses à ce message : répondez sur le site."


def tell(members: Iterable[Member], posting: Posting, sentence: str, address: str) -> None:
    """Tell each of these members, in the transaction of what is told; the same thing waits once.

    A letter to whoever wants it at once is left to the timer of mail: nobody waits for a server.
    """
    text = f"{sentence} : « {posting.heading} »."[:TEXT_LENGTH]
    for member in members:
        if member.notices.filter(told_at=None, address=address, text=text).exists():
            continue
        told = Notice(member=member, posting=posting, text=text, address=address)
        if _wants_at_once(member):
            told.told_at = timezone.now()
            post.write(member.email, f"Essor : {text}", letter(member, [told]))
        told.save()


def tell_buyer(exchange: Exchange, sentence: str, but: Member | None = None) -> None:
    """Tell those who run the need of an exchange."""
    members = _but(running(exchange.posting), but)
    tell(members, exchange.posting, sentence, exchange_page(exchange))


def tell_supplier(exchange: Exchange, sentence: str, but: Member | None = None) -> None:
    """Tell those who speak for the organisation of an exchange."""
    members = _but(speaking(exchange.siren), but)
    tell(members, exchange.posting, sentence, exchange_page(exchange))


def tell_suppliers(posting: Posting, sentence: str, but: Member | None = None) -> None:
    """Tell every organisation that has not refused."""
    for exchange in posting.exchanges.exclude(stance=Stance.REFUSED.value):
        tell_supplier(exchange, sentence, but)


def running(posting: Posting) -> list[Member]:
    """Return those who run a need: its author, else all who speak for the organisation that needs it."""
    if not posting.siren:
        return [posting.author] if posting.author else []
    speakers = speaking(posting.siren)
    return [each for each in speakers if each.pk == posting.author_id] or speakers


def speaking(siren: str) -> list[Member]:
    """Return those who speak for an organisation."""
    held = Member.objects.filter(memberships__siren=siren, is_active=True)
    return list(held.order_by("pk"))


def moderators() -> list[Member]:
    """Return those who moderate."""
    roles = (PlatformRole.MODERATOR.value, PlatformRole.ADMINISTRATOR.value)
    held = Member.objects.filter(appointments__role__in=roles, is_active=True)
    return list(held.distinct().order_by("pk"))


def exchange_page(exchange: Exchange) -> str:
    """Return the page of an exchange."""
    return reverse("besoin-echange", args=[exchange.posting_id, exchange.siren])


def letter(member: Member, notices: Iterable[Notice]) -> str:
    """Return the text of a letter that holds these notices; it gives nobody’s address."""
    greeting = f"Bonjour {member.name}".strip()
    told = "\n\n".join(
        f"– {each.text}\n  {settings.ESSOR_ADDRESS}{each.address}" for each in notices
    )
    space = f"{settings.ESSOR_ADDRESS}{reverse('mes-besoins')}"
    rhythm = f"Pour être prévenu aussitôt, ou une fois par jour au plus : {space}"
    return f"{greeting},\n\n{told}\n\n{UNANSWERED}\n{rhythm}\n\nL’équipe d’Essor\n"


def _but(members: list[Member], left_out: Member | None) -> list[Member]:
    return [each for each in members if left_out is None or each.pk != left_out.pk]


def _wants_at_once(member: Member) -> bool:
    rhythm = getattr(member, "rhythm", None)
    return rhythm is not None and rhythm.is_immediate
