"""Maps: drawn from our own addresses alone; what they show is in a table; pages stay light."""

import gzip
import json
import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

LIGHT_BYTES = 300_000
MAIN_PAGES = (
    "/",
    "/observatoire/",
    "/annuaire/?q=menuiserie",
    "/besoins/?besoin=recyclage+de+fenêtres&lieu=Metz",
    "/territoires/departement/57/",
)


@pytest.fixture
def page(browser: Browser):
    """Give a page that fails on what leaves the site or breaks its policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def test_contours_are_compact_and_kept_for_ever_under_the_number_of_their_release(visitor: Client):
    told = visitor.get("/observatoire/").text
    address = re.search(r'"(/cartes/\d+/region/france/FR\.geojson)"', told)
    assert address

    held = visitor.get(address[1])

    assert len(gzip.compress(held.content)) < 100_000
    assert "immutable" in held["Cache-Control"]
    assert {each["properties"]["code"] for each in json.loads(held.content)["features"]} >= {"44"}


def test_contours_of_another_release_lead_to_those_in_service(visitor: Client):
    answer = visitor.get("/cartes/9999/region/france/FR.geojson")

    assert answer.status_code == 302


def test_a_table_says_what_the_map_shows_sorted_as_asked(visitor: Client):
    told = visitor.get("/observatoire/", {"mesure": "organisations", "tri": "nom"}).text

    names = re.findall(
        r'<th scope="row">.*?<a href="/observatoire/region/\d+/[^"]*">([^<]+)</a>', told, re.S
    )
    assert len(names) > 10
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize(
    "asked", [{"par": "x"}, {"mesure": "salaries", "par": "epci"}, {"tri": "€"}]
)
def test_what_a_map_is_asked_wrongly_it_shows_otherwise(visitor: Client, asked: dict[str, str]):
    assert visitor.get("/observatoire/region/44/", asked).status_code == 200


def test_the_map_of_the_observatory_draws_when_it_comes_into_view(address: str, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/observatoire/")
    page.locator("figure.carte").scroll_into_view_if_needed()

    page.wait_for_selector("canvas.maplibregl-canvas", timeout=30_000)
    page.wait_for_selector("[data-etat]", timeout=30_000)

    assert all(each.startswith((address, "data:", "blob:")) for each in asked)


def test_the_answers_of_the_directory_are_numbered_on_their_map(address: str, page: Page):
    page.goto(f"{address}/annuaire/?q=menuiserie&carte=1")

    page.wait_for_selector(".maplibregl-marker", timeout=30_000)

    assert page.locator(".maplibregl-marker").count() > 3


def test_the_establishments_of_an_organisation_are_on_a_map(
    address: str, page: Page, visitor: Client
):
    siren = re.findall(r"/organisations/(\d{9})/", visitor.get("/annuaire/?statut=esat").text)[0]
    page.goto(f"{address}/organisations/{siren}/")
    page.locator("figure.carte").scroll_into_view_if_needed()

    page.wait_for_selector(".maplibregl-marker", timeout=30_000)

    assert page.locator("#etablissements [data-lon]").count() > 0


def test_the_cases_of_the_study_are_on_a_map(address: str, page: Page):
    page.goto(f"{address}/etude/")
    page.locator("figure.carte").scroll_into_view_if_needed()

    page.wait_for_selector(".maplibregl-marker", timeout=30_000)

    assert page.locator("#les-cas [data-lon]").count() > 10


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_page_is_light_without_its_map(address: str, browser: Browser, path: str):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    opened, weights = context.new_page(), []
    opened.on(
        "requestfinished",
        lambda request: (
            weights.append(request.sizes()["responseBodySize"])
            if "/maps/" not in request.url
            and "/cartes/" not in request.url
            and "carte.svg" not in request.url
            else None
        ),
    )

    opened.goto(f"{address}{path}", wait_until="networkidle")
    context.close()

    assert 0 < sum(weights) <= LIGHT_BYTES
