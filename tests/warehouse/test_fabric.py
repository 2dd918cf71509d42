from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.warehouse.frames import frame, framed, row_of, rows_of

from essor.perimeter.staff_bands import BY_CODE
from essor.sources import sirene_establishments
from essor.tables.geography import COMMUNES, FORMER_COMMUNES
from essor.tables.organisations import ORGANISATIONS
from essor.tables.staged import SIRENE_ESTABLISHMENTS, SIRENE_UNITS
from essor.warehouse.fabric import (
    employers,
    employment,
    industrial_units,
    natural_industry,
    repeated,
)
from essor.warehouse.places import place_lookup

METZ = {"code": "57463", "name": "Metz", "departement": "57"}
LILLE = {"code": "59350", "name": "Lille", "departement": "59"}
LOMME = {"code": "59355", "name": "Lomme", "current": "59350"}
SIREN, SIRET = "552100554", "55210055400013"
PUBLISHED = {column.name: column.type for column in sirene_establishments.SOURCE.columns} | {
    "is_fictional": "boolean"
}


def lookup():
    return place_lookup(framed(COMMUNES, METZ, LILLE), framed(FORMER_COMMUNES, LOMME))


def organisation(siren=SIREN, **changes):
    return {
        "siren": siren,
        "is_active": True,
        "is_industrial_p1": True,
        "naf": "25.62B",
        "staff_band": "12",
        "commune": "57463",
    } | changes


def person(siren=SIREN, **changes):
    return {
        "siren": siren,
        "is_active": True,
        "is_natural_person": True,
        "naf": "25.62B",
        "head_office": siren + "00013",
    } | changes


def seat(siren=SIREN, **changes):
    return {"siret": siren + "00013", "is_active": True, "commune": "57463"} | changes


def employer(siret=SIRET, **changes):
    return {
        "siret": siret,
        "is_active": True,
        "commune": "57463",
        "naf": "25.62B",
        "staff_band": "12",
    } | changes


def fabric(organisations=(), persons=(), seats=()):
    return industrial_units(
        framed(ORGANISATIONS, *organisations),
        natural_industry(framed(SIRENE_UNITS, *persons)),
        framed(SIRENE_ESTABLISHMENTS, *seats),
        lookup(),
    )


def as_published(row):
    return {
        "siret": row["siret"],
        "dateCreationEtablissement": row.get("created_on"),
        "etatAdministratifEtablissement": "A" if row["is_active"] else "F",
        "codeCommuneEtablissement": row["commune"],
        "activitePrincipaleEtablissement": row["naf"],
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "trancheEffectifsEtablissement": row["staff_band"],
    }


def jobs(*establishments):
    stock = frame(PUBLISHED, *map(as_published, establishments))
    found = employers(stock, sirene_establishments.tidy)
    return employment(found, repeated(found), lookup())


def test_an_open_factory_is_counted_with_its_staff():
    assert row_of(fabric([organisation()])) == {
        "commune": "57463",
        "division": "25",
        "is_natural_person": False,
        "staff_band": "12",
        "units": 1,
        "staff_lower": 20,
        "staff_mid": 34.5,
        "staff_upper": 49,
    }


def test_what_is_closed_or_not_industrial_or_unknown_is_not_counted():
    others = [
        organisation("000000018", is_active=False),
        organisation("000000026", is_industrial_p1=False, naf="88.10C"),
        organisation("000000034", is_industrial_p1=None, naf=None),
    ]

    assert rows_of(fabric(others)) == []


def test_a_natural_person_counts_at_the_commune_of_the_head_office_today():
    row = row_of(fabric(persons=[person()], seats=[seat(commune="59355")]))

    assert (row["commune"], row["is_natural_person"], row["units"]) == ("59350", True, 1)
    assert row["staff_band"] == ""


def test_a_natural_person_without_a_head_office_counts_nowhere_in_particular():
    rows = rows_of(fabric(persons=[person(head_office=None), person("356000000")]))

    assert [(row["commune"], row["units"]) for row in rows] == [("", 2)]


def test_a_natural_person_whose_head_office_is_listed_twice_counts_once():
    twice = fabric(persons=[person()], seats=[seat(), seat()])

    assert sum(row["units"] for row in rows_of(twice)) == 1


def test_a_natural_person_who_is_closed_or_not_industrial_is_not_counted():
    assert rows_of(fabric(persons=[person(is_active=False), person("356000000", naf=None)])) == []


def test_a_legal_person_of_the_stock_is_not_counted_twice():
    stock = person(is_natural_person=False)

    assert row_of(fabric([organisation()], persons=[stock]))["units"] == 1


def test_an_unknown_band_counts_a_unit_and_no_staff():
    rows = rows_of(
        fabric([organisation(staff_band="NN"), organisation("000000018", staff_band=None)])
    )

    assert [(row["staff_band"], row["units"], row["staff_upper"]) for row in rows] == [
        ("", 1, 0),
        ("NN", 1, 0),
    ]


def test_employment_adds_up_by_commune_and_division():
    rows = rows_of(
        jobs(
            employer("55210055400013"),
            employer("55210055400021", staff_band="01"),
            employer("55210055400039", naf="10.51A", commune="59355"),
        )
    )

    assert [(r["commune"], r["division"], r["establishments"], r["staff_mid"]) for r in rows] == [
        ("57463", "25", 2, 36.0),
        ("59350", "10", 1, 34.5),
    ]


def test_the_open_band_counts_its_lower_bound_in_the_upper_sum_of_employment():
    row = row_of(jobs(employer(staff_band="53")))

    assert (row["staff_lower"], row["staff_upper"]) == (10_000, 10_000)


def test_what_has_no_staff_or_is_closed_is_not_employment():
    without = [
        employer(staff_band=band, siret=f"5521005540000{rank}")
        for rank, band in enumerate(["00", "NN", None, "??"])
    ]

    assert rows_of(jobs(*without, employer(is_active=False))) == []


def test_an_employer_that_the_stock_repeats_counts_once_as_it_was_last_created():
    row = row_of(
        jobs(
            employer(created_on=date(2001, 1, 1), commune="59350", staff_band="22"),
            employer(created_on=date(2020, 1, 1)),
            employer(created_on=date(2020, 1, 1)),
            employer(staff_band="41"),
        )
    )

    assert (row["commune"], row["establishments"], row["staff_mid"]) == ("57463", 1, 34.5)


def test_an_employer_of_unknown_place_and_activity_is_counted_all_the_same():
    row = row_of(jobs(employer(commune=None, naf=None)))

    assert (row["commune"], row["division"], row["establishments"]) == ("", "", 1)


ESTABLISHMENTS = st.lists(
    st.builds(
        lambda band, commune, naf, is_active: employer(
            staff_band=band, commune=commune, naf=naf, is_active=is_active
        ),
        st.sampled_from([*BY_CODE, "NN", None]),
        st.sampled_from(["57463", "59350", "59355", "99999", None]),
        st.sampled_from(["25.62B", "10.51A", None]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=8, deadline=None)
@given(ESTABLISHMENTS, ESTABLISHMENTS)
def test_closed_and_repeated_establishments_change_nothing_and_parts_sum_to_the_whole(some, others):
    some = [row | {"siret": f"{rank:014d}"} for rank, row in enumerate(some)]
    closed = [row | {"is_active": False} for row in others]

    rows = rows_of(jobs(*some, *closed))

    known = [
        BY_CODE[row["staff_band"]]
        for row in some
        if row["is_active"] and row["staff_band"] in BY_CODE and row["staff_band"] != "00"
    ]
    assert rows == rows_of(jobs(*some)) == rows_of(jobs(*some, *some[:3], *closed))
    assert sum(row["establishments"] for row in rows) == len(known)
    assert sum(row["staff_lower"] for row in rows) == sum(band.lower for band in known)
    assert sum(row["staff_mid"] for row in rows) == sum(band.mid for band in known)


ORGANISATION_ROWS = st.lists(
    st.builds(
        lambda band, commune, naf, is_active: organisation(
            staff_band=band, commune=commune, naf=naf, is_active=is_active
        ),
        st.sampled_from([*BY_CODE, "NN", None]),
        st.sampled_from(["57463", "59350", None]),
        st.sampled_from(["25.62B", "10.51A"]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=8, deadline=None)
@given(ORGANISATION_ROWS)
def test_every_open_factory_is_counted_once_and_a_closed_one_never(drawn):
    rows = rows_of(fabric(drawn))

    open_ones = [row for row in drawn if row["is_active"]]
    assert sum(row["units"] for row in rows) == len(open_ones)
    assert rows == rows_of(fabric(open_ones))
    assert all(row["staff_lower"] <= row["staff_mid"] <= row["staff_upper"] for row in rows)
