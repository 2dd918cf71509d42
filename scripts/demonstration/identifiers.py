"""Fictional identifiers: 999, six digits, and a false Luhn key: they can never be anyone's."""

from collections.abc import Iterator

PREFIX = "999"
LAST = 999_999
NIC_STEP = 11  # 00011, 00022, 00033: plainly invented.


def fictional_sirens(first: int = 1) -> Iterator[str]:
    """Return the fictional SIRENs, in increasing order, from the six digits `first`."""
    return (
        siren
        for number in range(first, LAST + 1)
        if not has_luhn_key(siren := f"{PREFIX}{number:06d}")
    )


def has_luhn_key(number: str) -> bool:
    """Return whether the last digit is the key that Insee gives to real numbers."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (digit * 2 for digit in digits[1::2])
    return (
        sum(digits[::2]) + sum(digit - 9 if digit > 9 else digit for digit in doubled)
    ) % 10 == 0


def nic(rank: int) -> str:
    """Return the NIC of the establishment of that rank, from 1."""
    return f"{rank * NIC_STEP:05d}"
