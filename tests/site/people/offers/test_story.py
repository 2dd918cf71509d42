"""An ESAT declares what it does, and is found, in a real browser, on both databases."""

import re

from playwright.sync_api import Browser, Page, expect
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

WORDS = "couture de vêtements de travail"


def test_an_esat_claims_its_card_declares_a_capacity_and_is_found(browser: Browser, site: Site):
    with browser.new_page() as ada, browser.new_page() as mo, browser.new_page() as bea:
        come_in(mo, site, "Mo", "mo@essor.example")
        site.command("members", "entrust", "mo@essor.example", "moderator")
        come_in(ada, site, "Ada", "ada@atelier.example")
        claim(ada, site)
        decide(mo, site, "Accepter")

        found = declare(ada, site)
        found += offer(ada)
        found += propose(ada)
        found += accept(mo, site)
        ada.locator(".chapeau a").first.click()
        beside = ada.get_by_text("à lire à côté du registre").count()
        found += seen(ada)
        bea.goto(f"{site.root}/besoins/?besoin={WORDS}")
        reasons = bea.get_by_text(re.compile("déclaré par l’organisation le")).count()
        found += look(bea, site)

    assert found == []
    assert beside == 1
    assert reasons >= 1


def look(page: Page, site: Site) -> list[str]:
    """Find the offer from the directory, then by a facet, by the keyboard and in its territory."""
    page.goto(f"{site.root}/annuaire/?q=presse+libre")
    found = seen(page)
    follow(page.get_by_role("link", name="1 offre"))
    found += seen(page)
    page.get_by_text("points : pourquoi").first.click()
    page.locator("#id_q").fill("fraiseuse")
    page.keyboard.press("Enter")
    page.get_by_text("Rien ne répond à tout cela").wait_for()
    found += seen(page)
    page.locator("#id_q").fill("")
    page.locator("#id_lieu").fill("Atlantide du Nord")
    page.keyboard.press("Enter")
    expect(page.locator("#id_lieu[aria-invalid=true]")).to_be_visible()
    found += seen(page)
    page.locator("#id_lieu").fill("Moselle")
    page.locator("#par-forme summary").click()
    page.get_by_label("Une machine").check()
    page.keyboard.press("Enter")
    page.wait_for_url("**forme=machine**")
    page.get_by_role("link", name="Presse libre le matin").wait_for()
    found += seen(page)
    page.goto(f"{site.root}/territoires/departement/57/echanges/")
    found += seen(page)
    follow(page.get_by_role("link", name="Presse libre le matin"))
    return found + seen(page)


def declare(page: Page, site: Site) -> list[str]:
    """Declare an activity in plain words, with a capacity."""
    page.goto(f"{site.root}/espace/")
    follow(page.get_by_role("link", name="Ce que publie"))
    found = seen(page)
    follow(page.get_by_role("link", name="Déclarer une activité"))
    found += seen(page)
    page.get_by_label("Que faites-vous").fill(WORDS)
    page.keyboard.press("Enter")
    page.get_by_label("Ajouter un métier").fill("menuiserie bois")
    page.get_by_role("button", name="Chercher ce métier").click()
    page.get_by_text("Cochez celui qui convient").wait_for()
    found += seen(page)
    page.locator("#metiers [type=checkbox]").last.check()
    page.get_by_label("Ce que vous pouvez faire").fill("beaucoup")
    page.get_by_label("Jusqu’où").select_option("country")
    found += seen(page)
    page.get_by_role("button", name="Publier l’activité").click()
    page.get_by_text("Aucune quantité n’y est lue").wait_for()
    found += seen(page)
    page.get_by_label("Ce que vous pouvez faire").fill("20 000 pièces par an")
    page.get_by_role("button", name="Publier l’activité").click()
    page.get_by_text("les besoins la trouvent déjà").wait_for()
    return found + seen(page)


def offer(page: Page) -> list[str]:
    """Offer the hours of a machine."""
    publications = page.url
    follow(page.get_by_role("link", name="Publier une offre"))
    found = seen(page)
    page.get_by_label("Ce que vous offrez").select_option("machine")
    page.get_by_label("Titre").fill("Presse libre le matin")
    page.get_by_label("Description").fill("Une presse de 40 tonnes.")
    page.get_by_label("Où").fill("Metz")
    page.get_by_label("Jusqu’au").fill("2099-12-31")
    page.get_by_role("button", name="Publier l’offre").click()
    page.get_by_text("L’offre est publiée").wait_for()
    follow(page.get_by_role("link", name="Signaler cette offre"))
    found += seen(page)
    page.goto(publications)
    return found


def propose(page: Page) -> list[str]:
    """Propose a correction of the register."""
    follow(page.get_by_role("link", name="Proposer une correction"))
    found = seen(page)
    page.get_by_label("Ce qu’il faut lire").fill("Les Ateliers du Lac")
    page.get_by_label("Ce qui le montre").fill("Voir nos statuts.")
    page.get_by_role("button", name="Proposer la correction").click()
    page.get_by_text("La correction est proposée").wait_for()
    return found + seen(page)


def accept(page: Page, site: Site) -> list[str]:
    """Accept the correction, as a moderator."""
    page.goto(f"{site.root}/moderation/publications/")
    found = seen(page)
    follow(page.get_by_role("link", name="nom d’usage"))
    found += seen(page)
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("La décision est enregistrée").wait_for()
    return found
