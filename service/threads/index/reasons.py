"""Why two figures of one measure may differ."""

from __future__ import annotations

from typing import Any, Final

from service.compiled import borrowing
from service.sketch.claims.facet_words import DATES, SPEAKER
from service.threads.index.postings import Places
from service.threads.said import same_speaker
from service.threads.same_figure import is_rounding

ROUNDING: Final = 1
PERIOD: Final = 2
PUBLISHED_LATER: Final = 4
OTHER_SPEAKER: Final = 8
"""Reasons for which two figures may differ, the likeliest first."""


@borrowing
def reasons_for(f: Any, g: Any, head: Places, row: Any, days: int) -> int:
    """Return what may explain two values of one measure; 0: nothing that we know."""
    reasons = ROUNDING if is_rounding(f, g) else 0
    if head[DATES] != 0 and row.dates != 0 and head[DATES] != row.dates:
        reasons |= PERIOD
    if days >= 1:
        reasons |= PUBLISHED_LATER
    if same_speaker(head[SPEAKER], row.speaker) == -1:
        reasons |= OTHER_SPEAKER
    return reasons
