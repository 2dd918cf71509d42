"""`essor compare`: what our matching and the reference rule each find of one need, and miss."""

from typing import TYPE_CHECKING

import typer

from essor.cli.need_asked import (
    Asked,
    NafOption,
    NearOption,
    NeedArgument,
    RadiusOption,
    ReleaseOption,
    ReservedOption,
    StatusOption,
    need_asked,
    today,
)

if TYPE_CHECKING:
    from essor.matching.comparison import Compared, Comparison

LISTED = 10


def compare(  # noqa: PLR0913 -- one parameter per option of the command
    need: NeedArgument,
    *,
    near: NearOption = None,
    radius: RadiusOption = None,
    reserved: ReservedOption = None,
    status: StatusOption = None,
    naf: NafOption = None,
    release: ReleaseOption = None,
) -> None:
    """Comparer, pour un besoin, notre rapprochement et la règle du Marché de l’inclusion."""
    asked = Asked(
        text=need,
        near=near,
        radius=radius,
        reserved=reserved,
        statuses=tuple(status or ()),
        naf=tuple(naf or ()),
    )
    found = _compared(asked, release)
    _print_part("Trouvés par les deux", found.both)
    _print_part("Par Essor seul", found.ours)
    _print_part("Par la règle seule", found.theirs)
    typer.echo(
        "La règle reçoit ce qui est publié : code d’activité exact comme secteur, adresse, aucune "
        "zone déclarée, tous joignables. Son ordre, par popularité, n’a pas de données ouvertes."
    )


def _compared(asked: Asked, number: int | None) -> "Comparison":
    from essor.home import home  # noqa: PLC0415 -- start-up time
    from essor.matching.comparison import compare as compared  # noqa: PLC0415 -- start-up time
    from essor.matching.naming import trades_said  # noqa: PLC0415 -- start-up time
    from essor.release.opened import open_release  # noqa: PLC0415 -- start-up time

    release = open_release(home(), number)
    with release.connect() as connection:
        need = need_asked(connection, asked, release.folder)
        return compared(connection, need, today(), release.manifest.number, trades_said)


def _print_part(title: str, part: "tuple[Compared, ...]") -> None:
    typer.echo(f"{title} : {len(part)}")
    for each in part[:LISTED]:
        supplier = each.match.supplier
        town = f", {supplier.place.name}" if supplier.place else ""
        missed = f" — {each.why_missed}" if each.why_missed else ""
        typer.echo(f"  {each.match.score:6.2f}  {supplier.name}{town} ({supplier.siret}){missed}")
    if len(part) > LISTED:
        typer.echo(f"  … et {len(part) - LISTED} autres")
    typer.echo("")
