"""The documentation says what is: links lead somewhere, commands exist, examples answer so."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import typer.core
import typer.main

from essor import errors
from essor.cli.run import app, main
from essor.observatory.grid import Employer, EssRule, Estimator, Unit
from essor.observatory.perspective import Perimeter
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import STAFF_BANDS
from essor.sources.catalogue import SOURCES
from essor.sources.conventions import KINDS
from essor.tables.catalogue import TABLES
from essor.tables.places import PLACE_COLUMNS
from essor.territory.level import Level
from essor.warehouse.anomalies import Problem

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = tuple(sorted((*ROOT.glob("*.md"), *DOCS.rglob("*.md"))))
LINES = [(page, line) for page in PAGES for line in page.read_text("utf-8").splitlines()]

LINK = re.compile(r"\[[^]]*\]\((?P<target>[^)\s]+)\)")
COMMAND = re.compile(r"(?<![\w/.'-])essor (?P<words>[a-z][^`|»#&\n]*)")
OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
MAKE = re.compile(r"(?<![\w/])make (?P<target>[a-z][a-z-]*)(?=[`\s»]|$)")
CODE = re.compile(r"^(?:    |\$ )|`")
TOUR = re.compile(r"```console\n\$ (?P<command>.+)\n(?P<answer>(?:.+\n)+?)```")

WIDTH = "100"
"""Columns of the terminal on which the answers of the README were copied."""


def names(pages: tuple[Path, ...]) -> list[str]:
    return [page.relative_to(ROOT).as_posix() for page in pages]


def tour() -> list[tuple[str, str]]:
    text = (ROOT / "README.md").read_text("utf-8")
    return [(found["command"], found["answer"]) for found in TOUR.finditer(text)]


def commands_written() -> Iterator[tuple[Path, list[str]]]:
    for page, line in LINES:
        if CODE.search(line):
            for found in COMMAND.finditer(line):
                yield page, found["words"].split()


def command_named(words: list[str]) -> typer.core.TyperCommand | typer.core.TyperGroup | None:
    """Return the command that the words begin with, its subcommand when they go on with one."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    command = group.get_command(typer.Context(group), words[0])
    if isinstance(command, typer.core.TyperGroup) and len(words) > 1:
        inner = command.get_command(typer.Context(command), words[1])
        return inner if isinstance(inner, typer.core.TyperCommand) else command
    assert command is None or isinstance(command, typer.core.TyperCommand | typer.core.TyperGroup)
    return command


def plain(text: str) -> str:
    """Return a text with every run of spaces, breaking or not, made one."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder to work in, the demonstration in service in a home of its own."""
    folder = tmp_path_factory.mktemp("docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESSOR_HOME", str(folder / "home"))
        patch.setenv("COLUMNS", WIDTH)
        patch.chdir(folder)
        assert main(["demo", "--no-serve"]) == 0
        yield folder


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_the_links_of_a_page_lead_somewhere(page):
    targets = [found["target"] for found in LINK.finditer(page.read_text("utf-8"))]

    inside = [target for target in targets if not target.startswith(("http://", "https://", "#"))]
    missing = [t for t in inside if not (page.parent / t.split("#")[0]).exists()]

    assert missing == []


def test_every_page_is_reached_from_the_readme():
    met, waiting = set[Path](), [ROOT / "README.md"]

    while waiting:
        page = waiting.pop()
        if page not in met:
            met.add(page)
            for found in LINK.finditer(page.read_text("utf-8")):
                target = (page.parent / found["target"].split("#")[0]).resolve()
                if target.suffix == ".md" and target.is_file():
                    waiting.append(target)

    assert names(tuple(set(PAGES) - met)) == []


def test_every_command_written_in_the_pages_exists():
    written = list(commands_written())

    unknown = {(page.name, words[0]) for page, words in written if not command_named(words)}

    assert len(written) > 30
    assert unknown == set()


def test_every_option_written_after_a_command_is_one_of_its_own():
    unknown = set()

    for page, words in commands_written():
        command = command_named(words)
        assert command is not None
        known = {
            o
            for p in command.get_params(typer.Context(command))
            for o in (*p.opts, *p.secondary_opts)
        }
        options = OPTION.findall(" ".join(words))
        unknown |= {(page.name, words[0], option) for option in options if option not in known}

    assert unknown == set()


def test_every_source_written_after_only_exists():
    known = {source.name for source in SOURCES}

    named = {
        name
        for _, words in commands_written()
        for option, name in pairwise(words)
        if option == "--only" and name != "<name>"
    }

    assert named
    assert named - known == set()


def test_every_make_target_written_in_the_pages_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    written = {
        found["target"] for _, line in LINES if CODE.search(line) for found in MAKE.finditer(line)
    }

    assert written >= {"demo", "test"}
    assert written - targets == set()


def test_every_error_has_its_exit_code_in_the_page_of_operations():
    page = (DOCS / "exploitation.md").read_text("utf-8")
    rows = set(re.findall(r"^\| (\d+) \| `(\w+)` \|", page, re.MULTILINE))

    classes: list[type[errors.EssorError]] = [
        errors.EssorError,
        *errors.EssorError.__subclasses__(),
    ]

    assert rows == {(str(error.exit_code), error.__name__) for error in classes}


def test_every_decision_is_listed_and_numbered_once():
    listed = (DOCS / "decisions" / "README.md").read_text("utf-8")
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))

    titles = [page.read_text("utf-8").splitlines()[0] for page in pages]

    assert [page.name for page in pages if f"]({page.name})" not in listed] == []
    assert [title[:7] for title in titles] == [f"# {page.name[:4]}." for page in pages]
    assert len({page.name[:4] for page in pages}) == len(pages)


def test_the_reference_has_every_table_and_every_source():
    tables = (DOCS / "reference" / "tables.md").read_text("utf-8")
    sources = (DOCS / "reference" / "sources.md").read_text("utf-8")

    assert [table.name for table in TABLES if f"## `{table.name}`\n" not in tables] == []
    assert [source.name for source in SOURCES if f"## `{source.name}` : " not in sources] == []


def test_the_page_of_data_names_every_source():
    page = (DOCS / "donnees.md").read_text("utf-8")

    unsaid = [s.name for s in SOURCES if not re.search(rf"(`|--only ){s.name}\b", page)]

    assert unsaid == []


def test_the_glossary_defines_every_french_identifier_of_the_tables_and_commands():
    glossary = (DOCS / "glossaire.md").read_text("utf-8")
    defined = set(re.findall(r"`([^`]+)`", glossary))
    enumerations = (Family, Level, Problem, Perimeter, Unit, EssRule, Employer, Estimator)

    terms = {
        *("siren", "siret", "rna", "naf", "naf_2025", "esus", "scop", "P1", "P2", *KINDS),
        *(column.name for column in PLACE_COLUMNS),
        *(band.code for band in STAFF_BANDS),
        *(str(value) for values in enumerations for value in values),
    }

    assert terms - defined == set()


def test_the_readme_shows_five_commands():
    assert len(tour()) == 5


@pytest.mark.parametrize(("command", "answer"), tour(), ids=[command for command, _ in tour()])
def test_an_example_of_the_readme_answers_as_it_says(demonstration, capsys, command, answer):
    name, *arguments = shlex.split(command)

    status = main(arguments)
    printed = plain(capsys.readouterr().out)

    assert (name, status) == ("essor", 0)
    for line in answer.splitlines():
        pattern = ".+?".join(re.escape(part) for part in plain(line).split("…"))
        assert re.search(pattern, printed), line
