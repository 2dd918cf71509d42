"""Key figures K03 to K09: how many, whose staff, which share of industry, how many cooperatives."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from essor.observatory.counts import Counts, Group
from essor.observatory.definitions import definitions
from essor.observatory.figure import Figure, mentions
from essor.observatory.headcount import Headcount
from essor.observatory.interval import Interval, staff, staff_share
from essor.observatory.nesting import Masks
from essor.observatory.perspective import Perimeter
from essor.observatory.question import Question
from essor.observatory.secrecy import NOTE as SECRET
from essor.observatory.secrecy import is_safe, masked
from essor.observatory.study_figures import study_figures
from essor.observatory.typography import counted, day, number
from essor.perimeter.families import Family
from essor.perimeter.industry import NAF_2025_IN_FORCE, reference_nomenclature
from essor.warehouse.provenance import SourceRecord

_NOT_IN_P2 = (
    "Sans objet dans le périmètre P2 : ces structures sont retenues pour l’activité qu’elles "
    "déclarent, et non pour leur activité principale ; elles ne sont pas une part des unités "
    "industrielles de Sirene."
)
_HORS_MICRO = (
    "L’étude compte l’industrie « hors micro », à lire « hors micro-entrepreneurs ». Sirene ne "
    "distingue pas les micro-entrepreneurs : la valeur se limite aux personnes morales, et "
    "l’autre borne compte tous les entrepreneurs individuels."
)
_EVE = NAF_2025_IN_FORCE - timedelta(days=1)
_INDUSTRY = (
    "Sections B à E de la NAF rév. 2, divisions 05 à 39 (la division 34 n’existe pas). "
    f"Nomenclature de référence : {reference_nomenclature(_EVE)} jusqu’au {day(_EVE)}, "
    f"{reference_nomenclature(NAF_2025_IN_FORCE)} ensuite."
)
_DECLARED = (
    "Activité industrielle déclarée par une structure conventionnée, quel que soit son code NAF. "
    "Les deux périmètres P1 et P2 ne s’additionnent pas."
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a figure reads: an interval or nothing, and why."""

    interval: Interval | None
    note: str = ""
    is_secret: bool = False


def key_figures(
    question: Question, counts: Counts, masks: Masks, records: Iterable[SourceRecord]
) -> tuple[Figure, ...]:
    """Return K03 to K09 of a question, K08 as two figures: organisations (a) and staff (b).

    `masks` are those of its perimeter.
    """
    is_hidden = masks.hides(question.place)
    is_rest_hidden = is_hidden or masks.hides_rest(question.place)
    readings = {
        "K03": _organisations(counts, question.perimeter),
        "K04": _share_of_units(counts),
        "K05": _staff(counts.members(), is_hidden=is_hidden),
        "K06": _share_of_staff(counts, is_hidden=is_rest_hidden),
        "K07": _industrial_units(counts),
        "K08a": _cooperatives(counts),
        "K08b": _cooperative_staff(counts, is_hidden=is_hidden),
    }
    if question.perimeter is Perimeter.P2:
        readings |= dict.fromkeys(("K04", "K06", "K07"), _Reading(None, _NOT_IN_P2))
    blank = _blank_figures(question, tuple(records), is_fictional=counts.members().is_fictional)
    filled = {key: _filled(blank[key], reading) for key, reading in readings.items()}
    is_p1 = question.perimeter is Perimeter.P1
    scope = replace(blank["K09"], text=_INDUSTRY if is_p1 else _DECLARED)
    return (*filled.values(), scope)


def _blank_figures(
    question: Question, records: tuple[SourceRecord, ...], *, is_fictional: bool
) -> dict[str, Figure]:
    is_studied = question.is_national and question.perimeter is Perimeter.P1
    blank = {}
    for key, definition in definitions(question.perimeter).items():
        sources = mentions(records, definition.sources)
        is_invented = is_fictional or any(source.is_fictional for source in sources)
        blank[key] = Figure(
            id=key,
            label=definition.label,
            unit=definition.unit,
            definition=definition.text,
            sources=sources,
            study=study_figures()[key[:3]] if is_studied else None,
            is_fictional=is_invented and bool(definition.sources),
        )
    return blank


def _filled(figure: Figure, reading: _Reading) -> Figure:
    said = replace(figure, note=reading.note, is_secret=reading.is_secret)
    if reading.interval is None:
        return said
    lower, value, upper = reading.interval.lower, reading.interval.value, reading.interval.upper
    return replace(said, value=value, lower=lower, upper=upper)


def _organisations(counts: Counts, perimeter: Perimeter) -> _Reading:
    members = counts.members()
    notes = []
    if members.partly_diffused:
        notes.append(
            f"Dont {number(members.partly_diffused)} à diffusion partielle, jamais nommées."
        )
    if counts.perhaps and perimeter is Perimeter.P1:
        notes.append(
            f"S’y ajouteraient au plus {counted(counts.perhaps, 'organisation')} de l’ESS dont "
            "l’activité est inconnue."
        )
    if counts.perhaps and perimeter is Perimeter.P2:
        notes.append(
            f"S’y ajouteraient au plus {counted(counts.perhaps, 'organisation')} d’activité non "
            "déclarée."
        )
    return _Reading(_exactly(members.units), " ".join(notes))


def _share_of_units(counts: Counts) -> _Reading:
    members = counts.members().units
    persons = max(counts.legal_persons(), members)
    if persons == 0:
        return _Reading(None, "Aucune unité industrielle connue.")
    everyone = max(counts.all_units(), persons)
    share = members / persons
    return _Reading(Interval(members / everyone, share, share), _HORS_MICRO)


def _staff(members: Headcount, *, is_hidden: bool) -> _Reading:
    note = _staff_note(members)
    if is_hidden or not is_safe(members):
        return _Reading(None, _joined(SECRET, note), is_secret=True)
    return _Reading(staff(members), note)


def _share_of_staff(counts: Counts, *, is_hidden: bool) -> _Reading:
    members, others = counts.members(), counts.other_industry()
    if is_hidden or not (is_safe(members) and is_safe(others)):
        return _Reading(None, SECRET, is_secret=True)
    return _Reading(staff_share(members, others), _staff_note(members))


def _industrial_units(counts: Counts) -> _Reading:
    persons = float(counts.legal_persons())
    return _Reading(Interval(persons, persons, float(counts.all_units())), _HORS_MICRO)


def _cooperatives(counts: Counts) -> _Reading:
    members = counts.members().units
    if members == 0:
        return _Reading(None, "Aucune organisation dans le périmètre.")
    share = counts.members(_is_cooperative).units / members
    perhaps = counts.members(_may_be_cooperative).units / members
    return _Reading(Interval(share, share, perhaps), _family_note(counts))


def _cooperative_staff(counts: Counts, *, is_hidden: bool) -> _Reading:
    """Return the share of staff, masked where the breakdown by family masks the cooperatives."""
    families = counts.by_family()
    hidden = masked(families)
    is_told = not hidden or (Family.COOPERATIVE not in hidden and is_safe(counts.members()))
    if is_hidden or not is_told:
        return _Reading(None, SECRET, is_secret=True)
    cooperatives = counts.members(_is_cooperative)
    others = counts.members(lambda group: not _is_cooperative(group))
    return _Reading(_bounded_by_unknown(counts, staff_share(cooperatives, others)))


def _bounded_by_unknown(counts: Counts, share: Interval | None) -> Interval | None:
    """Return the share; its upper bound counts the members of undetermined family too."""
    perhaps = counts.members(_may_be_cooperative)
    others = counts.members(lambda group: not _may_be_cooperative(group))
    most = staff_share(perhaps, others)
    if share is None or most is None:
        return share
    return Interval(share.lower, share.value, max(share.upper, most.upper))


def _is_cooperative(group: Group) -> bool:
    return group.family == Family.COOPERATIVE


def _may_be_cooperative(group: Group) -> bool:
    return group.family in (Family.COOPERATIVE, Family.INDETERMINEE)


def _exactly(count: int) -> Interval:
    return Interval(count, count, count)


def _staff_note(members: Headcount) -> str:
    notes = []
    if members.unknown:
        notes.append(f"Effectif inconnu pour {counted(members.unknown, 'organisation')}.")
    if members.open_ended:
        notes.append(
            f"Tranche ouverte « 10 000 salariés ou plus » ({counted(members.open_ended, 'unité')}) "
            "comptée pour 10 000 dans la borne haute, qui est donc un minimum."
        )
    return " ".join(notes)


def _family_note(counts: Counts) -> str:
    undetermined = counts.members(lambda group: group.family == Family.INDETERMINEE).units
    if not undetermined:
        return ""
    return f"Borne haute : {counted(undetermined, 'organisation')} de famille indéterminée."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
