"""The counts and the durations of the site: what its parts add to, and `/metrics` shows."""

from prometheus_client import CollectorRegistry, Counter, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where processes write their counts: the library reads it when it is imported."""

COUNTED = CollectorRegistry()

_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter(
    "essor_requests",
    "Requêtes répondues.",
    ["view", "method", "status"],
    registry=COUNTED,
)
REQUEST_SECONDS = Histogram(
    "essor_request_seconds",
    "Durée des requêtes, par page.",
    ["view"],
    registry=COUNTED,
    buckets=_BUCKETS_S,
)
SEARCH_SECONDS = Histogram(
    "essor_search_seconds", "Durée des recherches.", registry=COUNTED, buckets=_BUCKETS_S
)
MATCH_SECONDS = Histogram(
    "essor_match_seconds", "Durée des rapprochements.", registry=COUNTED, buckets=_BUCKETS_S
)
DATABASE_ERRORS = Counter(
    "essor_database_errors",
    "Requêtes auxquelles la base des personnes a manqué.",
    ["state"],
    registry=COUNTED,
)
