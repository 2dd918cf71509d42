"""What asks for nothing: a greeting, a trial, chatter, a reference number; told from a need by what it is nearest to.

Measured with the labels, notes and products of the NAF as what is known: of 8 000 titles of public contracts of
early 2021 (BOAMP), 58 bare references and 6 others are refused, of which 5 name no trade (« TRAVAUX », an
address); of 2 181 phrases of notes of the NAF, 3. Of 57 pieces of small talk none of which was seen
when the list was first written, 48 are refused.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from essor.language.vectors import encode

# A number, a year, a reference: « E21_0607 » names a file of the buyer, and says nothing of what is bought.
_NUMBERED = re.compile(r"\S*\d\S*")


def asks_nothing(text: str, known: NDArray[np.float32]) -> bool:
    """Return whether `text` has no word, or is nearer to small talk than to every text known.

    `known` holds one vector of length 1 per text that says what a trade is. Shape: (texts, `DIMENSIONS`).
    """
    words = _NUMBERED.sub(" ", text)
    if not any(map(str.isalpha, words)):
        return True
    (vector,) = encode([words])
    return bool((_small_talk() @ vector).max() > (known @ vector).max(initial=0.0))


@cache
def _small_talk() -> NDArray[np.float32]:
    read = tomllib.loads(files("essor.language").joinpath("small_talk.toml").read_text("utf-8"))
    return encode([text for texts in read.values() for text in texts])
