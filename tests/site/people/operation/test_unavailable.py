"""What somebody sees when the people's database is down: a page of ours, that a keyboard and a phone can use."""

from pathlib import Path

from benchmarks.site_server import served
from playwright.sync_api import Browser
from tests.site.people.members.test_stories import seen

from essor.home import Home


def test_the_page_of_a_database_that_is_down_is_read_by_everybody(
    browser: Browser, demonstration: Home, tmp_path: Path
):
    (tmp_path / "releases").symlink_to(demonstration.releases)
    url = "postgres://essor@127.0.0.1:1/essor"
    environment = {"ESSOR_HOME": str(tmp_path), "DATABASE_URL": url}

    with served(environment=environment) as root, browser.new_page() as page:
        answer = page.goto(f"{root}/compte/connexion/?next=/espace/")
        reproached = seen(page)
        again = page.get_by_role("link", name="Réessayer").get_attribute("href")

    assert answer is not None
    assert answer.status == 503
    assert reproached == []
    assert again == "/compte/connexion/?next=/espace/"
