"""What a member wrote of organisations, given to her whole; it stays theirs when her account goes."""

from essor.site.members.models.member import Member
from essor.site.offers.models import Correction, DeclaredActivity, Offer, Report


def exported(member: Member) -> dict[str, object]:
    """Return all that a member wrote in the name of organisations, under French names."""
    return {
        "activites_declarees": [
            _activity(each) for each in DeclaredActivity.objects.filter(author=member)
        ],
        "offres": [_offer(each) for each in Offer.objects.filter(author=member)],
        "corrections": [_correction(each) for each in Correction.objects.filter(author=member)],
        "signalements": [
            {"motif": each.reason, "le": each.made_at, "traite": each.settled_at}
            for each in Report.objects.filter(member=member)
        ],
    }


def _activity(each: DeclaredActivity) -> dict[str, object]:
    return {
        "organisation": each.organisation,
        "siret": each.siret,
        "activite": each.label,
        "metiers": each.trades,
        "presence": each.presence,
        "portee": each.get_reach_display(),
        "rayon_km": each.radius_km,
        "territoires": each.zones,
        "capacites": each.capacity,
        "certificats": each.certificates,
        "disponible": each.available_from,
        "le": each.said_at,
        "retiree": each.withdrawn_at,
        "masquee": each.hidden_at,
    }


def _offer(each: Offer) -> dict[str, object]:
    return {
        "organisation": each.organisation,
        "moyen": each.get_means_display(),
        "titre": each.title,
        "texte": each.text,
        "lieu": each.place,
        "du": each.starts_on,
        "au": each.ends_on,
        "le": each.said_at,
        "retiree": each.withdrawn_at,
        "masquee": each.hidden_at,
    }


def _correction(each: Correction) -> dict[str, object]:
    return {
        "organisation": each.organisation,
        "fait": each.get_fact_display(),
        "valeur": each.value,
        "explication": each.explanation,
        "etat": each.get_state_display(),
        "motif": each.reason,
        "le": each.said_at,
    }
