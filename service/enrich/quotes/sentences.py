"""Where sentences and paragraphs end."""

from __future__ import annotations

import numpy as np

from service.compiled import compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s

SENTENCE_TOKENS_MAX = 250
"""Maximum number of tokens of a sentence; a longer one is cut, so that work on a sentence stays bounded."""


@compiled
def number_sentences(flags: Int32s, starts: Int32s, ends: Int32s) -> tuple[Int32s, Int32s]:
    """Number the sentence and the paragraph of every token.

    A full stop ends a sentence unless it follows an abbreviation at once; then only if a word like "The" follows
    (not `the U.S. First Army`), and behind a title or an initial a plain one. A passage ends one when it ends like
    one and no verb of saying follows: `"Go." She left.` but `"Go!" she said.`
    """
    count = len(flags)
    sentences = np.empty(count, np.int32)
    paragraphs = np.empty(count, np.int32)
    sentence, paragraph, length = 0, 0, 0
    begins = c.MAY_BEGIN | c.BREAKS | c.MARKED
    for token in range(count):
        sentences[token] = sentence
        paragraphs[token] = paragraph
        length += 1
        flag = flags[token]
        ended = False
        if flag & c.BREAKS:
            ended = True
            paragraph += 1
        elif token + 1 < count:
            following = flags[token + 1]
            if flag & c.ENDS:
                short = (
                    token > 0 and flags[token - 1] & c.ABBREVIATED != 0 and ends[token - 1] == starts[token]
                )
                opens = following & c.MAY_BEGIN and following & c.OPENS
                if short and opens and flags[token - 1] & c.GOES_ON == 0:
                    named = flags[token - 1] & c.TITLED != 0 or ends[token - 1] - starts[token - 1] == 1
                    short = named and following & c.COMMON == 0
                ended = (not short or following & c.BREAKS != 0) and following & begins != 0
            elif flag & c.SHUTS and token > 0 and flags[token - 1] & c.ENDS:
                ended = following & begins != 0
            elif flag & c.MARKED_ENDS:
                if following & c.MARKED:
                    ended = True
                elif following & c.MAY_BEGIN:
                    says = 0
                    for near in range(token + 1, min(count, token + (3 if flag & c.MARKED_STOPS else 6))):
                        says |= flags[near] & c.SPEAKS
                    ended = says == 0
            elif length >= SENTENCE_TOKENS_MAX:
                ended = True
        if ended:
            sentence += 1
            length = 0
    return sentences, paragraphs


@compiled
def sentence_bounds(starts: Int32s, ends: Int32s, flags: Int32s, sentences: Int32s) -> tuple[Int32s, Int32s]:
    """Return starts and ends of the sentences that are not mere line breaks, in order."""
    lows, highs = np.empty(len(starts), np.int32), np.empty(len(starts), np.int32)
    count, number = 0, -1
    for token in range(len(starts)):
        if flags[token] & c.BREAKS:
            continue
        if sentences[token] != number:
            number = sentences[token]
            lows[count] = starts[token]
            count += 1
        highs[count - 1] = ends[token]
    return lows[:count].copy(), highs[:count].copy()
