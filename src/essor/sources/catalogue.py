"""Every source that a release reads, in the order `essor sources` lists them."""

from collections.abc import Mapping
from types import ModuleType

from essor.sources import (
    categories_juridiques,
    communes,
    communes_anciennes,
    contours,
    cpv,
    departements,
    entreprises_adaptees,
    epci,
    esat,
    ess_france,
    esus,
    etude,
    geiq,
    marche_inclusion,
    naf,
    naf_2025,
    naf_notes,
    regions,
    rome,
    rome_fiches,
    scop,
    siae,
    siae_asp,
    sirene_establishments,
    sirene_positions,
    sirene_units,
    territoires_industrie,
    tranches_effectifs,
    voisinages,
    zones_emploi,
)
from essor.sources.source import IsAttached, Source, Tidy

_MODULES: tuple[ModuleType, ...] = (
    sirene_units,
    sirene_establishments,
    sirene_positions,
    ess_france,
    esus,
    scop,
    siae,
    siae_asp,
    geiq,
    entreprises_adaptees,
    esat,
    marche_inclusion,
    etude,
    communes,
    communes_anciennes,
    epci,
    departements,
    regions,
    territoires_industrie,
    zones_emploi,
    voisinages,
    naf,
    naf_2025,
    naf_notes,
    cpv,
    rome,
    rome_fiches,
    categories_juridiques,
    tranches_effectifs,
)

CATALOGUE: tuple[tuple[Source, Tidy], ...] = tuple(
    (module.SOURCE, module.tidy) for module in _MODULES
)

ATTACHMENTS: Mapping[str, IsAttached] = {
    module.SOURCE.name: module.is_attached for module in _MODULES if hasattr(module, "is_attached")
}
"""By source: which of its lines can be attached to somebody; `tidy` leaves the others out."""

SOURCES: tuple[Source, ...] = (*(source for source, _ in CATALOGUE), *contours.SOURCES)
"""Every source, those that are copied rather than tidied included."""
