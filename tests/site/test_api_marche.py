"""The schema of le Marché de l’inclusion: both ways, nothing lost, and what the API makes of it."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from essor.errors import EssorError
from essor.site.marche.structure import Kind, Line, Nature, Structure, read, written

ROOT = "/api/v1/marche/"
_TEXT = st.none() | st.text(min_size=1, max_size=20)
_NAMES = st.none() | st.lists(st.text(max_size=10), max_size=3).map(tuple)
STRUCTURES = st.builds(
    Structure,
    siret=st.sampled_from(["55210055400013", "35600000000048"]),
    kind=st.sampled_from(Kind),
    name=_TEXT,
    brand=_TEXT,
    nature=st.none() | st.sampled_from(Nature),
    contact_website=_TEXT,
    address=_TEXT,
    city=_TEXT,
    post_code=_TEXT,
    department=_TEXT,
    region=_TEXT,
    is_active=st.none() | st.booleans(),
    sectors=_NAMES,
    presta_types=_NAMES,
    networks=_NAMES,
    updated_at=st.none() | st.dates(),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
_BEYOND = st.sampled_from(["id", "slug", "is_qpv", "offers", "labels_old", "created_at"])
LINES = st.builds(Line, STRUCTURES, st.dictionaries(_BEYOND, _JSON))


@given(line=LINES)
def test_what_is_written_is_read_back_and_nothing_is_lost(line: Line):
    assert read(written(line)) == line


@given(line=LINES)
def test_what_was_read_is_written_back(line: Line):
    row = written(line)

    assert written(read(row)) == row


@given(row=st.dictionaries(st.sampled_from(["siret", "kind", "sectors", "updated_at"]), _JSON))
def test_a_row_that_is_not_theirs_is_refused_in_a_sentence(row: dict[str, object]):
    with pytest.raises(EssorError, match=r"\w+"):
        read(row)


def test_a_sector_told_as_an_object_is_read_by_its_name():
    row = {"siret": "55210055400013", "kind": "ESAT", "sectors": [{"name": "Métallurgie"}]}

    assert read(row).structure.sectors == ("Métallurgie",)


def test_the_register_is_read_page_by_page_at_their_schema(visitor: Client):
    asked = {"kind": "ESAT", "department": "57", "limit": "2"}

    first = visitor.get(f"{ROOT}siaes", asked).json()
    second = visitor.get(first["next"]).json()

    assert first["count"] > len(first["results"]) == 2
    assert first["previous"] is None
    assert second["previous"] is not None
    assert {each["kind"] for each in first["results"]} == {"ESAT"}
    assert {each["department"] for each in first["results"]} == {"57"}
    assert first["results"][0]["sectors"] is None
    sirets = [each["siret"] for each in first["results"] + second["results"]]
    assert sirets == sorted(set(sirets))
    assert [written(read(each)) for each in first["results"]] == first["results"]


def test_a_list_of_theirs_is_counted_once_each(visitor: Client):
    esat = visitor.get(f"{ROOT}siaes", {"kind": "ESAT", "limit": "1"}).json()["results"][0]
    rows = [
        esat,
        esat | {"kind": "ETTI"},
        {"siret": "55210055400013", "kind": "EI", "name": "Ailleurs"},
        {"siret": "55210055400014", "kind": "EI"},
        {"kind": "SEP"},
    ]

    found = visitor.post(f"{ROOT}rapprocher", {"results": rows}, "application/json").json()

    assert found["received"] == 5
    assert [each["siret"] for each in found["attested"]] == [esat["siret"]]
    assert [each["kind"] for each in found["unattested"]] == ["ETTI"]
    assert [each["name"] for each in found["absent"]] == ["Ailleurs"]
    assert [each["rank"] for each in found["unread"]] == [3, 4]
    assert all(each["because"] for each in found["unread"])
