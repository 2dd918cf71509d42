"""The thesaurus of the trades of the social economy in industry: what a trade is, and every one of them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from essor.errors import SourceError
from essor.language.analysis import fold, stems
from essor.language.presence import Presence

# A stem up to this length keeps the ending its verb has not.
_LONGEST_BARE = 6

Reach = Literal["local", "departemental", "regional", "national"]
"""How far such work is usually bought."""

_Text = Annotated[str, Field(min_length=2)]
_Naf = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}[A-Z]$")]
_Cpv = Annotated[str, Field(pattern=r"^\d{8}$")]
_Rome = Annotated[str, Field(pattern=r"^[A-Z]\d{4}$")]
_SOME = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade, the words that say it, and what it is called in the nomenclatures."""

    code: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    label: _Text
    words: Annotated[tuple[_Text, ...], _SOME]
    naf: Annotated[tuple[_Naf, ...], _SOME]
    cpv: Annotated[tuple[_Cpv, ...], _SOME]
    rome: Annotated[tuple[_Rome, ...], _SOME]
    presence: Annotated[tuple[Presence, ...], _SOME]
    reach: Reach
    example: _Text


@dataclass(frozen=True, slots=True)
class _Thesaurus:
    trade: tuple[Trade, ...]
    shared: tuple[str, ...] = ()


def read_trades(toml: str) -> tuple[Trade, ...]:
    """Return the trades of a thesaurus written in TOML.

    Raises:
        SourceError: it cannot be read, a field is wrong, or an undeclared word has two trades.
    """
    try:
        thesaurus = TypeAdapter(_Thesaurus).validate_python(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(
            f"Le thésaurus des métiers n’est pas du TOML lisible : {error}."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " › ".join(map(str, first["loc"]))
        raise SourceError(
            f"Le thésaurus des métiers est refusé : {place} : {first['msg']}. Corrigez ce champ."
        ) from error
    _refuse_repeats(thesaurus)
    return thesaurus.trade


def trade_of(code: str) -> Trade | None:
    """Return the trade of that code, None when there is none."""
    return _by_code().get(code)


@cache
def roots_of(expression: str) -> tuple[str, ...]:
    """Return what is compared of an expression: a word alone must be itself, « usinage » is not « usine »."""
    found = stems(expression)
    return (alone(found[0]),) if len(found) == 1 else tuple(map(shared_root, found))


def shared_root(stem: str) -> str:
    """Return the stem a verb and its noun share: « recycler », « recyclage »."""
    return stem[:-2] if stem.endswith("ag") and len(stem) > _LONGEST_BARE else stem


def alone(stem: str) -> str:
    """Return the mark of a stem that must be heard as it is."""
    return f"={stem}"


def _refuse_repeats(thesaurus: _Thesaurus) -> None:
    """Raise a `SourceError` when a code comes twice, or a word in two trades without being declared."""
    shared = {fold(word) for word in thesaurus.shared}
    owners: dict[str, str] = {}
    codes: set[str] = set()
    for trade in thesaurus.trade:
        if trade.code in codes:
            raise SourceError(f"Le métier « {trade.code} » est décrit deux fois : fusionnez-les.")
        codes.add(trade.code)
        _refuse_idle_words(trade)
        for word in trade.words:
            owner = owners.setdefault(fold(word), trade.code)
            if owner != trade.code and fold(word) not in shared:
                raise SourceError(
                    f"« {word} » est à la fois un mot de « {owner} » et de « {trade.code} » : "
                    "retirez-le de l’un des deux, ou déclarez-le dans « shared »."
                )


def _refuse_idle_words(trade: Trade) -> None:
    """Raise a `SourceError` when a word of a trade changes nothing: another one is heard the same."""
    heard: dict[tuple[str, ...], str] = {}
    for word in trade.words:
        before = heard.setdefault(roots_of(word), word)
        if before != word:
            raise SourceError(
                f"Dans « {trade.code} », « {word} » ne change rien : « {before} » s’entend de la même "
                "façon. Retirez l’un des deux."
            )


@cache
def _by_code() -> dict[str, Trade]:
    return {trade.code: trade for trade in TRADES}


TRADES: tuple[Trade, ...] = read_trades(
    (files("essor.language") / "trades.toml").read_text(encoding="utf-8")
)
"""Every trade of the thesaurus, in its order."""
