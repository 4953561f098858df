"""Where reading a text becomes too dear, as both passes of the model find it: by the windows and by the drafts.

Cue words and characters alone do not tell: of as many cue words, one text makes windows of eighty words for each and no
claim, another a claim of four speakers for each, over which rules go one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.drafts import Draft

WINDOW_TOKENS_PER_CHAR = 0.42
"""Tokens of windows, which the second pass reads, for each character that a text may have: 100,000 characters may take
17 ms. The dearest of 8,000 articles takes 29,200."""
CANDIDATE_TOKENS = 20
"""Tokens of a window that cost as much as a candidate by itself."""
DRAFT_EFFORT_PER_CHAR = 0.7
"""Effort of drafts for each character that a text may have, in quarters of a microsecond: 100,000 characters may take
some 20 ms. The dearest of 8,000 articles, with 266 drafts, takes 68,000."""
DRAFT_EFFORT, SPEAKER_TOKEN_EFFORT = 200, 16
"""Effort of the rules for a draft, and for each token of its speaker."""


def excess_of_windows(candidates: Candidates, chars_max: int) -> int:
    """Find the first token of the candidate whose window is one too many; -1 if there is none."""
    spent = candidates.offsets[1:] + CANDIDATE_TOKENS * np.arange(1, len(candidates) + 1)
    kept = int(np.searchsorted(spent, WINDOW_TOKENS_PER_CHAR * chars_max, side="right"))
    return int(candidates.firsts[kept]) if kept < len(candidates) else -1


def excess_of_drafts(drafts: Sequence[Draft], chars_max: int) -> int:
    """Find the first token of the draft, of drafts in order, that is one too many; -1 if there is none."""
    left = DRAFT_EFFORT_PER_CHAR * chars_max
    for draft in drafts:
        left -= DRAFT_EFFORT
        if draft.source is not None:
            left -= SPEAKER_TOKEN_EFFORT * (draft.source[1] - draft.source[0])
        if left < 0:
            return min(first for first, _ in (*draft.content, draft.source or draft.content[0]))
    return -1
