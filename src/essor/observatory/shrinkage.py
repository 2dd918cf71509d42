"""Small numbers: how far a share or a quotient may be trusted, and how far to pull it back."""

from math import sqrt

PRIOR_STAFF = 200.0
"""Jobs of national structure added to a territory before its quotient is read (domain.md H)."""

CONFIDENCE_95 = 1.959963984540054
"""Standard normal quantile of a two-sided interval at 95 %."""


def shrunk_quotient(local: float, local_total: float, national_share: float) -> float | None:
    """Return LQ* = (E_ik + c·s_k) / (E_i + c) / s_k, pulled towards 1 where jobs are few.

    Unknown where the country has no job in the sector.
    """
    if national_share <= 0:
        return None
    pulled = (local + PRIOR_STAFF * national_share) / (local_total + PRIOR_STAFF)
    return pulled / national_share


def trust(jobs: float) -> float:
    """Return the part of an observed departure that is kept: 0 without a job, near 1 with many."""
    return jobs / (jobs + PRIOR_STAFF)


def wilson_interval(successes: int, trials: int) -> tuple[float, float] | None:
    """Return the bounds at 95 % of the share `successes / trials`; unknown without any trial.

    Source: Wilson (1927), Journal of the American Statistical Association 22(158), p. 209–212.
    """
    if trials == 0:
        return None
    z2 = CONFIDENCE_95**2
    share = successes / trials
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    spread = share * (1 - share) / trials + z2 / (4 * trials**2)
    half_width = CONFIDENCE_95 * sqrt(spread) / (1 + z2 / trials)
    return max(0.0, min(share, centre - half_width)), min(1.0, max(share, centre + half_width))
