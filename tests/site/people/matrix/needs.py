"""Needs: posted, published, answered, followed, closed, moderated."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.utils import timezone
from tests.site.people.matrix.cells import AWAY, DONE, EVERYBODY, NOBODY, SIGNED_IN, STAFF, Row

from essor.site.asking import Asked, answered
from essor.site.current import in_service
from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Message, Posting
from essor.site.needs.recorded import recorded
from essor.site.needs.words import NeedState, Report, Stance, Visibility
from essor.site.offers import stamp

TEXT = "couture industrielle de housses"
ONLY_ITS_OWN = (302, 403, 200, 403, 403, 403, 403)
"""Read by those who speak for the organisation, whether it needs or supplies."""
ITS_OWN_DONE = (302, 403, 302, 403, 403, 403, 403)
ITS_OWN_WRONG = (302, 403, 422, 403, 403, 403, 403)
ONLY_SENT = (302, *(405,) * 6)
OPEN, DRAFTED = {"number": "open"}, {"number": "drafted"}
INVITED = {"number": "invited to", "siren": "this"}
TOKEN = "11111111-1111-4111-8111-111111111111"
"""Drawn once for all: tests that run side by side must have the same names."""
MESSAGE = {"texte": "Pouvez-vous en coudre cent ?", "jeton": TOKEN}
POSTED = {"besoin": TEXT, "visibilite": "public", "jeton": TOKEN}

ROWS = (
    Row("besoins-publies", EVERYBODY),
    # Nothing was asked: one is sent to ask it.
    Row("besoin-publier", AWAY),
    Row("besoin-publier", (302, *(422,) * 6), sent={"besoin": TEXT}),
    Row("besoin-publier", DONE, sent=POSTED),
    Row("besoin", EVERYBODY, OPEN),
    Row("besoin", ONLY_ITS_OWN, DRAFTED),
    Row("besoin", ONLY_ITS_OWN, {"number": "invited to"}),
    Row("besoin", NOBODY, {"number": 2**70}),
    Row("besoin-corriger", ONLY_ITS_OWN, OPEN),
    Row("besoin-corriger", ITS_OWN_WRONG, OPEN, {"besoin": ""}),
    Row("besoin-ouvrir", ITS_OWN_DONE, DRAFTED, {}),
    Row("besoin-ouvrir", ONLY_SENT, DRAFTED),
    Row("besoin-retirer", ITS_OWN_DONE, OPEN, {}),
    Row("besoin-retirer", ONLY_SENT, OPEN),
    Row("besoin-inviter", ONLY_ITS_OWN, OPEN),
    Row("besoin-inviter", ITS_OWN_WRONG, OPEN, {"siret": "00000000000000"}),
    Row("besoin-suivi", ONLY_ITS_OWN, OPEN),
    Row("besoin-refaire", ONLY_ITS_OWN, OPEN),
    Row("besoin-cloturer", ONLY_ITS_OWN, OPEN),
    Row("besoin-cloturer", ITS_OWN_WRONG, OPEN, {"resultat": "nothing"}),
    Row("besoin-cloturer", ITS_OWN_DONE, OPEN, {"resultat": "elsewhere"}),
    Row("besoin-repondre", ONLY_ITS_OWN, INVITED),
    Row("besoin-repondre", ITS_OWN_DONE, INVITED, {"reponse": "interested"}),
    # Nobody answers her own need.
    Row("besoin-repondre", (302, *(403,) * 6), {"number": "open", "siren": "this"}),
    Row("besoin-echange", ONLY_ITS_OWN, INVITED),
    Row("besoin-echange", ITS_OWN_DONE, INVITED, MESSAGE),
    Row("besoin-bilan", ONLY_ITS_OWN, INVITED),
    Row("besoin-bilan", ITS_OWN_DONE, INVITED, {"resultat": "concluded"}),
    Row("message-signaler", ONLY_ITS_OWN, {"number": "message"}),
    Row("message-signaler", ITS_OWN_DONE, {"number": "message"}, {"motif": "Injures."}),
    Row("mes-besoins", SIGNED_IN),
    Row("notifications", DONE, sent={"rythme": "immediat"}),
    Row("notifications", ONLY_SENT),
    Row("organisation-besoins", ONLY_ITS_OWN, {"siren": "this"}),
    Row("moderation-besoins", STAFF),
    Row("moderation-besoin", STAFF, OPEN),
    Row(
        "moderation-besoin",
        (302, 403, 403, 403, 403, 302, 302),
        OPEN,
        {"masquer": "1", "motif": "Publicité."},
    ),
    # A moderator reads what everybody reads, and what is reported; not what two sides say.
    Row("moderation-besoin", (302, 403, 403, 403, 403, 404, 404), {"number": "invited to"}),
    Row(
        "moderation-message",
        (302, 403, 403, 403, 403, 302, 302),
        {"number": "message"},
        {"decision": "masquer"},
    ),
    Row("moderation-message", ONLY_SENT, {"number": "message"}),
)


def numbers(this: str, enrol: Callable[..., Member]) -> dict[str, object]:
    """Return a need and a draft of the organisation, and a need to which it is invited."""
    buyer = enrol("buyer@acheteur.example")
    invited = need(author=buyer, visibility=Visibility.INVITED.value)
    exchange = Exchange.objects.create(
        posting=invited,
        siren=this,
        organisation="Atelier",
        is_invited=True,
        stance=Stance.INTERESTED.value,
    )
    message = Message.objects.create(
        exchange=exchange,
        side="buyer",
        author=buyer,
        text="Bonjour",
        report=Report.PENDING.value,
    )
    drafted = need(siren=this, organisation="Atelier", state=NeedState.DRAFT.value)
    return {
        "open": need(siren=this, organisation="Atelier").pk,
        "drafted": drafted.pk,
        "invited to": invited.pk,
        "message": message.pk,
    }


def need(**columns: object) -> Posting:
    """Keep a need answered on the demonstration, public and open unless said otherwise."""
    said: dict[str, object] = {
        "state": NeedState.OPEN.value,
        "visibility": Visibility.PUBLIC.value,
        **columns,
    }
    if said["state"] != NeedState.DRAFT.value:
        now = timezone.now()
        said = {"opened_at": now, "expires_on": now.date() + timedelta(days=30), **said}
    made = Posting.objects.create(
        **{"is_fictional": True, "text": TEXT, "record": _record(), **said}
    )
    stamp.change()
    return made


@cache
def _record() -> object:
    return recorded(answered(in_service(), Asked(text=TEXT)).answer)
