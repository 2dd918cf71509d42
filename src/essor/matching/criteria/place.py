"""Place: whether the supplier is near enough, and serves the place; near counts as its trade says."""

from datetime import date

from essor.matching.activity import Activity, Basis, ReachKind, Supplier
from essor.matching.decay import Decay, decay_of
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need
from essor.matching.reach import Served, Serves, served
from essor.matching.zone import Zone, gap_km

_ASK = "Demander au fournisseur s’il intervient là."
# Somebody who says that it serves a place has half of the points wherever it is.
_DECLARED_FLOOR = 0.5


def judge(need: Need, supplier: Supplier, activity: Activity, _: date) -> tuple[Finding, ...]:
    """Return how near the supplier is, when it may serve the place; its own range is respected."""
    is_national = activity.reach.kind is ReachKind.COUNTRY
    if need.is_nationwide:
        return _of_country(activity, is_national=is_national)
    if need.place is None and not need.zones:
        return _of_anywhere(need, is_national=is_national)
    near = () if need.place is None else _judge_target(need, supplier, activity, need.place)
    served_zones = [_judge_target(need, supplier, activity, zone) for zone in need.zones]
    return _together(near, min(served_zones, key=_rank, default=()))


def _together(near: tuple[Finding, ...], inside: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return what holds of the place and of the perimeters together: the best points, every lack."""
    found = (*near, *inside)
    if refused := [each for each in found if isinstance(each, Refused)]:
        return tuple(refused)
    met = [each for each in found if isinstance(each, Met)]
    best = max(met, key=lambda each: each.share, default=None)
    missing = (each for each in found if isinstance(each, Unpublished))
    return (*(() if best is None else (best,)), *missing)


def _rank(found: tuple[Finding, ...]) -> tuple[int, float]:
    """Order what was found of each perimeter: met and near first, refused last."""
    if any(isinstance(each, Refused) for each in found):
        return 2, 0.0
    is_hard = any(isinstance(each, Unpublished) and each.is_hard for each in found)
    share = max((each.share for each in found if isinstance(each, Met)), default=0.0)
    return int(is_hard), -share


def _of_country(activity: Activity, *, is_national: bool) -> tuple[Finding, ...]:
    if is_national:
        return (Met(1.0, "Intervient dans tout le pays, comme demandé."),)
    if activity.reach.kind is ReachKind.UNKNOWN or activity.basis is Basis.TOLD:
        return (
            Unpublished("S’il intervient dans tout le pays n’est pas publié.", _ASK, is_hard=True),
        )
    return (Refused("N’intervient pas dans tout le pays."),)


def _of_anywhere(need: Need, *, is_national: bool) -> tuple[Finding, ...]:
    if not need.welcomes_nationwide:
        return ()
    if is_national:
        return (Met(1.0, "Intervient dans tout le pays."),)
    return (Refused("N’intervient pas dans tout le pays."),)


def _judge_target(
    need: Need, supplier: Supplier, activity: Activity, target: Zone
) -> tuple[Finding, ...]:
    gap = None if supplier.place is None else gap_km(supplier.place, target)
    is_welcome = need.welcomes_nationwide and activity.reach.kind is ReachKind.COUNTRY
    radius = need.radius_km if target is need.place else None
    if radius is not None and not is_welcome:
        if gap is None:
            return (Unpublished("Son lieu n’est pas publié.", _ASK, is_hard=True),)
        if gap > radius:
            return (Refused(f"À {gap:.0f} km de {target.name}, plus que {radius:g} km."),)
    answer = served(supplier, activity, target)
    curve = decay_of((*activity.trades, *(wanted.code for wanted in need.trades)))
    if answer.answer is Serves.NO and activity.basis is Basis.TOLD:
        told = f"Qu’il serve {target.name} n’est pas confirmé : {answer.because}."
        return (Unpublished(told, _ASK, is_hard=True),)
    if answer.answer is Serves.NO:
        return (Refused(f"Ne sert pas {target.name} : {answer.because}."),)
    if answer.answer is Serves.UNKNOWN:
        return _unsaid(gap, answer, curve, target, is_hard=target is not need.place)
    return (Met(_share(gap, curve, activity), _told(gap, answer, curve, target)),)


def _unsaid(
    gap: float | None, answer: Served, curve: Decay, target: Zone, *, is_hard: bool
) -> tuple[Finding, ...]:
    """Give the points of nearness; whether it comes so far is for it to say."""
    what = f"S’il intervient jusqu’à {target.name} n’est pas publié."
    unsaid = Unpublished(what, _ASK, is_hard=is_hard)
    if gap is None:
        return (unsaid,)
    return (Met(curve.share(gap), _told(gap, answer, curve, target)), unsaid)


def _share(gap: float | None, curve: Decay, activity: Activity) -> float:
    near = 0.0 if gap is None else curve.share(gap)
    is_declared = activity.reach.kind is not ReachKind.UNKNOWN and activity.basis is not Basis.TOLD
    return _DECLARED_FLOOR + (1 - _DECLARED_FLOOR) * near if is_declared else near


def _told(gap: float | None, answer: Served, curve: Decay, target: Zone) -> str:
    reach = f"{answer.because[0].upper()}{answer.because[1:]}"
    if gap is None:
        return f"{reach} ; distance inconnue."
    if gap == 0:
        return f"{reach}."
    farther = f"{100 * curve.share(gap):.0f} % des marchés de ce métier se gagnent de plus loin"
    return f"À {gap:.0f} km de {target.name} ({farther}) ; {answer.because}."
