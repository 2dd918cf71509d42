"""What Prometheus reads: counts of all the processes, and states read when they are asked for.

`essor serve` has its processes write their counts in the files of one folder, which is how the
library adds them up: whichever process answers, answers for all. Several machines are several
targets, that Prometheus adds up.
"""

import os
from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from essor.errors import EssorError
from essor.home import home
from essor.site.current import in_service
from essor.site.members.database import NO_ANSWER
from essor.site.operation import rounds
from essor.site.operation.disk import free_bytes
from essor.site.operation.outbox import backlog
from essor.site.timing import COUNTED, FOLDER


def exposition() -> bytes:
    """Return every count and every state, in Prometheus' text format."""
    counted = COUNTED
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # the library leaves it so
    states = CollectorRegistry()
    states.register(_States())
    return generate_latest(counted) + generate_latest(states)


class _States(Collector):
    """What is, rather than what happened."""

    def collect(self) -> Iterator[Metric]:
        yield from _release()
        yield from _people()
        free = free_bytes(home())
        yield GaugeMetricFamily("essor_disk_free_bytes", "Place libre du dossier.", value=free)


def _release() -> Iterator[Metric]:
    try:
        manifest = in_service().manifest
    except EssorError:
        return
    age_s = (timezone.now() - manifest.built_at).total_seconds()
    yield GaugeMetricFamily("essor_release_number", "Version en service.", value=manifest.number)
    yield GaugeMetricFamily("essor_release_age_seconds", "Âge de la version.", value=age_s)


def _people() -> Iterator[Metric]:
    try:
        waiting, last_ends = backlog(), rounds.last_ends()
    except NO_ANSWER:
        yield GaugeMetricFamily("essor_people_database_up", "La base répond-elle ?", value=0)
        return
    yield GaugeMetricFamily("essor_people_database_up", "La base répond-elle ?", value=1)
    yield GaugeMetricFamily("essor_letters_waiting", "Messages en attente.", value=waiting.letters)
    yield GaugeMetricFamily(
        "essor_letters_oldest_seconds",
        "Âge du plus ancien message en attente.",
        value=waiting.oldest.total_seconds(),
    )
    ages = GaugeMetricFamily(
        "essor_round_age_seconds", "Temps depuis la fin de chaque minuterie.", labels=["task"]
    )
    for task, ended_at in last_ends.items():
        ages.add_metric([task.label], (timezone.now() - ended_at).total_seconds())
    yield ages
