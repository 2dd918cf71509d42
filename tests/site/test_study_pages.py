"""The pages of the study: all there, linked both ways, readable without a script."""

import re

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import resolve

from essor.site.pages import study as pages
from essor.study.contents import study

PAGES = [
    "/etude/",
    *(f"/etude/freins/{each}/" for each in study().brakes),
    *(f"/etude/leviers/{each}/" for each in study().levers),
    *(f"/etude/cas/{each}/" for each in study().cases),
    *(f"/etude/formes/{each}/" for each in study().forms),
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_study_answers_without_script_and_in_order(visitor: Client, page: str):
    answer = visitor.get(page)

    assert answer.status_code == 200
    # What scripts there are draw a map beside the table that says the same.
    assert all("src=" in each for each in re.findall(r"<script[^>]*>", answer.text))
    assert not re.search(r"\sstyle=|\son[a-z]+=", answer.text)
    assert len(re.findall(r"<h1\b", answer.text)) == 1
    assert " p. " not in answer.text


def test_no_link_among_the_pages_is_dead(visitor: Client):
    texts = {page: visitor.get(page).text for page in PAGES}
    links = {link for text in texts.values() for link in re.findall(r'href="(/[^"]*)"', text)}
    outside = {link.partition("#")[0] for link in links} - {*PAGES}
    anchors = [link.split("#") for link in links if "#" in link]

    assert all(f'id="{anchor}"' in texts[page] for page, anchor in anchors)
    # Those that members publish are read from their database, and tried with it.
    read = {each for each in outside if "statique" not in each and _is_of_the_site(each)}
    assert all(visitor.get(each).status_code < 400 for each in read)


def _is_of_the_site(address: str) -> bool:
    room = resolve(address.partition("?")[0]).func.__module__
    return not room.startswith(("essor.site.needs", "essor.site.offers"))


@pytest.mark.parametrize("page", PAGES)
def test_no_identifier_is_used_twice_in_a_page(visitor: Client, page: str):
    ids = re.findall(r'\bid="([^"]+)"', visitor.get(page).text)

    assert len(ids) == len({*ids})


def test_the_overview_says_what_the_study_does_not_treat_and_what_changed(visitor: Client):
    text = visitor.get("/etude/").text

    assert "dépendance aux aides publiques" in text
    assert "mise en sommeil" in text
    assert text.count('scope="row"') == 25 + 5 + 25


def test_the_overview_says_what_is_built_and_what_is_not(visitor: Client):
    text = visitor.get("/etude/").text

    assert "pas encore construit" in text
    assert 'href="/territoires/"' in text
    assert text.count('class="chaleur-') == 25
    assert 'class="chaleur-3"' in text


def test_a_brake_leads_to_its_cases_and_its_tools(visitor: Client):
    text = visitor.get("/etude/freins/F1/").text

    assert "/etude/cas/" in text
    assert 'href="/besoins/"' in text


def test_a_problem_without_an_answer_says_so(visitor: Client):
    assert "Aucune recommandation de l’étude n’y répond" in visitor.get("/etude/freins/F3/").text


def test_a_lever_marks_the_actors_that_are_inferred(visitor: Client):
    text = visitor.get("/etude/leviers/L4/").text

    assert 'Acteurs publics locaux <span class="statut">inféré</span>' in text


def test_a_brake_that_does_not_exist_has_no_page():
    with pytest.raises(Http404):
        pages.brake(RequestFactory().get("/"), "F9")
