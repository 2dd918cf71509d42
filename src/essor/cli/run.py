"""The command `essor`: find the command asked for, run it, and say what went wrong in one line.

A command is imported when it is called, so that none waits for the libraries of another.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from essor.cli.french import FrenchCommand, FrenchGroup, error_in_french
from essor.errors import DiskError, EssorError, InvalidRequestError

if TYPE_CHECKING:  # Typer publishes no name for what its own classes are given
    from typer._click import Command, Context

COMMANDS = (
    "demo",
    "sync",
    "sources",
    "build",
    "releases",
    "figures",
    "search",
    "link",
    "clusters",
    "territory",
    "report",
    "match",
    "why",
    "needs",
    "replay",
    "compare",
    "eligible",
    "serve",
    "members",
    "check",
    "backup",
    "restore",
)
"""Each is the function, or the group of commands, of that name in the module of that name."""

INTERRUPTED = 130
"""What a shell expects of a program stopped by Ctrl-C."""


class Commands(FrenchGroup):
    """The commands, each imported when it is wanted."""

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002 - Typer's signature
        """Return the names, in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002 - as above
        """Return the command of that name, None when there is none."""
        return _loaded(cmd_name) if cmd_name in COMMANDS else None


app = typer.Typer(
    cls=Commands,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)


@app.callback()
def essor(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Afficher la version.")] = False,
) -> None:
    """Le registre et l’observatoire de l’économie sociale et solidaire dans l’industrie française.

    Pour commencer : « essor demo », ou « essor sync » puis « essor build » ; ensuite « essor
    figures ». Tout est rangé dans le dossier que nomme ESSOR_HOME.
    """
    if version:
        typer.echo(f"essor {_version()}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments ask for, and return its exit code."""
    try:
        _refuse_what_is_no_text(sys.argv[1:] if arguments is None else arguments)
        status = get_command(app).main(arguments, prog_name="essor", standalone_mode=False)
        sys.stdout.flush()
    except EssorError as error:
        return _told(str(error), error.exit_code)
    except typer.TyperException as error:
        return _told(_usage(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (NotADirectoryError, FileExistsError):
        if (told := _unusable_home()) is None:
            raise
        return _told(told, DiskError.exit_code)
    except BrokenPipeError:
        # The reader has left: nothing more may be flushed at exit.
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status if isinstance(status, int) else 0


@cache
def _loaded(name: str) -> "Command":
    found = getattr(importlib.import_module(f"essor.cli.{name}"), name)
    if isinstance(found, typer.Typer):
        command = get_command(found)
        command.name = name
        return command
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=FrenchCommand)(found)
    return get_command(alone)


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Refuse an argument that is no UTF-8: no name is so, and no file of ours.

    Raises:
        InvalidRequestError: there is one.
    """
    for each in arguments:
        shown = each.encode("utf-8", "replace").decode()
        if shown != each:
            raise InvalidRequestError(
                f"« {shown} » n’est pas un texte en UTF-8 : corrigez-le, ou renommez ce fichier."
            )


def _unusable_home() -> str | None:
    """Return why nothing can be kept in the home, when what bears its name, or one above, is a file."""
    from essor.home import home  # noqa: PLC0415 - that only this failure needs

    root = home().root
    there = next((each for each in (root, *root.parents) if each.exists()), root)
    if there.is_dir():
        return None
    return (
        f"« {there} » n’est pas un dossier : donnez par ESSOR_HOME celui où Essor doit tout ranger."
    )


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - 20 ms that only --version needs

    return version("essor")


def _usage(error: typer.TyperException) -> str:
    said = error_in_french(error.format_message())
    context: typer.Context | None = getattr(error, "ctx", None)
    return f"{said} Voir « {context.command_path} --help »." if context else said


def _told(message: str, exit_code: int) -> int:
    typer.echo(f"Erreur : {message}", err=True)
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
