"""What a search reads of the needs that everybody may read, without the answer that each keeps."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from essor.site.needs.models import Posting


@dataclass(frozen=True, slots=True)
class Searchable:
    """A need as a search finds it: `trades` are codes of the NAF, best first; `selector` is its place."""

    number: int
    heading: str
    text: str
    buyer: str
    siren: str
    reserved: str
    trades: tuple[str, ...]
    selector: str
    is_fictional: bool


def read(numbers: Collection[int] | None) -> list[Searchable]:
    """Return the needs of these numbers that everybody may read; all of them for None."""
    rows = Posting.objects.listed().order_by()
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    asked = rows.defer("record").annotate(
        wanted=F("record__need__trades"),
        level=F("record__need__place__level"),
        code=F("record__need__place__code"),
    )
    return [_searchable(row) for row in asked]


def _searchable(row: Posting) -> Searchable:
    found = vars(row)
    return Searchable(
        number=row.pk,
        heading=row.heading,
        text=row.text,
        buyer=row.buyer,
        siren=row.siren,
        reserved=row.reserved,
        trades=tuple(each["code"] for each in found["wanted"] or ()),
        selector=f"{found['level']}:{found['code']}" if found["code"] else "",
        is_fictional=row.is_fictional,
    )
