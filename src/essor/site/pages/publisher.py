"""The pages that the law asks of a publisher: accessibility, legal notice, personal data; a word to robots."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.site.keys import keeping
from essor.site.members import tidying
from essor.site.needs import retention
from essor.site.offers import remarks

_ROBOTS = """User-agent: *
Disallow: /espace/
Disallow: /compte/
Disallow: /moderation/
Disallow: /metrics
"""


def accessibility(request: HttpRequest) -> HttpResponse:
    """Return what is accessible, what is not, and whom to tell."""
    return render(request, "essor/accessibility.html")


def legal_notice(request: HttpRequest) -> HttpResponse:
    """Return who publishes the site, under which licences."""
    return render(request, "essor/legal_notice.html", {"hosting": settings.ESSOR_HOSTING})


def personal_data(request: HttpRequest) -> HttpResponse:
    """Return which personal data are held, why, and how long: as `essor members tidy` does."""
    providers = settings.SOCIALACCOUNT_PROVIDERS["proconnect"]
    content = {
        "has_proconnect": bool(providers["APPS"]),
        "unconfirmed_days": tidying.UNCONFIRMED_FOR.days,
        "journal_days": tidying.JOURNAL_FOR.days,
        "ended_days": retention.ENDED_FOR.days,
        "drafted_days": retention.DRAFTED_FOR.days,
        "told_days": retention.TOLD_FOR.days,
        "key_days": keeping.LASTINGS[-1],
        "remark_waiting_days": remarks.WAITING_FOR.days,
        "remark_settled_days": remarks.SETTLED_FOR.days,
    }
    return render(request, "essor/personal_data.html", content)


def robots(_request: HttpRequest) -> HttpResponse:
    """Return what search engines are asked to leave alone: what is nobody's but a member's."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
