"""Name the kinds and columns of the tokens of facts."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

WORD, NAME, DOUBTFUL, FIGURE, GLUED, ORDINARY = range(6)
"""Kinds of tokens. NAME begins with a capital inside a sentence; DOUBTFUL has a capital that its place explains;
GLUED is a figure with letters at it, as in "A4" or a misread word; ORDINARY is a doubtful one that the text writes
small elsewhere."""

(
    HASH,
    STEM,
    KIND,
    WORD_CLASS,
    SENTENCE,
    QUOTED,
    START,
    END,
    MANTISSA,
    EXPONENT,
    LETTERS,
    JOINED,
    GAP,
    LINE,
    CAPITALS,
    UNIT_OF,
) = range(16)
TOKEN_COLUMNS: Final = 16
"""Columns of tokens: int64[tokens, TOKEN_COLUMNS].

HASH and STEM (of five letters) are 64-bit hashes; SENTENCE counts sentences; START and END are code points; a figure
is MANTISSA times ten to EXPONENT; JOINED: only a hyphen is before it. LETTERS and CAPITALS count those of a word. GAP
is what is before it: nothing, a comma or colon, the end of a line, or the end of a sentence. UNIT_OF is the number of
a figure's unit, with RECKONED where it is a time and ORDINAL where it is one.
"""

GAP_NONE, GAP_COMMA, GAP_LINE, GAP_SENTENCE = range(4)
