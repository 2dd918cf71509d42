"""Which condition leaves a request without an answer: what each of them alone keeps out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from essor.search.query import NO_FILTER, Filters

_CONDITIONS = {
    "le statut": ("statuses",),
    "la famille": ("families",),
    "le périmètre": ("perimeter",),
    "le code d’activité": ("naf",),
    "l’effectif": ("staff_min", "staff_max"),
    "le territoire": ("territories",),
    "la forme": ("forms",),
    "la distance": ("circle",),
}


def relaxations(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Yield what each condition is about, with the filters less that condition."""
    for about, names in _CONDITIONS.items():
        free = replace(filters, **{name: getattr(NO_FILTER, name) for name in names})
        if free != filters:
            yield about, free


def narrowness(counts: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return the note that tells, of a request without an answer, how many there are without each condition."""
    if not counts:
        return ()
    freed = [f"sans celle sur {about}, {_answers(count)}" for about, count in counts if count]
    if not freed:
        return () if len(counts) == 1 else ("Retirer une seule des conditions ne suffirait pas.",)
    return (f"Aucune réponse à toutes les conditions à la fois ; {' ; '.join(freed)}.",)


def _answers(count: int) -> str:
    written = f"{count:,}".replace(",", "\u202f")
    return f"il y en aurait {written}"
