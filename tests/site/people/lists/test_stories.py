"""Stories in a real browser, on both databases: an officer prepares her week; a visitor exports."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from tests.site.people.members.test_stories import Site, come_in, follow, seen, site

__all__ = ["site"]

MOSELLE = "/territoires/departement/57/"


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return Path(download.value.path())


def test_an_officer_prepares_the_territory_report_and_shares_whom_to_call(
    browser: Browser, site: Site
):
    found = []
    with browser.new_page() as ana:
        come_in(ana, site, "Ana", "ana@metropole.example")
        site.command(
            "members",
            "entrust",
            "ana@metropole.example",
            "officer",
            "--territory",
            "departement:57",
        )
        ana.goto(f"{site.root}/espace/")
        found += seen(ana)
        ana.get_by_role("link", name="Préparer ma semaine").click()
        ana.get_by_role("heading", name="Que faire lundi matin").wait_for()
        steps = ana.locator(".marche > li").count()
        report = downloaded(ana, "Rapport (PDF)").read_bytes()
        follow(ana.get_by_role("link", name="Suivre ces employeurs"))
        found += seen(ana)
        ana.get_by_role("button", name="Garder dans une liste").click()
        ana.get_by_role("heading", name="À suivre, Moselle").wait_for()
        kept = ana.locator("article").count()
        note(ana, "À rappeler lundi")
        found += seen(ana)
        sheet = load_workbook(xlsx(ana)).active
        ana.get_by_label("Avec mes notes").check()
        ana.get_by_role("button", name="Créer un lien").click()
        link = ana.locator("a[href^='http'][href*='/listes/']").get_attribute("href") or ""
        found += seen(ana)
        with browser.new_page() as colleague:
            colleague.goto(link)
            read = colleague.get_by_text("À rappeler lundi").count()
            found += seen(colleague)
        ana.get_by_role("button", name="Reprendre le lien").click()
        ana.get_by_text("Le lien ne mène plus").wait_for()
        with browser.new_page() as colleague:
            answer = colleague.goto(link)

    assert steps > 0
    assert report.startswith(b"%PDF")
    assert kept > 3
    assert sheet is not None
    assert "À rappeler lundi" in [row[10] for row in sheet.iter_rows(values_only=True)]
    assert read == 1
    assert answer is not None
    assert answer.status == 404
    assert found == []


def test_a_member_keeps_a_card_of_the_directory_by_keyboard(browser: Browser, site: Site):
    found = []
    with browser.new_page() as ben:
        come_in(ben, site, "Ben", "ben@usine.example")
        ben.goto(f"{site.root}/annuaire/?statut=esat")
        ben.get_by_role("link", name="Garder").first.focus()
        ben.keyboard.press("Enter")
        ben.get_by_label("Ou dans une nouvelle liste").focus()
        found += seen(ben)
        ben.keyboard.type("Sous-traitants")
        ben.keyboard.press("Tab")
        ben.keyboard.type("Vu au salon")
        ben.keyboard.press("Tab")
        ben.keyboard.press("Enter")
        ben.get_by_role("heading", name="Sous-traitants").wait_for()
        noted = ben.locator(".note").inner_text()
        ben.goto(f"{site.root}/espace/listes/")
        found += seen(ben)
        ben.get_by_role("link", name="Sous-traitants").click()
        ben.get_by_text("Supprimer la liste").click()
        ben.get_by_role("button", name="Supprimer pour toujours").click()
        ben.get_by_text("est supprimée").wait_for()

    assert noted == "Vu au salon"
    assert found == []


@pytest.fixture
def visiting(browser: Browser, address: str) -> Callable[[str], Page]:
    """Return what opens a page for a visitor whose browser runs no script."""
    return lambda path: opened(browser, address + path)


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    return page


def test_a_visitor_exports_without_account_nor_script(visiting: Callable[[str], Page]):
    page = visiting("/")
    page.get_by_role("link", name="Ouvrir mon territoire").click()
    page.get_by_label("Quel territoire").fill("Moselle")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Moselle", level=1).wait_for()
    organisations = downloaded(page, "Organisations de l’ESS du territoire (CSV)").read_text(
        "utf-8"
    )
    figures = downloaded(page, "Chiffres (CSV)").read_text("utf-8")
    report = downloaded(page, "Rapport du territoire (PDF)").read_bytes()
    page.context.close()

    assert organisations.startswith("\ufeffsiren,")
    assert organisations.count("\n") > 10
    assert "departement,57" in figures
    assert report.startswith(b"%PDF")


def note(page: Page, text: str) -> None:
    """Write a note on the first organisation of a list."""
    page.get_by_text("Noter").first.click()
    page.get_by_label("Note").first.fill(text)
    page.get_by_role("button", name="Garder la note").first.click()
    page.get_by_text("La note est gardée").wait_for()


def xlsx(page: Page) -> Path:
    """Return the workbook of a list, under a name that says what it is."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Tableur (XLSX)").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    renamed = Path(download.value.path()).with_suffix(".xlsx")
    Path(download.value.path()).rename(renamed)
    return renamed
