from collections import Counter
from urllib.parse import urlsplit

import pytest

from essor.sources.catalogue import ATTACHMENTS, CATALOGUE, SOURCES
from essor.sources.source import Cadence
from essor.tables.staged import STATUS_CLAIMS

ESSENTIAL = {
    "sirene_unites_legales",
    "sirene_etablissements",
    "communes",
    "epci",
    "departements",
    "regions",
    "naf",
    "categories_juridiques",
    "tranches_effectifs",
}
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_two_sources_have_one_name():
    assert repeated(source.name for source in SOURCES) == []


def test_no_two_sources_read_one_file():
    assert repeated(file for source in SOURCES for file in source.files) == []


@every_source
def test_a_source_says_who_publishes_it_where_and_under_which_licence(source):
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.cadence in Cadence
    assert urlsplit(source.page).scheme == "https"
    assert source.address is None or urlsplit(source.address).scheme == "https"


@every_source
def test_a_source_promises_its_key_and_names_its_columns_once(source):
    names = [name for column in source.columns for name in (column.name, *column.aliases)]

    assert source.files
    assert source.min_rows >= 1
    assert set(source.table.key) <= set(source.table.names)
    assert repeated(name.strip().lower() for name in names) == []


def test_what_cannot_be_done_without_is_said_essential():
    assert {source.name for source in SOURCES if source.is_essential} == ESSENTIAL


def test_every_source_that_leaves_lines_out_says_which():
    attesting = {source.name for source, _ in CATALOGUE if source.table is STATUS_CLAIMS}

    assert set(ATTACHMENTS) == attesting | {"ess_france"}
