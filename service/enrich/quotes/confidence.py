"""How sure a whole claim is: its words, its speaker, the speaker's name. Calibrated on claims that a reader judged."""

from __future__ import annotations

import bisect
from typing import Final

from service.enrich.quotes.found import Attribution
from service.languages.en.reporting import NOBODY_KNOWN, NOBODY_NAMED
from service.records import Speaker

UNRESOLVED_PRONOUN = 0.6
"""What a pronoun without an antecedent leaves of the confidence."""
NOBODY_FOUND = 0.85
"""What a quotation leaves of it beside whose verb of saying nobody was found who speaks."""
NOBODY = 0.4
"""What a statement of nobody, or of someone whom nobody could name ("those who argue"), leaves of it."""
ESTIMATES: Final = (0.0, 0.3, 0.5, 0.6, 0.7, 0.9, 1.0)
PUBLISHABLE: Final = (0.0, 0.04, 0.2, 0.5, 0.7, 0.92, 0.98)
"""What the model's estimate of a claim means: the share of such claims that an editor would publish as they stand."""


def whole_confidence(attribution: Attribution, speaker: Speaker | None) -> float:
    """Return the probability that a claim is publishable as it stands."""
    estimate = attribution.confidence
    if speaker is None:
        if not attribution.marked:
            estimate *= NOBODY
        elif attribution.cue is not None:
            estimate *= NOBODY_FOUND
    elif speaker.name is not None:
        estimate *= speaker.name_confidence or 1.0
    else:
        first, *others = speaker.text.lower().split(" ", 1)
        someone = first == "one" and others and not others[0].startswith(("who", "that"))
        if first in NOBODY_KNOWN and not someone:
            estimate *= NOBODY
        elif first in NOBODY_NAMED and not others:
            estimate *= UNRESOLVED_PRONOUN
    return _publishable(estimate)


def _publishable(estimate: float) -> float:
    """Return what an estimate from 0 to 1 means, on a line between the two estimates beside it."""
    if estimate >= ESTIMATES[-1]:
        return PUBLISHABLE[-1]
    at = bisect.bisect_right(ESTIMATES, estimate) - 1
    slope = (PUBLISHABLE[at + 1] - PUBLISHABLE[at]) / (ESTIMATES[at + 1] - ESTIMATES[at])
    return slope * (estimate - ESTIMATES[at]) + PUBLISHABLE[at]
