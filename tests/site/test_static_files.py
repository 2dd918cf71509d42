"""What pages load: compressed, kept by browsers, under an address that changes with what it holds."""

import re

import pytest

from essor.site import static_files
from essor.site.static_files import versioned


@pytest.fixture
def built(monkeypatch):
    monkeypatch.setattr(static_files, "_version", lambda: "0123456789ab")


@pytest.mark.usefixtures("built")
def test_a_file_of_ours_is_asked_for_under_the_version_of_them_all():
    assert versioned("essor/fonts/a.woff2") == "essor/0123456789ab/fonts/a.woff2"


@pytest.mark.usefixtures("built")
def test_a_file_of_another_keeps_its_name():
    assert versioned("ninja/docs.css") == "ninja/docs.css"


def test_before_the_theme_is_built_names_are_left_as_they_are(monkeypatch):
    monkeypatch.setattr(static_files, "_version", lambda: "")

    assert versioned("essor/essor.css") == "essor/essor.css"


def test_the_style_sheet_of_a_page_is_compressed_and_kept_for_ever(visitor):
    page = visitor.get("/").content.decode()
    address = re.search(r'href="(/statique/[^"]*\.css)"', page)
    assert address, "the theme is not built: run « make »"

    sheet = visitor.get(address[1], headers={"Accept-Encoding": "br, gzip"})
    assert b"".join(sheet.streaming_content)

    assert sheet.status_code == 200
    assert sheet["Content-Encoding"] == "br"
    assert "immutable" in sheet["Cache-Control"]
    assert re.fullmatch(r"/statique/essor/[0-9a-f]{12}/essor\.css", address[1])


def test_robots_are_asked_to_leave_members_alone(visitor):
    said = visitor.get("/robots.txt")

    assert said.headers["Content-Type"].startswith("text/plain")
    assert b"Disallow: /espace/" in said.content
