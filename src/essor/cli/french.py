"""What Typer says by itself, said in French: help pages and usage errors."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import typer
from typer.core import TyperCommand, TyperGroup

# Typer 0.29 says these in English only; tests/cli/test_run.py provokes each of them.
_ERRORS: tuple[tuple[str, str], ...] = (
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", r"Option inconnue : « \1 »."),
    (r"Option '(.+)' requires an argument\.", r"L’option « \1 » attend une valeur."),
    (r"Option '(.+)' does not take a value\.", r"L’option « \1 » n’attend pas de valeur."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"Argument en trop : « \1 »."),
    (r"Missing argument '(.+?)'\.\s*(?:Choose from:\s*(.+))?", r"Il manque l’argument « \1 »."),
    (r"Missing option '(.+?)'\.\s*(?:Choose from:\s*(.+))?", r"Il manque l’option « \1 »."),
    (r"Missing command\.", "Il manque une commande."),
    (r"Invalid value for '(.+?)': (.*)", r"Valeur refusée pour « \1 » : \2"),
    (r"Invalid value: (.*)", r"Valeur refusée : \1"),
)

_REASONS: tuple[tuple[str, str], ...] = (
    (r"Value '(.*)' is not a valid int(?:eger)?\b.*", r"« \1 » n’est pas un nombre entier."),
    (r"Value '(.*)' is not a valid (?:float|number)\b.*", r"« \1 » n’est pas un nombre."),
    (r"'(.*)' is not one of (.+)\.", r"« \1 » n’est pas parmi \2."),
    (r"(.+) is not in the range (.+)\.", r"\1 n’est pas dans l’intervalle \2."),
    (r"(?:File|Directory|Path) '(.*)' does not exist\.", r"« \1 » n’existe pas."),
)

_HELP: tuple[tuple[str, str], ...] = (
    (r"^Usage: ", "Usage : "),
    (r"^Arguments:", "Arguments :"),
    (r"^Options:", "Options :"),
    (r"^Commands:", "Commandes :"),
    (r"\[OPTIONS\]", "[OPTIONS]"),
    (r"COMMAND \[ARGS\]\.\.\.", "COMMANDE [ARGUMENTS]…"),
    (r"Show this message and exit\.", "Afficher cette aide."),
    (r"\bdefault: ", "par défaut : "),
    (r"; required\]", "; obligatoire]"),
    (r"\[required\]", "[obligatoire]"),
)


def error_in_french(message: str) -> str:
    """Return a usage error of Typer's in French, or as it is when it is already ours."""
    for pattern, french in _ERRORS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return _reasons_in_french(match.expand(french))
    return message
