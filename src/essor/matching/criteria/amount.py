"""Amount: whether the supplier's turnover reaches what a buyer may require for such a contract."""

from datetime import date

from essor.matching.activity import Activity, Supplier
from essor.matching.finding import Finding, Met, Unpublished
from essor.matching.need import Need

# From which day, how many times the value of the contract a required turnover may reach.
# Source: Code de la commande publique, art. R2142-7 (décret n° 2025-1386 for the second).
# https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037730649
_CEILINGS = ((date(2026, 1, 1), 1.5), (date(2019, 4, 1), 2.0))
_CITATION = "Code de la commande publique, art. R2142-7"


def judge(need: Need, supplier: Supplier, _: Activity, day: date) -> tuple[Finding, ...]:
    """Return how far the turnover goes towards the highest one that may be required."""
    if need.amount_eur is None:
        return ()
    turnover = supplier.turnover_eur
    if turnover is None:
        what = f"Son chiffre d’affaires n’est pas publié (marché de {_euros(need.amount_eur)})."
        return (Unpublished(what, "Demander ses derniers comptes."),)
    times = next((times for since, times in _CEILINGS if day >= since), _CEILINGS[-1][1])
    ceiling = times * need.amount_eur
    share = min(1.0, turnover / ceiling) if ceiling > 0 else 0.0
    ending = "est atteint" if share == 1.0 else "n’est pas atteint : un groupement peut y aider"
    return (
        Met(
            max(0.0, share),
            f"Chiffre d’affaires de {_euros(turnover)} ; le plus qu’un acheteur puisse exiger, "
            f"{_euros(ceiling)} ({_CITATION}), {ending}.",
        ),
    )


def _euros(amount: float) -> str:
    return f"{amount:,.0f} €".replace(",", "\u202f")
