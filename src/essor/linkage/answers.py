"""Answers to the rows of a list: the SIREN and the SIRET kept, how sure, what to do and why.

A number typed is believed when the register has it and the name typed does not belie it; a wrong one
is put right when a single number one slip away bears that name; else name, town and address speak.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from essor.identifiers import SIREN_LENGTH
from essor.linkage.confidence import decide
from essor.linkage.entries import Candidate, Entry, Outcome, Query
from essor.linkage.establishments import Establishment
from essor.linkage.sirets import Checked, Standing
from essor.linkage.successors import Basis, Successor

MOST_CHOICES = 3

# The key refuses every wrong digit and nearly every swap, so that a registered number is nearly
# always the one meant; nothing is told certain.
_SURE = 0.99
# `tests/linkage/test_answering.py` types 600 numbers wrongly: not one is given to another unit.
_PUT_RIGHT = 0.98


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row says: an organisation as typed, and the number typed, empty when there is none."""

    query: Query
    number: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation to choose or not; `score` is the probability, None when nothing measures it."""

    siren: str
    siret: str
    name: str
    city: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of a row: `siren` is empty unless it is accepted, `siret` unless it is known.

    `confidence` is the probability that the SIREN is the one meant, None when none is proposed;
    `choices` are those to choose from, at most `MOST_CHOICES`.
    """

    outcome: Outcome
    because: str
    siren: str = ""
    siret: str = ""
    confidence: float | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up for all rows."""

    checked: Mapping[str, Checked]
    """Each number as typed."""
    establishments: Mapping[str, Establishment]
    """What each SIREN and SIRET typed or proposed is."""
    successors: Mapping[str, tuple[Successor, ...]]
    """Of the closed establishments typed, by SIRET."""
    sirets: Mapping[Entry, str]
    """Where each entry found is."""


def answer(asked: Asked, found: Sequence[Candidate], known: Known) -> Answer:
    """Return the answer to a row, from what its name found and what is known of its number."""
    if not asked.number:
        return _named(asked, found, known)
    checked = known.checked[asked.number]
    if checked.standing is not Standing.REGISTERED:
        return _put_right(asked, found, known, checked)
    place = known.establishments[checked.number]
    if not place.is_active:
        return _closed(asked, found, known, place)
    because = f"Le numéro {checked.number} est celui de « {place.name} »."
    kept = Answer(Outcome.ACCEPT, because, place.siren, place.siret, _SURE)
    return _unless_belied(asked, found, known, kept)


def _named(asked: Asked, found: Sequence[Candidate], known: Known) -> Answer:
    """Return what name, town and address decide."""
    if not asked.query.name.strip():
        return Answer(Outcome.REJECT, "La ligne n’a ni nom ni numéro : complétez-la.")
    decision = decide(found)
    if decision.outcome is Outcome.REJECT:
        score = found[0].score if found else None
        return Answer(Outcome.REJECT, decision.because, confidence=score)
    best = found[0]
    because = " ".join((decision.because, *best.reasons))
    if decision.outcome is Outcome.ASK:
        return Answer(Outcome.ASK, because, confidence=best.score, choices=_choices(found, known))
    siret = known.sirets.get(best.entry, "")
    return Answer(Outcome.ACCEPT, because, best.siren, siret, best.score)


def _closed(asked: Asked, found: Sequence[Candidate], known: Known, place: Establishment) -> Answer:
    """Return the answer to the number of what is closed: its successor, if it has one."""
    said = f"« {place.name} » ({place.siret or place.siren}) est fermé"
    successors = known.successors.get(place.siret, ())
    if not successors:
        because = f"{said} et aucun successeur n’est connu : demandez son nouveau numéro."
        return Answer(Outcome.ASK, because, choices=_choices(found, known))
    best = successors[0]
    heir = f"{best.place.siret} ({best.basis})"
    if best.basis is Basis.SAME_NAME_AND_ADDRESS:
        heirs = tuple(_heir(each) for each in successors[:MOST_CHOICES])
        return Answer(Outcome.ASK, f"{said} ; {heir} semble l’avoir repris.", choices=heirs)
    because = f"{said} ; {heir} lui succède."
    kept = Answer(Outcome.ACCEPT, because, best.place.siren, best.place.siret, _SURE)
    return _unless_belied(asked, found, known, kept)


def _put_right(asked: Asked, found: Sequence[Candidate], known: Known, checked: Checked) -> Answer:
    """Return the answer to a number that the register does not have."""
    likely = {each.siren for each in found[:MOST_CHOICES]}
    alike = [each for each in checked.proposals if each[:SIREN_LENGTH] in likely]
    if len(alike) == 1 and known.establishments[alike[0]].is_active:
        place = known.establishments[alike[0]]
        number = alike[0]
        is_its_siren = len(number) == SIREN_LENGTH and checked.number.startswith(number)
        how = "le SIREN qui l’ouvre" if is_its_siren else "à une faute de frappe"
        because = f"« {asked.number} » n’est pas dans le registre ; {number}, {how}, porte ce nom."
        return Answer(Outcome.ACCEPT, because, place.siren, place.siret, _PUT_RIGHT)
    proposed = tuple(
        _choice(known.establishments[each], None) for each in checked.proposals[:MOST_CHOICES]
    )
    if not asked.query.name.strip():
        outcome = Outcome.ASK if proposed else Outcome.REJECT
        return Answer(outcome, checked.because, choices=proposed)
    named = _named(asked, found, known)
    because = f"{checked.because} D’après le nom : {named.because}"
    if named.outcome is Outcome.ACCEPT and checked.standing is Standing.WRONG:
        return replace(named, because=because)
    choices = (*_choices(found, known), *proposed)[:MOST_CHOICES]
    outcome = Outcome.ASK if choices else Outcome.REJECT
    return Answer(outcome, because, confidence=named.confidence, choices=choices)


def _unless_belied(asked: Asked, found: Sequence[Candidate], known: Known, kept: Answer) -> Answer:
    """Return what the number decides, to be confirmed when the name typed is rather another's."""
    name = asked.query.name.strip()
    if not name or kept.siren in {each.siren for each in found}:
        return kept
    because = f"{kept.because} Mais le nom saisi, « {name[:80]} », ne lui ressemble pas."
    meant = known.establishments.get(kept.siret) or known.establishments.get(kept.siren)
    first = (_choice(meant, None),) if meant else (Choice(kept.siren, kept.siret, "", "", None),)
    choices = (*first, *_choices(found, known))[:MOST_CHOICES]
    return Answer(Outcome.ASK, because, choices=choices)


def _choices(found: Sequence[Candidate], known: Known) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            each.siren,
            known.sirets.get(each.entry, ""),
            each.entry.name,
            each.entry.city,
            each.score,
        )
        for each in found[:MOST_CHOICES]
    )


def _choice(place: Establishment, score: float | None) -> Choice:
    return Choice(place.siren, place.siret, place.name, place.city, score)


def _heir(successor: Successor) -> Choice:
    place = successor.place
    return Choice(place.siren, place.siret, place.name, place.address, None)
