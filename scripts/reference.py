"""Write the reference pages from the code: tables, sources, commands.

python -m scripts.reference            write them
python -m scripts.reference --check    say which are stale, and fail
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import typer.main

from essor.cli.run import app
from essor.sources.catalogue import SOURCES
from essor.sources.source import Source
from essor.tables.catalogue import TABLES
from essor.tables.table import Table

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

NOTICE = "<!-- Page tirée du code par `make docs` : ne pas la modifier à la main. -->\n"


def main() -> int:
    """Write the pages, or check them; return the exit status."""
    pages = {"tables.md": tables(), "sources.md": sources(), "commandes.md": commands()}
    if "--check" not in sys.argv[1:]:
        for name, text in pages.items():
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


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join((NOTICE, f"# {title}\n", *lines)).rstrip() + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"## `{table.name}`\n\n{table.meaning}\n\nKey: {', '.join(f'`{k}`' for k in table.key)}.\n"
    yield "| column | type | meaning | unit | may be unknown |\n|---|---|---|---|---|"
    for column in table.columns:
        unknown = "yes" if column.nullable else ""
        meaning = column.meaning.replace("|", "\\|")
        yield f"| `{column.name}` | {column.type} | {meaning} | {column.unit or ''} | {unknown} |"
    yield ""


def _source(source: Source) -> Iterator[str]:
    yield f"## `{source.name}` : {source.title}\n"
    yield f"- Producteur : {source.publisher} ; licence : {source.licence} ; cadence : {source.cadence}"
    yield f"- Page : <{source.page}>"
    yield f"- Adresse : {f'<{source.address}>' if source.address else 'à télécharger depuis la page'}"
    yield f"- Dans un miroir : {', '.join(f'`{name}`' for name in source.files)}"
    yield f"- Indispensable : {'oui' if source.is_essential else 'non'}"
    required = ", ".join(f"`{c.name}`" for c in source.columns if c.is_required)
    optional = ", ".join(f"`{c.name}`" for c in source.columns if not c.is_required)
    yield f"- Colonnes exigées : {required or 'aucune'}"
    yield f"- Colonnes lues si elles existent : {optional or 'aucune'}\n"


def _command(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    yield f"## `{path}`\n\n{(command.help or '').strip()}\n"
    usage = " ".join((path, *command.collect_usage_pieces(context)))
    yield f"```text\n{usage}\n```\n"
    rows = [record for p in command.get_params(context) if (record := p.get_help_record(context))]
    for names, text in rows:
        yield f"- `{names}` : {text}"
    if rows:
        yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command(inner, f"{path} {name}")


if __name__ == "__main__":
    sys.exit(main())
