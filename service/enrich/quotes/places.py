"""The columns of a token's place: nearest cue words, commas, clause openers and passages around it."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s


@borrowing
def near(distance: int) -> int:
    """Classify a distance: 0-4 as they are, then 5-6, 7-10, 11-20, more."""
    if distance <= 4:
        return distance
    return 5 if distance <= 6 else 6 if distance <= 10 else 7 if distance <= 20 else 8


@borrowing
def describe_places(attributes: Int32s, sentences: Int32s, paragraphs: Int32s) -> None:
    """Fill the columns of the place: nearest cue words, commas, clause openers, passages around."""
    a = attributes
    count = len(a)
    first = 0
    marked_before = 0
    while first < count:
        end, cues, passages = first, 0, 0
        while end < count and sentences[end] == sentences[first]:
            cues += a[end, c.KIND] <= c.CUES
            passages += a[end, c.KIND] == c.PASSAGE
            end += 1
        holds = min(cues, 3) * 4 + min(passages, 3)
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(first, end):
            kind = a[t, c.KIND]
            a[t, c.CUE_BEFORE] = -1 if cue < 0 else a[cue, c.WORD]
            a[t, c.CUE_BEFORE_FAR] = -1 if cue < 0 else a[cue, c.KIND] * 16 + near(t - cue)
            a[t, c.COMMAS] = min(commas, 3) * 4
            a[t, c.OPENER_BEFORE] = -1 if opener < 0 else a[opener, c.WORD]
            a[t, c.OPENER_BEFORE_FAR] = 20 + near(t - first) if opener < 0 else near(t - opener)
            a[t, c.SENTENCE_FROM] = near(t - first)
            a[t, c.PASSAGE_FAR] = 0 if passage < 0 else (1 + min(t - passage, 3)) * 8
            a[t, c.PARAGRAPH] = min(paragraphs[t], 3)
            a[t, c.SENTENCE_HOLDS] = holds
            a[t, c.NEIGHBOUR_HOLDS] = marked_before + (4 if passages else 0)
            if kind <= c.CUES:
                cue = t
                commas = 0
            commas += a[t, c.OPENER] == c.COMMA_OPENER
            if 0 <= a[t, c.OPENER] < c.OPENER_LINE:
                opener = t
            if kind == c.PASSAGE:
                passage = t
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(end - 1, first - 1, -1):
            kind = a[t, c.KIND]
            a[t, c.CUE_AFTER] = -1 if cue < 0 else a[cue, c.WORD]
            a[t, c.CUE_AFTER_FAR] = -1 if cue < 0 else a[cue, c.KIND] * 16 + near(cue - t)
            a[t, c.COMMAS] += min(commas, 3)
            a[t, c.OPENER_AFTER] = -1 if opener < 0 else a[opener, c.WORD]
            a[t, c.OPENER_AFTER_FAR] = 20 + near(end - t) if opener < 0 else near(opener - t)
            a[t, c.PASSAGE_FAR] += 0 if passage < 0 else 1 + min(passage - t, 3)
            a[t, c.SENTENCE_TO] = near(end - t)
            if kind <= c.CUES:
                cue = t
                commas = 0
            commas += a[t, c.OPENER] == c.COMMA_OPENER
            if 0 <= a[t, c.OPENER] < c.OPENER_LINE:
                opener = t
            if kind == c.PASSAGE:
                passage = t
        marked_before = 1 if passages else 0
        if end < count and paragraphs[end] != paragraphs[first]:
            marked_before += 2
        first = end
