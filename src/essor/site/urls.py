"""The addresses of the site, in French, as people read them."""

from django.urls import include, path, register_converter
from django.views.generic.base import RedirectView

from essor.site.addresses import LevelConverter, SirenConverter
from essor.site.api.routes import api
from essor.site.members import moderation
from essor.site.members import pages as members
from essor.site.pages import (
    directory,
    health,
    home,
    needs,
    observatory,
    organisation,
    publisher,
    study,
)
from essor.site.pages import sources as sources_page

register_converter(LevelConverter, "niveau")
register_converter(SirenConverter, "siren")

urlpatterns = [
    path("", home.home, name="accueil"),
    path("besoins/", needs.needs, name="besoins"),
    path("annuaire/", directory.directory, name="annuaire"),
    path("annuaire/export.csv", directory.export, name="annuaire-export"),
    path("organisations/<siren:siren>/", organisation.organisation, name="organisation"),
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
    path("api/v1/", api.urls),
    path("healthz", health.health, name="sante"),
    path("favicon.ico", RedirectView.as_view(url="/statique/essor/logo.svg"), name="favicon"),
]
handler403 = "essor.site.faults.forbidden"
handler404 = "essor.site.faults.not_found"
handler500 = "essor.site.faults.failure"
handler429 = "essor.site.faults.too_often"
