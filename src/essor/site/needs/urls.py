"""The addresses of needs, once they are said."""

from django.urls import path

from essor.site.needs.pages import buyer, choosing, exchange, moderation, reading, supplier

urlpatterns = [
    path("besoins/publies/", reading.published, name="besoins-publies"),
    path("besoins/publier/", buyer.new, name="besoin-publier"),
    path("besoins/<int:number>/", reading.need, name="besoin"),
    path("besoins/<int:number>/corriger/", buyer.correct, name="besoin-corriger"),
    path("besoins/<int:number>/ouvrir/", buyer.publish, name="besoin-ouvrir"),
    path("besoins/<int:number>/retirer/", buyer.withdraw, name="besoin-retirer"),
    path("besoins/<int:number>/inviter/", choosing.invitations, name="besoin-inviter"),
    path("besoins/<int:number>/suivi/", buyer.board, name="besoin-suivi"),
    path("besoins/<int:number>/reponse/", buyer.replay, name="besoin-refaire"),
    path("besoins/<int:number>/cloturer/", choosing.closing, name="besoin-cloturer"),
    path("besoins/<int:number>/repondre/<siren:siren>/", supplier.answer, name="besoin-repondre"),
    path("besoins/<int:number>/echanges/<siren:siren>/", exchange.exchange, name="besoin-echange"),
    path(
        "besoins/<int:number>/echanges/<siren:siren>/bilan/",
        supplier.outcome,
        name="besoin-bilan",
    ),
    path("messages/<int:number>/signaler/", exchange.report_message, name="message-signaler"),
    path("espace/besoins/", buyer.mine, name="mes-besoins"),
    path("espace/notifications/", buyer.notifications, name="notifications"),
    path("organisations/<siren:siren>/besoins/", supplier.board, name="organisation-besoins"),
    path("moderation/besoins/", moderation.queue, name="moderation-besoins"),
    path("moderation/besoins/<int:number>/", moderation.posting, name="moderation-besoin"),
    path("moderation/messages/<int:number>/", moderation.message, name="moderation-message"),
]
