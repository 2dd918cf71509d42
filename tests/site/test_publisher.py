"""What the law asks of a publisher: the pages say what the software does."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from essor.site.members import tidying
from essor.site.needs import retention


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", page.replace("\u00a0", " ").replace("&nbsp;", " "))


def test_the_delays_told_are_those_of_the_command_that_tidies(visitor: Client):
    text = text_of(visitor.get("/donnees-personnelles/").text)

    assert f"{tidying.UNCONFIRMED_FOR.days} jours si l’adresse n’est jamais vérifiée" in text
    assert f"{tidying.JOURNAL_FOR.days} jours ; une décision reste" in text
    assert f"{retention.ENDED_FOR.days} jours après la fin du besoin" in text
    assert f"{retention.DRAFTED_FOR.days} jours pour un brouillon" in text
    assert f"{retention.TOLD_FOR.days} jours après l’envoi" in text


def test_the_publisher_and_the_host_are_named_once_they_are_said(
    visitor: Client, settings: Settings
):
    unsaid = visitor.get("/mentions-legales/").text
    settings.ESSOR_OPERATOR, settings.ESSOR_HOSTING = "Metz Métropole", "Hébergeur, 1 rue du Port"
    said = visitor.get("/mentions-legales/").text

    assert "ESSOR_HOSTING" in unsaid
    assert "Metz Métropole" in said
    assert "Hébergeur, 1 rue du Port" in said


@pytest.mark.parametrize("page", ["/accessibilite/", "/donnees-personnelles/"])
def test_whoever_is_stopped_knows_whom_to_tell(visitor: Client, settings: Settings, page: str):
    settings.ESSOR_CONTACT = "contact@metz.example"

    assert "contact@metz.example" in visitor.get(page).text


def test_no_rate_of_accessibility_is_declared_without_an_audit(visitor: Client):
    text = text_of(visitor.get("/accessibilite/").text)

    assert "Aucun tiers n’a encore audité ce site" in text
    assert not re.search(r"\d+ ?% .*critères", text)


def test_the_sources_say_how_answers_are_ranked_and_what_is_not_known(visitor: Client):
    text = visitor.get("/sources/").text

    assert "Comment une réponse est rangée" in text
    assert "Ce que le registre ne sait pas" in text
