"""The addresses of what organisations publish."""

from django.urls import path

from essor.site.offers import activities, confirming, moderation, pages, remark_pages

urlpatterns = [
    path("organisations/<siren:siren>/publier/", pages.publications, name="publications"),
    path(
        "organisations/<siren:siren>/activites/declarer/",
        activities.declare,
        name="activite-declarer",
    ),
    path("activites/<int:number>/corriger/", activities.correct, name="activite-corriger"),
    path(
        "organisations/<siren:siren>/propositions/", confirming.settle, name="propositions-decider"
    ),
    path("organisations/<siren:siren>/offrir/", pages.offer, name="offre-publier"),
    path("organisations/<siren:siren>/corriger/", pages.propose, name="correction-proposer"),
    path("organisations/<siren:siren>/signaler/", remark_pages.remark, name="fiche-signaler"),
    path("corrections/<int:number>/retirer/", pages.withdraw_correction, name="correction-retirer"),
    path("offres/", pages.offers, name="offres"),
    path("offres/<int:number>/", pages.shown, name="offre"),
    path("offres/<int:number>/corriger/", pages.correct_offer, name="offre-corriger"),
    path(
        "publications/<str:kind>/<int:number>/retirer/", pages.withdraw, name="publication-retirer"
    ),
    path(
        "publications/<str:kind>/<int:number>/signaler/", pages.report, name="publication-signaler"
    ),
    path("moderation/publications/", moderation.queue, name="moderation-publications"),
    path(
        "moderation/corrections/<int:number>/", moderation.correction, name="moderation-correction"
    ),
    path(
        "moderation/signalements/<int:number>/",
        remark_pages.decision,
        name="moderation-signalement",
    ),
    path(
        "moderation/publications/<str:kind>/<int:number>/",
        moderation.publication,
        name="moderation-publication",
    ),
]
