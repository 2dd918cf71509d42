"""What organisations publish: written by their members, decided by moderators, read by everybody."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.site.people.matrix.cells import DONE, EVERYBODY, NOBODY, SIGNED_IN, STAFF, Row

from essor.site.members.models.member import Member
from essor.site.offers import correcting, publishing, remarks
from essor.site.offers.access import card_of
from essor.site.offers.publishing import Declared, Offered
from essor.site.offers.remarks import Said
from essor.site.offers.words import Doubted

ITS_OWN = (302, 403, 200, 403, 403, 403, 403)
ITS_OWN_DONE = (302, 403, 302, 403, 403, 403, 403)
ITS_OWN_WRONG = (302, 403, 422, 403, 403, 403, 403)
ONLY_SENT = (302, *(405,) * 6)
DECIDED = (302, 403, 403, 403, 403, 302, 302)
UNREASONED = (302, 403, 403, 403, 403, 422, 422)
THIS = {"siren": "this"}
ACTIVITY = {"kind": "activites", "number": "activity"}
OFFER = {"kind": "offres", "number": "offer"}
LAST_DAY = timezone.localdate() + timedelta(days=30)
OFFERED = {
    "moyen": "machine",
    "titre": "Presse",
    "texte": "Le matin",
    "lieu": "Metz",
    "fin": LAST_DAY.isoformat(),
}
CORRECTED = {"fait": "staff", "valeur": "12 salariés", "explication": "Voir notre site."}
REMARKED = {"fait": "staff", "valeur": "12 salariés", "source": "Son rapport d’activité"}

ROWS = (
    Row("publications", ITS_OWN, THIS),
    Row("activite-declarer", ITS_OWN, THIS),
    Row("activite-declarer", ITS_OWN, THIS, {}),
    Row("activite-corriger", ITS_OWN, {"number": "activity"}),
    Row("activite-corriger", ITS_OWN_WRONG, {"number": "activity"}, {"libelle": ""}),
    Row("offre-publier", ITS_OWN, THIS),
    Row("offre-publier", ITS_OWN_DONE, THIS, OFFERED),
    Row("offre-publier", ITS_OWN_WRONG, THIS, {**OFFERED, "fin": "2020-01-01"}),
    Row("offre-corriger", ITS_OWN, {"number": "offer"}),
    Row("offre-corriger", ITS_OWN_DONE, {"number": "offer"}, OFFERED),
    Row("correction-proposer", ITS_OWN, THIS),
    Row("correction-proposer", ITS_OWN_DONE, THIS, CORRECTED),
    # One of the same fact waits already.
    Row("correction-proposer", ITS_OWN_WRONG, THIS, {**CORRECTED, "fait": "name"}),
    Row("correction-retirer", ITS_OWN_DONE, {"number": "correction"}, {}),
    Row("correction-retirer", ONLY_SENT, {"number": "correction"}),
    Row("propositions-decider", ITS_OWN_DONE, THIS, {"decision": "confirmer", "activite": "1"}),
    Row("propositions-decider", (302, 403, 400, 403, 403, 403, 403), THIS, {"decision": "vendre"}),
    Row("propositions-decider", ONLY_SENT, THIS),
    Row("publication-retirer", ITS_OWN_DONE, ACTIVITY, {}),
    Row("publication-retirer", ITS_OWN_DONE, OFFER, {}),
    Row("publication-retirer", ONLY_SENT, OFFER),
    # Anybody tells an error of a card; moderators decide of it.
    Row("fiche-signaler", EVERYBODY, THIS),
    Row("fiche-signaler", DONE, THIS, REMARKED),
    Row("fiche-signaler", (422,) * 7, THIS, {**REMARKED, "source": ""}),
    Row("moderation-signalement", STAFF, {"number": "remark"}),
    Row("moderation-signalement", DECIDED, {"number": "remark"}, {"decision": "accepter"}),
    Row("moderation-signalement", UNREASONED, {"number": "remark"}, {"decision": "refuser"}),
    Row("publication-signaler", SIGNED_IN, ACTIVITY),
    Row("publication-signaler", (302,) * 7, OFFER, {"motif": "Ce n’est pas vrai."}),
    Row("publication-signaler", (302, *(404,) * 6), {"kind": "autre", "number": "offer"}),
    Row("offres", EVERYBODY),
    Row("offre", EVERYBODY, {"number": "offer"}),
    Row("offre", NOBODY, {"number": 2**70}),
    Row("moderation-publications", STAFF),
    Row("moderation-correction", STAFF, {"number": "correction"}),
    Row("moderation-correction", DECIDED, {"number": "correction"}, {"decision": "accepter"}),
    Row("moderation-correction", UNREASONED, {"number": "correction"}, {"decision": "refuser"}),
    Row("moderation-publication", STAFF, ACTIVITY),
    Row("moderation-publication", DECIDED, OFFER, {"decision": "masquer", "motif": "Faux"}),
    Row("moderation-publication", UNREASONED, OFFER, {"decision": "masquer", "motif": ""}),
)


def numbers(this: str, enrol: Callable[..., Member]) -> dict[str, object]:
    """Return what the addresses speak of: an activity, an offer and a correction of this organisation."""
    author, card = enrol("author@essor.example", organisations={this: "member"}), card_of(this)
    activity = publishing.declare(author, card, sewing(card.places[0].siret))
    offer = publishing.offer(
        author,
        card,
        Offered(
            means="machine",
            title="Presse",
            text="Le matin",
            place="Metz",
            starts_on=None,
            ends_on=LAST_DAY,
        ),
    )
    correction = correcting.propose(author, card, "name", "Atelier", "Voir nos statuts.")
    remarks.remark(card, Said(Doubted.CLOSED, "Fermée en juin", "Annonce légale"))
    return {
        "activity": activity.pk,
        "offer": offer.pk,
        "correction": correction.pk,
        "remark": remarks.waiting().latest("pk").pk,
    }


def sewing(siret: str, **changes: object) -> Declared:
    """Return an activity of sewing, declared at that place."""
    said: dict[str, object] = {
        "siret": siret,
        "trades": ("14.12Z",),
        "label": "Couture de tenues de travail",
        "presence": ("fabrication",),
        "reach": "country",
        "radius_km": None,
        "zones": (),
        "capacity": "20 000 pièces par an",
        "certificates": None,
        "available_from": None,
    }
    return Declared(**said | changes)  # type: ignore[arg-type]  # changes are of the columns
