"""Stories in a real browser, on both databases: each page on the way is put to axe, by day and by night."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.site_server import served
from playwright.sync_api import Browser, Locator, Page
from tests.site.test_browser import NARROW, reproaches

from essor.home import Home

WIDE = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A site that runs, on a database of its own."""

    root: str
    home: Home
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """Return what a command of whoever runs the site says."""
        done = subprocess.run(
            [sys.executable, "-m", "essor.cli.run", *words],
            env={**self.environment, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def last_code(self, recipient: str) -> str:
        """Return the code of the last message written to somebody."""
        texts = (file.read_text("utf-8") for file in (self.home.root / "courriels").iterdir())
        received = [text for text in texts if f"To: {recipient}" in text]
        found = re.search(r"^    (\S+)$", max(received, key=_written_at), re.MULTILINE)
        assert found
        return found[1]


def _written_at(text: str) -> str:
    found = re.search(r"^Date: (.+)$", text, re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def site(demonstration: Home, tmp_path: Path, own_url: str) -> Iterator[Site]:
    """Serve the demonstration to nobody yet."""
    (tmp_path / "releases").symlink_to(demonstration.releases)
    environment = {"ESSOR_HOME": str(tmp_path), "DATABASE_URL": own_url}
    subprocess.run(
        [sys.executable, "-c", "from essor.cli.serve import prepare; prepare(migrates=True)"],
        env={**environment, "PATH": ""},
        check=True,
    )
    with served(environment=environment) as root:
        yield Site(root, Home(tmp_path), environment)


def come_in(page: Page, site: Site, name: str, email: str) -> None:
    """Open an account by keyboard alone, with the code received."""
    page.goto(f"{site.root}/compte/inscription/")
    page.get_by_label("Votre nom").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Saisir le code").wait_for()
    page.get_by_label("Code").fill(site.last_code(email))
    assert seen(page) == []
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mon espace").wait_for()


def follow(link: Locator) -> None:
    """Follow a link, and wait to have arrived."""
    with link.page.expect_navigation():
        link.click()


def seen(page: Page) -> list[str]:
    """Return what axe reproaches to the page by day and by night, and whether it overflows a phone."""
    page.wait_for_load_state()
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        # A button under the mouse takes a moment to change its colours.
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        found += reproaches(page)
    page.set_viewport_size({"width": NARROW, "height": 640})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        found.append(f"{page.url} overflows: {width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_an_esat_claims_its_card_is_refused_and_then_accepted(browser: Browser, site: Site):
    with browser.new_page() as ada, browser.new_page() as mo:
        come_in(mo, site, "Mo", "mo@essor.example")
        site.command("members", "entrust", "mo@essor.example", "moderator")
        come_in(ada, site, "Ada", "ada@atelier.example")

        claimed = claim(ada, site)
        decide(mo, site, "Refuser", "Dites votre fonction.")
        ada.goto(f"{site.root}/espace/")
        refused = ada.get_by_text("Motif : Dites votre fonction.").count()
        claim(ada, site)
        decide(mo, site, "Accepter")
        ada.goto(f"{site.root}/espace/")
        accepted = ada.get_by_role("link", name=f"Qui parle pour {claimed}")
        reproached = seen(ada)
        accepted.click()

        assert refused == 1
        assert reproached + seen(ada) == []
        assert ada.get_by_text("responsable").count() == 1


def test_a_member_protects_exports_and_deletes_her_account(browser: Browser, site: Site):
    with browser.new_page() as ada:
        come_in(ada, site, "Ada", "ada@atelier.example")

        found = []
        for way in (
            "second-facteur/",
            "second-facteur/activer/",
            "adresse/",
            "mot-de-passe/choisir/",
        ):
            ada.goto(f"{site.root}/compte/{way}")
            found += seen(ada)
        ada.goto(f"{site.root}/espace/")
        with ada.expect_download() as download:
            ada.get_by_role("link", name="Exporter tout").click()
        follow(ada.get_by_role("link", name="Supprimer mon compte"))
        found += seen(ada)
        ada.get_by_label("Votre adresse électronique").fill("ada@atelier.example")
        ada.keyboard.press("Enter")
        ada.get_by_text("sont supprimés").wait_for()

    assert found == []
    assert download.value.suggested_filename == "essor-mes-donnees.json"
    assert "ada@" not in site.command("members", "roles")


def claim(page: Page, site: Site) -> str:
    """Claim the first ESAT of the directory; return its name."""
    page.goto(f"{site.root}/annuaire/?statut=esat")
    page.locator("article a, li a", has_text="fictif").or_(page.locator("main h2 a")).first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="C’est mon organisation").click()
    page.get_by_label("Ce qui le montre").fill("J’en suis la directrice, voir notre site.")
    assert seen(page) == []
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_text("Votre demande est enregistrée").wait_for()
    return name


def decide(page: Page, site: Site, button: str, reason: str = "") -> None:
    """Decide of the only claim that waits."""
    page.goto(f"{site.root}/moderation/")
    reproached = seen(page)
    page.locator("article a").click()
    page.get_by_label("Motif du refus").fill(reason)
    reproached += seen(page)
    page.get_by_role("button", name=button).click()
    page.get_by_text("La décision est enregistrée").wait_for()
    assert reproached == []
