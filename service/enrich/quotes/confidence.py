"""How sure a whole claim is: its words, its speaker, the speaker's name. Fitted to claims that two readers judged."""

from __future__ import annotations

import math
from typing import Final

from service.enrich.quotes.found import Attribution
from service.languages.en.reporting import POINTS_ELSEWHERE, UNNAMED_SOURCE
from service.records import Speaker

# Each weight is an addition to the log-odds of "an editor would publish it as it stands".
ESTIMATE_WEIGHT: Final = 0.8
"""Weight of the log-odds of what the model and the name's finder estimate."""
BASE: Final = 0.8
"""Log-odds of a long quotation of a person with name and office whose estimate is even."""
UNMARKED: Final = -0.6
"""Words without quotation marks: their edges are uncertain."""
NOBODY: Final = -1.2
"""Words beside which nobody is found who speaks."""
OPEN: Final = -3.6
"""A speaker without a name whose phrase points elsewhere: "the report", "his adviser", "he"."""
ANONYMOUS: Final = -1.0
"""A source left unnamed on purpose: "a White House official", "some economists"."""
NO_ROLE: Final = -0.4
"""A name without an office or trade: the text did not introduce the speaker in full."""
BY_ROLE: Final = -0.7
"""A name that was found by an office, an authorship or a relative clause."""
BARE_NAME: Final = -0.9
"""A name of one word of which nobody knows whether it is a person or a body."""
LENGTH_WEIGHT: Final = 0.5
"""Weight of the logarithm of the content's length: short words say little by themselves."""
LENGTH_MIN, LENGTH_MAX = 10, 200
"""Lengths of content between which it counts, in characters."""
ESTIMATE_MAX: Final = 0.99
"""Largest estimate that is believed."""
DOUBTED: Final = 0.3
"""Estimate below which the rules say that nobody said it: what is left of the probability falls with it."""

_INDIRECT = frozenset({"role", "author", "relative"})
_SHORT_PHRASE = 2
"""Number of words up to which "a spokesman" and "one man" tell nothing, and from which "police officials" does."""


def whole_confidence(attribution: Attribution, speaker: Speaker | None) -> float:
    """Return the probability that a claim is publishable as it stands."""
    sure = 1.0 if speaker is None else speaker.name_confidence or 1.0
    estimate = min(ESTIMATE_MAX, attribution.confidence * sure)
    if estimate <= 0.0:
        return 0.0
    odds = BASE + ESTIMATE_WEIGHT * math.log(estimate / (1.0 - estimate))
    odds += _of_speaker(speaker)
    if not _is_open(speaker):
        length = sum([end - start for start, end in attribution.segments])
        odds += LENGTH_WEIGHT * math.log(min(LENGTH_MAX, max(length, LENGTH_MIN)) / LENGTH_MAX)
        if not attribution.marked:
            odds += UNMARKED
    return min(1.0, estimate / DOUBTED) / (1.0 + math.exp(-odds))


def _is_open(speaker: Speaker | None) -> bool:
    """Tell whether the phrase leaves open who it means."""
    return speaker is not None and speaker.name is None and not _is_anonymous(speaker)


def _of_speaker(speaker: Speaker | None) -> float:
    """Return what the speaker adds to the log-odds."""
    if speaker is None:
        return NOBODY
    if speaker.name is None:
        return ANONYMOUS if _is_anonymous(speaker) else OPEN
    added = BY_ROLE if speaker.resolved_by in _INDIRECT else 0.0
    if speaker.role is None:
        added += NO_ROLE
    if speaker.kind is None and " " not in speaker.name:
        added += BARE_NAME
    return added


def _is_anonymous(speaker: Speaker) -> bool:
    """Tell whether the phrase alone tells a reader who spoke, though it names nobody."""
    text = speaker.text
    words = text.lower().split()
    if not words or words[0] in POINTS_ELSEWHERE or "," in text or "'s" in text or "’s" in text:
        return False
    if words[0] not in UNNAMED_SOURCE:
        return speaker.kind == "group" and len(words) >= _SHORT_PHRASE
    counted = words[0] not in ("a", "an", "one") and speaker.kind == "group"
    return len(words) > _SHORT_PHRASE or counted
