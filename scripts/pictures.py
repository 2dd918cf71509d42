"""Take again the pictures of the README: five pages of the site that the release in service serves.

Run from the root, on the demonstration: `ESSOR_HOME=… python -m scripts.pictures`. Chromium takes them.
"""

import base64
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.site_server import served
from playwright.sync_api import Page, ViewportSize, sync_playwright

from essor.home import Home, home

IMAGES = Path(__file__).parents[1] / "docs" / "images"
NEED = "/besoins/?besoin=recyclage+de+fenêtres+en+fin+de+vie,+600+t+par+an&lieu=Metz"
TERRITORY = "/observatoire/departement/57/"
SIZE: ViewportSize = {"width": 1280, "height": 800}
QUALITY = 80
EMAIL = "camille@atelier.example"


def take(root: str, here: Home) -> None:
    """Write each picture into `docs/images`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE, locale="fr-FR")
        _picture(page, f"{root}/", "accueil")
        _picture(page, root + NEED, "besoin", at=".besoin-et-reponses")
        page.goto(f"{root}/annuaire/?statut=esat")
        card = page.locator("article h2 a").first.evaluate("each => each.href")
        _picture(page, card, "fiche", needs_map=True)
        _picture(page, root + TERRITORY, "carte", at="#carte", needs_map=True)
        _enter(page, root, here)
        _picture(page, f"{root}/espace/", "espace")
        browser.close()


def _picture(
    page: Page, address: str, name: str, at: str = "h1", *, needs_map: bool = False
) -> None:
    """Write what the page shows from there on, once it is drawn."""
    page.goto(address, wait_until="networkidle")
    if needs_map:
        page.locator("figure.carte").scroll_into_view_if_needed()
        page.wait_for_selector("[data-etat=vivante]", timeout=60_000)
    # The first title is left under the head of the page, as one arrives.
    page.locator(at).first.evaluate(
        "each => scrollTo(0, each.tagName == 'H1' ? 0 : each.offsetTop - 16)"
    )
    taken = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    (IMAGES / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def _enter(page: Page, root: str, here: Home) -> None:
    """Open an account, with the code that its message gives."""
    page.goto(f"{root}/compte/inscription/")
    page.get_by_label("Votre nom").fill("Camille")
    page.get_by_label("Votre nom").press("Tab")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Saisir le code").wait_for()
    letters = (file.read_text("utf-8") for file in (here.root / "courriels").iterdir())
    code = re.search(r"^    (\S+)$", next(text for text in letters if EMAIL in text), re.MULTILINE)
    if code is None:
        raise RuntimeError("the message holds no code")
    page.get_by_label("Code").fill(code[1])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Mon espace").wait_for()


def _prepared(environment: Mapping[str, str]) -> None:
    """Make the people's database of a site that nobody knows."""
    command = "from essor.cli.serve import prepare; prepare(migrates=True)"
    subprocess.run([sys.executable, "-c", command], env=dict(environment), check=True)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        (Path(folder) / "releases").symlink_to(home().releases)
        settings = {"ESSOR_HOME": folder, "DATABASE_URL": "", "PATH": ""}
        _prepared(settings)
        with served(environment=settings) as site:
            take(site, Home(Path(folder)))
