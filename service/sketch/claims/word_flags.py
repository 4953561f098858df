"""How a word is a number: 27 bits of a hash of its stem above, what kind of word it is below.

CONTENT, NUMBER and NAME are set for a word as it stands in a text; FIRST, TAKEN and NAME once more for the words of one
claim (service/sketch/claims/claim_facets.py).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint32]

CONTENT: Final = 1
"""Flag of a word that says something by itself."""
NAME: Final = 2
"""Flag of a word with a capital letter; in a claim, of one that does not open its text."""
NUMBER: Final = 4
"""Flag of a word that begins with a digit."""
FIRST: Final = 8
"""Flag of the first of equal stems in a claim."""
TAKEN: Final = 16
"""Flag of a word that belongs to a figure."""
HASH_SHIFT: Final = 5
"""Number of bits of the flags."""
