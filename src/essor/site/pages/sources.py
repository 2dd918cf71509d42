"""Sources et méthode: what the release in service was built from, and how it is read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.observatory.figure import mention
from essor.site.current import in_service
from essor.tables.catalogue import TABLES


def sources(request: HttpRequest) -> HttpResponse:
    """Return the sources of the release, those it lacks, and its tables."""
    manifest = in_service().manifest
    rows = {table.name: table.rows for table in manifest.tables}
    content = {
        "present": [(mention(each), each) for each in manifest.sources if each.is_present],
        "absent": [each for each in manifest.sources if not each.is_present],
        "tables": [(table, rows.get(table.name)) for table in TABLES],
    }
    return render(request, "essor/sources.html", content)
