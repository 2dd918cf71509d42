"""A need is posted, corrected, published, withdrawn; each change is made once, by one person."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from essor.errors import InvalidRequestError
from essor.matching.answer import Answer
from essor.site.asking import Asked, answered
from essor.site.current import Current
from essor.site.members.journal import note
from essor.site.members.models.claim import Membership
from essor.site.members.models.member import Member
from essor.site.needs.models import Posting
from essor.site.needs.notices import tell_suppliers
from essor.site.needs.permissions import Standing
from essor.site.needs.recorded import asked_of, recorded
from essor.site.needs.words import NeedState, Visibility
from essor.site.offers import stamp

RUNNING_AT_MOST = 20
"""Drafts and open needs of one author: more would be nobody's needs."""
OPEN_FOR = timedelta(days=60)
"""How long a need without a deadline is open."""
TO_CHOOSE = timedelta(days=15)
"""How long it stays open after its deadline, to choose among the answers and to close it."""
FARTHEST = timedelta(days=2 * 365)

_RUNNING = (NeedState.DRAFT.value, NeedState.OPEN.value)


@dataclass(frozen=True, slots=True)
class Said:
    """What an author says of a need: what she asks, for which organisation (none: herself), to whom."""

    asked: Asked
    visibility: Visibility
    siren: str = ""


def post(service: Current, author: Member, said: Said, token: UUID) -> Posting:
    """Return the draft of a need, with its answer of the day; sent twice, it is posted once.

    Raises:
        InvalidRequestError: it cannot be understood, contradicts itself, or there are too many.
        UnknownTerritoryError, AmbiguousTerritoryError: of its place.
    """
    held = _held(author, said.siren)
    found = answered(service, said.asked).answer
    made = Posting(
        token=token,
        author=author,
        siren=said.siren,
        organisation=held.organisation if held else "",
        is_fictional=service.manifest.is_fictional or bool(held and held.is_fictional),
        **_columns(said, found),
    )
    try:
        with transaction.atomic():
            _refuse_too_many(author)
            made.save(force_insert=True)
            note(author.pk, "need.posted", f"need:{made.pk}")
    except IntegrityError:
        return Posting.objects.get(token=token, author=author)
    return made


def correct(service: Current, posting: Posting, said: Said, editor: Member) -> bool:
    """Change a need and its answer; return False when somebody else changed it, or it is over.

    `posting` is the need as the editor read it: its version tells. The buyer stays who she is.

    Raises:
        InvalidRequestError, UnknownTerritoryError, AmbiguousTerritoryError: as to post.
    """
    found = answered(service, said.asked).answer
    now = timezone.now()
    columns = _columns(said, found)
    if posting.state == NeedState.OPEN.value:
        columns["expires_on"] = _expiry(said.asked.deadline)
    with transaction.atomic():
        changed = Posting.objects.filter(
            pk=posting.pk, version=posting.version, state__in=_RUNNING
        ).update(**columns, version=F("version") + 1, changed_at=now)
        if changed:
            stamp.change()
            note(editor.pk, "need.corrected", f"need:{posting.pk}")
            tell_suppliers(posting, "Le besoin a été corrigé", but=editor)
    return changed == 1


def publish(service: Current, posting: Posting, editor: Member) -> bool:
    """Open a draft, with the answer of this very day; return whether it was still a draft.

    Raises:
        InvalidRequestError: it cannot be answered any more: its deadline is passed, for one.
    """
    found = answered(service, asked_of(posting)).answer
    with transaction.atomic():
        changed = Posting.objects.filter(pk=posting.pk, state=NeedState.DRAFT.value).update(
            state=NeedState.OPEN.value,
            record=recorded(found),
            opened_at=timezone.now(),
            expires_on=_expiry(posting.deadline),
            changed_at=timezone.now(),
        )
        if changed:
            stamp.change()
            note(editor.pk, "need.published", f"need:{posting.pk}", posting.visibility)
    return changed == 1


def withdraw(posting: Posting, editor: Member) -> bool:
    """Take a need back: a draft is deleted, another is read no more; return whether it could be."""
    with transaction.atomic():
        if Posting.objects.filter(pk=posting.pk, state=NeedState.DRAFT.value).delete()[0]:
            note(editor.pk, "need.withdrawn", f"need:{posting.pk}")
            return True
        changed = Posting.objects.filter(
            pk=posting.pk, state__in=(NeedState.OPEN.value, NeedState.EXPIRED.value)
        ).update(state=NeedState.WITHDRAWN.value, ended_at=timezone.now())
        if changed:
            stamp.change()
            note(editor.pk, "need.withdrawn", f"need:{posting.pk}")
            tell_suppliers(posting, "Le besoin est retiré par l’acheteur", but=editor)
    return changed == 1


def listed() -> QuerySet[Posting]:
    """Return the needs that everybody may read, latest first."""
    return Posting.objects.listed()


def is_open(posting: Posting) -> bool:
    """Return whether organisations may still be invited, and answer."""
    if posting.state != NeedState.OPEN.value or posting.hidden_at is not None:
        return False
    return posting.expires_on is not None and posting.expires_on >= timezone.localdate()


def standing_of(posting: Posting) -> Standing:
    """Return a need as permissions see it."""
    is_public = posting.visibility == Visibility.PUBLIC.value
    is_drafted = posting.state == NeedState.DRAFT.value
    return Standing(
        author=posting.author_id,
        siren=posting.siren,
        is_public=is_public and not is_drafted,
        is_listed=is_public and is_open(posting),
        is_hidden=posting.hidden_at is not None,
        sirens=frozenset(posting.exchanges.values_list("siren", flat=True)),
    )


def _columns(said: Said, found: Answer) -> dict[str, object]:
    """Return what a need keeps of what its author says."""
    asked = said.asked
    return {
        "text": asked.text,
        "place": asked.place.strip(),
        "radius_km": asked.radius_km,
        "quantity": asked.quantity,
        "deadline": asked.deadline,
        "reserved": asked.reserved.value if asked.reserved else "",
        "kept": list(asked.kept),
        "record": recorded(found),
        "visibility": said.visibility.value,
    }


def _held(author: Member, siren: str) -> Membership | None:
    if not siren:
        return None
    held = author.memberships.filter(siren=siren).first()
    if held is None:
        raise InvalidRequestError(
            "Vous ne parlez pas pour cette organisation : revendiquez-la d’abord, depuis sa fiche."
        )
    return held


def _refuse_too_many(author: Member) -> None:
    if author.postings.filter(state__in=_RUNNING).count() >= RUNNING_AT_MOST:
        raise InvalidRequestError(
            f"Vous avez déjà {RUNNING_AT_MOST} besoins en cours : fermez-en ou retirez-en un d’abord."
        )


def _expiry(deadline: date | None) -> date:
    today = timezone.localdate()
    return today + OPEN_FOR if deadline is None else min(deadline, today + FARTHEST) + TO_CHOOSE
