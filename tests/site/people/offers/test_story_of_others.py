"""A list tells what an ESAT does, a visitor that its card is wrong: a real browser, both databases."""

import json
import re

from playwright.sync_api import Browser, Page
from tests.site.people.members.test_stories import (
    Site,
    claim,
    come_in,
    decide,
    follow,
    seen,
    site,
)

__all__ = ["site"]


def test_a_list_proposes_the_esat_confirms_and_a_visitor_tells_an_error(
    browser: Browser, site: Site
):
    with browser.new_page() as ada, browser.new_page() as mo, browser.new_page() as bea:
        come_in(mo, site, "Mo", "mo@essor.example")
        site.command("members", "entrust", "mo@essor.example", "moderator")
        come_in(ada, site, "Ada", "ada@atelier.example")
        claim(ada, site)
        decide(mo, site, "Accepter")
        card = card_of(ada, site)

        said = import_list(bea, site, card)
        bea.goto(card)
        told = bea.get_by_text("À confirmer par l’organisation").count()
        found = seen(bea)
        found += confirm(ada, site)
        found += tell(bea, card)
        found += accept(mo, site)
        bea.goto(card)
        found += seen(bea)

        assert "acceptées : 1 ;" in said
        assert told == 1
        assert found == []
        assert bea.get_by_text("Déclaré par l’organisation le").count() == 2
        assert bea.get_by_text("À confirmer par l’organisation").count() == 0
        assert bea.get_by_text("Signalé par un visiteur").count() == 1


def card_of(page: Page, site: Site) -> str:
    """Return the address of the card of her organisation."""
    page.goto(f"{site.root}/espace/")
    follow(page.get_by_role("link", name="Ce que publie"))
    address = page.locator(".chapeau a").first.get_attribute("href")
    return f"{site.root}{address}"


def import_list(page: Page, site: Site, card: str) -> str:
    """Import a list that tells two activities of the organisation; return what the command says."""
    page.goto(card)
    siret = re.search(r"\d{14}", page.locator("#etablissements").inner_text())
    assert siret
    row = {"siret": siret[0], "sectors": ["Couture", "Blanchisserie"], "presta_types": ["BUILD"]}
    file = site.home.root / "liste.json"
    file.write_text(json.dumps({"results": [row]}), "utf-8")
    return site.command("members", "import-marche", str(file))


def confirm(page: Page, site: Site) -> list[str]:
    """Confirm in one gesture what the list tells."""
    page.goto(f"{site.root}/espace/")
    follow(page.get_by_role("link", name="Ce que publie"))
    found = seen(page)
    page.get_by_role("button", name="Confirmer ce qui est coché").click()
    page.get_by_text("déclarées en votre nom").wait_for()
    return found + seen(page)


def tell(page: Page, card: str) -> list[str]:
    """Tell by keyboard an error of the card, without an account."""
    page.goto(card)
    follow(page.get_by_role("link", name="La signaler"))
    found = seen(page)
    page.get_by_label("Ce qui est faux").select_option("closed")
    page.get_by_label("Ce qu’il faut lire").focus()
    page.keyboard.type("Un atelier a fermé")
    page.keyboard.press("Tab")
    page.keyboard.type("Annonce légale du 3 juin")
    page.keyboard.press("Tab")
    page.keyboard.type("nulle part")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Saisissez une adresse").or_(page.locator(":invalid")).first.wait_for()
    page.get_by_label("Votre adresse électronique").fill("bea@ailleurs.example")
    page.get_by_role("button", name="Signaler l’erreur").click()
    page.get_by_text("Merci : un modérateur va le lire").wait_for()
    return found


def accept(page: Page, site: Site) -> list[str]:
    """Accept what the visitor tells, as a moderator."""
    page.goto(f"{site.root}/moderation/publications/")
    found = seen(page)
    follow(page.get_by_role("link", name="fermeture ou reprise"))
    found += seen(page)
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("La décision est enregistrée").wait_for()
    return found
