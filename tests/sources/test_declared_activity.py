import ibis
import pytest
from tests.sources.tidied import BACKEND

from essor.sources.declared_activity import (
    Declaration,
    declared_activity,
    from_convention_naf,
    from_name,
    from_sectors,
    industrial_basis,
)


def text(value):
    return ibis.literal(value, "string")


def answer(expression):
    return BACKEND.to_pyarrow(expression).as_py()


@pytest.mark.parametrize(
    ("groups", "prestations", "meant"),
    [
        ("68", None, True),
        ("12|80", "PREST", True),
        ("12 | 85", None, True),
        ("65", "BUILD", True),
        ("54|12", "DISP|BUILD", True),
        ("65", "PREST", False),
        ("65", None, False),
        ("12|168|680", "BUILD", False),
        (None, "BUILD", None),
        ("", None, None),
    ],
)
def test_sectors_tell_yes_when_strict_or_made_no_when_others_nothing_when_none(
    groups, prestations, meant
):
    assert answer(from_sectors(text(groups), text(prestations))) is meant


@pytest.mark.parametrize(
    ("kind", "naf", "meant"),
    [
        ("ei", "38.32Z", True),
        ("ei", "34.00Z", False),
        ("esat", "10.13B", True),
        ("ei", "81.30Z", False),
        ("ei", "05.10Z", True),
        ("ei", "40.00Z", False),
        ("esat", "88.10C", None),
        ("etti", "78.20Z", None),
        ("etti", "41.20A", None),
        ("geiq", "78.30Z", None),
        ("aci", "94.99Z", None),
        ("aci", "88.99B", None),
        ("ea", "78.20Z", None),
        ("ei", None, None),
    ],
)
def test_the_naf_of_a_convention_tells_unless_it_is_that_of_the_status(kind, naf, meant):
    assert answer(from_convention_naf(text(kind), text(naf))) is meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("GEIQ INDUSTRIE 29", True),
        ("Geiq Métallurgie Nord", True),
        ("GEIQ plasturgie", True),
        ("GEIQ AERO IDF", True),
        ("GEIQ AEROPORTS", None),
        ("GEIQ DAUPHINE LOGISTIQUE INDUSTRIE", True),
        ("GEIQ BTP 31", False),
        ("GEIQ TP ALSACE", False),
        ("GEIQ Propreté Normandie", False),
        ("GEIQ AIDE A DOMICILE 45", False),
        ("GEIQ MULTISECTORIEL 53", None),
        ("GEIQ MULTI AGRI 33", None),
        ("GEIQ BTP ENVIRONNEMENT 76", None),
        ("GEIQ 64", None),
        (None, None),
    ],
)
def test_the_name_of_a_geiq_tells_its_trade_or_nothing(name, meant):
    assert answer(from_name(text("geiq"), text(name))) is meant


def test_the_name_of_another_kind_tells_nothing():
    assert answer(from_name(text("ei"), text("Industrie solidaire"))) is None


@pytest.mark.parametrize(
    ("declaration", "meant"),
    [
        (("geiq", "GEIQ INDUSTRIE", "78.30Z", "12", None), (False, "sectors")),
        (("geiq", "GEIQ INDUSTRIE", "78.30Z", None, None), (True, "name")),
        (("ei", "Tri", "38.11Z", None, None), (True, "convention_naf")),
        (("esat", "Ateliers", "88.10C", None, None), (None, None)),
    ],
)
def test_the_first_evidence_that_answers_gives_the_answer_and_its_basis(declaration, meant):
    declared = Declaration(*map(text, declaration))

    assert (answer(declared_activity(declared)), answer(industrial_basis(declared))) == meant
