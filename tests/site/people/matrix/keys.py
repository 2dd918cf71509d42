"""Keys of the API: a member's own."""

from collections.abc import Callable

from tests.site.people.matrix.cells import EVERYBODY, SIGNED_IN, Row

from essor.site.keys.keeping import make
from essor.site.members.models.member import Member

KEY = {"number": "key"}

ROWS = (
    Row("api-reference", EVERYBODY),
    Row("donnees", EVERYBODY),
    Row("donnees-parquet", EVERYBODY, {"name": "staff_bands"}),
    Row("donnees-csv", EVERYBODY, {"name": "staff_bands"}),
    Row("donnees-classeur", EVERYBODY, {"name": "staff_bands"}),
    Row("donnees-contours", EVERYBODY, {"name": "regions"}),
    Row("mes-cles", SIGNED_IN),
    Row("mes-cles", SIGNED_IN, sent={"nom": "Extranet", "portee": "read"}),
    Row("mes-cles", (302, *(422,) * 6), sent={"nom": ""}),
    # Of another: nobody ends it, whatever her role.
    Row("cle-revoquer", (302, *(403,) * 6), KEY, {}),
    Row("cle-revoquer", (302, *(405,) * 6), KEY),
)


def numbers(_this: str, enrol: Callable[..., Member]) -> dict[str, object]:
    """Return a key of somebody else."""
    return {"key": make(enrol("bearer@essor.example"), "Extranet").key.pk}
