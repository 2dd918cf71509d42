"""The pages that need nobody."""

from tests.site.people.matrix.cells import AWAY, EVERYBODY, MOSELLE, NOBODY, Row

from essor.study.contents import study
from essor.territory.level import Level

STUDY = study()
ROWS = (
    Row("accueil", EVERYBODY),
    Row("besoins", EVERYBODY),
    Row("annuaire", EVERYBODY),
    Row("annuaire-export", EVERYBODY, {"kind": "csv"}),
    Row("organisation", EVERYBODY, {"siren": "this"}),
    Row("observatoire", EVERYBODY),
    Row("territoire", EVERYBODY, MOSELLE),
    # Of another release than the one in service: sent to its own.
    Row("contours", AWAY, {"number": 999, "parts": Level.EPCI, **MOSELLE}),
    Row("dessin", EVERYBODY, {**MOSELLE, "name": "familles"}),
    Row("chiffres", EVERYBODY, {**MOSELLE, "form": "csv"}),
    # Of a territory that does not exist: a report is long to draw.
    Row("rapport", NOBODY, {"level": Level.DEPARTEMENT, "code": "999"}),
    Row("sources", EVERYBODY),
    Row("etude", EVERYBODY),
    Row("etude-frein", EVERYBODY, {"code": next(iter(STUDY.brakes))}),
    Row("etude-levier", EVERYBODY, {"code": next(iter(STUDY.levers))}),
    Row("etude-cas", EVERYBODY, {"code": next(iter(STUDY.cases))}),
    Row("etude-forme", EVERYBODY, {"code": next(iter(STUDY.forms))}),
    Row("accessibilite", EVERYBODY),
    Row("mentions-legales", EVERYBODY),
    Row("donnees-personnelles", EVERYBODY),
    Row("sante", EVERYBODY),
    Row("robots", EVERYBODY),
    Row("favicon", AWAY),
)
