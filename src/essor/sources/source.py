"""What a source is: who publishes it, under which licence, and what its file promises."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import ibis
from ibis.expr.types import BooleanValue

from essor.tables.table import Table


class Cadence(StrEnum):
    """How often the publisher renews the file; the value is what a person reads."""

    DAILY = "quotidienne"
    WEEKLY = "hebdomadaire"
    MONTHLY = "mensuelle"
    QUARTERLY = "trimestrielle"
    YEARLY = "annuelle"
    IRREGULAR = "irrégulière"


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column of the publisher's file, and the other names it has had or may have.

    A column that is not required is read as empty when the file lacks it.
    """

    name: str
    type: str = "string"
    aliases: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Headerless:
    """The layout of a CSV file without header, whose first line says only what the file is.

    `opening` are the first fields of that line; `names`, of the first columns of the lines below it:
    those beyond have no name.
    """

    separator: str
    opening: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a publisher renews, and its promises.

    `files` are the names under which a mirror may hold it, canonical first, relative to the mirror's root.
    `address` is the publisher's own, empty when no stable address exists: the file is then fetched by hand
    from `page` and given through a mirror. A source that `is_shipped` has a real copy in the package, used
    when its publisher has no address and no file was ever given. `tidy` turns the raw columns into `table`;
    the raw table always carries two columns more, `is_fictional` (boolean) and `source_date` (date).
    `headerless` is the layout of the publisher's file when it has no header; a mirror's copy may have one
    all the same.
    """

    name: str
    title: str
    publisher: str
    licence: str
    page: str
    files: tuple[str, ...]
    cadence: Cadence
    table: Table
    columns: tuple[RawColumn, ...]
    address: str | None = None
    checksum_address: str | None = None
    min_rows: int = 1
    is_essential: bool = False
    is_shipped: bool = False
    headerless: Headerless | None = None


Tidy = Callable[[ibis.Table], ibis.Table]
IsAttached = Callable[[ibis.Table], BooleanValue]
