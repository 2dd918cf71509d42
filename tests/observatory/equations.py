"""What subtraction may recover: a value follows from others when it is a combination of them."""

from fractions import Fraction


def follows(target, rows):
    """Whether `target` is a linear combination of `rows`, all as coefficients of the same unknowns."""
    return _rank(rows) == _rank([*rows, target])


def total(chosen, unknowns):
    """Return the sum of the chosen unknowns as coefficients."""
    return [Fraction(int(unknown in chosen)) for unknown in unknowns]


def _rank(rows):
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column] / rows[rank][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank
