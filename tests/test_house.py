"""What the house promises of its own text, and no tool checks."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from essor.sources.conventions import KINDS
from essor.tables.catalogue import TABLES

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
DRAWERS = re.compile(r"(utils?|helpers?|common|misc|base|managers?|services?)")

# In two parts, so that this file does not name them.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("golang", "org"),
        ("crates", "io"),
    )
)
LOCKS = re.compile(r"(requirements/.*\.txt|.*package-lock\.json|.*\.lock)")

# The words of our tables that are English; any other is a term of art, and in the glossary.
ENGLISH = """
acronym active activity address anomalies area attested band bands basis categories category city
class code column company country created current diffused division domain employer employment
establishments evidence family fictional force former from hall has head in industrial is kept kind
km2 known label lat legal level lon lower mid mission name natural neighbour neighbours office on
organisations parent partly person places population position postcode postcodes problem published
rank row rows section size source staff statuses target territories text to town unit units upper valid value year
"""
YEAR = re.compile(r"[0-9]{4}")

every_module = pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix()
)


@cache
def parsed(path):
    return ast.parse(path.read_text("utf-8"))


@cache
def tracked():
    """Return the files that git tracks, or would, with their text."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("ce dossier n’est pas un dépôt git")
    found = {}
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file():
            found[name] = path.read_bytes().decode("utf-8", errors="replace")
    return found


def terms(identifier):
    """Return the part of an identifier that is a term of art: its words that are not English."""
    words = [word for word in identifier.split("_") if word not in ENGLISH.split()]
    return "_".join(word for word in words if not YEAR.fullmatch(word))


def test_the_house_has_modules():
    assert len(SOURCES) > 50


@every_module
def test_a_module_says_what_it_is_about(path):
    assert ast.get_docstring(parsed(path)), f"{path.name} has no docstring"


@every_module
def test_a_module_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@every_module
def test_a_function_is_short(path):
    functions = (
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    too_long = {
        function.name: lines
        for function in functions
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > MOST_FUNCTION_LINES
    }

    assert too_long == {}


def test_no_module_is_a_drawer():
    names = [part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts]

    assert [name for name in names if DRAWERS.fullmatch(name.strip("_"))] == []


def test_no_lock_file_says_where_a_package_came_from():
    locks = {name: text for name, text in tracked().items() if LOCKS.fullmatch(name)}

    assert locks
    assert [name for name, text in locks.items() if "://" in text or '"resolved"' in text] == []
    assert [name for name, text in locks.items() for host in REGISTRY_HOSTS if host in text] == []


def test_no_tracked_file_names_the_address_of_a_registry():
    address = re.compile(
        r"https?://[\w.-]*(" + "|".join(map(re.escape, REGISTRY_HOSTS)) + r")", re.IGNORECASE
    )

    assert [name for name, text in tracked().items() if address.search(text)] == []


def test_no_tracked_file_names_a_folder_of_one_machine():
    machine = re.compile("/" + "(work|root|home/[a-z]+)" + "/")

    assert [
        name for name, text in tracked().items() if name.endswith(".py") and machine.search(text)
    ] == []


def test_every_term_of_art_of_the_tables_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossaire.md").read_text("utf-8").lower()
    defined = set(re.findall(r"`[^`]+`", glossary))
    identifiers = {name for table in TABLES for name in (table.name, *table.names)}
    arts = {terms(identifier) for identifier in identifiers} - {""}

    undefined = sorted(
        term
        for term in arts | set(KINDS)
        if not {f"`{term}`", f"`{term.removesuffix('s')}`"} & defined
    )

    assert {"siren", "commune", "territoire_industrie"} <= arts
    assert undefined == []
