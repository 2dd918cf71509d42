"""The addresses of lists."""

from django.urls import path

from essor.site.lists import adding, pages

urlpatterns = [
    path("espace/listes/", pages.lists, name="mes-listes"),
    path("espace/listes/<int:number>/", pages.shown, name="liste"),
    path("espace/listes/<int:number>/liste.<str:form>", pages.export, name="liste-export"),
    path("espace/listes/<int:number>/partager/", pages.share, name="liste-partager"),
    path("espace/listes/<int:number>/reprendre/", pages.unshare, name="liste-reprendre"),
    path("espace/listes/<int:number>/supprimer/", pages.delete, name="liste-supprimer"),
    path("espace/listes/<int:number>/<siren:siren>/noter/", pages.annotate, name="liste-noter"),
    path("espace/listes/<int:number>/<siren:siren>/retirer/", pages.take_off, name="liste-retirer"),
    path("listes/<str:token>/", pages.shared, name="liste-partagee"),
    path("organisations/<siren:siren>/garder/", adding.keep, name="garder"),
    path("territoires/<niveau:level>/<str:code>/suivre/", adding.follow, name="liste-territoire"),
]
