"""What a member has of lists, given to her whole; it goes with her account."""

from essor.site.members.models.member import Member


def exported(member: Member) -> dict[str, object]:
    """Return all that is kept of a member in lists, under French names."""
    return {
        "listes": [
            {
                "nom": each.name,
                "territoire": each.territory,
                "ouverte": each.created_at,
                "partagee": each.token is not None,
                "notes_partagees": each.shares_notes,
                "organisations": [
                    {
                        "siren": kept.siren,
                        "organisation": kept.organisation,
                        "note": kept.note,
                        "depuis": kept.added_at,
                    }
                    for kept in each.kept.all()
                ],
            }
            for each in member.lists.prefetch_related("kept")
        ]
    }
