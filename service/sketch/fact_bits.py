"""Name the kinds and flags of features: what the 32 bits of a fact say."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Features = npt.NDArray[np.uint32]

(
    F_FIGURE,
    F_GLUED,
    F_NOUN,
    F_NAME,
    F_DOUBTFUL,
    F_REVERSING,
    F_SUBJECT,
    F_NEGATION,
    F_AUXILIARY,
    F_RUN,
    F_SENTENCE,
    F_HEADLINE,
    F_LISTED,
    F_RECKONED,
    F_UNIT,
    F_WORD,
) = range(16)
"""Kinds of features.

A figure; one with letters glued to it; a figure and the noun behind it; a name; a capitalised word that may be none; a
reversing word; such a word and the name before it; a negation and its neighbours; an auxiliary and the word behind it;
an ordinary run of two words; all words of a sentence, whatever their order; all words of the headline but its
negations, and its TWIN: all of them; that a sentence says the same of many names, and its TWIN: the word; an ordinal, a
time of day or the month of May, which older versions read as no figure; a figure and its unit, or a word that has an
opposite and a word beside it; an ordinary word of a short text.
"""

KIND_SHIFT: Final = 28
IN_TITLE: Final = 1 << 27
STARTS: Final = 1 << 26
"""The first feature of a sentence."""
IN_QUOTES: Final = 1 << 25
KNOWN_ONLY: Final = 1 << 24
"""A feature that an article is remembered by but never asked for: in a dateline, a credit, or across a line's end."""
TWIN: Final = 1
"""Lowest bit of the hash of the second of two features: asked for only where the match has the first."""
MEMBERS: Final = 7
"""Lowest bits of the hash of F_UNIT: which of the units of a group, or which of opposites."""
OPPOSED: Final = 8
"""Bit of the hash of F_UNIT that tells opposites from units."""
OPPOSED_END: Final = 4
"""Number of opposites of a group, at most."""
HASH_BITS: Final = 24
HASH_MASK: Final = (1 << HASH_BITS) - 1
