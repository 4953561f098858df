"""When two quotations, or two statements, are the same: rules as rows of bars, each of which is enough.

`copydesk explain THREAD` reads the same rows, so what it says is what was decided.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.claims.stem_weights import UNIT

Bars = npt.NDArray[np.int64]

(WHO, SHARE, BOTH, MASS, RUN, COUNT, PLAIN, DAYS) = range(8)
MEASURES: Final = 8
"""Columns of a row, and of what is measured. SHARE: of the smaller side's weight, and BOTH: of that of both together,
in thousandths. MASS: weight in common, in sixty-fourths. RUN: words in a row. COUNT: common stems. PLAIN: those of them
that are neither names nor numbers. All are lowest values but DAYS, days apart at most, and WHO."""

SAME_SPEAKER: Final = 1
UNKNOWN_SPEAKER: Final = 0
OTHER_SPEAKER: Final = -1
NOT_OTHER: Final = 2
"""Values of WHO; NOT_OTHER in a row stands for SAME_SPEAKER and UNKNOWN_SPEAKER."""

STORY_SPEAKER: Final = 3
"""Who said two quotations, where one speaker is not known and both articles tell one story: taken for one speaker if
enough is the same, else for unknown."""
STORY_PLAIN_MIN: Final = 3
STORY_FEW_MIN: Final = 2
STORY_SHARE_MIN: Final = 800
"""Minimum number of plain stems in common for that, or fewer with this share of the smaller side, in thousandths:
others use the terms of a story too."""

ANY_DAYS: Final = 10**6


def _row(
    who: int,
    share: float = 0,
    both: float = 0,
    mass: float = 0,
    run: int = 0,
    count: int = 0,
    plain: int = 0,
    days: int = ANY_DAYS,
) -> list[int]:
    return [who, round(share * 1_000), round(both * 1_000), round(mass * UNIT), run, count, plain, days]


QUOTED: Final[Bars] = np.array(
    [
        _row(NOT_OTHER, share=0.25, mass=3, run=6, plain=2),
        _row(SAME_SPEAKER, share=0.55, mass=8, run=3),
        _row(SAME_SPEAKER, share=0.55, mass=6, run=3, plain=3, days=3),
        _row(SAME_SPEAKER, share=0.9, mass=4, run=3, days=3),
        _row(UNKNOWN_SPEAKER, share=0.65, mass=8, run=3, count=3, plain=2, days=3),
        _row(UNKNOWN_SPEAKER, share=0.65, mass=8, run=4, count=3, plain=2),
        _row(UNKNOWN_SPEAKER, share=0.9, mass=7.9, run=4, plain=2),
        _row(OTHER_SPEAKER, share=0.8, mass=18, run=5),
        _row(OTHER_SPEAKER, share=0.8, both=0.6, mass=9, run=5),
        _row(OTHER_SPEAKER, share=0.8, both=0.9, run=7),
        _row(NOT_OTHER, share=0.9, run=6),
    ]
)
"""Quotations. MASS and SHARE are of the heaviest common subsequence."""
STATED: Final[Bars] = np.array(
    [
        _row(SAME_SPEAKER, both=0.28, mass=10, plain=2, days=8),
        _row(SAME_SPEAKER, share=0.75, both=0.2, mass=10, plain=2, days=3),
        _row(UNKNOWN_SPEAKER, both=0.42, mass=14, plain=3, days=5),
        _row(NOT_OTHER, share=0.6, mass=8, run=6, plain=3),
        _row(OTHER_SPEAKER, both=0.7, mass=18, plain=4, days=3),
    ]
)
"""Statements. MASS and SHARE are of common stems in any order."""


@borrowing
def first_met(rows: Bars, measured: Bars) -> int:
    """Return the first row whose bars are all met, -1 where none is."""
    for i in range(rows.shape[0]):
        who = measured[WHO]
        if rows[i, WHO] != who and not (rows[i, WHO] == NOT_OTHER and who >= UNKNOWN_SPEAKER):
            continue
        met = measured[DAYS] <= rows[i, DAYS]
        for column in range(SHARE, DAYS):
            met &= measured[column] >= rows[i, column]
        if met:
            return i
    return -1
