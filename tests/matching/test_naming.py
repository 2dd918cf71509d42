"""A name says a trade where it speaks of what is done there, and not of a place, of a person or of friends."""

import re

import pytest

from essor.language.trades import TRADES
from essor.matching.naming import may_say, speaking, trades_said


def labels(name):
    return [label for label, _, _ in trades_said(name)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Blanchisserie du Parc", "Blanchisserie, entretien du linge"),
        ("ESAT DE LA BLANCHISSERIE", "Blanchisserie, entretien du linge"),
        ("MENUISERIE DURAND", "Menuiserie bois"),
        ("Atelier de couture solidaire", "Couture industrielle, confection"),
        ("Les Jardins de Cocagne", "Maraîchage et cultures"),
        ("ASSOC LA RESSOURCERIE", "Ressourcerie, recyclerie"),
        ("GEIQ Industrie", "Mise à disposition de personnel, intérim d’insertion"),
    ],
)
def test_a_name_says_the_trade_that_is_done_there(name, label):
    assert labels(name) == [label]


@pytest.mark.parametrize(
    "name",
    [
        "Les voisins de la rue de la Menuiserie",
        "Ensemble cité Blanchisserie",
        "QUERCY PAYS DE SERRES",
        "Théâtrales de la Verrerie",
        "La Fonderie",
        "ASSOCIATION LE TISSAGE",
    ],
)
def test_the_name_of_a_place_says_no_trade(name):
    assert labels(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "Le Tissage, association de familles",
        "Les amis de la brasserie",
        "Club couture de Metz",
        "Foyer rural la Filature",
        "Lycée professionnel chaudronnerie",
        "LES RESTAURANTS DU COEUR",
    ],
)
def test_those_who_gather_around_a_trade_do_not_exercise_it(name):
    assert labels(name) == []


@pytest.mark.parametrize("name", ["Michel Charpentier", "JEAN BOULANGER", "Paul Mercier", "Verger"])
def test_the_name_of_a_person_says_no_trade(name):
    assert labels(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "VOIR ENSEMBLE",
        "PUPILLES DE L'ENSEIGNEMENT PUBLIC",
        "AGENCE PALOISE",
        "EMMAUS CHOLET",
        "L'EPI VERT",
        "BATEAUX DE BROTONNE",
        "THE CORNETS HOCKEY TEAM",
    ],
)
def test_a_word_that_only_sounds_like_a_trade_or_names_a_thing_says_none(name):
    assert labels(name) == []


def test_whatever_says_a_trade_has_a_word_that_speaks():
    said = {name for trade in TRADES for word in trade.words for name in (word, word.upper())}
    told = [name for name in said if trades_said(name)]

    silent = [
        name for name in told if not (may_say(name) and speaking(re.findall(r"[^\W_]+", name)))
    ]

    assert len(told) > 500
    assert silent == []


def test_most_words_of_names_do_not_speak():
    assert speaking(["DE", "METZ", "DURAND", "ASSOCIATION", "BLANCHISSERIE"]) == {"BLANCHISSERIE"}


def test_half_of_an_expression_does_not_say_it():
    assert may_say("GARAGE SOLIDAIRE")
    assert not may_say("INSERTION EMPLOI SERVICES")
