"""Lists: each is her owner’s alone; whoever has its link reads it."""

from collections.abc import Callable

from tests.site.people.matrix.cells import EVERYBODY, MOSELLE, SIGNED_IN, Row

from essor.site.lists.keeping import Keepable, keep, open_list, share
from essor.site.members.models.member import Member

THEIRS = (302, *(403,) * 6)
READ = (302, *(405,) * 6)
MADE = (302,) * 7
LIST = {"number": "list"}
KEPT = {"number": "list", "siren": "this"}
ROWS = (
    Row("territoires", EVERYBODY),
    Row("tableau-de-bord", EVERYBODY, MOSELLE),
    Row("territoire-echanges", EVERYBODY, MOSELLE),
    Row("mes-listes", SIGNED_IN),
    Row("mes-listes", MADE, sent={"nom": "À rappeler"}),
    Row("garder", SIGNED_IN, {"siren": "this"}),
    Row("garder", MADE, {"siren": "this"}, {"liste": "", "nom": "À rappeler", "note": ""}),
    # Nobody keeps anything in the list of somebody else.
    Row("garder", (302, *(422,) * 6), {"siren": "this"}, {"liste": "list", "nom": "", "note": ""}),
    Row("liste-territoire", SIGNED_IN, MOSELLE),
    Row("liste-territoire", (302, *(422,) * 6), MOSELLE, {"nom": "Vide"}),
    Row("liste", THEIRS, LIST),
    Row("liste", THEIRS, LIST, {"nom": "Volée"}),
    Row("liste-export", THEIRS, {**LIST, "form": "csv"}),
    Row("liste-partager", THEIRS, LIST, {"notes": "on"}),
    Row("liste-partager", READ, LIST),
    Row("liste-reprendre", THEIRS, LIST, {}),
    Row("liste-reprendre", READ, LIST),
    Row("liste-supprimer", THEIRS, LIST, {}),
    Row("liste-supprimer", READ, LIST),
    Row("liste-noter", THEIRS, KEPT, {"note": "Vu"}),
    Row("liste-noter", READ, KEPT),
    Row("liste-retirer", THEIRS, KEPT, {}),
    Row("liste-retirer", READ, KEPT),
    Row("liste-partagee", EVERYBODY, {"token": "token"}),
)


def numbers(this: str, enrol: Callable[..., Member]) -> dict[str, object]:
    """Return what the addresses speak of: the shared list of somebody else."""
    held = open_list(enrol("keeper@essor.example"), "Ateliers")
    keep(held, [Keepable(this, "Atelier", is_fictional=True)])
    share(held, shares_notes=False)
    held.refresh_from_db()
    return {"list": held.pk, "token": held.token}
