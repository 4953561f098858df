"""Is a text English enough for the rules and the model that find speakers?"""

from __future__ import annotations

import numpy as np

from service.core.quotes import columns as c
from service.core.quotes.tokens import Tokens

SAMPLE_TOKENS = 1_000
WORDS_MIN = 25
"""Below this the text says too little about its language, and a language tag decides."""
SHARE_MIN = 0.2
"""Running English has 35 to 45 % of the commonest words; the nearest other languages stay below 15 %."""


def is_english(tokens: Tokens, tag: str | None = None) -> bool:
    """Judged by the share of the commonest English words; `tag` (BCP 47) counts for very short texts only."""
    shapes = tokens.attributes[:SAMPLE_TOKENS, c.SHAPE]
    words = (shapes >= c.SHAPE_CAPITALS) & (shapes <= c.SHAPE_LOWER)
    count = int(np.count_nonzero(words))
    if count < WORDS_MIN:
        if tag:
            return tag.lower().split("-")[0] in ("en", "eng", "english")
        return tokens.text.isascii() or all(letter.isascii() for letter in tokens.text if letter.isalpha())
    common = np.count_nonzero(tokens.flags[: len(shapes)][words] & c.COMMON)
    return bool(common >= SHARE_MIN * count)
