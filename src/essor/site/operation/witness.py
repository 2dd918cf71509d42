"""Every request is seen once: numbered, timed, counted, and written in the log without saying who asks what."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from secrets import token_hex

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from essor.site.operation.pages import PROBES
from essor.site.timing import REQUEST_SECONDS, REQUESTS

REQUEST_ID: ContextVar[str] = ContextVar("REQUEST_ID", default="")
"""The number of the request that this thread answers."""

_HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9a-fA-F-]{16,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_STATIC, _NOWHERE = "statique", "inconnue"
_LOG = logging.getLogger("essor.site.requests")
_FAULTS = logging.getLogger("essor.site.faults")


class WitnessMiddleware:
    """The first to see a request, and the last to see its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        got_request_exception.connect(_note_fault, dispatch_uid="essor.witness")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say that it was done."""
        number = request.headers.get(_HEADER, "")
        if not _GIVEN.fullmatch(number):
            number = token_hex(8)
        _name_probe(request)
        token, began = REQUEST_ID.set(number), time.perf_counter()
        try:
            answer = self._get_response(request)
            _witness(request, answer, time.perf_counter() - began)
        finally:
            REQUEST_ID.reset(token)
        answer.headers[_HEADER] = number
        return answer


def _name_probe(request: HttpRequest) -> None:
    """Give a probe, which asks by the address of the machine, a name under which the site answers."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else ""
    if request.path_info in PROBES and host and host != "*":
        request.META["HTTP_HOST"] = host


def _witness(request: HttpRequest, answer: HttpResponse, lasted_s: float) -> None:
    view = _view(request)
    method = request.method if request.method in _METHODS else _NOWHERE
    status = answer.status_code
    REQUESTS.labels(view, method, status).inc()
    REQUEST_SECONDS.labels(view).observe(lasted_s)
    if view == _STATIC or request.path_info in PROBES:
        return
    seen = {
        "view": view,
        "method": method,
        "status": status,
        "duration_ms": round(lasted_s * 1000),
        # Who was found signed in, if a page looked: nothing is asked of the database for a log.
        "member": getattr(getattr(request, "_cached_user", None), "pk", None),
    }
    level = logging.ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
    _LOG.log(level, "%s %s %s", method, view, status, extra={"seen": seen})


def _view(request: HttpRequest) -> str:
    """Return the name of the page: never its address, in which people write."""
    if found := request.resolver_match:
        return found.view_name or found.url_name or _NOWHERE
    return _STATIC if request.path_info.startswith(settings.STATIC_URL) else _NOWHERE


def _note_fault(**_: object) -> None:
    """Write down an error that nobody expected."""
    _FAULTS.error("une erreur inattendue", exc_info=True)
