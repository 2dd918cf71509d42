"""The pages of the site, as a visitor without JavaScript reads them."""

import re

import pytest
from django.test import Client

from essor.home import Home

PAGES = (
    "/",
    "/besoins/",
    "/besoins/?besoin=recyclage+de+fenêtres&lieu=Metz&rayon=80",
    "/annuaire/",
    "/annuaire/?q=menuiserie&lieu=Metz",
    "/annuaire/?statut=esat&famille=association",
    "/observatoire/",
    "/observatoire/region/44/",
    "/observatoire/departement/57/?perimetre=p2",
    "/observatoire/commune/57463/",
    "/territoires/",
    "/territoires/epci/200039865/",
    "/etude/",
    "/sources/",
    "/donnees/",
    "/api/v1/docs/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_and_says_that_its_data_are_invented(visitor: Client, page: str):
    answer = visitor.get(page)

    assert answer.status_code == 200
    assert "Données fictives" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_no_script_of_its_own_and_sets_no_cookie(visitor: Client, page: str):
    answer = visitor.get(page)

    assert not re.search(r"<script(?! type=\"module\" src=\"/statique/)", answer.text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", answer.text)
    assert not answer.cookies
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_first_page_gives_the_figures_of_the_study(visitor: Client):
    answer = visitor.get("/")

    assert "1\u202f367" in answer.text


def test_a_place_that_is_typed_leads_to_its_page(visitor: Client):
    answer = visitor.get("/observatoire/", {"lieu": "Metz"})

    assert answer.status_code == 302
    assert answer["Location"] == "/observatoire/commune/57463/"


def test_a_misspelt_place_that_is_none_proposes_others(visitor: Client):
    answer = visitor.get("/observatoire/", {"lieu": "Montpelhiard-sur-Nulle-Part"})

    assert answer.status_code == 404
    assert "Quel territoire" in answer.text


def test_an_ambiguous_place_says_so(visitor: Client):
    answer = visitor.get("/observatoire/", {"lieu": "Saint-Denis"})

    assert answer.status_code == 409
    assert "Plusieurs territoires portent ce nom" in answer.text


def test_the_figures_of_a_territory_can_be_taken_away(visitor: Client):
    csv = visitor.get("/observatoire/region/44/chiffres.csv")
    pdf = visitor.get("/observatoire/region/44/rapport.pdf")

    assert csv.text.startswith("territoire_niveau,")
    assert pdf.content.startswith(b"%PDF")


def test_a_drawing_is_an_image(visitor: Client):
    answer = visitor.get("/observatoire/region/44/familles.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert "<svg" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/rien/",
        "/observatoire/planete/1/",
        "/observatoire/region/999/",
        "/observatoire/region/44/inconnu.svg",
        "/observatoire/region/44/chiffres.exe",
        "/organisations/000000000/",
    ],
)
def test_an_address_that_leads_nowhere_helps(visitor: Client, address: str):
    answer = visitor.get(address)

    assert answer.status_code == 404
    assert "Revenir à l’accueil" in answer.text


def test_an_answer_to_a_need_tells_its_reasons(visitor: Client):
    answer = visitor.get("/besoins/", {"besoin": "recyclage de fenêtres", "lieu": "Metz"})

    assert "Ce que nous avons compris" in answer.text
    assert "Métier" in answer.text
    assert "38.32Z" in answer.text


def test_a_card_leads_from_the_directory(visitor: Client):
    found = visitor.get("/annuaire/", {"statut": "esat"}).text
    link = re.search(r"/organisations/\d{9}/", found)

    card = visitor.get(link.group() if link else "")

    assert card.status_code == 200
    assert "ESAT" in card.text


def test_the_directory_keeps_to_the_social_economy_unless_asked(visitor: Client):
    asked = {"q": "menuiserie bois", "lieu": "Metz", "rayon": "50"}

    kept = visitor.get("/annuaire/", asked).text
    everybody = visitor.get("/annuaire/", {**asked, "tous": "on"}).text

    assert "Fabrique fictive" not in kept
    assert "Fabrique fictive" in everybody


@pytest.mark.parametrize(
    "question",
    [
        {"besoin": ""},
        {"besoin": "a"},
        {"besoin": "é" * 60_000},
        {"besoin": "<script>alert(1)</script>"},
        {"besoin": "menuiserie", "rayon": "loin"},
        {"besoin": "menuiserie", "rayon": "-1"},
        {"besoin": "menuiserie", "rayon": "20"},
        {"besoin": "menuiserie", "lieu": "nulle part du tout"},
        {"besoin": "menuiserie", "echeance": "2020-01-01"},
        {"besoin": "menuiserie", "reserve": "copains"},
        {"besoin": "menuiserie", "quantite": "beaucoup"},
        {"besoin": "'; DROP TABLE organisations; --"},
    ],
)
def test_a_need_badly_said_is_never_a_breakdown(visitor: Client, question: dict[str, str]):
    answer = visitor.get("/besoins/", question)

    assert answer.status_code < 500
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        {"q": "x" * 60_000},
        {"q": "\x00"},
        {"q": '"AND (OR" ~^'},
        {"page": "0"},
        {"page": "999999999"},
        {"naf": "ZZZ"},
        {"statut": "roi"},
        {"lieu": "Metz", "rayon": "20000"},
    ],
)
def test_a_search_badly_said_is_never_a_breakdown(visitor: Client, question: dict[str, str]):
    answer = visitor.get("/annuaire/", question)

    assert answer.status_code < 500


def test_the_site_says_that_it_can_answer(visitor: Client):
    answer = visitor.get("/healthz")

    assert answer.json()["etat"] == "en service"


def test_without_a_release_every_page_says_what_to_do(
    essor_home: Home, monkeypatch: pytest.MonkeyPatch
):
    answer = Client(SERVER_NAME="localhost").get("/")

    assert answer.status_code == 503
    assert "essor demo" in answer.text


def test_an_unknown_host_is_refused(visitor: Client):
    answer = visitor.get("/", SERVER_NAME="pirate.example")

    assert answer.status_code == 400
