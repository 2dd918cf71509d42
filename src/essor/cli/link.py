"""`essor link`: give their SIREN and SIRET to the organisations of a list, or to one typed by its name."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essor.errors import InvalidRequestError

if TYPE_CHECKING:
    import duckdb

    from essor.linkage.answers import Answer, Asked
    from essor.linkage.columns import Role
    from essor.linkage.register import Register
    from essor.release.opened import Release

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="FICHIER",
        help="Liste à rapprocher : CSV (tout séparateur, tout encodage), XLSX (première feuille) ou JSON "
        "(un objet par ligne).",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FICHIER",
        help="Où écrire la liste complétée : .csv, .xlsx ou .jsonl ; par défaut, du CSV à l’écran.",
    ),
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="RÔLE=TITRE",
        help="Colonne à lire quand son titre ne se devine pas, par titre ou numéro : « nom=Tiers », "
        "« ville=4 » ; rôles : nom, adresse, code_postal, ville, siren, siret ; peut se répéter.",
    ),
]
NoHeaderOption = Annotated[
    bool, typer.Option("--no-header", help="La première ligne est déjà une organisation.")
]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="NOM", help="Rapprocher une seule organisation.")
]
CityOption = Annotated[str, typer.Option("--city", metavar="VILLE", help="Sa ville, avec --name.")]
PostcodeOption = Annotated[
    str, typer.Option("--postcode", metavar="CODE", help="Son code postal, avec --name.")
]
AddressOption = Annotated[
    str, typer.Option("--address", metavar="ADRESSE", help="Son adresse, avec --name.")
]
NumberOption = Annotated[
    str | None,
    typer.Option("--number", metavar="NUMÉRO", help="Son SIREN ou SIRET, même mal recopié."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Écrire du JSON, avec --name ou --number.")
]
ReleaseOption = Annotated[
    int | None,
    typer.Option("--release", metavar="N", help="Version à lire ; par défaut, celle en service."),
]


def link(  # noqa: PLR0913 -- one parameter per option of the command
    file: FileArgument = None,
    *,
    output: OutOption = None,
    column: ColumnOption = None,
    no_header: NoHeaderOption = False,
    name: NameOption = None,
    city: CityOption = "",
    postcode: PostcodeOption = "",
    address: AddressOption = "",
    number: NumberOption = None,
    as_json: JsonOption = False,
    release: ReleaseOption = None,
) -> None:
    """Rapprocher une liste du registre : SIREN, SIRET, confiance, décision et raison de chaque ligne.

    La décision est « accepté », « à vérifier » (avec trois candidats au plus) ou « rejeté ». Toutes
    les lignes sont rendues, dans l’ordre, avec leurs colonnes ; le bilan vient à la fin.
    """
    is_one = name is not None or number is not None
    _refuse_contradictions(
        is_one=is_one,
        has_file=file is not None,
        has_place=bool(city or postcode or address),
        has_list_option=output is not None or bool(column) or no_header,
        is_json=as_json,
    )
    if file is None:
        _link_one((name or "", address, postcode, city), number or "", release, is_json=as_json)
    else:
        _refuse_output(file, output)
        _link_list(file, output, _roles(column or []), release, has_titles=not no_header)


def _refuse_contradictions(
    *, is_one: bool, has_file: bool, has_place: bool, has_list_option: bool, is_json: bool
) -> None:
    if is_one == has_file:
        raise InvalidRequestError(
            "Donnez un fichier, ou une seule organisation avec --name ou --number : "
            + ("l’un ou l’autre, pas les deux." if has_file else "il manque l’un ou l’autre.")
        )
    if has_file and (has_place or is_json):
        raise InvalidRequestError(
            "Les options --city, --postcode, --address et --json vont avec --name : retirez-les ; "
            "la forme d’une liste se choisit par le nom de --output (.csv, .xlsx ou .jsonl)."
        )
    if is_one and has_list_option:
        raise InvalidRequestError(
            "Les options --output, --column et --no-header vont avec un fichier : retirez-les."
        )


def _refuse_output(file: Path, output: Path | None) -> None:
    from essor.cli.link_files import form_of  # noqa: PLC0415 -- start-up time

    if output is None:
        return
    form_of(output)
    if not output.parent.is_dir():
        raise InvalidRequestError(
            f"Le dossier « {output.parent} » n’existe pas : créez-le, ou donnez un autre nom à --output."
        )
    if output.exists() and file.exists() and output.samefile(file):
        raise InvalidRequestError(
            f"« {output} » est la liste lue : donnez un autre nom à --output, pour ne pas la perdre."
        )


def _roles(chosen: list[str]) -> "dict[Role, str]":
    from essor.linkage.columns import Role  # noqa: PLC0415 -- start-up time

    roles: dict[Role, str] = {}
    for each in chosen:
        role, equals, title = each.partition("=")
        known = {one.value: one for one in Role}
        if not equals or role.strip() not in known or not title.strip():
            raise InvalidRequestError(
                f"« {each} » ne dit pas une colonne : écrivez un rôle ({', '.join(known)}), "
                "« = », puis un titre ou un numéro."
            )
        roles[known[role.strip()]] = title.strip()
    return roles


def _link_list(
    file: Path,
    output: Path | None,
    roles: "dict[Role, str]",
    number: int | None,
    *,
    has_titles: bool,
) -> None:
    from essor.cli.link_files import summary, write  # noqa: PLC0415 -- start-up time
    from essor.linkage.answering import answer_rows  # noqa: PLC0415 -- start-up time
    from essor.linkage.columns import columns_of  # noqa: PLC0415 -- start-up time
    from essor.linkage.listing import read_listing  # noqa: PLC0415 -- start-up time

    listing = read_listing(file, has_titles=has_titles)
    columns = columns_of(listing.titles, roles)
    release, connection, register = _opened(number)
    with connection:
        answered = answer_rows(connection, register, listing.rows, columns)
    write(listing, answered, output)
    read = ", ".join(f"{role} = « {listing.titles[at]} »" for role, at in columns.items())
    typer.echo(f"Version {release.manifest.number}. Colonnes lues : {read}.", err=True)
    typer.echo(summary(answered), err=True)


def _link_one(
    typed: tuple[str, str, str, str], number: str, release: int | None, *, is_json: bool
) -> None:
    from essor.cli.link_files import answer_json  # noqa: PLC0415 -- start-up time
    from essor.linkage.answering import answer_all  # noqa: PLC0415 -- start-up time
    from essor.linkage.answers import Asked  # noqa: PLC0415 -- start-up time
    from essor.linkage.entries import Query  # noqa: PLC0415 -- start-up time

    asked = Asked(Query(*(each.strip() for each in typed)), number.strip())
    if not asked.query.name and not asked.number:
        raise InvalidRequestError(
            "Le nom est vide : donnez à --name un nom, ou à --number un numéro."
        )
    _, connection, register = _opened(release)
    with connection:
        found = answer_all(connection, register, [asked])[0]
    typer.echo(answer_json(found) if is_json else _told(asked, found))


def _opened(number: int | None) -> "tuple[Release, duckdb.DuckDBPyConnection, Register]":
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.linkage.kept import register_of  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    release = open_release(home(), number)
    connection = release.connect()
    return release, connection, register_of(release.folder, connection)


def _told(asked: "Asked", found: "Answer") -> str:
    """Return the answer as lines for a person."""
    from essor.cli.link_files import (  # noqa: PLC0415 -- start-up time
        FICTIONAL,
        choice_text,
        decision_text,
    )
    from essor.identifiers import is_fictional_siren  # noqa: PLC0415 -- start-up time

    kept = " ".join(each for each in (found.siren, found.siret) if each)
    typed = asked.query.name or asked.number
    lines = [
        f"« {typed} » : {decision_text(found.outcome)}{f' — {kept}' if kept else ''}",
        found.because,
    ]
    lines += [FICTIONAL] if is_fictional_siren(found.siren) else []
    lines += [f"  {rank}. {choice_text(each)}" for rank, each in enumerate(found.choices, start=1)]
    return "\n".join(lines)
