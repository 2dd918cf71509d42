"""Statuses and certificates: whether the supplier holds those that the need requires."""

from datetime import date

from essor.matching.activity import Activity, Supplier
from essor.matching.attestation import Attestation, attestation
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need

_ASK_STATUS = "Demander au fournisseur sa convention ou son agrément en cours."


def judge(need: Need, supplier: Supplier, activity: Activity, day: date) -> tuple[Finding, ...]:
    """Return whether one of the statuses and all the certificates required are held.

    The points of the criterion are given once, when everything required of it is met.
    """
    found = (*_of_statuses(need, supplier, day), *_of_certificates(need, activity))
    if all(isinstance(each, Met) for each in found) and found:
        told = " ".join(each.because for each in found if isinstance(each, Met))
        return (Met(1.0, told),)
    return tuple(each for each in found if not isinstance(each, Met))


def _of_statuses(need: Need, supplier: Supplier, day: date) -> tuple[Finding, ...]:
    if not need.statuses:
        return ()
    wanted = " ou ".join(need.statuses).upper()
    held = attestation(supplier, need.statuses, day)
    if held.verdict is Attestation.ATTESTED:
        return (Met(1.0, held.because),)
    if held.verdict is Attestation.UNKNOWN:
        return (Unpublished(f"Le statut {wanted} : {held.because}", _ASK_STATUS, is_hard=True),)
    return (Refused(f"N’a pas le statut {wanted} : {held.because}"),)


def _of_certificates(need: Need, activity: Activity) -> tuple[Finding, ...]:
    if not need.certificates:
        return ()
    held = {name.casefold() for name in activity.certificates or ()}
    missing = [name for name in need.certificates if name.casefold() not in held]
    if not missing:
        return (Met(1.0, f"Déclare {', '.join(need.certificates)}."),)
    if activity.certificates is None:
        what = f"S’il détient {', '.join(missing)} n’est pas publié."
        return (Unpublished(what, "Demander le certificat au fournisseur.", is_hard=True),)
    return (Refused(f"Ne déclare pas {', '.join(missing)} parmi ses certificats."),)
