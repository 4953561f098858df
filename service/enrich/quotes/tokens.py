"""Text -> tokens with attributes. A marked passage is one token: nothing inside it is analysed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s, Points, classes, folds, points_of
from service.enrich.quotes.cutting import cut
from service.enrich.quotes.places import describe_places
from service.enrich.quotes.quotation_marks import find_passages
from service.enrich.quotes.sentences import number_sentences
from service.enrich.quotes.vocabulary import Vocabulary
from service.enrich.quotes.words import describe_words

DESCRIBED_TOKENS_MAX = 120_000
"""Tokens that get attributes; a text of more is some 700,000 characters long."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text. One entry a token, except `attributes`, which ends at DESCRIBED_TOKENS_MAX."""

    text: str
    starts: Int32s
    ends: Int32s
    flags: Int32s
    sentences: Int32s
    paragraphs: Int32s
    attributes: Int32s  # [tokens, columns.COLUMNS]
    passages: Int32s  # [passages, 3]: start, end, 1 if closed

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def described(self) -> int:
        """Count the tokens that have attributes."""
        return len(self.attributes)


def tokenise(text: str, vocabulary: Vocabulary, points: Points | None = None) -> Tokens:
    """Cut `text` into tokens with all attributes, in time linear in the text; `points` are its code points."""
    if points is None:
        points = points_of(text)
    table, folded = classes(), folds()
    passages = find_passages(points, table)
    starts, ends, passage_of = cut(points, table, passages)
    count = min(len(starts), DESCRIBED_TOKENS_MAX)
    attributes = np.empty((c.COLUMNS, count), np.int32).T  # each column in one piece of memory
    flags = describe_words(
        points,
        table,
        folded,
        passages,
        starts,
        ends,
        passage_of,
        vocabulary.keys,
        vocabulary.values,
        attributes,
    )
    sentences, paragraphs = number_sentences(flags, starts, ends)
    describe_places(attributes, sentences, paragraphs)
    return Tokens(text, starts, ends, flags, sentences, paragraphs, attributes, passages)
