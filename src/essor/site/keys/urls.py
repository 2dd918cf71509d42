"""The addresses of keys."""

from django.urls import path

from essor.site.keys import pages

urlpatterns = [
    path("espace/cles/", pages.keys, name="mes-cles"),
    path("espace/cles/<int:number>/revoquer/", pages.end, name="cle-revoquer"),
]
