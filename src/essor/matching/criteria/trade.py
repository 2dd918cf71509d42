"""Trade: whether the activity is one of the trades that would answer, or a neighbour of one."""

import re
from datetime import date
from functools import lru_cache

from essor.matching.activity import Activity, Basis, Supplier
from essor.matching.finding import Finding, Met, Refused, Unpublished
from essor.matching.need import Need, Wanted

_NAF = re.compile(r"[0-9]{2}(\.[0-9]{1,2}[A-Z]?)?")
# Two positions of the NAF that share so many characters of their codes are so close.
_CLOSENESS = ((6, 1.0, "même sous-classe"), (5, 0.8, "même classe"), (4, 0.6, "même groupe"),
              (2, 0.3, "même division"))  # fmt: skip
_BY_NAME = "Qu’il exerce ce métier n’est dit que par son nom, ce qui n’est pas une preuve."
_ASK = "Lire son site, ou lui demander ce qu’il fait."
LEAST_SHARE = 0.15
"""Below it, the trades have nothing to do with each other."""

NAMED_SHARE = 0.5
"""What a trade that a name alone says is worth, beside one that the activity code says."""


def judge(need: Need, _: Supplier, activity: Activity, _day: date) -> tuple[Finding, ...]:
    """Return how near the activity is to the nearest trade wanted."""
    if not need.trades:
        return ()
    if not activity.trades:
        return (
            Unpublished(f"Son métier n’est pas publié : {activity.because}.", _ASK, is_hard=True),
        )
    share, wanted, code = max(
        (
            (wanted.share * closeness(wanted.code, code), wanted, code)
            for wanted in need.trades
            for code in activity.trades
        ),
        key=lambda found: found[0],
    )
    is_named = activity.basis is Basis.NAMED
    share *= NAMED_SHARE if is_named else 1.0
    if share < LEAST_SHARE:
        done = activity.label or ", ".join(activity.trades)
        return (Refused(f"Son métier ({done}) n’est pas de ceux qui répondent au besoin."),)
    met = Met(share, _because(wanted, code, activity))
    return (met, Unpublished(_BY_NAME, _ASK, is_hard=True)) if is_named else (met,)


@lru_cache(maxsize=50_000)
def closeness(wanted: str, code: str) -> float:
    """Return how near two trades are, from 0 to 1: by the tree of the NAF, else equal or not."""
    if wanted == code:
        return 1.0
    if not (_NAF.fullmatch(wanted) and _NAF.fullmatch(code)):
        return 0.0
    length = min(len(wanted), len(code))
    if wanted[:length] == code[:length]:
        return 1.0
    return next(
        (near for characters, near, _ in _CLOSENESS if wanted[:characters] == code[:characters]),
        0.0,
    )


def _because(wanted: Wanted, code: str, activity: Activity) -> str:
    told = f" ({activity.label})" if activity.label and activity.label != code else ""
    ground = activity.because or ("déclaré" if activity.basis is Basis.DECLARED else "déduit")
    read = f" ; lu dans le besoin : {wanted.because}" if wanted.because else ""
    does = "Exercerait" if activity.basis is Basis.NAMED else "Exerce"
    if wanted.code == code:
        return f"{does} le métier demandé, {code}{told}, {ground}{read}."
    kinship = next((name for n, _, name in _CLOSENESS if wanted.code[:n] == code[:n]), "voisin")
    return f"{does} {code}{told}, {kinship} que {wanted.code}, {ground}{read}."
