"""The addresses of the site, in French, as people read them."""

from django.templatetags.static import static
from django.urls import include, path, re_path, register_converter
from django.views.generic.base import RedirectView

from essor.site.addresses import LevelConverter, SirenConverter
from essor.site.api import reference
from essor.site.api.routes import api
from essor.site.maps.contours import contours
from essor.site.members import moderation
from essor.site.members import pages as members
from essor.site.operation import pages as operation
from essor.site.pages import (
    data,
    directory,
    health,
    home,
    needs,
    observatory,
    organisation,
    publisher,
    study,
    territory,
)
from essor.site.pages import exchanges as exchanges_page
from essor.site.pages import sources as sources_page

register_converter(LevelConverter, "niveau")
register_converter(SirenConverter, "siren")

urlpatterns = [
    path("", home.home, name="accueil"),
    path("besoins/", needs.needs, name="besoins"),
    path("", include("essor.site.needs.urls")),
    path("", include("essor.site.lists.urls")),
    path("", include("essor.site.offers.urls")),
    path("annuaire/", directory.directory, name="annuaire"),
    re_path(r"^annuaire/export\.(?P<kind>csv|xlsx)$", directory.export, name="annuaire-export"),
    path("organisations/<siren:siren>/", organisation.organisation, name="organisation"),
    path(
        "cartes/<int:number>/<niveau:parts>/<niveau:level>/<str:code>.geojson",
        contours,
        name="contours",
    ),
    path("observatoire/", observatory.france, name="observatoire"),
    path("observatoire/<niveau:level>/<str:code>/", observatory.place, name="territoire"),
    path(
        "observatoire/<niveau:level>/<str:code>/<str:name>.svg",
        observatory.drawing,
        name="dessin",
    ),
    path(
        "observatoire/<niveau:level>/<str:code>/chiffres.<str:form>",
        observatory.export,
        name="chiffres",
    ),
    path("observatoire/<niveau:level>/<str:code>/rapport.pdf", observatory.report, name="rapport"),
    path("territoires/", territory.entrance, name="territoires"),
    path("territoires/<niveau:level>/<str:code>/", territory.dashboard, name="tableau-de-bord"),
    path(
        "territoires/<niveau:level>/<str:code>/echanges/",
        exchanges_page.exchanges,
        name="territoire-echanges",
    ),
    path("sources/", sources_page.sources, name="sources"),
    path("etude/", study.overview, name="etude"),
    path("etude/freins/<str:code>/", study.brake, name="etude-frein"),
    path("etude/leviers/<str:code>/", study.lever, name="etude-levier"),
    path("etude/cas/<str:code>/", study.case, name="etude-cas"),
    path("etude/formes/<str:code>/", study.form, name="etude-forme"),
    path("accessibilite/", publisher.accessibility, name="accessibilite"),
    path("mentions-legales/", publisher.legal_notice, name="mentions-legales"),
    path("donnees-personnelles/", publisher.personal_data, name="donnees-personnelles"),
    path(
        "organisations/<siren:siren>/revendiquer/", members.claim_organisation, name="revendiquer"
    ),
    path(
        "organisations/<siren:siren>/membres/",
        members.organisation_members,
        name="organisation-membres",
    ),
    path(
        "organisations/<siren:siren>/membres/<int:number>/retirer/",
        members.remove_member,
        name="membre-retirer",
    ),
    path("espace/", members.space, name="espace"),
    path("espace/donnees.json", members.export, name="mes-donnees"),
    path("espace/supprimer/", members.delete, name="compte-supprimer"),
    path("espace/demandes/<int:number>/retirer/", members.withdraw_claim, name="demande-retirer"),
    path("moderation/", moderation.queue, name="moderation"),
    path("moderation/demandes/<int:number>/", moderation.decision, name="moderation-demande"),
    path("moderation/journal/", moderation.journal, name="moderation-journal"),
    path("compte/", include("essor.site.members.urls")),
    path("donnees/", data.data, name="donnees"),
    path("donnees/<str:name>.parquet", data.table_parquet, name="donnees-parquet"),
    path("donnees/<str:name>.csv", data.table_csv, name="donnees-csv"),
    path("donnees/<str:name>.xlsx", data.table_xlsx, name="donnees-classeur"),
    path("donnees/contours/<str:name>.geojson", data.contour, name="donnees-contours"),
    path("", include("essor.site.keys.urls")),
    path("api/v1/docs/", reference.page, name="api-reference"),
    path("api/v1/", api.urls),
    path("healthz", health.health, name="sante"),
    path("livez", operation.alive, name="vivant"),
    path("metrics", operation.metrics, name="mesures"),
    path("robots.txt", publisher.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url=static("essor/logo.svg")), name="favicon"),
]
handler403 = "essor.site.faults.forbidden"
handler404 = "essor.site.faults.not_found"
handler500 = "essor.site.faults.failure"
handler429 = "essor.site.faults.too_often"
