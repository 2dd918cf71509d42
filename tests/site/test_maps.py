"""Maps: drawn from our own addresses alone; what they show is in a table; pages stay light."""

import gzip
import json
import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from tests.site.test_browser import reproaches

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


def test_a_map_is_walked_by_keyboard_read_by_axe_and_printed_as_its_drawing_and_table(
    address: str, page: Page
):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/observatoire/")
    page.locator("figure.carte").scroll_into_view_if_needed()
    page.wait_for_selector("[data-etat=vivante]", timeout=30_000)

    page.locator(".reglages-carte button").focus()
    walked = [focused(page) for _ in range(5)]
    reproached = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        reproached += reproaches(page)
    page.emulate_media(media="print")

    assert [tag for tag, _ in walked[:4]] == ["CANVAS", "BUTTON", "BUTTON", "SELECT"]
    assert [name for _, name in walked[1:3]] == ["Agrandir", "Réduire"]
    assert reproached == []
    assert page.locator(".carte-toile").is_hidden()
    assert page.locator(".carte-dessin").is_visible()
    assert page.locator("#territoires").is_visible()


def test_arrows_and_signs_move_a_map_at_once_for_whoever_wants_no_motion(address: str, page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/annuaire/?q=menuiserie&carte=1")
    page.wait_for_selector("[data-etat=vivante]", timeout=30_000)
    canvas, marker = page.locator("canvas"), page.locator(".repere").first

    for key in ("ArrowLeft", "+"):
        before = marker.bounding_box()
        assert before
        canvas.press(key)
        page.wait_for_function(
            "([x, y]) => { const box = document.querySelector('.repere').getBoundingClientRect();"
            " return box.x !== x || box.y !== y; }",
            arg=[before["x"], before["y"]],
        )


def test_a_long_table_gives_its_first_lines_and_its_map_all_of_them(
    visitor: Client, page: Page, address: str
):
    short = visitor.get("/observatoire/departement/57/", {"par": "commune"}).text
    whole = visitor.get(
        "/observatoire/departement/57/", {"par": "commune", "lignes": "toutes"}
    ).text
    page.goto(f"{address}/observatoire/departement/57/?par=commune")
    page.locator("figure.carte").scroll_into_view_if_needed()
    page.wait_for_selector("[data-etat=vivante]", timeout=30_000)

    assert short.count("data-code=") == 60
    assert "lignes=toutes" in short
    assert whole.count("data-code=") == page.locator("#carte-liste option").count() - 1


def focused(page: Page) -> tuple[str, str]:
    """Press Tab; return what has the focus: its tag, its name."""
    page.keyboard.press("Tab")
    tag, name = page.evaluate(
        "(each => [each.tagName, each.getAttribute('aria-label') ?? ''])(document.activeElement)"
    )
    return tag, name
