"""Second factors at rest: unreadable in the database, read by the key of the day and the former ones."""

from collections.abc import Callable

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from pytest_django import Settings

from essor.cli.run import main
from essor.errors import PeopleDatabaseError
from essor.site.members import sealing
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def protect(member: Member) -> Authenticator:
    """Give a member a second factor and its spare codes, as the pages do."""
    RecoveryCodes.activate(member)
    return TOTP.activate(member, SECRET).instance


def read(factor: Authenticator) -> str:
    factor.refresh_from_db()
    text: str = get_adapter().decrypt(factor.data["secret"])
    return text


def test_a_second_factor_cannot_be_read_in_the_database(enrol: Callable[..., Member]):
    factor = protect(enrol("ada@atelier.example"))

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert kept.count("gAAAA") == 2
    assert read(factor) == SECRET


def test_a_new_key_reads_what_the_former_sealed_until_it_is_sealed_again(
    enrol: Callable[..., Member],
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
):
    factor = protect(enrol("ada@atelier.example"))
    codes = RecoveryCodes.activate(factor.user).generate_codes()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the key of the day"

    before = read(factor), sealing.unreadable()
    status = main(["members", "reseal"])
    settings.SECRET_KEY_FALLBACKS = []
    after = read(factor), sealing.unreadable()

    assert status == 0
    assert "d’aujourd’hui : 2." in capsys.readouterr().out
    assert before == after == (SECRET, 0)
    assert RecoveryCodes.activate(factor.user).generate_codes() == codes


def test_a_key_that_is_lost_is_said_and_nothing_is_written(
    enrol: Callable[..., Member], settings: Settings
):
    factor = protect(enrol("ada@atelier.example"))
    kept = factor.data["secret"]
    settings.SECRET_KEY = "another key"

    for reading in (lambda: read(factor), sealing.reseal):
        with pytest.raises(PeopleDatabaseError, match="ESSOR_SECRET_KEY_FALLBACKS"):
            reading()

    assert sealing.unreadable() == 2
    factor.refresh_from_db()
    assert factor.data["secret"] == kept


@pytest.mark.django_db(transaction=True)
def test_the_migration_seals_what_was_in_clear_once(enrol: Callable[..., Member]):
    factor = protect(enrol("ada@atelier.example"))
    codes = RecoveryCodes.activate(factor.user).generate_codes()
    call_command("migrate", "members", "0002", verbosity=0)
    factor.refresh_from_db()
    in_clear = factor.data["secret"]

    call_command("migrate", verbosity=0)

    assert in_clear == SECRET
    assert read(factor) == SECRET
    assert factor.data["secret"] != SECRET
    assert RecoveryCodes.activate(factor.user).generate_codes() == codes
    assert sealing.sealed_once(factor.data["secret"]) == factor.data["secret"]
