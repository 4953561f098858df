"""Is a text English enough for the rules and the model that find speakers?"""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.tokens import Tokens

SAMPLE_TOKENS = 1_000
WORDS_MIN = 25
"""Below this the text says too little about its language, and a language tag decides."""
SHARE_MIN = 0.2
"""Running English has 35 to 45 % of the commonest words; the nearest other languages stay below 15 %."""


def is_english(tokens: Tokens, tag: str | None = None) -> bool:
    """Judged by the share of the commonest English words; `tag` (BCP 47) counts for very short texts only."""
    count, common = _count(tokens.attributes[:SAMPLE_TOKENS], tokens.flags)
    if count < WORDS_MIN:
        if tag:
            return tag.lower().split("-")[0] in ("en", "eng", "english")
        return tokens.text.isascii() or all(letter.isascii() for letter in tokens.text if letter.isalpha())
    return common >= SHARE_MIN * count


@borrowing
def _count(attributes: Int32s, flags: Int32s) -> tuple[int, int]:
    """Words, and those among them that are the commonest of English."""
    count, common = 0, 0
    for token in range(len(attributes)):
        if c.SHAPE_CAPITALS <= attributes[token, c.SHAPE] <= c.SHAPE_LOWER:
            count += 1
            common += flags[token] & c.COMMON != 0
    return count, common
