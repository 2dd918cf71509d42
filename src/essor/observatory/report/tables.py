"""The tables of a report: rows of texts, the first of which heads the columns."""

from essor.observatory.figure import Mention
from essor.observatory.report import wording
from essor.observatory.report.contents import Report
from essor.observatory.report.drawings import MOST_ACTIVITIES
from essor.observatory.report.members import Members, NamedMember
from essor.observatory.report.wording import counted
from essor.observatory.typography import SPACE, day, number

Table = tuple[tuple[str, ...], ...]

_COMPARED = ("K03", "K04", "K05", "K06", "K07", "K08a", "K08b")
_DECLARED = ("K10", "K11", "K12", "K13", "K14")


def comparison(report: Report) -> Table:
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
    rows = [
        (f.label, wording.value(f), wording.bounds(f), number(f.total or 0), f.note)
        for f in report.declared.figures
        if f.id in _DECLARED
    ]
    return (("Structures", "Part industrielle", "Bornes", "Structures", "Réponses"), *rows)


def statuses(report: Report) -> Table:
    rows = [
        (
            row.label.replace(" + ", ", "),
            number(row.organisations),
            _row_staff(row.staff, row.is_secret),
        )
        for row in report.declared_by_status.rows
    ]
    return (
        (("Statuts", "Organisations", "Salariés (milieu)"), *rows[:MOST_ACTIVITIES]) if rows else ()
    )


def _row_staff(value: float | None, is_secret: bool) -> str:  # noqa: FBT001 -- read beside its value
    if is_secret:
        return wording.MASKED
    return wording.UNKNOWN if value is None else number(value)


def statuses_note(report: Report) -> str:
    total = report.declared_by_status.total.organisations
    if not total:
        return (
            "Aucune structure conventionnée n’a déclaré ici d’activité industrielle dans les sources "
            "présentes."
        )
    what = counted(total, "organisation conventionnée", "organisations conventionnées")
    return f"{what} à activité industrielle déclarée (P2). Elles ne s’ajoutent pas à celles de P1."


def members(found: Members) -> Table:
    if not members.listed:
        return ()
    head = ("Organisation", "Commune", "Activité", "Famille (fondement)", "Effectif")
    return (head, *(_named(member) for member in members.listed))


def _named(member: NamedMember) -> tuple[str, ...]:
    family = Family(member.family).label if member.family else "hors ESS"
    basis = f" ({wording.BASES.get(member.basis, member.basis)})" if member.basis else ""
    return (
        member.name,
        member.commune or "non localisée",
        member.activity or "activité inconnue",
        f"{family}{basis}",
        member.staff_band or wording.UNKNOWN,
    )


def members_note(members: Members) -> str:
    if members.total == 0:
        return "Aucune organisation connue dans ce périmètre."
    notes = []
    if members.others:
        notes.append(f"et {counted(members.others, 'autre', 'autres')}.")
    if members.unnamed:
        notes.append(
            f"{counted(members.unnamed, 'organisation', 'organisations')} à diffusion partielle ou "
            "sans nom publié, comptées et jamais nommées."
        )
    return " ".join(notes)


def _source(mention: Mention) -> tuple[str, ...]:
    published = "date inconnue" if mention.published_on is None else day(mention.published_on)
    kind = "données fictives" if mention.is_fictional else ""
    return mention.title, mention.publisher, mention.licence, published, kind


