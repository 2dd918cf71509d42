"""Synchronising: every source renewed from its publisher or from a mirror, or left as it was.

Whatever fails for one source is said of that source; its former file stays, and the others go on.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

import httpx

from essor.demonstration import folder as shipped
from essor.errors import DiskError, DownloadError, EssorError, SourceError
from essor.home import Home
from essor.sources.source import Source
from essor.warehouse.delivery import Delivery, from_mirror, from_publisher
from essor.warehouse.downloads import (
    Shelf,
    discard_part,
    install,
    last_record,
    open_shelf,
    shelf_of,
)
from essor.warehouse.form import SUFFIXES, Form
from essor.warehouse.header import is_header_of
from essor.warehouse.inspection import Inspection, inspect
from essor.warehouse.lock import exclusive
from essor.warehouse.mirror import Mirror, open_mirror
from essor.warehouse.patience import Patience
from essor.warehouse.provenance import SourceRecord
from essor.warehouse.publication import published_on
from essor.warehouse.publisher import Line, new_client
from essor.warehouse.version import write_version

# A file that keeps less than this share of its rows is more likely cut than corrected.
LEAST_KEPT_SHARE = 0.8

Progress = Callable[[str, int, int | None], None]


class SyncState(StrEnum):
    """What became of a source; the value is what a person reads."""

    NEW = "nouvelle"
    RENEWED = "renouvelée"
    UNCHANGED = "inchangée"
    ABSENT = "absente du miroir"
    BY_HAND = "à télécharger à la main"
    SHIPPED = "livrée avec Essor"
    FAILED = "en échec"


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What became of one source: its record afterwards, a sentence to read, the error if any."""

    name: str
    state: SyncState
    record: SourceRecord | None
    sentence: str = ""
    error: EssorError | None = None


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """How to synchronise. « accept_loss » lets a file in that lost many rows."""

    accept_loss: bool = False
    patience: Patience = field(default_factory=Patience)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    transport: httpx.BaseTransport | None = None


def sync(
    sources: Iterable[Source],
    home: Home,
    *,
    from_dir: Path | None = None,
    options: SyncOptions | None = None,
    progress: Progress = lambda _name, _done, _total: None,
) -> tuple[SyncOutcome, ...]:
    """Return what became of each of « sources », renewed from the mirror « from_dir » or by HTTP.

    `progress` is told the source, the bytes so far and their total, if it is known.

    Raises:
        BusyError: another synchronisation or build is under way.
        SourceError: the mirror does not exist, or holds none of the sources' files.
        DiskError: the home cannot be written.
    """
    wanted, options = tuple(sources), options or SyncOptions()
    with ExitStack() as stack:
        mirror = None if from_dir is None else open_mirror(from_dir, wanted)
        stack.enter_context(exclusive(home, "une synchronisation"))
        client = stack.enter_context(new_client(options.transport))
        work = _Work(home, mirror, Line(client, options.patience), options, progress)
        return tuple(work.synchronise(source) for source in wanted)


@dataclass(frozen=True, slots=True)
class _Work:
    """What every source of one synchronisation shares."""

    home: Home
    mirror: Mirror | None
    line: Line
    options: SyncOptions
    progress: Progress

    def synchronise(self, source: Source) -> SyncOutcome:
        """Renew one source; a failure is its outcome, and loses nothing."""
        shelf = shelf_of(self.home, source.name)
        former = None
        try:
            former = last_record(shelf)
            if waiting := self._not_deliverable(source, former):
                return waiting
            open_shelf(shelf)
            return self._renew(source, shelf, former)
        except (DownloadError, SourceError, DiskError) as error:
            return SyncOutcome(source.name, SyncState.FAILED, former, str(error), error)
        finally:
            with suppress(OSError):
                shelf.folder.rmdir()  # only succeeds on an empty shelf: the source is absent

    def _not_deliverable(self, source: Source, former: SourceRecord | None) -> SyncOutcome | None:
        kept = " ; l’ancien fichier est gardé" if former else ""
        if self.mirror is not None:
            if self.mirror.find(source):
                return None
            return SyncOutcome(source.name, SyncState.ABSENT, former, f"absente du miroir{kept}")
        if source.address or (source.is_shipped and former is None):
            return None
        sentence = (
            f"à télécharger à la main depuis {source.page}, "
            f"puis « essor sync --from DOSSIER »{kept}"
        )
        return SyncOutcome(source.name, SyncState.BY_HAND, former, sentence)

    def _renew(self, source: Source, shelf: Shelf, former: SourceRecord | None) -> SyncOutcome:
        delivery = self._delivery(source, shelf, former)
        if delivery is None:
            discard_part(shelf)
            return SyncOutcome(source.name, SyncState.UNCHANGED, former, "inchangée")
        try:
            record = self._accepted(source, shelf, former, delivery)
            install(shelf, record)
        except EssorError as error:
            if delivery.version is None or not isinstance(error, DiskError):
                discard_part(shelf)
            raise
        if delivery.version is None:
            shelf.version.unlink(missing_ok=True)
        else:
            write_version(shelf.version, replace(delivery.version, sha256=record.sha256))
        is_shipped = self.mirror is None and not source.address
        state = SyncState.SHIPPED if is_shipped else _state(former, record)
        return SyncOutcome(source.name, state, record, state.value)

    def _delivery(
        self, source: Source, shelf: Shelf, former: SourceRecord | None
    ) -> Delivery | None:
        def told(done: int, total: int | None) -> None:
            self.progress(source.name, done, total)

        if self.mirror is not None:
            return from_mirror(self.mirror, source, shelf, former, told)
        if not source.address:
            return from_mirror(open_mirror(shipped(), (source,)), source, shelf, former, told)
        return from_publisher(self.line, source, shelf, former, told)

    def _accepted(
        self, source: Source, shelf: Shelf, former: SourceRecord | None, delivery: Delivery
    ) -> SourceRecord:
        """Return the record of the file in progress, once looked at and compared to the former."""
        inspection = _inspected(source, shelf, delivery)
        if not self.options.accept_loss:
            refuse_loss(source, former, inspection)
        retrieved_at = self.options.now()
        day, basis = published_on(delivery.clues, retrieved_at.date())
        return SourceRecord(
            name=source.name,
            title=source.title,
            publisher=source.publisher,
            licence=source.licence,
            page=source.page,
            is_present=True,
            file=delivery.file_name or _name_for(source, inspection.form),
            published_on=day,
            date_basis=basis,
            retrieved_at=retrieved_at,
            bytes=shelf.part.stat().st_size,
            sha256=delivery.sha256,
            rows=inspection.rows,
            is_fictional=inspection.is_fictional,
        )


def refuse_loss(source: Source, former: SourceRecord | None, arriving: Inspection) -> None:
    """Check that a file has not lost too many rows since the former one.

    Real data that replace the demonstration's have nothing to be compared with.

    Raises:
        SourceError: it has lost more than a fifth of them.
    """
    if former is None or not former.rows or (former.is_fictional and not arriving.is_fictional):
        return
    if arriving.rows < former.rows * LEAST_KEPT_SHARE:
        lost = 100 * (1 - arriving.rows / former.rows)
        raise SourceError(
            f"{source.title} : le nouveau fichier n’a plus que {arriving.rows} lignes au lieu de "
            f"{former.rows} (−{lost:.0f} %) ; l’ancien est gardé. Si cette perte est voulue, "
            f"relancez avec « --only {source.name} --accept-loss »."
        )


def _inspected(source: Source, shelf: Shelf, delivery: Delivery) -> Inspection:
    try:
        return inspect(shelf.part, partial(is_header_of, source))
    except SourceError as flaw:
        sentence = (
            f"{source.title} : le fichier de {delivery.origin} {flaw} ; "
            f"rien n’a été remplacé. Voyez la page de la source, {source.page}"
        )
        kind = SourceError if delivery.version is None else DownloadError
        raise kind(sentence) from flaw


def _name_for(source: Source, form: Form) -> str:
    """Return the first of the source's names that suits the form of a file that has none."""
    names = [Path(name).name for name in source.files]
    for name in names:
        if name.lower().endswith(SUFFIXES[form]):
            return name
    raise DownloadError(
        f"{source.title} : le serveur donne un fichier au format {form}, et non {names[0]} ; "
        f"rien n’a été remplacé. Voyez la page de la source, {source.page}"
    )


def _state(former: SourceRecord | None, record: SourceRecord) -> SyncState:
    if former is None:
        return SyncState.NEW
    same = (former.file, former.sha256) == (record.file, record.sha256)
    return SyncState.UNCHANGED if same else SyncState.RENEWED
