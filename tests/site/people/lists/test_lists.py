"""Lists of organisations: kept, annotated, shared by a link, taken away, and gone with their owner."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from essor.errors import InvalidRequestError
from essor.site.lists import keeping
from essor.site.lists.keeping import Keepable
from essor.site.lists.models import KeptOrganisation, OrganisationList
from essor.site.members.account import delete_account
from essor.site.members.journal import entries
from essor.site.members.models.member import Member

pytestmark = pytest.mark.usefixtures("people")

Enrol = Callable[..., Member]
Signed = Callable[[Member], Client]
ATELIER = Keepable("999000017", "Atelier", is_fictional=True)
FORGE = Keepable("999000025", "Forge", is_fictional=True)


@pytest.fixture
def ada(enrol: Enrol) -> Member:
    return enrol("ada@essor.example")


@pytest.fixture
def held(ada: Member) -> OrganisationList:
    opened = keeping.open_list(ada, "Menuiseries")
    keeping.keep(opened, [ATELIER], "À rappeler lundi")
    return opened


def test_a_list_asked_twice_is_opened_once(ada: Member):
    first = keeping.open_list(ada, "Menuiseries")

    second = keeping.open_list(ada, "menuiseries")

    assert first == second


def test_an_organisation_kept_twice_is_there_once_and_keeps_its_note(held: OrganisationList):
    added = keeping.keep(held, [ATELIER, FORGE], "Autre chose")

    assert added == 1
    assert dict(held.kept.values_list("organisation", "note")) == {
        "Atelier": "À rappeler lundi",
        "Forge": "Autre chose",
    }


def test_two_members_may_give_a_list_the_same_name(held: OrganisationList, enrol: Enrol):
    hers = keeping.open_list(enrol("mo@essor.example"), held.name)

    assert hers != held


def test_a_list_does_not_take_the_name_of_another(ada: Member, held: OrganisationList):
    other = keeping.open_list(ada, "Fonderies")

    with pytest.raises(InvalidRequestError, match="MENUISERIES"):
        keeping.rename(other, "MENUISERIES")


def test_there_is_an_end_to_the_lists_of_a_member(
    ada: Member, held: OrganisationList, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "LISTS_AT_MOST", 1)

    with pytest.raises(InvalidRequestError, match="1 listes"):
        keeping.open_list(ada, "Fonderies")


def test_there_is_an_end_to_what_a_list_keeps(
    held: OrganisationList, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "KEPT_AT_MOST", 1)

    with pytest.raises(InvalidRequestError, match="au plus 1"):
        keeping.keep(held, [FORGE])


def test_a_link_is_drawn_once_and_never_given_again(held: OrganisationList):
    keeping.share(held, shares_notes=False)
    held.refresh_from_db()
    first = held.token
    keeping.share(held, shares_notes=True)
    held.refresh_from_db()
    again, with_notes = held.token, held.shares_notes
    keeping.unshare(held)
    keeping.share(held, shares_notes=False)
    held.refresh_from_db()

    assert (again, with_notes) == (first, False)
    assert held.token != first
    assert len(first or "") >= 40
    assert [each.deed for each in entries()] == ["list.shared", "list.unshared", "list.shared"]


def test_whoever_has_the_link_reads_the_list_without_notes_nor_owner(
    held: OrganisationList, signed: Signed, visitor: Client
):
    keeping.share(held, shares_notes=False)
    held.refresh_from_db()
    address = reverse("liste-partagee", args=[held.token])

    answer = visitor.get(address)
    keeping.unshare(held)
    gone = visitor.get(address)

    assert f"/organisations/{ATELIER.siren}/" in answer.text
    assert "À rappeler" not in answer.text
    assert "ada@essor.example" not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert gone.status_code == 404


def test_notes_are_shared_when_it_is_asked(held: OrganisationList, signed: Signed, visitor: Client):
    ada = signed(held.member)

    ada.post(reverse("liste-partager", args=[held.pk]), {"notes": "on"})
    held.refresh_from_db()
    page = ada.get(reverse("liste", args=[held.pk])).text

    assert "À rappeler lundi" in visitor.get(reverse("liste-partagee", args=[held.token])).text
    assert f"http://localhost/listes/{held.token}/" in page


def test_a_card_is_kept_without_a_script_and_noted(ada: Member, signed: Signed, sirens: list[str]):
    browser, siren = signed(ada), sirens[0]

    form = browser.get(reverse("garder", args=[siren]))
    done = browser.post(
        reverse("garder", args=[siren]), {"liste": "", "nom": "Ateliers", "note": "Vu au salon"}
    )
    there = browser.get(done.headers["Location"])
    again = browser.get(reverse("garder", args=[siren]))

    assert "Une nouvelle liste" in form.text
    assert "Vu au salon" in there.text
    assert "Déjà dans" in again.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"liste": "", "nom": ""}, "nommez-en une nouvelle"),
        ({"liste": "999999", "nom": ""}, "Sélectionnez un choix valide"),
        ({"liste": "", "nom": "x" * 500}, "au plus 120"),
        ({"liste": "", "nom": "Bon", "note": "\x00"}, "nul"),
    ],
)
def test_a_form_badly_filled_says_why(
    ada: Member, signed: Signed, sirens: list[str], sent: dict[str, str], said: str
):
    answer = signed(ada).post(reverse("garder", args=[sirens[0]]), sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert not OrganisationList.objects.exists()


def test_the_employers_of_a_territory_make_a_list(ada: Member, signed: Signed):
    browser = signed(ada)
    address = reverse("liste-territoire", kwargs={"level": "departement", "code": "57"})
    offered = browser.get(address).context["form"].fields["siren"].choices

    done = browser.post(address, {"nom": "À suivre", "siren": [offered[0][0], offered[1][0]]})

    made = OrganisationList.objects.get()
    assert done.headers["Location"] == reverse("liste", args=[made.pk])
    assert made.territory == "departement:57"
    assert made.kept.count() == 2


def test_nobody_is_put_in_a_list_who_is_not_of_the_territory(ada: Member, signed: Signed):
    address = reverse("liste-territoire", kwargs={"level": "departement", "code": "57"})

    answer = signed(ada).post(address, {"nom": "À suivre", "siren": ["999000017"]})

    assert answer.status_code == 422
    assert not KeptOrganisation.objects.exists()


def test_a_list_is_taken_away_and_no_spreadsheet_runs_its_cells(
    held: OrganisationList, signed: Signed
):
    keeping.annotate(held, ATELIER.siren, '=HYPERLINK("http://x.example")')
    browser = signed(held.member)

    csv = browser.get(reverse("liste-export", args=[held.pk, "csv"]))
    xlsx = browser.get(reverse("liste-export", args=[held.pk, "xlsx"]))
    sheet = load_workbook(io.BytesIO(xlsx.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))

    assert "'=HYPERLINK" in csv.text
    assert csv.text.startswith("\ufeffsiren,organisation,")
    assert [row[0] for row in rows] == ["siren", ATELIER.siren]
    assert rows[1][10] == '=HYPERLINK("http://x.example")'
    assert sheet["K2"].data_type == "s"
    assert browser.get(reverse("liste-export", args=[held.pk, "exe"])).status_code == 404


def test_what_is_gone_meanwhile_is_said_and_breaks_nothing(held: OrganisationList, signed: Signed):
    browser = signed(held.member)
    keeping.take_off(held, ATELIER.siren)

    noted = browser.post(
        reverse("liste-noter", args=[held.pk, ATELIER.siren]), {"note": "x"}, follow=True
    )
    taken = browser.post(reverse("liste-retirer", args=[held.pk, ATELIER.siren]), follow=True)

    assert "n’était plus dans la liste" in noted.text
    assert "Cette liste est vide" in taken.text


def test_a_list_is_renamed_and_deleted(held: OrganisationList, signed: Signed):
    browser = signed(held.member)

    renamed = browser.post(reverse("liste", args=[held.pk]), {"nom": "Scieries"}, follow=True)
    refused = browser.post(reverse("liste", args=[held.pk]), {"nom": ""})
    deleted = browser.post(reverse("liste-supprimer", args=[held.pk]), follow=True)

    assert "Scieries" in renamed.text
    assert refused.status_code == 422
    assert "« Scieries » est supprimée" in deleted.text.replace("\u00a0", " ")
    assert not KeptOrganisation.objects.exists()


def test_her_lists_are_exported_and_go_with_her_account(
    ada: Member, held: OrganisationList, signed: Signed
):
    given = signed(ada).get(reverse("mes-donnees")).json()["listes"]

    delete_account(ada)

    assert given[0]["nom"] == "Menuiseries"
    assert given[0]["organisations"][0]["note"] == "À rappeler lundi"
    assert not OrganisationList.objects.exists()
    assert not KeptOrganisation.objects.exists()


def test_an_officer_finds_her_territory_in_her_space(enrol: Enrol, signed: Signed):
    officer = enrol("officer@essor.example", "officer", territory="departement:57")
    lost = enrol("lost@essor.example", "officer", territory="departement:999")

    page, without = signed(officer).get(reverse("espace")), signed(lost).get(reverse("espace"))

    assert "Mon territoire" in page.text
    assert "/territoires/departement/57/" in page.text
    assert "Mon territoire" not in without.text


def test_a_long_list_is_read_in_as_few_queries_as_a_short_one(
    held: OrganisationList, signed: Signed, django_assert_max_num_queries: Callable[..., object]
):
    many = [Keepable(f"99988{n:04}", f"Atelier {n}", is_fictional=True) for n in range(30)]
    keeping.keep(held, many)
    browser = signed(held.member)

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # pytest-django's
        answer = browser.get(reverse("liste", args=[held.pk]))

    assert answer.text.count("<article") == 31
