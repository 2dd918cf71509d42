"""Whether the site can answer: for whoever watches over it."""

from django.http import HttpRequest, JsonResponse

from essor.errors import EssorError
from essor.site.current import in_service


def health(request: HttpRequest) -> JsonResponse:
    """Return the release in service, with 503 when there is none to answer from."""
    try:
        manifest = in_service().manifest
    except EssorError as error:
        return JsonResponse({"etat": "indisponible", "raison": str(error)}, status=503)
    return JsonResponse({"etat": "en service", "version": manifest.number})
