"""Write the reference pages from the code: tables, sources, commands, rules of law.

python -m scripts.reference            write them
python -m scripts.reference --check    say which are stale, and fail
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer.core
import typer.main

from essor.cli.french import help_in_french
from essor.cli.run import app
from essor.sources.catalogue import SOURCES
from essor.sources.source import Source
from essor.tables.catalogue import TABLES
from essor.tables.table import Table
from scripts.rule_pages import rule_pages

if TYPE_CHECKING:  # Typer publishes no name for what its own classes are given
    from typer._click import Command

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

NOTICE = "<!-- Page tirée du code par `make docs` : ne pas la modifier à la main. -->\n"


def main() -> int:
    """Write the pages, or check them; return the exit status."""
    pages = {"tables.md": tables(), "sources.md": sources(), "commandes.md": commands(), **rules()}
    if "--check" not in sys.argv[1:]:
        for name, text in pages.items():
            (FOLDER / name).parent.mkdir(exist_ok=True)
            (FOLDER / name).write_text(text, "utf-8")
        return 0
    stale = [
        n
        for n, text in pages.items()
        if not (FOLDER / n).exists() or (FOLDER / n).read_text("utf-8") != text
    ]
    for name in stale:
        print(f"docs/reference/{name} est périmée : lancez « make docs ».", file=sys.stderr)
    return len(stale)


def tables() -> str:
    """Return the page of the tables of a release."""
    return _page("Tables d’une version", (line for table in TABLES for line in _table(table)))


def sources() -> str:
    """Return the page of the sources."""
    return _page("Sources", (line for source in SOURCES for line in _source(source)))


def commands() -> str:
    """Return the page of the commands."""
    group = typer.main.get_command(app)
    return _page("Commandes", _command(group, "essor"))


def rules() -> dict[str, str]:
    """Return the pages of the rules of law, by name."""
    return {name: _page(title, lines) for name, (title, lines) in rule_pages().items()}


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join((NOTICE, f"# {title}\n", *lines)).rstrip() + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"## `{table.name}`\n\n{table.meaning}\n"
    yield f"Key: {_listed(table.key)}.\n"
    yield "| column | type | meaning | unit | may be unknown |\n|---|---|---|---|---|"
    for column in table.columns:
        unknown = "yes" if column.nullable else ""
        meaning = column.meaning.replace("|", "\\|")
        yield f"| `{column.name}` | {column.type} | {meaning} | {column.unit or ''} | {unknown} |"
    yield ""


def _source(source: Source) -> Iterator[str]:
    address = f"<{source.address}>" if source.address else "à télécharger depuis la page"
    required = _listed(column.name for column in source.columns if column.is_required)
    optional = _listed(column.name for column in source.columns if not column.is_required)
    yield f"## `{source.name}` : {source.title}\n"
    yield f"- Producteur : {source.publisher}"
    yield f"- Licence : {source.licence}"
    yield f"- Cadence : {source.cadence}"
    yield f"- Page : <{source.page}>"
    yield f"- Adresse : {address}"
    yield f"- Dans un miroir : {_listed(source.files)}"
    yield f"- Indispensable : {'oui' if source.is_essential else 'non'}"
    yield f"- Livrée avec Essor : {'oui, réelle' if source.is_shipped else 'non'}"
    yield f"- Lignes attendues au moins : {source.min_rows}"
    yield f"- Colonnes exigées : {required or 'aucune'}"
    yield f"- Colonnes lues si elles existent : {optional or 'aucune'}\n"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _command(command: "Command", path: str) -> Iterator[str]:
    context = typer.Context(command, info_name=path)
    yield f"## `{path}`\n\n{_paragraphs(command.help or '')}\n"
    usage = " ".join((path, *command.collect_usage_pieces(context)))
    yield f"```text\n{help_in_french(usage)}\n```\n"
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            names, text = record
            yield f"- `{names}` : {help_in_french(text)}"
    yield ""
    if isinstance(command, typer.core.TyperGroup):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(inner, f"{path} {name}")


def _paragraphs(text: str) -> str:
    """Return a docstring with the indentation of its lines removed."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


if __name__ == "__main__":
    sys.exit(main())
