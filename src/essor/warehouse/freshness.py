"""Whether a source is due for renewal, from the rhythm at which its publisher renews it."""

from datetime import date

from essor.sources.source import Cadence
from essor.warehouse.provenance import DateBasis

# A source is due when a whole period has passed since it was published.
_PERIOD_DAYS = {
    Cadence.DAILY: 1,
    Cadence.WEEKLY: 7,
    Cadence.MONTHLY: 31,
    Cadence.QUARTERLY: 92,
    Cadence.YEARLY: 366,
}


def overdue_days(cadence: Cadence, published_on: date, today: date) -> int:
    """Return how many days ago the publisher should have renewed the file, 0 when up to date.

    A source renewed irregularly is never due.
    """
    period = _PERIOD_DAYS.get(cadence)
    if period is None:
        return 0
    return max(0, (today - published_on).days - period)


def freshness(
    cadence: Cadence, published_on: date | None, today: date, basis: DateBasis | None = None
) -> str:
    """Return how fresh a source is, in words; one without a date is not there.

    A file dated by the day it was retrieved may be older: it is never said up to date.
    """
    if published_on is None:
        return "absent"
    late = overdue_days(cadence, published_on, today)
    if late == 0:
        return "fraîcheur inconnue" if basis is DateBasis.RETRIEVED else "à jour"
    return f"à renouveler depuis {late} jour{'s' if late > 1 else ''}"
