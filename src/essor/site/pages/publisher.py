"""The pages that the law asks of a publisher: accessibility, legal notice, personal data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accessibility(request: HttpRequest) -> HttpResponse:
    """Return what is accessible, what is not, and whom to tell."""
    return render(request, "essor/accessibility.html")


def legal_notice(request: HttpRequest) -> HttpResponse:
    """Return who publishes the site, under which licences."""
    return render(request, "essor/legal_notice.html")


def personal_data(request: HttpRequest) -> HttpResponse:
    """Return which personal data are held, and why."""
    providers = settings.SOCIALACCOUNT_PROVIDERS["proconnect"]
    content = {"has_proconnect": bool(providers["APPS"])}
    return render(request, "essor/personal_data.html", content)
