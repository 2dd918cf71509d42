"""The errors a person may meet, each one French sentence: what, why, what to do.

EssorError
├── InvalidIdentifierError   a SIREN, SIRET, NAF or commune code that cannot be one
├── InvalidRequestError      a question that cannot be asked so
├── UnknownTerritoryError    no territory has that name or code
├── AmbiguousTerritoryError  several territories have it
├── UnknownOrganisationError no organisation has that SIREN
├── RuleError                a rule written as data breaks its own promises
├── SourceError              a file breaks its publisher's promises
├── DownloadError            a publisher's server did not give the file
├── NoReleaseError           nothing has been built yet, or not that release
├── BrokenReleaseError       a release's files are not those of its manifest
├── BusyError                another build or synchronisation holds the lock
├── DiskError                the disk is full or refuses to write
├── EngineError              the engine asked for is not installed or did not start
├── PeopleDatabaseError      the people's database is absent, late, locked, or does not answer
└── BackupError              the file of a backup is cut, altered, or of a later version
"""

from typing import ClassVar


class EssorError(Exception):
    """An expected error: its text is for a person, its codes for a program."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class InvalidIdentifierError(EssorError):
    """A text that cannot be the identifier it claims to be."""

    exit_code = 2
    http_status = 422


class InvalidRequestError(EssorError):
    """A question that cannot be asked so: contradictory or unknown options."""

    exit_code = 2
    http_status = 422


class UnknownTerritoryError(EssorError):
    """No territory answers to that name or code."""

    exit_code = 4
    http_status = 404


class AmbiguousTerritoryError(EssorError):
    """Several territories answer to that name; the message lists them."""

    exit_code = 4
    http_status = 409


class UnknownOrganisationError(EssorError):
    """No organisation of the release has that SIREN or SIRET."""

    exit_code = 4
    http_status = 404


class RuleError(EssorError):
    """A rule written as data breaks its own promises: it is refused as a whole."""

    exit_code = 3
    http_status = 500


class SourceError(EssorError):
    """A source's file breaks its promises: it is refused, and nothing is lost."""

    exit_code = 3
    http_status = 502


class DownloadError(EssorError):
    """A publisher's server did not give the file it promised."""

    exit_code = 5
    http_status = 502


class NoReleaseError(EssorError):
    """No release is there to read."""

    exit_code = 6
    http_status = 503


class BrokenReleaseError(EssorError):
    """A release's files are not those its manifest describes."""

    exit_code = 6
    http_status = 503


class BusyError(EssorError):
    """Another process is building or synchronising."""

    exit_code = 7
    http_status = 409


class DiskError(EssorError):
    """The disk is full, or refuses to write."""

    exit_code = 8
    http_status = 507


class EngineError(EssorError):
    """The engine asked for is missing or does not start."""

    exit_code = 9
    http_status = 500


class PeopleDatabaseError(EssorError):
    """The people's database is absent, of another version, locked, or does not answer."""

    exit_code = 10
    http_status = 503


class BackupError(EssorError):
    """A backup is cut, altered, of a later version, or refused by the database: nothing changed."""

    exit_code = 11
    http_status = 422
