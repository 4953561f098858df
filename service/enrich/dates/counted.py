"""Read counted units of time: "two weeks ago", "five-year", "the last three months", "at least 30 days"."""

from __future__ import annotations

from service.enrich.dates.calendar import iso_duration
from service.enrich.dates.counts_and_years import (
    AND,
    ARTICLES,
    EVERY,
    HALF,
    HYPHENS,
    LAST_WORDS,
    NEXT_WORDS,
    OF,
    SLASH,
    THE,
    with_bound,
    with_comparator,
    with_the,
    year_of,
)
from service.enrich.dates.expressions import Ago, Length, Mention, Part, Repeated
from service.enrich.lexer.codes import NUMBER, code_of, codes_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.number_words import cardinal, in_words
from service.enrich.lexer.numerals import CARDINAL, SCALE, Numeral, in_digits
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, SYMBOL

_AGO, _OLD, _AGE, _SECOND, _FIRST = (code_of(word) for word in ("ago", "old", "age", "second", "first"))
_BETWEEN, _LAST_OR_NEXT = codes_of("to or"), LAST_WORDS | NEXT_WORDS
_AGO_WORDS, _PART_OF = codes_of("ago earlier later before"), codes_of("first final")
_JOINING = HYPHENS | ARTICLES | {AND, HALF}
_OR, _SO = code_of("or"), code_of("so")
_SEVERAL = codes_of("several few many couple")
_WORDS_OF_NUMBER_MAX = 8
"""Maximum number of tokens looked back over for a number in words."""


def read_counted(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "two weeks ago", "five-year", "the last three months", "30 days"; `k` is the last token of the count."""
    code = tokens.code
    read = _number_before(tokens, k, floor)
    if read is None or code[i] == _SECOND:
        return None
    last = i + 1
    after = code[last]
    if (
        after == _OLD
        or (after in HYPHENS and code[last + 1] == _OLD)
        or (after == OF and code[last + 1] == _AGE)
    ):
        return None
    count = read.value
    if read.indefinite or tokens.code[read.start - 1] in _SEVERAL:
        return Mention(read.start, last, "duration", Length(None, unit))  # "several dozen minutes"
    if after in _AGO_WORDS:
        first = with_comparator(tokens, read.start, floor)
        if after == _AGO:
            return Mention(first, last + 1, "date", Ago(-count, unit))
        return Mention(first, last, "duration", Length(count, unit))
    if after == AND and code[last + 1] in ARTICLES and code[last + 2] == HALF:
        count, last = count + 0.5, last + 3
    if unit == "Q" and code[i - 1] in HYPHENS:
        return None  # three-quarters
    return length_after(tokens, read.start, last, count, unit, floor)


def _number_before(tokens: Tokens, k: int, floor: int) -> Numeral | None:
    """Read the number that ends with token `k`, looking back over at most WORDS_OF_NUMBER_MAX tokens."""
    code = tokens.code
    if code[k] == NUMBER:
        if tokens.gap[k] == GAP_NONE and tokens.mark[k - 1] != SYMBOL:
            return None
        start = k
        if code[k - 1] == SLASH and code[k - 2] == NUMBER:
            start = k - 3 if code[k - 3] == NUMBER and k - 3 >= floor else k - 2
        read = in_digits(tokens, start)
        return read if read is not None and read.end == k + 1 and read.start >= floor else None
    start = k
    while start > floor and start > k - _WORDS_OF_NUMBER_MAX and _in_number(code[start - 1]):
        start -= 1
    for first in range(start, k + 1):
        here = code[first]
        if here == NUMBER or CARDINAL[here] >= 0 or SCALE[here]:
            if here == NUMBER:
                read = in_digits(tokens, first)
            else:
                read = cardinal(tokens, first) if CARDINAL[here] >= 0 else in_words(tokens, first)
            if read is not None and read.end == k + 1 and read.start >= floor:
                return read
    return None


def _in_number(code: int) -> bool:
    """Tell whether a word may stand inside a number: "two-and-a-half", "three hundred and five"."""
    return bool(CARDINAL[code] >= 0 or SCALE[code] or code == NUMBER or code in _JOINING)


def length_after(tokens: Tokens, first: int, last: int, count: float, unit: str, floor: int) -> Mention:
    """Take in "the last", "the next", "the first", "at least" before a length of time."""
    code = tokens.code
    k = first - 1
    if code[last] == _OR and code[last + 1] == _SO:
        last += 2
    if k < floor or tokens.gap[first] == GAP_LINE:
        return Mention(first, last, "duration", Length(count, unit))
    if code[k] in _BETWEEN and code[k - 1] == NUMBER and code[k - 2] in _LAST_OR_NEXT:
        first, k = k - 1, k - 2  # "the next 12 to 18 months"
    before = code[k]
    if before in EVERY:
        return Mention(k, last, "set", Repeated(iso_duration(count, unit) or "P1D"))
    if before in LAST_WORDS or before in NEXT_WORDS:
        toward = -1 if before in LAST_WORDS else 1
        return Mention(with_the(tokens, k, floor), last, "duration", Length(count, unit, toward))
    if before in _PART_OF:
        start = with_the(tokens, k, floor)
        if before == _FIRST and unit in ("M", "Q"):
            part = _first_months(tokens, start, last, count * (3 if unit == "Q" else 1))
            if part is not None:
                return part
        return Mention(start, last, "duration", Length(count, unit))
    if before != THE:
        first = with_bound(tokens, first, floor)
    elif code[last - 2] not in HYPHENS:  # "the eight-year war" says nothing of a certain length
        first = k
    return Mention(first, last, "duration", Length(count, unit))


def _first_months(tokens: Tokens, first: int, last: int, months: float) -> Mention | None:
    """Read "the first nine months of 2023", "the first three quarters of this year": an interval of the year."""
    if months not in range(1, 13) or tokens.code[last] != OF:
        return None
    year, shift, end = year_of(tokens, last)
    if year is None and shift is None:
        return None
    return Mention(first, end, "date", Part("N", int(months), year, shift or 0))
