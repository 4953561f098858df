"""How sure a whole claim is: its words, its speaker, the speaker's name. Fitted to claims that two readers judged."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from functools import cache
from typing import Final

from service.enrich.quotes.found import Attribution
from service.languages.en.open_speakers import NOBODY_KNOWN, NOBODY_NAMED, POINTS_ELSEWHERE, UNNAMED_SOURCE
from service.records import Speaker

# Each weight is an addition to the log-odds of "an editor would publish it as it stands".
ESTIMATE_WEIGHT: Final = 0.8
"""Weight of the log-odds of what the model and the name's finder estimate."""
BASE: Final = 0.8
"""Log-odds of a long quotation of a person with name and office whose estimate is even."""
UNMARKED: Final = -0.6
"""Words without quotation marks: their edges are uncertain."""
UNMARKED_OF_PRONOUN: Final = -0.5
"""Words without marks that "he" said: both he and they lean on the sentence before."""
UNMARKED_OF_UNNAMED: Final = -1.0
"""Words without marks of nobody or of an unnamed source: nobody answers for them, and they are not exact either."""
NOBODY: Final = -1.2
"""Words beside which nobody is found who speaks."""
OPEN: Final = -5.0
"""A speaker without a name whose phrase points elsewhere: "the report", "his adviser", "he"."""
OPEN_QUOTATION: Final = -3.3
"""A quotation of a speaker without a name. Only a long and sure one is left, which threads join by its words."""
DOCUMENT_QUOTATION: Final = -1.6
"""A quotation of a document that is not named, "the statement": a long one is worth reading, whoever wrote it."""
OPEN_MAX: Final = 0.6
"""Maximum share of claims that can stand whose speaker is left open."""
UNRESOLVED: Final = -1.0
"""A pronoun without an antecedent, or someone whom nobody could name, in a text too short to tell more."""
ANONYMOUS: Final = -1.5
"""A source left unnamed on purpose: "a White House official", "some economists"."""
NO_ROLE: Final = -0.4
"""A name without an office or trade: the text did not introduce the speaker in full."""
BY_ROLE: Final = -0.3
"""A name that was found by an office, an authorship or a relative clause."""
BARE_NAME: Final = -0.9
"""A name of one word of which nobody knows whether it is a person or a body."""
LENGTH_WEIGHT: Final = 0.5
"""Weight of the logarithm of the content's length: short words say little by themselves."""
LENGTH_MIN, LENGTH_MAX = 10, 200
"""Lengths of content between which it counts, in characters."""
INTRODUCED_CHARS_MIN: Final = 1_000
"""Characters of a text from which it introduces its speakers: in a shorter one, a flash or a brief, a bare name or "the
ministry" is all that there is, and short words are the story."""
SHARES: Final = (0.0, 0.5, 0.7, 1.0)
CONFIDENCES: Final = (0.0, 0.3, 0.7, 1.0)
"""Shares of claims that can stand and what they are told as: from .7 on as they are, and below it lower, so that of all
from .3 on, the default of `enrich.confidence_min`, four of five can stand and of those that can few are left out."""
ESTIMATE_MAX: Final = 0.99
"""Largest estimate that is believed."""
ESTIMATE_MARGIN: Final = 1e-9
"""Maximum error of an estimate that is computed back from a confidence."""
DOUBTED: Final = 0.3
"""Estimate below which the rules say that nobody said it: what is left of the probability falls with it."""

_INDIRECT = frozenset({"role", "author", "relative"})
_SHORT_PHRASE = 2
"""Number of words up to which "a spokesman" and "one man" tell nothing, and from which "police officials" does."""


def whole_confidence(attribution: Attribution, speaker: Speaker | None, chars: int) -> float:
    """Return the probability that a claim of a text of so many characters is publishable as it stands."""
    sure = 1.0 if speaker is None else speaker.name_confidence or 1.0
    estimate = min(ESTIMATE_MAX, attribution.confidence * sure)
    if estimate <= 0.0:
        return 0.0
    odds = BASE + ESTIMATE_WEIGHT * math.log(estimate / (1.0 - estimate))
    introduced = chars >= INTRODUCED_CHARS_MIN
    shortness = _shortness(attribution) if introduced else 0.0
    is_open = speaker is not None and speaker.name is None and _is_open(speaker, introduced=introduced)
    if not is_open:
        odds += _of_speaker(speaker, introduced=introduced) + LENGTH_WEIGHT * shortness
        odds += 0.0 if attribution.marked else _of_unmarked(speaker, introduced=introduced)
    elif not introduced:
        odds += UNRESOLVED
    else:
        odds += _of_quotation(speaker) + shortness if attribution.marked else OPEN
    share = min(1.0, estimate / DOUBTED) / (1.0 + math.exp(-odds))
    return _between(share if not is_open or share < OPEN_MAX else OPEN_MAX, SHARES, CONFIDENCES)


@cache
def least_estimate(confidence: float, *, marked: bool) -> float:
    """Return an estimate below which no claim has a confidence, whoever says it and however long it is."""
    share = _between(confidence, CONFIDENCES, SHARES)
    if not 0.0 < share < 1.0:
        return 0.0 if share <= 0.0 else 1.0
    odds = math.log(share / (1.0 - share)) - BASE - (0.0 if marked else UNMARKED)
    return 1.0 / (1.0 + math.exp(-odds / ESTIMATE_WEIGHT)) - ESTIMATE_MARGIN


def _between(value: float, points: Sequence[float], values: Sequence[float]) -> float:
    """Return what stands for a value between the points to either side of it, in a straight line."""
    at = max(0, bisect.bisect_left(points, value) - 1)
    slope = (values[at + 1] - values[at]) / (points[at + 1] - points[at])
    return slope * (value - points[at]) + values[at]


def _shortness(attribution: Attribution) -> float:
    """Return the logarithm of the content's length as a share of LENGTH_MAX: 0 for long words, less for short ones."""
    length = 0
    for start, end in attribution.segments:
        length += end - start
    if length >= LENGTH_MAX:
        return 0.0
    return math.log((length if length > LENGTH_MIN else LENGTH_MIN) / LENGTH_MAX)


def _is_open(speaker: Speaker, *, introduced: bool) -> bool:
    """Tell whether the phrase of a speaker without a name leaves open who it means."""
    if introduced:
        return not _is_anonymous(speaker)
    words = speaker.text.lower().split()
    return not words or words[0] in NOBODY_KNOWN or (len(words) == 1 and words[0] in NOBODY_NAMED)


def _of_quotation(speaker: Speaker | None) -> float:
    """Return what a speaker left open adds to the log-odds of a quotation."""
    if speaker is not None and (speaker.kind == "document" or speaker.text.lower() == "it"):
        return DOCUMENT_QUOTATION
    return OPEN_QUOTATION


def _of_speaker(speaker: Speaker | None, *, introduced: bool) -> float:
    """Return what a speaker who is not left open adds to the log-odds."""
    if speaker is None:
        return NOBODY
    if not introduced:
        return 0.0
    if speaker.name is None:
        return ANONYMOUS
    added = BY_ROLE if speaker.resolved_by in _INDIRECT else 0.0
    if speaker.role is None:
        added += NO_ROLE
    if speaker.kind is None and " " not in speaker.name:
        added += BARE_NAME
    return added


def _of_unmarked(speaker: Speaker | None, *, introduced: bool) -> float:
    """Return what words without marks add to the log-odds."""
    if not introduced:
        return UNMARKED
    if speaker is None or speaker.name is None:
        return UNMARKED + UNMARKED_OF_UNNAMED
    return UNMARKED + (UNMARKED_OF_PRONOUN if speaker.resolved_by == "pronoun" else 0.0)


def _is_anonymous(speaker: Speaker) -> bool:
    """Tell whether a phrase tells a reader who spoke, though it names nobody; the role is what it was called before."""
    if speaker.role is not None:
        return True
    text = speaker.text
    words = text.lower().split()
    if not words or words[0] in POINTS_ELSEWHERE or "," in text or "'s" in text or "’s" in text:
        return False
    if words[0] not in UNNAMED_SOURCE:
        return speaker.kind == "group" and len(words) >= _SHORT_PHRASE
    counted = words[0] not in ("a", "an", "one") and speaker.kind == "group"
    return len(words) > _SHORT_PHRASE or counted
