"""What a list tells that organisations do: proposed on their card, theirs once confirmed, gone if declined."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from essor.site.members.journal import note
from essor.site.members.models.member import Member
from essor.site.offers import stamp
from essor.site.offers.models import DeclaredActivity

_AT_ONCE = 500
_CONTENT = ("trades", "label", "presence", "reach", "radius_km", "zones")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An activity as a list tells it; `told_as` is its name there, `said_on` the day of the list."""

    siren: str
    siret: str
    organisation: str
    is_fictional: bool
    told_as: str
    label: str
    trades: tuple[str, ...]
    presence: tuple[str, ...]
    reach: str
    radius_km: float | None
    zones: tuple[str, ...]
    said_on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many proposals were new, were changed, were held already, and are no longer the list’s to tell."""

    added: int
    changed: int
    held: int
    settled: int


def propose(told_by: str, proposals: Iterable[Proposal], *, writes: bool) -> Proposed:
    """Write what a list tells of organisations, once however often it is told; count alone without `writes`.

    An activity that its organisation confirmed or declined, or that a moderator hid, is not the list’s to
    tell any more. What another list told no longer tells is kept: a list may be a part of the whole.
    """
    with transaction.atomic():
        known = {
            (row.siret, row.told_as): row
            for row in DeclaredActivity.objects.filter(told_by=told_by).iterator()
        }
        added, changed, held, settled = [], [], 0, 0
        for each in proposals:
            row = known.get((each.siret, each.told_as))
            if row is None:
                added.append(_row(told_by, each))
            elif not row.is_proposed or row.withdrawn_at or row.hidden_at:
                settled += 1
            elif _is_same(row, each):
                held += 1
            else:
                changed.append(_corrected(row, each))
        if writes and (added or changed):
            DeclaredActivity.objects.bulk_create(added, batch_size=_AT_ONCE)
            columns = [*_CONTENT, "said_at", "organisation"]
            DeclaredActivity.objects.bulk_update(changed, columns, batch_size=_AT_ONCE)
            detail = f"{told_by} : {len(added)} nouvelles, {len(changed)} changées"
            note(None, "activities.imported", "activities", detail)
            stamp.change()
    return Proposed(len(added), len(changed), held, settled)


def confirm(member: Member, siren: str, numbers: Collection[int]) -> int:
    """Make its own what lists tell of an organisation, in its name; return how many activities that made."""
    now = timezone.now()
    columns = {"confirmed_at": now, "said_at": now, "author": member}
    return _settled(member, siren, numbers, "activity.confirmed", columns)


def decline(member: Member, siren: str, numbers: Collection[int]) -> int:
    """Take off what lists tell of an organisation, for good; return how many activities that was."""
    columns = {"withdrawn_at": timezone.now(), "author": member}
    return _settled(member, siren, numbers, "activity.declined", columns)


def _settled(
    member: Member, siren: str, numbers: Collection[int], deed: str, columns: dict[str, object]
) -> int:
    with transaction.atomic():
        waiting = DeclaredActivity.objects.exclude(told_by="").filter(
            siren=siren, pk__in=numbers, confirmed_at=None, withdrawn_at=None
        )
        changed = waiting.update(**columns)
        if changed:
            note(member.pk, deed, f"organisation:{siren}", f"{changed}")
            stamp.change()
    return changed


def _row(told_by: str, each: Proposal) -> DeclaredActivity:
    said = asdict(each)
    said["said_at"] = _noon(said.pop("said_on"))
    return DeclaredActivity(told_by=told_by, **said)


def _corrected(row: DeclaredActivity, each: Proposal) -> DeclaredActivity:
    for name in (*_CONTENT, "organisation"):
        setattr(row, name, getattr(each, name))
    # Never as it was: when it was said is what tells that a row changed.
    row.said_at = max(_noon(each.said_on), row.said_at + timedelta(microseconds=1))
    return row


def _is_same(row: DeclaredActivity, each: Proposal) -> bool:
    """Return whether a list tells the same again: JSON keeps lists where we have tuples."""
    return all(_plain(getattr(row, name)) == _plain(getattr(each, name)) for name in _CONTENT)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _noon(day: date) -> datetime:
    """Return the middle of a day where the site is: it is the same day in universal time."""
    return timezone.make_aware(datetime.combine(day, time(12)))
