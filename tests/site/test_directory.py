"""Annuaire: what is chosen stays chosen, a facet leads to its answers, a list can be taken away."""

import csv
import io
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from essor.perimeter.staff_bands import STAFF_BANDS
from essor.search.page import Facet, FacetValue
from essor.search.query import DEEPEST
from essor.site.pages.facets import linked

WORDS = st.text("abcdé&=: +%", min_size=1, max_size=8)


def total(text: str) -> int:
    found = re.search(r"<strong>([\d\u202f]+)</strong>", text)
    assert found
    return int(found[1].replace("\u202f", ""))


def rows(answer) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def lines(answer) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(b"".join(answer)), read_only=True)
    return list(book.active.iter_rows(values_only=True))


def query(**asked: list[str]) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in asked.items():
        typed.setlist(name, values)
    return typed


@pytest.mark.parametrize(
    "label", ["Associations", "Moselle", "Action sociale sans hébergement", "20 à 49 salariés"]
)
def test_a_facet_leads_to_as_many_answers_as_it_counts(visitor: Client, label: str):
    page = visitor.get("/annuaire/", {"statut": "esat", "lieu": "Moselle"}).text

    link = re.search(
        rf'<a href="(\?[^"]*)"[^>]*>{re.escape(label)}.*?</a> <span class="compte">(\d+)<', page
    )

    assert link, label
    assert total(visitor.get("/annuaire/" + unescape(link[1])).text) == int(link[2])


def test_a_territory_that_is_chosen_can_be_let_go(visitor: Client):
    page = visitor.get("/annuaire/", {"statut": "esat", "territoire": "departement:57"}).text

    link = re.search(r'<a class="statut" href="([^"]*)">Moselle', page)

    assert link
    assert unescape(link[1]) == "?statut=esat"


def test_a_chosen_territory_is_kept_when_the_form_is_sent_again(visitor: Client):
    page = visitor.get("/annuaire/", {"territoire": ["departement:57", "departement:54"]}).text

    assert page.count('type="hidden" name="territoire"') == 2


def test_a_wide_place_is_a_territory_and_a_commune_a_circle(visitor: Client):
    within = visitor.get("/annuaire/", {"lieu": "Moselle"}).text
    around = visitor.get("/annuaire/", {"lieu": "Metz"}).text

    assert "ont leur siège dans ce territoire : Moselle (département)" in within
    assert "établissements" in around


def test_the_list_is_exported_whole_in_the_order_of_the_pages(visitor: Client):
    asked = {"statut": "esat", "territoire": "region:44"}

    exported = rows(visitor.get("/annuaire/export.csv", asked))
    page = visitor.get("/annuaire/", asked).text

    assert len(exported) == total(page) > 20
    shown = list(dict.fromkeys(re.findall(r"/organisations/(\d{9})/", page)))
    assert [row["siren"] for row in exported[: len(shown)]] == shown


def test_the_list_and_the_tables_are_exported_as_workbooks(visitor: Client):
    asked = {"statut": "geiq"}
    told = rows(visitor.get("/annuaire/export.csv", asked))

    listed = lines(visitor.get("/annuaire/export.xlsx", asked))
    table = lines(visitor.get("/donnees/staff_bands.xlsx"))

    assert [dict(zip(listed[0], row, strict=True))["siren"] for row in listed[1:]] == [
        row["siren"] for row in told
    ]
    assert len(table) > len(STAFF_BANDS) > 1
    assert visitor.get("/donnees/establishments.xlsx").status_code == 404
    assert visitor.get("/donnees/nulle.xlsx").status_code == 404


def test_a_long_list_is_exported_as_deep_as_pages_lead_and_nobody_twice(visitor: Client):
    exported = rows(visitor.get("/annuaire/export.csv", {"tous": "on"}))

    assert len({row["siren"] for row in exported}) == len(exported) == DEEPEST


def test_an_export_says_that_its_rows_are_invented(visitor: Client):
    exported = rows(visitor.get("/annuaire/export.csv", {"statut": "geiq"}))

    assert {row["fictif"] for row in exported} == {"oui"}


@pytest.mark.parametrize("wrong", ["57", "canton:57", "departement:", ":", "<b>"])
def test_a_territory_written_otherwise_is_said(visitor: Client, wrong: str):
    page = visitor.get("/annuaire/", {"territoire": wrong})
    exported = visitor.get("/annuaire/export.csv", {"territoire": wrong})

    assert "n’est pas un territoire" in page.text
    assert exported.status_code == 422
    assert "<b>" not in page.text.split("n’est pas un territoire")[0][-20:]


def test_a_territory_that_does_not_exist_is_not_found(visitor: Client):
    assert visitor.get("/annuaire/", {"territoire": "departement:5700"}).status_code == 404


@given(
    st.lists(WORDS, max_size=3),
    st.lists(st.sampled_from(["esat", "ea", "ei"]), max_size=3, unique=True),
    st.sampled_from(["esat", "ea", "ei"]),
)
def test_choosing_then_letting_go_leads_back_to_what_was_asked(words, statuses, value):
    facets = [Facet("status", "Statut", (FacetValue(value, value, 1),))]
    asked = query(q=words, statut=[each for each in statuses if each != value])

    (chosen,) = linked(facets, asked, 6)[0].links
    (freed,) = linked(facets, QueryDict(chosen.query), 6)[0].links

    assert chosen.query is not None
    assert (chosen.is_chosen, freed.is_chosen) == (False, True)
    assert freed.query == asked.urlencode()


def test_what_is_unknown_leads_nowhere():
    facets = [Facet("staff_band", "Effectif", (FacetValue("NN", "Inconnu", 3),))]

    ((link,),) = [each.links for each in linked(facets, QueryDict(), 6)]

    assert link.query is None


def test_a_single_value_replaces_the_one_before():
    facets = [Facet("division", "Activité", (FacetValue("25", "Métallurgie", 3),))]

    ((link,),) = [each.links for each in linked(facets, QueryDict("naf=38&page=4"), 6)]

    assert link.query == "naf=25"
