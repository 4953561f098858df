"""Read the number in words that starts at a token: cardinals, scales, fractions."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.codes import code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import (
    ARTICLES,
    CARDINAL,
    FRACTION,
    HYPHENS,
    PLURAL_SCALE,
    SCALE,
    VULGAR,
    Numeral,
    and_part,
    scale_words,
)
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, SYMBOL
from service.languages.en.words import context, numbers

_AND, _OF, _TENS, _HALF, _QUARTER = (code_of(word) for word in ("and", "of", "tens", "half", "quarter"))
_QUARTERS, _THE, _COUPLE = code_of("quarters"), code_of("the"), code_of("couple")
_BY, _THAN, _MORE_OR_LESS = code_of("by"), code_of("than"), codes_of("more less")
_NEARLY = codes_of(context.COMPARATORS)
_SEVERAL = codes_of("several few many")
_ORDINAL = codes_of(numbers.ORDINALS) | codes_of("last latter other")
_RANK = table(numbers.ORDINALS, 0)
_SHARE_BEFORE = flags(
    ["by", "than"], context.COMPARATORS, context.UP_WORDS, context.DOWN_WORDS, ["up", "down"]
)
"""Words before "a third" that make it a share by itself: "fell by a third", "nearly a fifth"."""
_SHARE_BEHIND = flags(
    context.FUNCTION_WORDS,
    context.UP_WORDS,
    context.DOWN_WORDS,
    ["last", "previous", "next", "more", "fewer"],
)
_TOKENS_MAX = 24
"""Maximum number of tokens of one number; "nine hundred and ninety-nine thousand nine hundred and two" has 13."""
_GOES_ON = flags(numbers.CARDINALS, numbers.SCALES, numbers.FRACTIONS, ["and", "-", "‑", "–"])
"""Words and signs behind a cardinal that may belong to the number."""
_SCALE_MAX = 1e15
"""Maximum scale of a number in words."""


def in_words(tokens: Tokens, i: int) -> Numeral | None:
    """Read the number in words that starts at `i`: a cardinal, a scale, a fraction, or "a" before one of them."""
    code = tokens.code[i]
    if CARDINAL[code] >= 0:
        return _from_cardinal(tokens, i)
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


def _from_cardinal(tokens: Tokens, i: int) -> Numeral | None:
    """Read a cardinal, or the fraction or ordinal that it begins: "two-thirds"; "twenty-fourth" is no number."""
    read = cardinal(tokens, i)
    if not _GOES_ON[tokens.code[read.end]]:
        return read
    hyphen = _hyphen(tokens, read.end)
    if hyphen and read.value % 10 == 0 and 0 < _RANK[tokens.code[read.end + 1]] < 10 and read.value > 10:
        return None
    return _divided(tokens, read) if hyphen or FRACTION[tokens.code[read.end]] else read


def _hyphen(tokens: Tokens, j: int) -> bool:
    return tokens.code[j] in HYPHENS and tokens.gap[j] == GAP_NONE


class _Sum(Struct, gc=False):
    """What the words of a cardinal come to so far: closed groups in `total`, an open one in `group`."""

    group: float
    total: float = 0.0
    largest: float = 1.0
    floor: float = _SCALE_MAX * 10  # the next scale word must be smaller than this

    def add(self, value: float) -> bool:
        """Add a number below 100; False where it cannot follow: only to whole hundreds, or a unit to tens."""
        rest = self.group % 100
        if rest and not (rest >= 20 and rest % 10 == 0 and 0 < value < 10):
            return False
        self.group += value
        return True

    def multiply(self, scale: float) -> bool:
        """Apply a scale word: hundred multiplies, thousand and up close a group; False where it cannot follow."""
        if scale == 100 and 0 < self.group < 100:
            self.group *= 100
        elif scale != 100 and self.group and scale < self.floor:
            self.total, self.group, self.floor = self.total + self.group * scale, 0.0, scale
        elif scale >= 1000 and self.total and not self.group and self.total * scale <= _SCALE_MAX:
            self.total, self.floor = self.total * scale, scale  # "a hundred thousand million"
            scale *= self.largest
        else:
            return False
        self.largest = max(self.largest, scale)
        return True


def cardinal(tokens: Tokens, i: int, group: float = 0.0) -> Numeral:
    """Read a cardinal by standard composition, with "and a half" behind it.

    `group` is 1 where the number starts with its scale: "[a] hundred and five".
    """
    code, gap = tokens.code, tokens.gap
    if not group and not _GOES_ON[code[i + 1]]:
        return Numeral(i, i + 1, float(CARDINAL[code[i]]), in_words=True)
    read = _Sum(group)
    j = i
    while j - i < _TOKENS_MAX:
        k = j
        if j > i:
            joining = code[k] == _AND and (read.group >= 100 or read.total >= 100)
            if joining or (code[k] in HYPHENS and gap[k] == gap[k + 1] == GAP_NONE):
                k += 1
            if gap[k] == GAP_LINE:
                break
        value, scale = CARDINAL[code[k]], SCALE[code[k]]
        if value >= 0:
            if not read.add(value):
                break
        elif not scale or code[j] == _AND or not read.multiply(scale):
            break
        j = k + 1
    value_read = read.total + read.group
    part, end = and_part(tokens, j) if code[j] == _AND or _hyphen(tokens, j) else (0.0, j)
    if not part:
        return Numeral(i, j, value_read, read.largest, in_words=True)
    scale, end = scale_words(tokens, end)  # "two and a half million", "a million and a half"
    whole = (value_read + read.largest * part) * scale
    return Numeral(i, end, whole, max(scale, read.largest), in_words=True)


def _divided(tokens: Tokens, read: Numeral) -> Numeral:
    """Read "two-thirds", "three quarters of a billion"; not "two quarters" of a year."""
    code, gap = tokens.code, tokens.gap
    k = read.end + _hyphen(tokens, read.end)
    below = FRACTION[code[k]]
    if not below or gap[k] == GAP_LINE or not 0 < read.value < below:
        return read
    of = code[k + 1] == _OF
    if k == read.end and (
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
    """Read "a million", "hundred dollars", "several hundred", "a couple of thousand"."""
    code = tokens.code
    read = cardinal(tokens, i, 1.0)
    before = code[i - 1]
    k = i - 2 if before == _OF else i - 1
    if before in ARTICLES:
        read.start = i - 1
    elif code[k] == _COUPLE:
        read.start = k - 1 if code[k - 1] in ARTICLES else k
        read.value *= 2
    elif code[k] in _SEVERAL:
        read.indefinite = True
    return read


def _plural_scale(tokens: Tokens, i: int) -> Numeral | None:
    """Read "tens of thousands": from ten thousand to a hundred thousand; "dozens": more than twelve."""
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
    """Read "half a million", "a third of", "half of", "by a third"; an ordinal or a part of the year is no fraction."""
    code, gap = tokens.code, tokens.gap
    first = code[i]
    article = code[i - 1] in ARTICLES and gap[i] == GAP_SPACE
    start = i - 1 if article else i
    of = code[i + 1] == _OF and gap[i + 1] == GAP_SPACE
    if first in (_HALF, _QUARTER) and gap[i + 1] <= GAP_SPACE:
        scale, end = _scale_of_part(tokens, i, first, of)
        if scale > 1:
            return Numeral(start, end, scale / FRACTION[first], scale, in_words=True)
    if of:
        is_share = (first == _HALF and code[i - 1] not in _ORDINAL) or (article and FRACTION[first] >= 3)
    elif first == _HALF:
        the = gap[i + 1] == GAP_SPACE and (code[i + 1] in ARTICLES or code[i + 1] == _THE)
        is_share = the or (gap[i] == GAP_SPACE and _is_by(tokens, i - 1) and _ends_share(tokens, i + 1))
    else:
        is_share = article and FRACTION[first] >= 3 and _is_share_alone(tokens, i)
    return Numeral(start, i + 1, 1 / FRACTION[first], in_words=True, share=True) if is_share else None


def _scale_of_part(tokens: Tokens, i: int, first: int, of: bool) -> tuple[float, int]:
    """Return the scale that "half a", "a quarter of a" at `i` is a part of, and the token behind; 1 for none."""
    code = tokens.code
    j = i + 1
    if of or _hyphen(tokens, j):
        j += 1
    if code[j] in ARTICLES and (first == _HALF or of):
        j += 1
    return scale_words(tokens, j)


def _is_share_alone(tokens: Tokens, i: int) -> bool:
    """Tell whether "a third" at `i` counts without "of": "fell by a third", not "by a third party"."""
    return bool(_SHARE_BEFORE[tokens.code[i - 2]]) and _ends_share(tokens, i + 1)


def _is_by(tokens: Tokens, k: int) -> bool:
    """Tell whether "by", "by almost" or "by more than" ends at token `k`: "fell by half"; not "won by half a lap"."""
    code = tokens.code
    if code[k] == _THAN and code[k - 1] in _MORE_OR_LESS:
        k -= 2
    elif code[k] in _NEARLY:
        k -= 1
    return code[k] == _BY


def _ends_share(tokens: Tokens, j: int) -> bool:
    """Tell whether a fraction may end before token `j`, where no noun stands: not "a third party"."""
    after = tokens.code[j]
    ends = tokens.gap[j] == GAP_LINE or tokens.mark[j] == SYMBOL or _SHARE_BEHIND[after]
    return bool(ends and after not in HYPHENS)
