"""Annuaire: search with facets, whose address can be shared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from essor.errors import InvalidRequestError
from essor.observatory.typography import number
from essor.perimeter.families import Family
from essor.perimeter.staff_bands import STAFF_BANDS, StaffBand
from essor.search.export import COLUMNS, header_csv, hit_cells, hits_csv
from essor.search.labels import STATUS_LABELS
from essor.search.page import Page
from essor.search.query import DEEPEST, STATUSES
from essor.site.current import Current, in_service
from essor.site.forms import ThemedForm
from essor.site.maps.points import map_of_hits
from essor.site.maps.policy import with_map
from essor.site.pages.also import told_also
from essor.site.pages.facets import Link, from_first_page, linked, without
from essor.site.searching import Searched, band_said, searched, territory_said
from essor.spreadsheets import XLSX, workbook
from essor.territory.level import Level
from essor.territory.territories import territory_at

_SIZE = 20
_EXPORTED_AT_ONCE = 1_000
_SHOWN = 6
"""Values of a facet that are shown."""
_LAST_PAGE = 500
_MAP = "carte"


class TerritoriesField(forms.Field):
    """Territories, each written « departement:57 »: the answers are in one of those of each level."""

    def to_python(self, value: list[str] | None) -> tuple[tuple[Level, str], ...]:
        """Return the level and the code of each."""
        try:
            return tuple(territory_said(each) for each in value or ())
        except InvalidRequestError as fault:
            raise forms.ValidationError(str(fault)) from fault


def _staff(band: StaffBand) -> str:
    """Return what a person calls a band."""
    if band.upper is None:
        return f"{number(band.lower)} salariés et plus"
    if band.upper == 0:
        return "Aucun salarié"
    return f"{number(band.lower)} à {number(band.upper)} salariés"


class DirectoryForm(ThemedForm):
    """What may be asked of the directory; nothing is required."""

    q = forms.CharField(label="Nom, métier, SIREN ou code NAF", required=False, max_length=2_000)
    lieu = forms.CharField(label="Autour de", required=False, max_length=200)
    rayon = forms.FloatField(
        label="Dans un rayon de (km)", required=False, min_value=0, max_value=20_000
    )
    statut = forms.MultipleChoiceField(
        label="Statut",
        required=False,
        choices=[(kind, f"{STATUS_LABELS[kind]} ({kind.upper()})") for kind in STATUSES],
        widget=forms.CheckboxSelectMultiple,
    )
    famille = forms.MultipleChoiceField(
        label="Famille de l’ESS",
        required=False,
        choices=[(family.value, family.label) for family in Family],
        widget=forms.CheckboxSelectMultiple,
    )
    naf = forms.CharField(
        label="Activité (code NAF)",
        required=False,
        max_length=6,
        help_text="C, 25, 25.6 ou 25.62B",
    )
    effectif = forms.ChoiceField(
        label="Effectif",
        required=False,
        choices=[("", "Tous"), *((band.code, _staff(band)) for band in STAFF_BANDS)],
    )
    territoire = TerritoriesField(required=False, widget=forms.MultipleHiddenInput)
    tous = forms.BooleanField(label="Aussi hors de l’ESS", required=False)
    carte = forms.BooleanField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_PAGE, widget=forms.HiddenInput
    )

    def searched(self) -> Searched:
        """Return the search that a valid form says."""
        said = self.cleaned_data
        return Searched(
            text=said["q"],
            place=said["lieu"],
            radius_km=said["rayon"],
            statuses=tuple(said["statut"]),
            families=tuple(Family(each) for each in said["famille"]),
            naf=tuple(said["naf"].upper().split()),
            territories=said["territoire"],
            staff_band=band_said(said["effectif"]),
            everybody=said["tous"],
            page=said["page"] or 1,
            size=_SIZE,
        )


@with_map
def directory(request: HttpRequest) -> HttpResponse:
    """Return the structures that answer, best first, each with its reasons."""
    form = DirectoryForm(request.GET)
    content: dict[str, object] = {"form": form, "rest": from_first_page(request.GET).urlencode()}
    if form.is_valid():
        service, asked = in_service(), form.searched()
        answered = searched(service, asked)
        page = answered.page.number
        content |= {"found": answered.page, "query": answered.query, "note": answered.note}
        content |= {"previous": page - 1, "next": page + 1}
        content["facets"] = linked(answered.page.facets, request.GET, _SHOWN)
        content["territories"] = chosen_territories(service, asked, request.GET)
        content["map_query"] = _toggled(request.GET)
        if form.cleaned_data["carte"]:
            content["map"] = map_of_hits(service, answered.page.hits, answered.query.filters.circle)
        content["also"] = told_also(service, answered.query, request.GET)
        content["exported"] = min(answered.page.total, DEEPEST)
    return render(request, "essor/directory.html", content)


def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Return the structures that answer as CSV or as a workbook, as deep as pages lead."""
    form = DirectoryForm(request.GET)
    if not form.is_valid():
        fault = next(iter(form.errors.values()))[0]
        raise InvalidRequestError(f"Rien ne peut être exporté de cette recherche : {fault}")
    pages = _pages(in_service(), replace(form.searched(), page=1, size=_EXPORTED_AT_ONCE))
    if kind == "xlsx":
        lines = (hit_cells(hit) for page in pages for hit in page.hits)
        book = workbook("Annuaire", chain([COLUMNS], lines))
        return FileResponse(book, as_attachment=True, filename="annuaire.xlsx", content_type=XLSX)
    headers = {"Content-Disposition": 'attachment; filename="annuaire.csv"'}
    return StreamingHttpResponse(
        _lines(pages), content_type="text/csv; charset=utf-8", headers=headers
    )


def _pages(service: Current, asked: Searched) -> Iterator[Page]:
    """Return the pages of the answers, each searched when its turn comes; the first one now, for its faults."""
    first = searched(service, asked).page
    ranks = range(2, min(first.pages, DEEPEST // asked.size) + 1)
    others = (searched(service, replace(asked, page=rank)).page for rank in ranks)
    return chain([first], others)


def _lines(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the header, then a page of lines at a time: no answer is kept whole."""
    # Spreadsheets take a text for UTF-8 when it begins so.
    yield "\ufeff" + header_csv()
    for page in pages:
        yield hits_csv(page.hits)


def _toggled(typed: QueryDict) -> str:
    """Return the same search, with a map or without one."""
    changed = typed.copy()
    if changed.pop(_MAP, None) is None:
        changed[_MAP] = "1"
    return changed.urlencode()


def chosen_territories(service: Current, asked: Searched, typed: QueryDict) -> list[Link]:
    """Return the territories chosen, each with the query string that lets it go."""
    links = []
    with service.connection() as connection:
        for level, code in asked.territories:
            written = f"{level.value}:{code}"
            name = territory_at(connection, level, code).name
            links.append(Link(name, 0, without(typed, "territoire", written), is_chosen=True))
    return links
