"""Find runs of capitalised words: where a text may name someone."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.asked import Asked
from service.enrich.quotes.cast.choosing import choose_runs, given_names
from service.enrich.quotes.cast.telling import telling_hashes
from service.enrich.quotes.cast.word_tables import is_one_of
from service.enrich.quotes.codepoints import Bytes, Int32s
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash

WORD_CHARS_MAX = 40
"""Maximum length of a word of a name, in characters."""
TITLE_TOKENS_BEFORE = 6
"""Number of tokens before a name among which a title is looked for."""
TITLE_TOKENS_AFTER = 8
"""Number of tokens behind the comma after a name among which a title is looked for."""
RUNS_MAX = 4_000
"""Maximum number of runs of one text; a text with more is no article, and nobody is named by the later ones."""
HEADLINE_CAPITALS_MIN = 3
"""Minimum number of capitals in a headline."""

TITLE_BEFORE, TITLE_AFTER, BRACKET_AFTER = 1, 2, 4
_COMMA, _BRACKET = word_hash(","), word_hash("(")
_OF, _FOR = word_hash("of"), word_hash("for")
_MAY, _WILL = word_hash("may"), word_hash("will")
"""Names that small words may be, too."""


class Run(Struct, gc=False):
    """Tokens [first, end) with their wording.

    `hints`: whether a word like "minister" stands in or before the run, or behind a comma that follows it, and
    whether a bracket opens behind it. Only there can a role be read, and most names have none of these.
    `goes_on`: whether "of" or "for" follows.
    """

    first: int
    end: int
    hints: int
    wording: str
    headline: int  # 1 or 0, as `goes_on`
    goes_on: int


def name_runs(view: View, asked: Asked | None = None) -> list[Run]:
    """List the runs in text order, without words that carry a capital only at the head of a sentence.

    With `asked`, only those by which someone may be known who is asked for.
    """
    tokens, text = view.tokens, view.text
    columns = (
        tokens.attributes,
        tokens.flags,
        tokens.sentences,
        tokens.starts,
        tokens.ends,
        telling_hashes(),
    )
    if asked is None:
        found = _runs(*columns)
    else:
        words = [word for first, end in asked.phrases for word in view.hashes[first:end]]
        found = _runs_asked(
            *columns,
            np.array(words, np.int32),
            np.array(sorted([*asked.tokens, *asked.pronouns]), np.int32),
            asked.whom,
            asked.initials,
            given_names(),
        )
    firsts, ends, hints, starts, stops, headlines, going_on = found[:RUNS_MAX].T.tolist()
    wordings = [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
    return list(map(Run, firsts, ends, hints, wordings, headlines, going_on))


@compiled
def _headlines(attributes: Int32s, flags: Int32s, starts: Int32s, ends: Int32s, sentences: Int32s) -> Bytes:
    """Flag each token of a sentence where all but the smallest words carry capitals: there even a verb has one.

    What stands close behind another token is a part of its word: `Isn't`, `Who's`.
    """
    count = len(attributes)
    headlines = np.zeros(count, np.uint8)
    first = 0
    while first < count:
        end, capitals, small = first, 0, False
        while end < count and sentences[end] == sentences[first]:
            if not small:
                shape = attributes[end, c.SHAPE]
                capitals += shape == c.SHAPE_CAPITAL or shape == c.SHAPE_CAPITALS
                small = (
                    shape == c.SHAPE_LOWER
                    and (flags[end] & c.NEVER_NAMES == 0 or attributes[end, c.KIND] == c.SAYS)
                    and (end == first or starts[end] != ends[end - 1])
                )
            end += 1
        if not small and capitals >= HEADLINE_CAPITALS_MIN:
            headlines[first:end] = 1
        first = end
    return headlines


@borrowing
def _is_capital(
    attributes: Int32s, flags: Int32s, starts: Int32s, ends: Int32s, headlines: Bytes, token: int
) -> bool:
    """Tell whether a token may be a word of a name. A verb of saying with a capital may, except in headlines."""
    shape = attributes[token, c.SHAPE]
    capital = shape == c.SHAPE_CAPITAL or shape == c.SHAPE_CAPITALS
    in_headline = headlines[token] != 0
    verb = attributes[token, c.KIND] <= c.CUES and in_headline
    size = ends[token] - starts[token]
    word = attributes[token, c.WORD]
    small = in_headline and flags[token] & c.NEVER_NAMES and size > 1 and word != _MAY and word != _WILL
    return bool(capital and not verb and not small and size < WORD_CHARS_MAX)


@borrowing
def _joins(flags: Int32s, starts: Int32s, ends: Int32s, token: int) -> bool:
    """Tell whether a token may join two capitals of a run: a particle, or the full stop of an initial or title."""
    if flags[token] & c.PARTICLE:
        return True
    if not flags[token] & c.ENDS or token == 0:
        return False
    return bool(ends[token - 1] - starts[token - 1] == 1 or flags[token - 1] & (c.TITLED | c.INITIALS))


@borrowing
def _hints(attributes: Int32s, flags: Int32s, first: int, end: int, telling: Int32s) -> int:
    """Tell where a role may stand: of all titles near a run only those count that a role can begin or end with."""
    found = 0
    for token in range(max(0, first - TITLE_TOKENS_BEFORE), end):
        if flags[token] & c.TITLED:
            found = TITLE_BEFORE
    if found and not _tells(attributes, max(0, first - 1), end, telling):
        found = 0
    if end < len(attributes) and attributes[end, c.WORD] == _COMMA:
        stop = min(end + TITLE_TOKENS_AFTER + 1, len(attributes))
        titled = 0
        for token in range(end + 1, stop):
            titled |= flags[token] & c.TITLED
        if titled and _tells(attributes, end + 1, stop, telling):
            found |= TITLE_AFTER
    if end < len(attributes) and attributes[end, c.WORD] == _BRACKET:
        found |= BRACKET_AFTER
    return found


@borrowing
def _tells(attributes: Int32s, first: int, end: int, telling: Int32s) -> bool:
    """Tell whether one of the tokens [first, end) tells what somebody is."""
    found = False
    for token in range(first, end):
        found = found or is_one_of(attributes[token, c.WORD], telling)
    return found


@compiled
def _runs(
    attributes: Int32s,
    flags: Int32s,
    sentences: Int32s,
    starts: Int32s,
    ends: Int32s,
    telling: Int32s,
) -> Int32s:
    """Find all runs: rows of first and end token, hints, where it stands, and 1 if in a headline, if it goes on."""
    count = len(attributes)
    headlines = _headlines(attributes, flags, starts, ends, sentences)
    found = np.empty((count, 7), np.int32)
    runs, token = 0, 0
    while token < count:
        if not _is_capital(attributes, flags, starts, ends, headlines, token):
            token += 1
            continue
        first, end = token, token + 1
        while end < count and starts[end] - ends[end - 1] <= 1:
            if _is_capital(attributes, flags, starts, ends, headlines, end):
                end += 1
            elif (
                end + 1 < count
                and _joins(flags, starts, ends, end)
                and starts[end + 1] - ends[end] <= 1
                and _is_capital(attributes, flags, starts, ends, headlines, end + 1)
            ):
                end += 2
            elif (
                end + 2 < count
                and flags[end] & flags[end + 1] & c.PARTICLE != 0
                and _is_capital(attributes, flags, starts, ends, headlines, end + 2)
            ):
                end += 3  # Mats van der Berg
            else:
                break
        token = end
        while first < end and flags[first] & c.NEVER_NAMES:
            first += 1
        if first == end:
            continue
        found[runs, 0], found[runs, 1] = first, end
        found[runs, 2] = _hints(attributes, flags, first, end, telling)
        found[runs, 3], found[runs, 4] = starts[first], ends[end - 1]
        found[runs, 5] = headlines[first]
        found[runs, 6] = end < count and (attributes[end, c.WORD] == _OF or attributes[end, c.WORD] == _FOR)
        runs += 1
    return found[:runs].copy()


@compiled
def _runs_asked(
    attributes: Int32s,
    flags: Int32s,
    sentences: Int32s,
    starts: Int32s,
    ends: Int32s,
    telling: Int32s,
    words: Int32s,
    askers: Int32s,
    whom: int,
    initials: int,
    given: Int32s,
) -> Int32s:
    """Find the runs that are asked for by these words or from these tokens."""
    found = _runs(attributes, flags, sentences, starts, ends, telling)[:RUNS_MAX]
    return choose_runs(found, attributes, flags, sentences, words, askers, whom, initials, given)
