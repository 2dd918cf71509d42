"""The dashboard of a territory, as an officer without an account reads it."""

import re

import pytest
from django.test import Client

METZ = "/territoires/epci/200039865/"
MOSELLE = "/territoires/departement/57/"


@pytest.mark.parametrize(
    "page",
    [
        METZ,
        "/territoires/france/FR/",
        "/territoires/region/44/",
        "/territoires/commune/57463/",
        "/territoires/commune/75056/",
    ],
)
def test_every_level_has_its_dashboard_in_order_and_without_script(visitor: Client, page: str):
    answer = visitor.get(page)
    ids = re.findall(r'\bid="([^"]+)"', answer.text)
    anchors = re.findall(r'href="#([^"]+)"', answer.text)

    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert not answer.cookies
    assert len(ids) == len({*ids})
    assert {*anchors} <= {*ids}
    assert len(re.findall(r"<h1\b", answer.text)) == 1


def test_the_dashboard_gives_figures_reasons_and_ways(visitor: Client):
    text = visitor.get(MOSELLE).text

    assert "Que faire lundi matin" in text
    assert "Définition et sources" in text
    assert "#L5.1" in text
    assert "secret statistique" in text
    assert "sans date, car le registre ne garde pas les jours de fermeture" in text
    assert "/observatoire/departement/57/rapport.pdf" in text
    assert "/territoires/departement/57/suivre/" in text
    assert "/territoires/region/44/" in text


def test_the_names_and_the_ways_of_a_dashboard_lead_somewhere(visitor: Client):
    links = set(re.findall(r'href="(/[^"]*)"', visitor.get(METZ).text))
    followed = {
        link
        for link in links
        if not re.search(r"statique|suivre|espace|echanges|publies|offres", link)
    }

    dead = {
        link: visitor.get(link.replace("&amp;", "&").partition("#")[0]).status_code
        for link in followed
        if not link.endswith((".pdf", ".csv", ".json", ".xlsx"))
    }

    assert {link: status for link, status in dead.items() if status >= 400} == {}


def test_whom_a_step_shows_is_of_the_territory(visitor: Client):
    text = visitor.get(MOSELLE).text
    links = re.findall(r'href="(/annuaire/\?[^"]*statut[^"]*)"', text)

    assert links
    assert all("territoire=departement%3A57" in link for link in links)


def test_a_territory_that_is_typed_leads_to_its_dashboard(visitor: Client):
    answer = visitor.get("/territoires/", {"lieu": "Metz Métropole"})

    assert answer.status_code == 302
    assert answer["Location"] == METZ


def test_a_misspelt_territory_proposes_others_and_keeps_what_was_typed(visitor: Client):
    answer = visitor.get("/territoires/", {"lieu": "Montpelhiard-sur-Nulle-Part"})

    assert answer.status_code == 404
    assert "Montpelhiard-sur-Nulle-Part" in answer.text


@pytest.mark.parametrize("lieu", ["", "   ", "x" * 60_000, "<script>alert(1)</script>", "\x00"])
def test_a_territory_badly_said_is_never_a_breakdown(visitor: Client, lieu: str):
    answer = visitor.get("/territoires/", {"lieu": lieu})

    assert answer.status_code < 500
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "page", ["/territoires/epci/0/", "/territoires/planete/1/", "/territoires/epci/'/"]
)
def test_a_territory_that_does_not_exist_has_no_dashboard(visitor: Client, page: str):
    assert visitor.get(page).status_code == 404


def test_the_first_page_has_a_door_for_each_of_five_people(visitor: Client):
    text = visitor.get("/").text
    doors = re.findall(r'class="fiche porte" href="([^"]+)"', text)

    assert doors == ["/territoires/", "/annuaire/", "/besoins/", "/etude/", "/observatoire/"]
    assert all(visitor.get(door).status_code == 200 for door in doors)


def test_a_card_tells_those_that_resemble_it_and_why(visitor: Client):
    found = visitor.get("/annuaire/?statut=esat&territoire=departement:57").text
    link = re.search(r"/organisations/\d{9}/", found)

    card = visitor.get(link.group() if link else "").text

    assert "Organisations semblables" in card
    assert "Même classe d’activité (88.10)" in card
    assert "bornes" in card
    assert "/territoires/departement/57/" in card
    assert f"{link.group()}garder/" in card if link else False
