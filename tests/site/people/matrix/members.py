"""Accounts, claims, moderation."""

from collections.abc import Callable

from tests.site.people.matrix.cells import (
    AWAY,
    EVERYBODY,
    NOBODY,
    SIGNED_IN,
    STAFF,
    STRANGERS,
    Row,
)

from essor.site.members.models.claim import Claim
from essor.site.members.models.member import Member

PROOF = "J’en suis la directrice : voir notre site."
ROWS = (
    Row("espace", SIGNED_IN),
    Row("mes-donnees", SIGNED_IN),
    Row("compte-supprimer", SIGNED_IN),
    Row("compte-supprimer", (302, *(422,) * 6), sent={"adresse": "other@essor.example"}),
    Row("revendiquer", SIGNED_IN, {"siren": "this"}),
    Row(
        "revendiquer",
        (302, 302, 422, 302, 302, 302, 302),
        {"siren": "this"},
        {"role": "member", "preuve": PROOF},
    ),
    Row("demande-retirer", (302, *(403,) * 6), {"number": "claim"}, {}),
    Row("demande-retirer", (302, *(405,) * 6), {"number": "claim"}),
    Row("organisation-membres", (302, 403, 200, 403, 403, 200, 200), {"siren": "this"}),
    Row(
        "membre-retirer",
        (302, 403, 302, 403, 403, 403, 302),
        {"siren": "this", "number": "colleague"},
        {},
    ),
    Row("membre-retirer", (302, *(405,) * 6), {"siren": "this", "number": "colleague"}),
    Row("moderation", STAFF),
    Row("moderation-demande", STAFF, {"number": "claim"}),
    Row(
        "moderation-demande",
        (302, 403, 403, 403, 403, 302, 302),
        {"number": "claim"},
        {"decision": "accepter"},
    ),
    Row("moderation-journal", (302, 403, 403, 403, 403, 403, 200)),
    Row("account_login", STRANGERS),
    Row("account_request_login_code", STRANGERS),
    Row("account_signup", STRANGERS),
    Row("account_reset_password", EVERYBODY),
    Row("account_inactive", EVERYBODY),
    Row("account_password_reset_completed", EVERYBODY),
    Row("socialaccount_login_cancelled", EVERYBODY),
    Row("socialaccount_login_error", (401,) * 7),
    # Steps of a journey that nobody has begun: one is sent back to its beginning.
    Row("account_confirm_login_code", AWAY),
    Row("account_email_verification_sent", AWAY),
    Row("account_confirm_password_reset_code", AWAY),
    Row("account_complete_password_reset", AWAY),
    Row("mfa_authenticate", AWAY),
    Row("socialaccount_signup", AWAY),
    Row("account_logout", SIGNED_IN),
    # Nothing to confirm by: these members have neither a password nor a second factor.
    Row("account_reauthenticate", (302, *(403,) * 6)),
    Row("mfa_reauthenticate", (302, *(403,) * 6)),
    Row("account_email", SIGNED_IN),
    Row("account_change_password", AWAY),
    Row("account_set_password", SIGNED_IN),
    Row("mfa_index", SIGNED_IN),
    Row("mfa_activate_totp", SIGNED_IN),
    Row("mfa_deactivate_totp", (302, *(404,) * 6)),
    Row("mfa_view_recovery_codes", (302, *(404,) * 6)),
    Row("mfa_generate_recovery_codes", SIGNED_IN),
    Row("mfa_download_recovery_codes", (302, *(404,) * 6)),
    Row("socialaccount_connections", SIGNED_IN),
    # The demonstration is not known of ProConnect.
    Row("proconnect_login", NOBODY),
    Row("proconnect_callback", NOBODY),
)


def numbers(this: str, enrol: Callable[..., Member]) -> dict[str, object]:
    """Return what the addresses speak of: a claim on the organisation, a colleague in it."""
    colleague = enrol("colleague@essor.example", organisations={this: "member"})
    claim = Claim.objects.create(
        member=enrol("claimant@essor.example"),
        siren=this,
        organisation="Atelier",
        is_fictional=True,
        role="member",
        proof=PROOF,
        email_domain="essor.example",
    )
    return {"claim": claim.pk, "colleague": colleague.pk}
