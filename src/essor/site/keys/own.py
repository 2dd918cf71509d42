"""What a member has of keys, given to her whole; it goes with her account."""

from essor.site.members.models.member import Member


def exported(member: Member) -> dict[str, object]:
    """Return all that is kept of a member in keys, under French names; no secret is kept."""
    return {
        "cles": [
            {
                "nom": each.name,
                "debut": each.prefix,
                "portee": each.scope,
                "faite": each.made_at,
                "jusqu_au": each.expires_at,
                "servie": each.used_on,
                "revoquee": each.revoked_at,
                "prevenue": each.warned_at,
            }
            for each in member.keys.all()
        ]
    }
