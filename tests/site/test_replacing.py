"""Pages that replace a part of themselves: the address follows, the keyboard stays; all works without a script."""

from playwright.sync_api import Browser, Page, expect
from tests.site.test_browser import reproaches

SPACED = """() => document.querySelectorAll('body *').forEach((each) => {
  each.style.lineHeight = '1.5'; each.style.letterSpacing = '0.12em'; each.style.wordSpacing = '0.16em';
})"""
ASKED = "/annuaire/?statut=esat"
NEED = "/besoins/?besoin=recyclage+de+fenêtres&lieu=Metz"


def test_the_directory_replaces_its_answers_and_nothing_else(browser: Browser, address: str):
    with browser.new_page() as page:
        complaints = complained(page)
        arrived(page, address + ASKED)

        page.get_by_role("link", name="Page suivante").click()
        expect(page.locator("#annonce")).to_contain_text("page 2")
        assert "page=2" in page.url
        assert page.evaluate("window.stayed")
        expect(page.locator("[data-arrivee]")).to_be_focused()

        page.locator("#preciser summary").click()
        facet = page.locator("#preciser a").first
        name = facet.get_attribute("id")
        facet.press("Enter")
        expect(page.locator("#annonce")).not_to_contain_text("page 2")
        expect(page.locator(f"#{name}")).to_be_focused()
        assert "page=2" not in page.url
        assert page.evaluate("window.stayed")

        page.get_by_role("link", name="Voir ces réponses sur une carte").click()
        page.locator("figure.carte").scroll_into_view_if_needed()
        page.wait_for_selector("[data-etat=vivante]", timeout=30_000)
        assert reproaches(page) == []
        with page.expect_navigation():
            page.reload()
        page.locator("figure.carte").scroll_into_view_if_needed()
        page.wait_for_selector("[data-etat=vivante]", timeout=30_000)
        page.go_back()
        expect(page.locator("figure.carte")).to_have_count(0)

    assert complaints == []


def test_a_need_is_read_again_in_place(browser: Browser, address: str):
    with browser.new_page() as page:
        arrived(page, address + NEED)

        page.get_by_role("checkbox").first.uncheck()
        page.get_by_role("button", name="Chercher avec ces seuls métiers").click()
        page.wait_for_url("**metier=*")
        expect(page.get_by_role("checkbox").first).not_to_be_checked()
        expect(page.locator("#annonce")).to_contain_text("réponses")
        page.locator("#id_besoin").fill("zzzz qqqq")
        page.locator("#chercher").click()

        expect(page.locator("#id_besoin")).to_be_focused()
        assert page.locator("[aria-invalid=true]").count() == 1
        assert page.evaluate("window.stayed")


def test_a_fault_is_shown_as_the_page_that_it_is(browser: Browser, address: str):
    with browser.new_page() as page:
        page.goto(address + ASKED)

        page.get_by_label("Autour de").fill("zzzz")
        page.get_by_label("Autour de").press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Territoire introuvable")


def test_pages_say_the_same_without_a_script_and_however_they_are_read(
    browser: Browser, address: str
):
    plain = browser.new_context(java_script_enabled=False)
    read = plain.new_page()
    read.goto(address + ASKED)
    read.get_by_role("link", name="Page suivante").click()
    expect(read.locator("[data-arrivee]")).to_contain_text("page 2")
    plain.close()

    # 640 is 1280 at a zoom of 200 %; text is spaced as WCAG 1.4.12 says.
    for width in (320, 640, 3840):
        with browser.new_page(viewport={"width": width, "height": 900}) as page:
            for way in ("/", ASKED, NEED):
                page.goto(address + way)
                page.evaluate(SPACED)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (way, width)
                assert (
                    page.evaluate("document.querySelector('main .container-xl').offsetWidth")
                    <= 1400
                )


def arrived(page: Page, way: str) -> None:
    """Open a page, and mark it: a mark that stays says that the page was not loaded again."""
    page.goto(way)
    page.evaluate("window.stayed = true")


def complained(page: Page) -> list[str]:
    """Return the list in which the browser will write what it complains of."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found
