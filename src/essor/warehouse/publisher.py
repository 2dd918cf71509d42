"""The line to the publishers' servers: who we say we are, how long we insist, what they refuse."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import metadata

import httpx

from essor.errors import DownloadError
from essor.sources.source import Source
from essor.warehouse.patience import Patience, Setback, T, asked_wait_s, persist

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_BUSY = frozenset({429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_LONGEST_CHECKSUM_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the publishers: the client, and how long to insist."""

    client: httpx.Client
    patience: Patience


def new_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client that says who it is, follows redirects, and never leaves HTTPS for HTTP."""
    agent = f"Essor/{metadata.version('essor')} (observatoire de l'ESS dans l'industrie ; httpx)"
    return httpx.Client(
        headers={"User-Agent": agent, "Accept-Encoding": "identity"},
        timeout=_TIMEOUT,
        follow_redirects=True,
        event_hooks={"response": [_refuse_downgrade]},
        transport=transport,
    )


def ask(source: Source, question: Callable[[], T]) -> T:
    """Return the answer of one request about « source », its failures told for a person.

    Raises:
        Setback: the line is cut, or the server does not answer.
        DownloadError: the address leads nowhere.
    """
    try:
        return question()
    except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
        raise DownloadError(
            f"{source.title} : l’adresse {source.address} ne mène à rien ({error}) ; "
            f"voyez la page de la source, {source.page}"
        ) from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise Setback(f"{source.title} : {_trouble(error)}") from error


def check_status(source: Source, response: httpx.Response) -> None:
    """Check that the server gave something.

    Raises:
        Setback: it is busy or broken for now.
        DownloadError: it has no such file, or does not give it.
    """
    status, host = response.status_code, response.url.host
    if status in _GONE:
        raise DownloadError(
            f"{source.title} : le fichier n’est plus à son adresse ({status} de {host}) ; "
            f"cherchez-le sur la page de la source, {source.page}, puis donnez-le par "
            "« essor sync --from DOSSIER »."
        )
    if status in _BUSY:
        wait_s = asked_wait_s(response.headers.get("Retry-After"))
        raise Setback(f"{source.title} : le serveur {host} est indisponible ({status})", wait_s)
    if not response.is_success:
        raise DownloadError(
            f"{source.title} : le serveur {host} refuse de donner le fichier ({status}) ; "
            f"voyez la page de la source, {source.page}"
        )


def published_sha256(source: Source, file_name: str, line: Line) -> str | None:
    """Return the fingerprint that the publisher gives to its file, if it publishes one.

    Raises:
        DownloadError: the fingerprint should be there and is not.
    """
    address = source.checksum_address
    if address is None:
        return None
    question = partial(_read_text, source, address, line.client)
    text = persist(partial(ask, source, question), line.patience)
    lines = [row for row in text.splitlines() if _SHA256.search(row)]
    named = [row for row in lines if file_name in row]
    found = _SHA256.search((named or lines or [""])[0])
    if found is None:
        raise DownloadError(
            f"{source.title} : l’empreinte publiée à {address} est introuvable ; voyez la page "
            f"de la source, {source.page}"
        )
    return found[0].lower()


def _refuse_downgrade(response: httpx.Response) -> None:
    if not response.has_redirect_location:
        return
    target = response.url.join(response.headers["Location"])
    if response.url.scheme == "https" and target.scheme != "https":
        raise DownloadError(
            f"{response.url.host} renvoie vers une adresse non chiffrée, {target} : le "
            "téléchargement est refusé ; signalez-le au producteur."
        )


def _read_text(source: Source, address: str, client: httpx.Client) -> str:
    with client.stream("GET", address) as response:
        check_status(source, response)
        text = b""
        for chunk in response.iter_bytes():
            text += chunk
            if len(text) > _LONGEST_CHECKSUM_FILE:
                break
    return text.decode("utf-8", "replace")


def _trouble(error: httpx.RequestError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "le serveur ne répond pas"
    if isinstance(error, httpx.ConnectError):
        return "le serveur est injoignable"
    return "la ligne a été coupée"
