"""Deadline: whether the activity is available in time."""

from datetime import date

from essor.matching.activity import Activity, Supplier
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need


def judge(need: Need, _: Supplier, activity: Activity, day: date) -> tuple[Finding, ...]:
    """Return whether the activity is available by the deadline of the need."""
    if need.deadline is None:
        return ()
    if need.deadline < day:
        return (Refused(f"L’échéance du {need.deadline:%d/%m/%Y} est passée."),)
    if activity.available_from is None:
        return (
            Unpublished(
                f"Sa disponibilité d’ici au {need.deadline:%d/%m/%Y} n’est pas publiée.",
                "Demander au fournisseur son plan de charge.",
            ),
        )
    if activity.available_from > need.deadline:
        return (Refused(f"N’est disponible qu’à partir du {activity.available_from:%d/%m/%Y}."),)
    return (Met(1.0, f"Disponible dès le {activity.available_from:%d/%m/%Y}."),)
