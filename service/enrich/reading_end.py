"""How far a text is read for claims, figures and dates: to a number of characters, or until the effort is spent.

Both are counted, never timed: the same text is always read as far. An article is read whole; it takes a text twenty
times as long, or one made to hold nothing but figures or quotations, to be read in part. What is read is a prefix of
the text, and gives what it would give if nothing followed it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.compiled import compiled
from service.enrich.lexer.number_tokens import Tokens as NumberTokens
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.labels import LABEL_TOKENS_MAX
from service.enrich.quotes.codepoints import Int32s, Points, points_of
from service.enrich.quotes.finder import Finder
from service.enrich.quotes.identify import UNDETERMINED, Identified, identify
from service.enrich.quotes.read import Read
from service.enrich.quotes.tokens import Tokens as WordTokens
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.vocabulary import Vocabulary, word_hash
from service.languages.en import ENGLISH

READ_CHARS_MAX = 100_000
"""Maximum number of characters of a text that are read: some 20,000 words, several times the longest news article."""
EFFORT_PER_CHAR = 1.45
"""Effort that a text may take for each character it may have, in that of a plain token: a quarter of a microsecond.
News takes 1.7 a character on the whole, the dearest of 8,000 articles 137,000; 100,000 characters may take 36 ms."""
CUE_EFFORT, PASSAGE_EFFORT, HIT_EFFORT, LABEL_EFFORT = 100, 70, 60, 140
"""Effort of a cue word, which may lead to a claim, of a marked passage, of a token that may begin a figure or a date,
and of a label before a paragraph, which may be who speaks."""
AROUND_PER_EFFORT = 4
"""Number of tokens around a cue, which are read twice, that cost an effort of 1."""
AROUND_TOKENS = 40
"""Maximum number of tokens, of the same paragraph, that are read to either side of a cue (quotes/candidates.py)."""
FIRST_READ_AT = 0.18
"""Share of the effort, of a text that may take as much, from which it is read once to learn what its claims cost: from
there on they may be too many. It begins with articles of 2,500 words."""
ENDS = ("\n", ". ", " ")
"""Ends of a piece at which a text may be cut, the best first."""
BACK_CHARS = 2_000
"""Maximum number of characters before the limit that are searched for a place to cut."""
ROUNDS_MAX = 4
"""Maximum number of cuts of one text: a cut may leave a quotation open, whose words are then read anew."""
_COLON = word_hash(":")


@dataclass(frozen=True, slots=True)
class Part:
    """What is read of a text, scanned; `until` is where reading stopped, None where all was read.

    `read` is what the model reads in it, where that had to be known.
    """

    text: str
    points: Points
    words: WordTokens
    numbers: NumberTokens
    language: Identified
    until: int | None = None
    read: Read | None = None


def part_to_read(text: str, finder: Finder, chars_max: int = READ_CHARS_MAX, tag: str | None = None) -> Part:
    """Scan as much of `text` as is read, from its beginning: at most `chars_max` characters, the last of them an end.

    A text that is read whole is scanned once; each cut costs another scan. `tag` is the language of its record.
    """
    vocabulary, effort_max = finder.vocabulary, int(EFFORT_PER_CHAR * chars_max)
    part = _scan(text, cut_place(text, chars_max), vocabulary, tag)
    for _ in range(ROUNDS_MAX):
        words = part.words
        hits = part.numbers.hit_places
        spent, effort = _spent_at(words.attributes, words.starts, words.paragraphs, hits, effort_max)
        if spent < 0 and part.language.tag == ENGLISH.tag and effort > FIRST_READ_AT * effort_max:
            token, read = finder.read_within(words, chars_max)
            part = replace(part, read=read)
            spent = max(1, int(words.starts[token])) if token >= 0 else -1
        if spent < 0:
            break
        part = _scan(text, cut_place(part.text, spent), vocabulary, tag)
    return part


def _scan(text: str, until: int, vocabulary: Vocabulary, tag: str | None) -> Part:
    """Scan text[:until]; figures and dates are read in a served language only, so another text has no such tokens."""
    read = text[:until]
    points = points_of(read)
    language = identify(points, vocabulary, tag)
    words = tokenise(read, vocabulary, points)
    numbers = NumberTokens(read, points) if language.tag != UNDETERMINED else NumberTokens("")
    return Part(read, points, words, numbers, language, until if until < len(text) else None)


def cut_place(text: str, limit: int) -> int:
    """Find the best place to cut a text at or before `limit` (1 or more); its length if it is not longer."""
    if len(text) <= limit:
        return len(text)
    for end in ENDS:
        place = text.rfind(end, max(0, limit - BACK_CHARS), limit)
        if place > 0:
            return place + len(end)
    return limit


@compiled
def _spent_at(
    attributes: Int32s, starts: Int32s, paragraphs: Int32s, hits: Int32s, effort_max: int
) -> tuple[int, int]:
    """Find where the effort is spent, -1 if it suffices for the whole text; return how much is spent too."""
    effort, hit, low, high, paragraph = 0, 0, 0, 0, 0
    count = len(attributes)
    for token in range(count):
        while hit < len(hits) and hits[hit] <= starts[token]:
            effort += HIT_EFFORT
            hit += 1
        kind = attributes[token, c.KIND]
        if kind <= c.CUES:
            while low < token - AROUND_TOKENS or paragraphs[low] != paragraphs[token]:
                low += 1
            high = max(high, token)
            while high < min(count, token + AROUND_TOKENS) and paragraphs[high] == paragraphs[token]:
                high += 1
            effort += CUE_EFFORT + (high - low) // AROUND_PER_EFFORT
        elif kind == c.PASSAGE:
            effort += PASSAGE_EFFORT
        if paragraphs[paragraph] != paragraphs[token]:
            paragraph = token
        if attributes[token, c.WORD] == _COLON and 0 < token - paragraph <= LABEL_TOKENS_MAX:
            effort += LABEL_EFFORT
        effort += 1
        if effort > effort_max:
            return max(1, int(starts[token])), effort
    return -1, effort
