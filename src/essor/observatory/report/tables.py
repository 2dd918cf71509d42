"""The tables of a report: rows of texts, the first of which heads the columns."""

from essor.observatory.breakdown import Row
from essor.observatory.report import wording
from essor.observatory.report.contents import Report
from essor.observatory.report.drawings import MOST_ACTIVITIES
from essor.observatory.report.members import Members, NamedMember
from essor.observatory.report.wording import counted
from essor.observatory.typography import SPACE, number
from essor.perimeter.families import Family

Table = tuple[tuple[str, ...], ...]

_COMPARED = ("K03", "K04", "K05", "K06", "K07", "K08a", "K08b")
_MEMBER_HEAD = ("Organisation", "Commune", "Activité", "Famille, fondement", "Salariés")
_ONE = "comptée et jamais nommée"
_DECLARED = ("K10", "K11", "K12", "K13", "K14")


def comparison(report: Report) -> Table:
    """Return the key figures here, in the région and in France, each place once."""
    found = [report.here, report.in_region, report.in_france]
    held = list({f.place: f for f in found if f is not None}.values())
    by_place = [{figure.id: figure for figure in figures.figures} for figures in held]
    rows = [
        (by_place[0][key].label, *(wording.value(figures.get(key)) for figures in by_place))
        for key in _COMPARED
        if by_place[-1][key].value is not None
    ]
    return (("Chiffre", *(figures.place.name for figures in held)), *rows)


def declared(report: Report) -> Table:
    """Return the share of each kind of structure that declares an industrial activity."""
    rows = [
        (f.label, wording.value(f), wording.bounds(f), wording.answers(f))
        for f in report.declared.figures
        if f.id in _DECLARED
    ]
    return (("Structures", "Part industrielle", "Bornes", "Réponses"), *rows)


def statuses(report: Report) -> Table:
    """Return the conventioned organisations with an industrial activity, by statuses held."""
    rows = [
        (
            row.label.replace(" + ", ", "),
            number(row.organisations),
            _row_staff(row),
        )
        for row in report.declared_by_status.rows
    ]
    return (
        (("Statuts", "Organisations", "Salariés (milieu)"), *rows[:MOST_ACTIVITIES]) if rows else ()
    )


def _row_staff(row: Row) -> str:
    if row.is_secret:
        return wording.MASKED
    return wording.UNKNOWN if row.staff is None else number(row.staff)


def statuses_note(report: Report) -> str:
    """Return how many organisations P2 holds."""
    total = report.declared_by_status.total.organisations
    if not total:
        return (
            "Aucune structure conventionnée n’a déclaré ici d’activité industrielle dans les "
            "sources présentes."
        )
    what = counted(total, "organisation conventionnée", "organisations conventionnées")
    return f"{what} à activité industrielle déclarée (P2). Elles ne s’ajoutent pas à celles de P1."


def members(found: Members) -> Table:
    """Return the organisations that are named, the biggest first."""
    if not found.listed:
        return ()
    return (_MEMBER_HEAD, *(_named(member) for member in found.listed))


def _named(member: NamedMember) -> tuple[str, ...]:
    family = wording.FAMILIES[Family(member.family)] if member.family else "Hors de l’ESS"
    basis = f", {wording.BASES.get(member.basis, member.basis)}" if member.basis else ""
    return (
        member.name,
        member.commune or "non localisée",
        member.activity or "activité inconnue",
        f"{family}{basis}",
        (member.staff_band or wording.UNKNOWN).removesuffix(" salariés"),
    )


def nearest(report: Report) -> Table:
    """Return the organisations around the territory, when it has few."""
    if not report.nearest:
        return ()
    rows = (
        (f"{number(near.distance_km)}{SPACE}km", *_named(near.member)) for near in report.nearest
    )
    return (("Distance", *_MEMBER_HEAD), *rows)


def members_note(members: Members) -> str:
    """Return who is counted and not named in the list, and why."""
    if members.total == 0:
        return "Aucune organisation connue dans ce périmètre."
    notes = []
    if members.others:
        notes.append(f"Et {counted(members.others, 'autre', 'autres')}, moins grandes.")
    if members.unnamed:
        notes.append(
            f"{counted(members.unnamed, 'organisation', 'organisations')} à diffusion partielle ou "
            f"sans nom publié, {'comptées et jamais nommées' if members.unnamed > 1 else _ONE}."
        )
    return " ".join(notes)


def sources(report: Report) -> Table:
    """Return every source of the release: title, publisher, licence and day."""
    return (
        ("Source", "Éditeur", "Licence", "Date"),
        *(
            (
                f"{mention.title} (données fictives)" if mention.is_fictional else mention.title,
                mention.publisher,
                mention.licence,
                mention.dated,
            )
            for mention in report.here.sources
        ),
    )
