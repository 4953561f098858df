"""Tokens -> the number in words that starts at one of them: cardinals, scales, fractions."""

from __future__ import annotations

from service.enrich.lexer.numerals import ARTICLES, HYPHENS, SCALE, VULGAR, Numeral, scale_words
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import code_of, codes_of, table
from service.languages.en.words import numbers

CARDINAL = table(numbers.CARDINALS, -1)
PLURAL_SCALE = table(numbers.PLURAL_SCALES, 0.0)
FRACTION = table(numbers.FRACTIONS, 0)

_AND, _OF, _TENS, _HALF, _QUARTER = (code_of(word) for word in ("and", "of", "tens", "half", "quarter"))
_HUNDRED, _QUARTERS, _THE = code_of("hundred"), code_of("quarters"), code_of("the")
_SEVERAL = codes_of("several few many couple")
_ORDINAL = codes_of(numbers.ORDINALS) | codes_of("last latter other")
_TOKENS_MAX = 24
"""Of one number: "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has fifteen."""
_SCALE_MAX = 1e15


def in_words(tokens: Tokens, i: int) -> Numeral | None:
    """The number in words that starts at `i`: a cardinal, a scale, a fraction, or "a" before one of them."""
    code = tokens.code[i]
    if CARDINAL[code] >= 0:
        read = cardinal(tokens, i)
        return (
            _divided(tokens, read) if FRACTION[tokens.code[read.end]] or _hyphen(tokens, read.end) else read
        )
    if FRACTION[code]:
        return _fraction(tokens, i)
    if SCALE[code]:
        return _bare_scale(tokens, i)
    if PLURAL_SCALE[code]:
        return _plural_scale(tokens, i)
    if VULGAR[code]:
        scale, end = scale_words(tokens, i + 1)
        return Numeral(i, end, VULGAR[code] * scale, scale, in_words=True, share=scale == 1)
    return None


def _hyphen(tokens: Tokens, j: int) -> bool:
    return tokens.code[j] in HYPHENS and tokens.gap[j] == GAP_NONE


def cardinal(tokens: Tokens, i: int, group: float = 0.0) -> Numeral:
    """Standard composition: units, teens and tens; hundred multiplies, thousand and up close a group.

    `group` is 1 where the number starts with its scale: "[a] hundred and five".
    """
    code, gap = tokens.code, tokens.gap
    total, largest = 0.0, 1.0
    floor = _SCALE_MAX * 10  # the next scale word must be smaller than this
    j = i
    while j - i < _TOKENS_MAX:
        k = j
        if j > i:
            joining = code[k] == _AND and (group >= 100 or total >= 100)
            if joining or (code[k] in HYPHENS and gap[k] == gap[k + 1] == GAP_NONE):
                k += 1
            if gap[k] == GAP_LINE:
                break
        value, scale = CARDINAL[code[k]], SCALE[code[k]]
        if value >= 0:
            if not _may_follow(group, value):
                break
            group += value
        elif not scale or code[j] == _AND:
            break
        elif scale == 100 and 0 < group < 100:
            largest = max(largest, scale)
            group *= 100
        elif scale != 100 and group and scale < floor:
            largest, floor = max(largest, scale), scale
            total, group = total + group * scale, 0.0
        elif scale >= 1000 and total and not group and total * scale <= _SCALE_MAX:
            total, largest, floor = total * scale, largest * scale, scale  # "a hundred thousand million"
        else:
            break
        j = k + 1
    value_read = total + group
    if code[j] == _AND and code[j + 1] in ARTICLES and code[j + 2] == _HALF:
        scale, end = scale_words(tokens, j + 3)  # "two and a half million", "a million and a half"
        return Numeral(i, end, (value_read + largest / 2) * scale, max(scale, largest), in_words=True)
    return Numeral(i, j, value_read, largest, in_words=True)


def _may_follow(group: float, value: float) -> bool:
    """May `value` be added to what the group holds: to nothing, to whole hundreds, a unit to tens?"""
    rest = group % 100
    return rest == 0 or (rest >= 20 and rest % 10 == 0 and 0 < value < 10)


def _divided(tokens: Tokens, read: Numeral) -> Numeral:
    """ "two-thirds", "three quarters of a billion"; not "two quarters" of a year."""
    code, gap = tokens.code, tokens.gap
    k = read.end + _hyphen(tokens, read.end)
    below = FRACTION[code[k]]
    if not below or gap[k] == GAP_LINE or not 0 < read.value < below:
        return read
    spaced = k == read.end
    of = code[k + 1] == _OF
    if spaced and (
        (code[k] == _QUARTER and not of) or (code[k] == _QUARTERS and not (of or SCALE[code[k + 1]]))
    ):
        return read
    after = k + 1
    if of and code[after + 1] in ARTICLES and SCALE[code[after + 2]]:
        after += 2
    scale, end = scale_words(tokens, after)
    value = read.value / below
    if end > after:
        return Numeral(read.start, end, value * scale, scale, in_words=True)
    return Numeral(read.start, k + 1, value, in_words=True, share=True)


def _bare_scale(tokens: Tokens, i: int) -> Numeral:
    """ "a million", "hundred dollars", "several hundred"."""
    read = cardinal(tokens, i, 1.0)
    before = tokens.code[i - 1]
    if before in ARTICLES:
        read.start = i - 1
    elif before in _SEVERAL or (before == _OF and tokens.code[i - 2] in _SEVERAL):
        read.indefinite = True
    return read


def _plural_scale(tokens: Tokens, i: int) -> Numeral | None:
    """ "tens of thousands": from ten thousand to a hundred thousand; "dozens": more than twelve."""
    code = tokens.code
    low = scale = PLURAL_SCALE[code[i]]
    step = 10.0 if low <= 1000 else 1000.0
    end = i + 1
    if code[end] == _OF and PLURAL_SCALE[code[end + 1]]:
        scale = PLURAL_SCALE[code[end + 1]]
        low, end, step = low * scale, end + 2, 10.0
    elif code[i] == _TENS:
        return None
    high = None if scale == 12 else low * step
    return Numeral(i, end, low, scale, high, in_words=True, indefinite=True)


def _fraction(tokens: Tokens, i: int) -> Numeral | None:
    """ "half a million", "a third of", "half of"; an ordinal or a part of the year is no fraction."""
    code, gap = tokens.code, tokens.gap
    first = code[i]
    article = code[i - 1] in ARTICLES and gap[i] == GAP_SPACE
    start = i - 1 if article else i
    of = code[i + 1] == _OF and gap[i + 1] == GAP_SPACE
    if first in (_HALF, _QUARTER) and gap[i + 1] <= GAP_SPACE:
        j = i + 1
        if of or _hyphen(tokens, j):
            j += 1
        if code[j] in ARTICLES and (first == _HALF or of):
            j += 1
        scale, end = scale_words(tokens, j)
        if end > j:
            return Numeral(start, end, scale / FRACTION[first], scale, in_words=True)
    if not of:
        after = code[i + 1]
        if first == _HALF and gap[i + 1] == GAP_SPACE and (after in ARTICLES or after == _THE):
            return Numeral(start, i + 1, 0.5, in_words=True, share=True)
        return None
    if (first == _HALF and code[i - 1] not in _ORDINAL) or (article and FRACTION[first] >= 3):
        return Numeral(start, i + 1, 1 / FRACTION[first], in_words=True, share=True)
    return None
