"""The pages in a real browser: nothing that axe reproaches, nothing that overflows, all by keyboard."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from tests.site.test_pages import PAGES

AXE = Path(__file__).parents[2] / "src/essor/site/theme/node_modules/axe-core/axe.min.js"
NARROW, WIDE = 320, 1280
ENTRANCES = (
    "/compte/connexion/",
    "/compte/connexion/code/",
    "/compte/inscription/",
    "/compte/mot-de-passe/oubli/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES + ENTRANCES)
def test_axe_finds_nothing_to_reproach(
    browser: Browser, address: str, page: str, scheme: Literal["light", "dark"]
):
    with browser.new_page(viewport={"width": WIDE, "height": 900}, color_scheme=scheme) as opened:
        opened.goto(address + page)

        found = reproaches(opened)

    assert found == []


@pytest.mark.parametrize("page", PAGES + ENTRANCES)
def test_nothing_overflows_a_narrow_screen(browser: Browser, address: str, page: str):
    with browser.new_page(viewport={"width": NARROW, "height": 640}) as opened:
        opened.goto(address + page)

        width = opened.evaluate("document.documentElement.scrollWidth")

    assert width <= NARROW


def test_a_buyer_asks_by_keyboard_and_reads_why(browser: Browser, address: str):
    with browser.new_page() as opened:
        opened.goto(address)
        opened.get_by_label("Votre besoin").focus()
        opened.keyboard.type("recyclage de fenêtres")
        opened.keyboard.press("Tab")
        opened.keyboard.type("Metz")
        opened.keyboard.press("Enter")

        opened.get_by_role("heading", name="Qui peut répondre").wait_for()

        assert opened.locator("article").count() > 0
        assert opened.locator("article .raisons").first.inner_text() != ""


def test_the_first_key_leads_to_the_content(browser: Browser, address: str):
    with browser.new_page() as opened:
        opened.goto(address)
        opened.keyboard.press("Tab")
        opened.keyboard.press("Enter")

        assert opened.evaluate("document.activeElement.id") == "contenu"


def test_the_browser_complains_of_nothing(browser: Browser, address: str):
    complaints: list[str] = []
    with browser.new_page() as opened:
        opened.on("console", lambda message: complaints.append(message.text))

        for page in PAGES + ENTRANCES:
            opened.goto(address + page)

    assert complaints == []


def reproaches(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    return [f"{each['id']} : {each['nodes'][0]['html']}" for each in found["violations"]]
