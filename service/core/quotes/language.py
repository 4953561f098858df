"""Is a text English enough for the rules and the model that find speakers?"""

from __future__ import annotations

import re

from service.core.lexicon import ENGLISH

SAMPLE_CHARS = 4_000
WORDS_MIN = 25
"""Below this the text says too little about its language, and a language tag decides."""
SHARE_MIN = 0.2
"""Running English has 35 to 45 % of these words; the nearest other languages stay below 15 %."""

_WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str, tag: str | None = None) -> bool:
    """Judged by the share of the commonest English words; `tag` (BCP 47) counts for very short texts only."""
    words = _WORD.findall(text[:SAMPLE_CHARS].lower())
    if len(words) < WORDS_MIN:
        if tag:
            return tag.lower().split("-")[0] in ("en", "eng", "english")
        return all(word.isascii() for word in words)
    return sum(word in ENGLISH for word in words) >= SHARE_MIN * len(words)
