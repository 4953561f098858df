"""What the two passes look at: templates over the columns of a token and its neighbours."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.templates import Part, Template, columns_read

# labels of the first pass
OUT, CUE_B, CUE_I, SOURCE_B, SOURCE_I, CONTENT_B, CONTENT_I = range(7)
FIRST_LABELS = 7
# labels of the second pass: one cue is given
OUT2, SOURCE2_B, SOURCE2_I, CONTENT2_B, CONTENT2_I = range(5)
SECOND_LABELS = 5

# columns of the second pass, after those of the token; "the cue" is the one this window is about
(
    RELATIVE,  # signed distance to the cue
    SIDE,  # before, in or after the cue, and how many sentences away
    CUE_WORD,
    CUE_CLUSTER,
    CUE_NEXT,  # word after the cue
    CUE_LAST,  # word before it
    CUES_BETWEEN,  # other candidate cues between here and the cue
    COMMAS_BETWEEN,
    FIRST_LABEL,  # what the first pass says of this token
    SOURCES_BETWEEN,  # and how many sources it sees between here and the cue
    CONTENTS_BETWEEN,
    PASSAGES_BETWEEN,
    OPENERS_BETWEEN,
    SOURCE_SURE,  # posterior of the first pass, in classes
    CONTENT_SURE,
    CUE_KIND,
    CUE_WIDTH,
    SENTENCE_SHOWS,  # which of source and content the first pass saw in the cue's sentence, before and after
    IS_CUE,  # another candidate
) = range(c.COLUMNS, c.COLUMNS + 19)
SECOND_COLUMNS = c.COLUMNS + 19


def _around(column: int, *offsets: int) -> list[Template]:
    return [((column, offset),) for offset in offsets]


def _row(column: int, *offsets: int) -> Template:
    return tuple((column, offset) for offset in offsets)


def _here(*columns: int) -> Template:
    return tuple((column, 0) for column in columns)


FIRST: tuple[Template, ...] = (
    *_around(c.WORD, -3, -2, -1, 0, 1, 2, 3),
    *(_row(c.WORD, offset, offset + 1) for offset in (-2, -1, 0, 1)),
    _row(c.WORD, -1, 1),
    *_around(c.SUFFIX3, 0, -1, 1),
    *_around(c.SUFFIX2, 0),
    *_around(c.MIDDLE, -2, -1, 0, 1, 2),
    *(((c.KIND, offset), (c.COARSE, offset)) for offset in (-2, -1, 0, 1, 2)),
    *_around(c.FINE, -1, 0, 1),
    _row(c.MIDDLE, -1, 0),
    _row(c.MIDDLE, 0, 1),
    _row(c.COARSE, -1, 0, 1),
    _row(c.COARSE, -2, -1, 0),
    _row(c.COARSE, 0, 1, 2),
    _row(c.SHAPE, -1, 0, 1),
    _row(c.KIND, -1, 0, 1),
    _row(c.KIND, -2, -1, 0),
    _row(c.KIND, 0, 1, 2),
    _here(c.CUE_BEFORE_FAR, c.CUE_AFTER_FAR),
    _here(c.CUE_BEFORE_FAR, c.SHAPE),
    _here(c.CUE_BEFORE, c.SHAPE, c.OPENER),
    _here(c.CUE_AFTER, c.SHAPE, c.OPENER),
    _here(c.COMMAS, c.KIND),
    _here(c.PASSAGE_FAR, c.SENTENCE_HOLDS),
    _here(c.SENTENCE_FROM, c.SENTENCE_TO),
    _here(c.PARAGRAPH, c.KIND),
    _here(c.NEIGHBOUR_HOLDS, c.SENTENCE_HOLDS),
    _here(c.OPENER_AFTER, c.OPENER_AFTER_FAR),
    _here(c.OPENER_AFTER, c.CUE_AFTER_FAR),
    _here(c.OPENER_BEFORE, c.MIDDLE),
)


def _beside(*parts: Part) -> Template:
    return (*parts, (SIDE, 0))


SECOND: tuple[Template, ...] = (
    *(_beside((c.WORD, offset)) for offset in (-2, -1, 0, 1, 2)),
    _beside((c.WORD, -1), (c.WORD, 0)),
    _beside((c.WORD, 0), (c.WORD, 1)),
    *(_beside((c.MIDDLE, offset)) for offset in (-1, 0, 1)),
    _row(c.COARSE, -1, 0, 1),
    _beside(*_row(c.KIND, -1, 0, 1)),
    _beside(*_row(c.SHAPE, -1, 0, 1)),
    _here(RELATIVE, CUE_WORD),
    _here(RELATIVE, CUE_CLUSTER),
    _here(RELATIVE, CUE_KIND, SENTENCE_SHOWS),
    _here(RELATIVE, c.KIND),
    _here(RELATIVE, CUE_NEXT),
    _here(SIDE, CUE_WORD, c.KIND),
    _here(SIDE, CUE_NEXT, c.OPENER),
    _here(SIDE, CUE_LAST, c.OPENER),
    _beside(*_row(FIRST_LABEL, -1, 0, 1)),
    _here(SIDE, FIRST_LABEL, CUE_WORD),
    _here(SIDE, FIRST_LABEL, CUE_CLUSTER),
    _here(RELATIVE, FIRST_LABEL),
    _here(SIDE, FIRST_LABEL, CUES_BETWEEN, COMMAS_BETWEEN),
    _here(SIDE, FIRST_LABEL, SENTENCE_SHOWS),
    _here(SIDE, SOURCES_BETWEEN, CONTENTS_BETWEEN, SENTENCE_SHOWS),
    _here(SIDE, SOURCES_BETWEEN, CUE_WORD),
    _here(SIDE, SOURCES_BETWEEN, CUES_BETWEEN),
    _here(SIDE, CONTENTS_BETWEEN, CUES_BETWEEN),
    _here(SIDE, SOURCES_BETWEEN, CUE_NEXT),
    _here(SIDE, CONTENTS_BETWEEN, CUE_NEXT),
    _here(SIDE, SOURCES_BETWEEN, c.KIND),
    _here(SIDE, CUES_BETWEEN, PASSAGES_BETWEEN),
    _here(SIDE, SOURCE_SURE, CONTENT_SURE),
    _beside(*_row(SOURCE_SURE, -1, 0, 1)),
    _beside(*_row(CONTENT_SURE, -1, 0, 1)),
    _here(SIDE, CONTENT_SURE, CONTENTS_BETWEEN, CUES_BETWEEN),
    _here(SIDE, c.KIND, PASSAGES_BETWEEN, SENTENCE_SHOWS),
    _here(SIDE, c.OPENER_BEFORE, c.OPENER_BEFORE_FAR),
    _here(SIDE, c.OPENER_AFTER, c.OPENER_AFTER_FAR),
    _here(SIDE, c.SENTENCE_TO, c.KIND),
    _here(SIDE, CUE_WIDTH, CUE_NEXT),
    _here(SIDE, IS_CUE),
    _here(SIDE, c.FINE),
)

SECOND_WORD_COLUMNS = tuple(column for column in columns_read(SECOND) if column < c.COLUMNS)
"""The columns of a token that the second pass looks at."""
