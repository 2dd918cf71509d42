"""A ranking as text: each supplier, its score, the reasons that make it, and what nobody published."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from essor.observatory.typography import number

if TYPE_CHECKING:
    from essor.matching.answer import Answer
    from essor.matching.match import Match
    from essor.matching.need import Need


def lines_of_answer(answer: "Answer", limit: int) -> Iterator[str]:
    """Yield the lines of an answer: what was understood, the first matches, then who was refused."""
    yield from _lines_of_need(answer.need)
    yield ""
    if answer.is_trade_nobodys:
        yield (
            "Personne n’est connu ici pour ce métier : voici des structures dont le métier n’est pas publié."
        )
        yield ""
    for rank, match in enumerate(answer.matches[:limit], start=1):
        yield from lines_of_match(match, f"{rank}.")
        yield ""
    yield from _lines_of_rest(answer, limit)


def lines_of_match(match: "Match", rank: str = "") -> Iterator[str]:
    """Yield the card of one supplier: score, reasons, refusals, unknowns."""
    supplier = match.supplier
    town = f", {supplier.place.name} ({supplier.place.code})" if supplier.place else ""
    fiction = " — donnée fictive" if supplier.is_fictional else ""
    score = (
        f"{_points(match.score)} points sur 100 (au mieux {_points(match.out_of)} pour ce besoin)"
    )
    yield f"{rank} {supplier.name}{town} — SIRET {supplier.siret}{fiction}".strip()
    yield f"   {score}" + ("" if match.is_certain else " — à vérifier avant de compter sur lui")
    for reason in match.reasons:
        yield f"   + {_points(reason.points):>5} / {reason.out_of:g}  {reason.criterion} : {reason.because}"
    for refusal in match.refusals:
        cited = f" [{refusal.citation}]" if refusal.citation else ""
        yield f"   ✗ refusé  {refusal.criterion} : {refusal.because}{cited}"
    for unknown in match.unknowns:
        mark = "! inconnu" if unknown.is_hard else "? inconnu"
        yield f"   {mark}  {unknown.criterion} : {unknown.what} {unknown.how}"
    if match.note:
        yield f"   ↓ {match.note}"


def _lines_of_need(need: "Need") -> Iterator[str]:
    yield f"Besoin : {need.text.strip()[:200]}"
    for wanted in need.trades:
        because = f" : {wanted.because}" if wanted.because else ""
        yield f"  métier {wanted.code} ({100 * wanted.share:.0f} %){because}"
    if need.place is not None:
        radius = "" if need.radius_km is None else f", à {_kilometres(need.radius_km)} km au plus"
        yield f"  autour de {need.place.name} ({need.place.selector}){radius}"
    if need.zones:
        yield f"  dans {', '.join(zone.name for zone in need.zones)}"
    if need.quantity is not None:
        yield f"  quantité : {need.quantity.text}"
    if need.amount_eur is not None:
        yield f"  montant : {number(round(need.amount_eur))} €"
    if need.reserved_under is not None:
        yield f"  marché réservé : {need.reserved_under.value}"
    if need.cooperation is not None:
        yield f"  coopération : {need.cooperation.value} (gardée avec le besoin, sans effet sur les points)"


def _lines_of_rest(answer: "Answer", limit: int) -> Iterator[str]:
    certain = sum(each.is_certain for each in answer.matches)
    doubtful = len(answer.matches) - certain
    yield (
        f"{number(answer.judged)} fournisseurs lus dans la version {answer.release} : "
        f"{number(certain)} remplissent les conditions qui décident, {number(doubtful)} sont à vérifier."
    )
    if answer.refused:
        told = ", ".join(f"{criterion} {number(count)}" for criterion, count in answer.refused)
        yield f"Écartés, par première raison : {told}."
    if len(answer.matches) > limit:
        shown = (
            "Seul le premier est montré"
            if limit == 1
            else f"Seuls les {limit} premiers sont montrés"
        )
        yield f"{shown} : voir --limit."
    if answer.is_cut:
        yield "D’autres, plus loin du lieu ou du métier, n’ont pas été lus : précisez le besoin."
    if not answer.matches:
        yield "Personne ne répond : élargissez le rayon, ou retirez une condition."


def _kilometres(radius_km: float) -> str:
    return number(radius_km, 0 if radius_km.is_integer() else 1)


def _points(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", ",")
