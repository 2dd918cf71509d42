"""Presence: whether the activity takes the form that is asked for — made, served, or staff lent."""

from datetime import date

from essor.language.presence import Presence
from essor.matching.activity import Activity, Basis, Supplier
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need

LABELS = {
    Presence.FABRICATION: "fabrication",
    Presence.SERVICE: "prestation de service",
    Presence.MISE_A_DISPOSITION: "mise à disposition de personnel",
}
_ASK = "Demander au fournisseur comment il interviendrait."


def judge(need: Need, _: Supplier, activity: Activity, _day: date) -> tuple[Finding, ...]:
    """Return whether one of the forms wanted is offered; an inferred form refuses nobody."""
    if not need.presence:
        return ()
    wanted = " ou ".join(LABELS[form] for form in need.presence)
    if not activity.presence:
        return (Unpublished(f"S’il propose {wanted} n’est pas publié.", _ASK, is_hard=True),)
    shared = [LABELS[form] for form in activity.presence if form in need.presence]
    if shared:
        ground = "déclarée" if activity.basis is Basis.DECLARED else "déduite de son activité"
        return (Met(1.0, f"Forme demandée : {' et '.join(shared)}, {ground}."),)
    offered = " et ".join(LABELS[form] for form in activity.presence)
    if activity.basis is Basis.DECLARED:
        return (Refused(f"Propose {offered}, et non {wanted}."),)
    what = f"Son activité laisse penser à {offered} ; s’il propose aussi {wanted} n’est pas publié."
    return (Unpublished(what, _ASK, is_hard=True),)
