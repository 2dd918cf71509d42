"""What a member has of needs: given to her whole, and gone with her account."""

from django.db.models import QuerySet

from essor.site.members.models.claim import Membership
from essor.site.members.models.member import Member
from essor.site.needs.models import Exchange, Outcome, Posting
from essor.site.offers import stamp


def exported(member: Member) -> dict[str, object]:
    """Return all that is kept of a member about needs, under French names."""
    rhythm = getattr(member, "rhythm", None)
    return {
        "besoins": [_need(each) for each in member.postings.all()],
        "reponses": [
            {
                "besoin": each.posting_id,
                "organisation": each.organisation,
                "reponse": each.get_stance_display(),
                "motif": each.get_refusing_display(),
                "precision": each.refusing_text,
                "le": each.answered_at,
            }
            for each in Exchange.objects.filter(answered_by=member)
        ],
        "messages": [
            {"besoin": each.exchange.posting_id, "le": each.sent_at, "texte": each.text}
            for each in member.messages.select_related("exchange")
        ],
        "bilans": [
            {
                "besoin": each.posting_id,
                "resultat": each.get_result_display(),
                "montant": each.get_amount_display(),
                "obstacle": each.get_hindrance_display(),
                "satisfaction": each.satisfaction,
                "commentaire": each.comment,
                "le": each.said_at,
            }
            for each in Outcome.objects.filter(said_by=member)
        ],
        "nouvelles": [
            {"le": each.made_at, "texte": each.text, "envoyee": each.told_at}
            for each in member.notices.all()
        ],
        "courriels_immediats": rhythm is not None and rhythm.is_immediate,
    }


def forget(member: Member) -> None:
    """Erase the needs of a member who leaves, but for those that colleagues run with her."""
    _hers_alone(member).delete()
    stamp.change()


def _hers_alone(member: Member) -> QuerySet[Posting]:
    """Return the needs that nobody else could run."""
    colleagues = Membership.objects.exclude(member=member).filter(member__is_active=True)
    return member.postings.exclude(siren__in=colleagues.exclude(siren="").values("siren"))


def _need(posting: Posting) -> dict[str, object]:
    return {
        "numero": posting.pk,
        "texte": posting.text,
        "organisation": posting.organisation,
        "lieu": posting.place,
        "rayon_km": posting.radius_km,
        "quantite": posting.quantity,
        "echeance": posting.deadline,
        "reserve": posting.reserved,
        "metiers_gardes": posting.kept,
        "visibilite": posting.get_visibility_display(),
        "etat": posting.get_state_display(),
        "publie": posting.opened_at,
        "reponse": posting.record,
    }
