"""The fabric: the whole of industry and of employment, counted by commune and division."""

import ibis
from ibis import _

from essor.perimeter.staff_bands import STAFF_BANDS
from essor.sources.sirene_establishments import employing
from essor.sources.source import Tidy
from essor.tables.fabric import EMPLOYMENT, INDUSTRIAL_UNITS
from essor.warehouse.keys import first_of_each
from essor.warehouse.organisations import is_industrial
from essor.warehouse.places import with_place
from essor.warehouse.staff import staff_bounds, staff_sums

EMPLOYER_BANDS = tuple(band.code for band in STAFF_BANDS if band.lower > 0)


def natural_industry(units: ibis.Table) -> ibis.Table:
    """Return the open units of industry that are natural persons, in what may be counted of them."""
    natural = units.filter(_.is_active & _.is_natural_person & is_industrial(_.naf))
    return natural.select("naf", "staff_band", "head_office")


def industrial_units(
    organisations: ibis.Table, natural: ibis.Table, seats: ibis.Table, lookup: ibis.Table
) -> ibis.Table:
    """Return INDUSTRIAL_UNITS: legal persons from the register, and `natural` persons, placed by their `seats`."""
    persons = organisations.filter(_.is_active & _.is_industrial_p1.fill_null(False)).select(
        "commune", "naf", "staff_band", is_natural_person=ibis.literal(False)
    )
    seats = seats.group_by("siret").aggregate(commune=_.commune.min())
    seated = natural.left_join(seats, natural.head_office == seats.siret)
    naturals = with_place(seated, lookup).select(
        "commune", "naf", "staff_band", is_natural_person=ibis.literal(True)
    )
    everyone = ibis.union(persons, naturals)
    keyed = everyone.mutate(
        commune=everyone.commune.fill_null(""),
        division=everyone.naf.substr(0, 2),
        **(staff_bounds(everyone.staff_band) | {"staff_band": everyone.staff_band.fill_null("")}),
    )
    cells = keyed.group_by("commune", "division", "is_natural_person", "staff_band")
    return cells.aggregate(units=_.count(), **staff_sums(keyed)).select(*INDUSTRIAL_UNITS.names)


def employers(raw: ibis.Table, tidy: Tidy) -> ibis.Table:
    """Return the open establishments with staff, of every sector, in what EMPLOYMENT needs of them."""
    found = tidy(employing(raw, EMPLOYER_BANDS))
    return found.select("siret", "created_on", "commune", "naf", "staff_band")


def repeated(found: ibis.Table) -> ibis.Table:
    """Return the SIRETs that several employers bear: the stock may repeat an establishment."""
    return found.group_by("siret").aggregate(rows=_.count()).filter(_.rows > 1).select("siret")


def employment(found: ibis.Table, twice: ibis.Table, lookup: ibis.Table) -> ibis.Table:
    """Return EMPLOYMENT: the employers `found`, those that are there `twice` counted once.

    Of two rows of an establishment the one kept is that of `one_per_siret`: the latest created.
    """
    again = first_of_each(
        found.semi_join(twice, "siret"),
        "siret",
        [ibis.desc(_.created_on), _.commune, _.naf, _.staff_band],
    )
    met = ibis.union(found.anti_join(twice, "siret"), again)
    narrow = met.select("commune", "staff_band", division=_.naf.substr(0, 2).fill_null(""))
    counted = narrow.group_by("commune", "division", "staff_band").aggregate(
        establishments=_.count()
    )
    bounded = counted.mutate(**staff_bounds(counted.staff_band))
    here = with_place(bounded, lookup)
    here = here.mutate(
        commune=here.commune.fill_null(""),
        staff_lower=here.staff_lower.cast("int64") * here.establishments,
        staff_mid=here.staff_mid * here.establishments,
        staff_upper=ibis.coalesce(here.staff_upper, here.staff_lower).cast("int64")
        * here.establishments,
    )
    cells = here.group_by("commune", "division")
    return cells.aggregate(
        establishments=_.establishments.sum(),
        staff_lower=_.staff_lower.sum(),
        staff_mid=_.staff_mid.sum(),
        staff_upper=_.staff_upper.sum(),
    ).select(*EMPLOYMENT.names)
