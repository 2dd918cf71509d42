"""Besoins: what was understood can be corrected, and every answer can be reached."""

import re
from html import unescape

import pytest
from django.test import Client

NEED = {"besoin": "couture industrielle de housses", "lieu": "Metz", "rayon": "150"}


def codes(page: str) -> list[str]:
    return re.findall(r'name="metier" value="([^"]+)"', page)


def kept(page: str) -> list[str]:
    return re.findall(r'name="metier" value="([^"]+)"[^>]*checked', page)


def answers(page: str) -> list[str]:
    return re.findall(r"/organisations/(\d{9})/", page)


def test_every_trade_read_is_asked_at_first(visitor: Client):
    page = visitor.get("/besoins/", NEED).text

    assert len(codes(page)) > 1
    assert kept(page) == codes(page)


def test_a_trade_let_go_is_asked_no_more_and_can_be_taken_back(visitor: Client):
    read = codes(visitor.get("/besoins/", NEED).text)
    asked = NEED | {"lu": NEED["besoin"], "metier": read[:1]}

    page = visitor.get("/besoins/", asked).text

    assert codes(page) == read
    assert kept(page) == read[:1]
    assert answers(page) != answers(visitor.get("/besoins/", NEED).text)


def test_trades_chosen_of_another_text_count_for_nothing(visitor: Client):
    stale = NEED | {"lu": "usinage de pièces", "metier": ["25.62B"]}

    page = visitor.get("/besoins/", stale).text

    assert answers(page) == answers(visitor.get("/besoins/", NEED).text)


def test_letting_every_trade_go_is_said(visitor: Client):
    page = visitor.get("/besoins/", NEED | {"lu": NEED["besoin"]}).text

    assert "Gardez au moins un métier" in page


@pytest.mark.parametrize("code", ["99.99Z", "<b>", "'; DROP TABLE naf"])
def test_a_code_that_was_not_read_is_not_asked(visitor: Client, code: str):
    page = visitor.get("/besoins/", NEED | {"lu": NEED["besoin"], "metier": [code]}).text

    assert kept(page) == codes(page)
    assert "<b>" not in page


def test_every_answer_can_be_reached_and_none_comes_twice(visitor: Client):
    page = visitor.get("/besoins/", NEED).text
    (total,) = re.findall(r"<strong>(\d+)</strong> réponses", page)

    pages = [visitor.get("/besoins/", NEED | {"page": str(n)}).text for n in range(1, 1 + 6)]
    met = [siren for each in pages for siren in answers(each)]

    assert len(set(met)) == min(int(total), 60)
    assert "Réponses suivantes" in page


def test_a_page_beyond_the_last_is_the_last(visitor: Client):
    page = visitor.get("/besoins/", NEED | {"page": "900"}).text

    assert answers(page)
    assert "Réponses suivantes" not in page


def test_a_reserved_need_says_which_reservation_it_asks(visitor: Client):
    page = visitor.get("/besoins/", NEED | {"reserve": "handicap"}).text

    assert "<dd>Handicap : EA et ESAT (L. 2113-12)</dd>" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"besoin": "bonjour"}, "Nous n’avons pas compris quel métier demande"),
        (NEED | {"echeance": "2001-01-01"}, "l’échéance du 01/01/2001 est déjà passée"),
    ],
)
def test_a_need_that_cannot_be_answered_says_why_above_what_was_typed(
    visitor: Client, asked: dict[str, str], told: str
):
    answer = visitor.get("/besoins/", asked)

    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert f">\n{asked['besoin']}</textarea>" in answer.text
