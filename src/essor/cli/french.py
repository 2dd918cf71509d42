"""What Typer says by itself, said in French: help pages and usage errors.

Typer writes these sentences in English and offers no translation of them all. They are recognised
here by their text; one that a later Typer words otherwise is shown as it is, and the tests, which
provoke each of them, say so.
"""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NoReturn

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:  # Typer publishes no name for what its own classes are given
    from typer._click import Command, Context

_ERRORS = (
    (r"No such option: (\S+)", r"Option inconnue : « \1 »."),
    (
        r"No such option: (\S+) \(Possible options: (.+)\)",
        r"Option inconnue : « \1 ». Options proches : \2.",
    ),
    (r"Option '(.+)' requires an argument\.", r"L’option « \1 » attend une valeur."),
    (r"Option '(.+)' does not take a value\.", r"L’option « \1 » n’attend pas de valeur."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"Argument en trop : « \1 »."),
    (r"Missing argument '(.+?)'\.", r"Il manque l’argument « \1 »."),
    (r"Missing argument '(.+?)'\. Choose from:\s(.+)", r"Il manque l’argument « \1 », parmi : \2."),
    (r"Missing option '(.+?)'\.", r"Il manque l’option « \1 »."),
    (r"Missing option '(.+?)'\. Choose from:\s(.+)", r"Il manque l’option « \1 », parmi : \2."),
    (r"Missing command\.", "Il manque une commande."),
    (r"Invalid value for '(.+?)': (.*)", r"Valeur refusée pour « \1 » : \2"),
    (r"Invalid value: (.*)", r"Valeur refusée : \1"),
)

_REASONS = (
    (r"Input should be a valid integer\b.*", "un nombre entier est attendu."),
    (r"Input should be a valid number\b.*", "un nombre est attendu."),
    (r"Input should be greater than or equal to (.+)", r"il faut au moins \1."),
    (r"Input should be less than or equal to (.+)", r"il faut au plus \1."),
    (r"(?:Value error, )?'(.*)' is not one of (.+)\.", r"« \1 » n’est pas parmi \2."),
    (r"\w+ '(.*)' does not exist\.", r"« \1 » n’existe pas."),
    (r"\w+ '(.*)' is a directory\.", r"« \1 » est un dossier."),
    (r"\w+ '(.*)' is a file\.", r"« \1 » est un fichier."),
    (r"\w+ '(.*)' is not readable\.", r"« \1 » ne peut pas être lu."),
    (r"\w+ '(.*)' is not writable\.", r"« \1 » ne peut pas être écrit."),
)

_HELP = (
    (r"^Usage: ", "Usage : "),
    (r"^(Arguments|Options):$", r"\1 :"),
    (r"^Commands:$", "Commandes :"),
    (r"COMMAND \[ARGS\]\.\.\.", "COMMANDE [ARGUMENTS]…"),
    (r"Show this message and exit\.", "Afficher cette aide."),
    (r"\[default:", "[par défaut :"),
    (r"([\[;] ?)required\]", r"\1obligatoire]"),
)


class FrenchCommand(TyperCommand):
    """A command whose help page is in French."""

    def get_help(self, ctx: "Context") -> str:
        """Return the help page."""
        return help_in_french(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group whose help page is in French, and which suggests commands near an unknown one."""

    def get_help(self, ctx: "Context") -> str:
        """Return the help page."""
        return help_in_french(super().get_help(ctx))

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Command | None, list[str]]":
        """Return the name of the command that `args` begin with, the command, and its arguments."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            self._refuse_unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _refuse_unknown(self, ctx: "Context", name: str) -> NoReturn:
        known = self.list_commands(ctx)
        near = get_close_matches(name, known, n=2)
        advice = (
            f"Vouliez-vous dire {' ou '.join(f'« {one} »' for one in near)} ?"
            if near
            else f"Les commandes sont : {', '.join(known)}."
        )
        ctx.fail(f"Commande inconnue : « {name} ». {advice}")


def error_in_french(message: str) -> str:
    """Return a usage error of Typer's in French; as it is when it is ours already."""
    for pattern, french in _ERRORS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            subject, *rest = match.expand(french).split(" : ", 1)
            return " : ".join((subject, *map(_reason_in_french, rest)))
    return message


def help_in_french(page: str) -> str:
    """Return a help page of Typer's in French."""
    for pattern, french in _HELP:
        page = re.sub(pattern, french, page, flags=re.MULTILINE)
    return page


def _reason_in_french(reason: str) -> str:
    for pattern, french in _REASONS:
        if match := re.fullmatch(pattern, reason, re.DOTALL):
            return match.expand(french)
    return reason
