"""Text -> tokens with attributes. A marked passage is one token: nothing inside it is analysed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.core.quotes import columns as c
from service.core.quotes.compiled import compiled
from service.core.quotes.marks import Passage, find_passages
from service.core.quotes.types import SPACE, TypeTable

Int32s = npt.NDArray[np.int32]

SENTENCE_TOKENS_MAX = 250
"""A sentence is cut here if nothing ends it: what looks at sentences stays bounded."""

_PART = re.compile(
    r"\w+(?:[-&]\w+|\.(?![A-Z][a-z])\w+|['’](?!(?:s|re|ve|ll|d|m|t)\b)\w+)* ?"
    r"|['’](?:s|re|ve|ll|d|m|t)\b ?"
    r"|\s*\n\s*|\s+"
    r"|\.\.\. ?|[^\w\s] ?"
)
"""A word, a clitic, white space, or one mark; with one space after it, if there is one."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text. Arrays of one length, one entry a token; `attributes` has PLACE_COLUMNS columns."""

    text: str
    starts: Int32s
    ends: Int32s
    types: Int32s
    sentences: Int32s
    paragraphs: Int32s
    attributes: Int32s

    def __len__(self) -> int:
        return len(self.starts)


def tokenise(text: str, table: TypeTable) -> Tokens:
    """Tokens of `text` with all attributes; time linear in the text."""
    parts, codes = _parts(text, table)
    lengths = np.fromiter(map(len, parts), np.int32, len(parts))
    coded = np.array(codes, np.int32)
    count = int(np.count_nonzero(coded >> 1 != SPACE)) if parts else 0
    starts, ends, types, sentences, paragraphs = (np.empty(count, np.int32) for _ in range(5))
    attributes = np.empty((count, c.PLACE_COLUMNS), np.int32)
    lay_out(coded, lengths, table.rows, starts, ends, types, attributes)
    number_sentences(attributes, starts, ends, sentences, paragraphs)
    describe_places(attributes, sentences, paragraphs)
    return Tokens(text, starts, ends, types, sentences, paragraphs, attributes)


def _parts(text: str, table: TypeTable) -> tuple[list[str], list[int]]:
    """The text cut into parts that together are the text, and the code of each."""
    passages = find_passages(text)
    parts: list[str] = []
    places: list[tuple[int, Passage]] = []
    position = 0
    for passage in passages:
        parts += _PART.findall(text, position, passage.start)
        places.append((len(parts), passage))
        parts.append(text[passage.start : passage.end])
        position = passage.end
    parts += _PART.findall(text, position, len(text))
    codes = _codes(parts, table)
    for place, passage in places:
        codes[place] = 2 * table.passage_number(parts[place], closed=passage.closed)
    return parts, codes


def _codes(parts: list[str], table: TypeTable) -> list[int]:
    get = table.codes.get
    codes = [get(part, -1) for part in parts]
    if -1 not in codes:
        return codes
    missing = [place for place, code in enumerate(codes) if code < 0]
    generation = table.generation
    table.make_room(len(missing))
    if table.generation != generation:
        missing = list(range(len(parts)))
        table.make_room(len({*parts}))
    for place in missing:
        codes[place] = table.code(parts[place])
    return codes


@compiled
def lay_out(
    codes: Int32s,
    lengths: Int32s,
    rows: Int32s,
    starts: Int32s,
    ends: Int32s,
    types: Int32s,
    attributes: Int32s,
) -> None:
    """Drop white space; fill offsets, types and the type columns."""
    token = 0
    position = 0
    for part in range(len(codes)):
        row = codes[part] >> 1
        if row != 0:
            starts[token] = position
            ends[token] = position + lengths[part] - (codes[part] & 1)
            types[token] = row
            for column in range(10):
                attributes[token, column] = rows[row, column]
            token += 1
        position += lengths[part]


@compiled
def _says_soon(attributes: Int32s, first: int, last: int) -> bool:
    says = False
    for token in range(first, min(len(attributes), last)):
        says |= attributes[token, c.KIND] == c.SAYS
    return says


@compiled
def number_sentences(
    attributes: Int32s, starts: Int32s, ends: Int32s, sentences: Int32s, paragraphs: Int32s
) -> None:
    """Sentence and paragraph of every token.

    A full stop ends a sentence unless it follows an abbreviation at once; a passage ends one when it ends like
    one and no verb of saying follows: `"Go." She left.` but `"Go!" she said.`
    """
    kind, flags = 2, 9
    sentence = 0
    paragraph = 0
    length = 0
    count = len(attributes)
    for token in range(count):
        sentences[token] = sentence
        paragraphs[token] = paragraph
        length += 1
        flag = attributes[token, flags]
        ended = False
        if flag & c.BREAKS:
            ended = True
            paragraph += 1
        elif token + 1 < count:
            following = attributes[token + 1, flags]
            if flag & c.ENDS:
                short = token > 0 and attributes[token - 1, flags] & c.ABBREVIATED != 0
                short = short and ends[token - 1] == starts[token] and not following & c.BREAKS
                ended = not short and following & (c.MAY_BEGIN | c.BREAKS | c.MARKED) != 0
            elif flag & c.SHUTS and token > 0 and attributes[token - 1, flags] & c.ENDS:
                ended = following & (c.MAY_BEGIN | c.BREAKS | c.MARKED) != 0
            elif flag & c.MARKED_ENDS:
                if following & c.MARKED:
                    ended = True
                elif following & c.MAY_BEGIN:
                    ahead = 3 if flag & c.MARKED_STOPS else 6
                    ended = not _says_soon(attributes, token + 1, token + ahead)
            elif length >= SENTENCE_TOKENS_MAX and attributes[token, kind] != c.PASSAGE:
                ended = True
        if ended:
            sentence += 1
            length = 0


@compiled
def near(distance: int) -> int:
    """Distance in classes: 0-4 as they are, then 5-6, 7-10, 11-20, more."""
    if distance <= 4:
        return distance
    return 5 if distance <= 6 else 6 if distance <= 10 else 7 if distance <= 20 else 8


@compiled
def describe_places(attributes: Int32s, sentences: Int32s, paragraphs: Int32s) -> None:
    """The columns that depend on the sentence: nearest cue words, commas, clause openers, passages around."""
    a = attributes
    count = len(a)
    first = 0
    marked_before = 0
    while first < count:
        end = first
        cues = 0
        passages = 0
        while end < count and sentences[end] == sentences[first]:
            if a[end, c.KIND] <= c.CUES:
                cues += 1
            if a[end, c.KIND] == c.PASSAGE:
                passages += 1
            end += 1
        holds = min(cues, 3) * 4 + min(passages, 3)
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(first, end):
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
            if a[t, c.KIND] <= c.CUES:
                cue = t
                commas = 0
            if a[t, c.OPENER] == 1:
                commas += 1
            if 0 <= a[t, c.OPENER] < 99:
                opener = t
            if a[t, c.KIND] == c.PASSAGE:
                passage = t
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(end - 1, first - 1, -1):
            a[t, c.CUE_AFTER] = -1 if cue < 0 else a[cue, c.WORD]
            a[t, c.CUE_AFTER_FAR] = -1 if cue < 0 else a[cue, c.KIND] * 16 + near(cue - t)
            a[t, c.COMMAS] += min(commas, 3)
            a[t, c.OPENER_AFTER] = -1 if opener < 0 else a[opener, c.WORD]
            a[t, c.OPENER_AFTER_FAR] = 20 + near(end - t) if opener < 0 else near(opener - t)
            a[t, c.PASSAGE_FAR] += 0 if passage < 0 else 1 + min(passage - t, 3)
            a[t, c.SENTENCE_TO] = near(end - t)
            if a[t, c.KIND] <= c.CUES:
                cue = t
                commas = 0
            if a[t, c.OPENER] == 1:
                commas += 1
            if 0 <= a[t, c.OPENER] < 99:
                opener = t
            if a[t, c.KIND] == c.PASSAGE:
                passage = t
        marked_before = 1 if passages else 0
        if end < count and paragraphs[end] != paragraphs[first]:
            marked_before += 2
        first = end
