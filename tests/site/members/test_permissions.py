"""Who may do what, cell by cell: every address of the site, every role."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from essor.site.api.routes import api
from essor.site.members import permissions
from essor.site.members.models.claim import Claim
from essor.site.members.models.member import Member
from essor.site.members.permissions import OrganisationRole, Person, PlatformRole
from essor.study.contents import study
from essor.territory.level import Level

ROLES = ("anonymous", "member", "manager", "other manager", "officer", "moderator", "administrator")
"""« manager »: of the organisation in the address; « other manager »: of another one."""

EVERYBODY = (200,) * 7
NOBODY = (404,) * 7
AWAY = (302,) * 7
STRANGERS = (200, *(302,) * 6)
"""The pages by which one comes in: whoever is in already goes to her space."""
SIGNED_IN = (302, *(200,) * 6)
DONE = (302,) * 7
"""Sent to the page of sign-in, or back to one's space once it is done: told apart by what follows."""
STAFF = (302, 403, 403, 403, 403, 200, 200)
MOSELLE = {"level": Level.DEPARTEMENT, "code": "57"}


@dataclass(frozen=True)
class Row:
    """An address, how it is asked, and the status that each role is given, in the order of ROLES."""

    name: str
    expected: tuple[int, ...]
    address: Mapping[str, object] = field(default_factory=dict)
    sent: Mapping[str, str] | None = None
    """What a form sends; None: the page is only read."""


STUDY = study()
PROOF = "J’en suis la directrice : voir notre site."
MATRIX = (
    Row("accueil", EVERYBODY),
    Row("besoins", EVERYBODY),
    Row("annuaire", EVERYBODY),
    Row("annuaire-export", EVERYBODY),
    Row("organisation", EVERYBODY, {"siren": "this"}),
    Row("observatoire", EVERYBODY),
    Row("territoire", EVERYBODY, MOSELLE),
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
    Row("favicon", AWAY),
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


@dataclass(frozen=True)
class Scene:
    """The people that the addresses of the matrix speak of, and a browser for each role."""

    browsers: dict[str, Client]
    numbers: dict[str, object]


@pytest.fixture
def scene(
    enrol: Callable[..., Member], signed: Callable[[Member], Client], sirens: list[str]
) -> Scene:
    this, another = sirens[:2]
    claimant = enrol("claimant@essor.example")
    colleague = enrol("colleague@essor.example", organisations={this: "member"})
    claim = Claim.objects.create(
        member=claimant,
        siren=this,
        organisation="Atelier",
        is_fictional=True,
        role="member",
        proof=PROOF,
        email_domain="essor.example",
    )
    people = {
        "member": enrol("member@essor.example"),
        "manager": enrol("manager@essor.example", organisations={this: "manager"}),
        "other manager": enrol("else@essor.example", organisations={another: "manager"}),
        "officer": enrol("officer@essor.example", "officer", territory="departement:57"),
        "moderator": enrol("moderator@essor.example", "moderator"),
        "administrator": enrol("administrator@essor.example", "administrator"),
    }
    browsers = {role: signed(member) for role, member in people.items()}
    browsers["anonymous"] = Client(SERVER_NAME="localhost")
    return Scene(browsers, {"this": this, "claim": claim.pk, "colleague": colleague.pk})


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.name} {row.sent or ''}")
def test_each_role_is_given_what_the_matrix_says(scene: Scene, row: Row):
    given = tuple(asked(scene, row, role).status_code for role in ROLES)

    assert given == row.expected


CLOSED = [
    row
    for row in MATRIX
    if row.expected[0] == 302 != row.expected[1] and row.name != "account_logout"
]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("row", CLOSED, ids=lambda row: f"{row.name} {row.sent or ''}")
def test_whoever_is_not_signed_in_is_sent_to_sign_in(scene: Scene, row: Row):
    answer = asked(scene, row, "anonymous")

    assert answer.headers["Location"].startswith("/compte/connexion/?next=")


def test_every_address_of_the_site_is_in_the_matrix():
    assert {name for name, _ in addresses(get_resolver())} == {row.name for row in MATRIX}


def test_the_api_is_only_read():
    described = api.get_openapi_schema()["paths"]

    assert {method for operations in described.values() for method in operations} == {"get"}


def asked(scene: Scene, row: Row, role: str):
    """Return what a role is answered; what it did is undone."""
    address = {name: scene.numbers.get(str(value), value) for name, value in row.address.items()}
    page, browser = reverse(row.name, kwargs=address), scene.browsers[role]
    with transaction.atomic():
        answer = browser.get(page) if row.sent is None else browser.post(page, row.sent)
        transaction.set_rollback(True)
    return answer


def addresses(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    """Yield the name and the pattern of every address under a resolver, those of the API apart."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each.name or "", each
        elif not each.namespace:
            yield from addresses(each)


PEOPLE = {
    "nobody": Person(1),
    "member": Person(1, organisations={"999": OrganisationRole.MEMBER}),
    "manager": Person(1, organisations={"999": OrganisationRole.MANAGER}),
    "other manager": Person(1, organisations={"111": OrganisationRole.MANAGER}),
    "officer": Person(1, frozenset({PlatformRole.OFFICER})),
    "moderator": Person(1, frozenset({PlatformRole.MODERATOR})),
    "administrator": Person(1, frozenset({PlatformRole.ADMINISTRATOR})),
}


@pytest.mark.parametrize(
    ("may", "allowed"),
    [
        (permissions.may_moderate, {"moderator", "administrator"}),
        (lambda person: permissions.may_decide(person, 2), {"moderator", "administrator"}),
        (lambda person: permissions.may_decide(person, 1), set()),
        (permissions.may_read_journal, {"administrator"}),
        (lambda person: permissions.may_withdraw(person, 1), set(PEOPLE)),
        (lambda person: permissions.may_withdraw(person, 2), set()),
        (
            lambda person: permissions.may_see_members(person, "999"),
            {"member", "manager", "moderator", "administrator"},
        ),
        (lambda person: permissions.may_remove(person, "999", 1), set(PEOPLE)),
        (lambda person: permissions.may_remove(person, "999", 2), {"manager", "administrator"}),
    ],
)
def test_a_permission_is_a_function_of_who_asks(may: Callable[[Person], bool], allowed: set[str]):
    assert {name for name, person in PEOPLE.items() if may(person)} == allowed
