"""The mark of what is published: one tiny query tells a replica whether what it has read still holds."""

from uuid import UUID, uuid4

from essor.site.offers.models import Stamp

_ROW = 1


def change() -> None:
    """Draw another mark, in the transaction of what changes: writers wait for one another there."""
    if not Stamp.objects.filter(pk=_ROW).update(mark=uuid4()):
        Stamp.objects.update_or_create(pk=_ROW, defaults={"mark": uuid4()})


def mark() -> UUID | None:
    """Return the mark of the day; None while nothing was ever published.

    Raises:
        DatabaseError: the people's database does not answer.
    """
    return Stamp.objects.filter(pk=_ROW).values_list("mark", flat=True).first()
