"""What machines ask: is the process alive, what does it count."""

import hmac
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from essor.site.operation.metrics import exposition

PROBES = frozenset({"/healthz", "/livez", "/metrics"})
"""Asked from the machine itself, or its neighbours: under any name, and without HTTPS."""

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA")


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Return that the process answers; it reads nothing, so that nothing else makes it look dead."""
    return HttpResponse("vivant\n", content_type="text/plain; charset=utf-8")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the counts of the site, to whoever may read them."""
    if not may_read_metrics(request):
        message = (
            "Ces mesures se lisent avec le jeton ESSOR_METRICS_TOKEN (« Authorization: Bearer … »), "
            "ou depuis la machine même, tant que le site n’est pas servi en HTTPS.\n"
        )
        return HttpResponse(
            message, status=HTTPStatus.FORBIDDEN, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics(request: HttpRequest) -> bool:
    """Return whether the counts are given: to the holder of the token; without one, to this machine.

    Behind a proxy everybody comes from this machine: there, only the token counts.
    """
    if token := settings.ESSOR_METRICS_TOKEN:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(said.encode(), token.encode())
    is_relayed = settings.SECURE_SSL_REDIRECT or any(name in request.META for name in _FORWARDED)
    return not is_relayed and _is_here(request.META.get("REMOTE_ADDR", ""))


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
