"""Whether a source is due for renewal."""

from datetime import date

import pytest

from essor.sources.source import Cadence
from essor.warehouse.freshness import freshness
from essor.warehouse.provenance import DateBasis

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cadence", "published_on", "words"),
    [
        (Cadence.DAILY, date(2026, 11, 21), "à jour"),
        (Cadence.DAILY, date(2026, 11, 20), "à renouveler depuis 1 jour"),
        (Cadence.MONTHLY, date(2026, 11, 1), "à jour"),
        (Cadence.MONTHLY, date(2026, 10, 1), "à renouveler depuis 21 jours"),
        (Cadence.YEARLY, date(2025, 11, 22), "à jour"),
        (Cadence.IRREGULAR, date(2003, 1, 1), "à jour"),
        (Cadence.MONTHLY, date(2026, 12, 1), "à jour"),
        (Cadence.YEARLY, None, "absent"),
    ],
)
def test_a_source_is_due_once_a_whole_period_has_passed(cadence, published_on, words):
    found = freshness(cadence, published_on, TODAY)

    assert found == words


@pytest.mark.parametrize(
    ("retrieved_on", "words"),
    [(TODAY, "fraîcheur inconnue"), (date(2026, 10, 1), "à renouveler depuis 21 jours")],
)
def test_a_file_dated_by_its_retrieval_is_never_said_up_to_date(retrieved_on, words):
    found = freshness(Cadence.MONTHLY, retrieved_on, TODAY, DateBasis.RETRIEVED)

    assert found == words
