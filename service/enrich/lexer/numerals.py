"""Tokens -> the number that starts at one of them: "34.6 million", "two hundred and five", "half a million"."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.scanner import (
    DECIMAL,
    GAP_LINE,
    GAP_NONE,
    GAP_SPACE,
    MALFORMED,
    NUMBER_CHARS_MAX,
    PLAIN,
)
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import IN_DIGITS, NUMBER, code_of, codes_of, flags, table
from service.languages.en.words import numbers

SUFFIX = table(numbers.SCALE_SUFFIXES, 0.0)
SCALE = table(numbers.SCALES, 0.0)
VULGAR = table(numbers.VULGAR, 0.0)
HYPHENS = codes_of("- ‑ –")
ARTICLES = codes_of("a an")

_ALWAYS_SCALES = codes_of(numbers.SCALES_ANYWHERE)
_GLUED_SCALES = _ALWAYS_SCALES | {code_of("k")}
_AND, _DOT, _SLASHES, _TIMES = code_of("and"), code_of("."), codes_of("/ ⁄"), codes_of("× x")
_HALF, _QUARTER = code_of("half"), code_of("quarter")
_CARET, _MINUSES = code_of("^"), codes_of("- − –")
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128})
_CONTINUES = flags(
    numbers.SCALE_SUFFIXES,
    numbers.SCALES,
    numbers.VULGAR,
    [IN_DIGITS, "and", "/", "⁄", "×", "x", "-", "‑", "–"],
)
"""Words and signs behind digits that may belong to the number."""
_SPACE_GROUPS_MAX = 6
_EXPONENT_MAX = 30


class Numeral(Struct, gc=False):
    """A number and where it stands: tokens start..end, end exclusive; `value` has the scale applied."""

    start: int
    end: int
    value: float
    scale: float = 1.0
    value_high: float | None = None  # "tens of thousands" lies between two powers of ten
    in_words: bool = False
    suffix: int = 0  # token of an undecided abbreviation ("m": million or metre), 0 for none
    bare: bool = False  # plain digits and nothing else: may be a year, a name, a page
    share: bool = False  # a fraction of something: "two-thirds"
    indefinite: bool = False  # "dozens", "several hundred": more than `value`


def scaled(value: float, scale: float) -> float:
    """The product to 15 digits, so that 16.4 million is 16400000 and not 16399999.999999998."""
    return float(f"{value * scale:.15g}")


def digits_value(tokens: Tokens, i: int) -> float | None:
    """The value of one number token; None where it is too long or no number (a version, an address)."""
    start, end = tokens.start[i], tokens.end[i]
    shape = tokens.mark[i]
    if end - start > NUMBER_CHARS_MAX:
        return None
    written = tokens.text[start:end]
    if shape == PLAIN:
        return float(written)
    if shape != MALFORMED:
        return float(written.replace(",", ""))
    groups = written.split(".")
    if "," in written:
        return None
    if len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    return float("".join(groups))  # 1.234.567, as on the Continent


def in_digits(tokens: Tokens, i: int) -> Numeral | None:
    """The number whose first digits are token `i`, with its scale."""
    code, gap = tokens.code, tokens.gap
    value = digits_value(tokens, i)
    if value is None:
        return None
    start, end = i, i + 1
    plain = tokens.mark[i] == PLAIN
    after = code[end]
    if not _CONTINUES[after] and code[i - 1] != _DOT:
        return Numeral(i, end, value, 1.0, None, False, 0, plain)
    if plain:
        if code[i - 1] == _DOT and gap[i] == GAP_NONE and gap[i - 1] != GAP_NONE:
            value, start, plain = float("." + tokens.word(i)), i - 1, False  # ".500"
        elif after == NUMBER and gap[end] == GAP_SPACE:
            value, end = _with_space_groups(tokens, i, value)
            value, end = _with_fraction(tokens, end, value)
        elif after in _SLASHES and gap[end] == GAP_NONE:
            share = _fraction(tokens, i)
            if share:
                value, end = share, end + 2
        after = code[end]
    if VULGAR[after] and gap[end] <= GAP_SPACE:
        value, end = value + VULGAR[after], end + 1
    elif after == _AND and gap[end] == GAP_SPACE:
        half, end = _and_a_half(tokens, end)
        value += half
    elif after in _TIMES:
        value, end = _with_exponent(tokens, end, value)
    scale, behind = scale_words(tokens, end)
    if behind > end:
        return Numeral(start, behind, scaled(value, scale), scale)
    after = code[end]
    if SUFFIX[after] and gap[end] <= GAP_SPACE:
        if after in _ALWAYS_SCALES or (after in _GLUED_SCALES and gap[end] == GAP_NONE):
            return Numeral(start, end + 1, scaled(value, SUFFIX[after]), SUFFIX[after])
        return Numeral(start, end, value, suffix=end)
    return Numeral(start, end, value, bare=plain and end == i + 1)


def _with_space_groups(tokens: Tokens, i: int, value: float) -> tuple[float, int]:
    """ "816 000": groups of three digits with blanks between them, as in SI style."""
    code, gap, start, end = tokens.code, tokens.gap, tokens.start, tokens.end
    if end[i] - start[i] > 3 or value == 0:
        return value, i + 1
    j, total = i + 1, value
    while j - i < _SPACE_GROUPS_MAX and code[j] == NUMBER and gap[j] == GAP_SPACE and tokens.mark[j] == PLAIN:
        if end[j] - start[j] != 3 or start[j] - end[j - 1] != 1:
            break
        total = total * 1000 + float(tokens.word(j))
        j += 1
    if j == i + 1:
        return value, j
    hard_space = tokens.text[end[i]] != " "
    return (total, j) if hard_space or tokens.word(j - 1) == "000" else (value, i + 1)


def _with_fraction(tokens: Tokens, end: int, value: float) -> tuple[float, int]:
    """ "10 1/2": the fraction joins the number before it."""
    if tokens.code[end] == NUMBER and tokens.gap[end] == GAP_SPACE and tokens.code[end + 1] in _SLASHES:
        share = _fraction(tokens, end)
        if share:
            return value + share, end + 3
    return value, end


def _fraction(tokens: Tokens, i: int) -> float:
    """Value of NUMBER/NUMBER without blanks; 0 where it is a date, a score or a ratio."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if not (
        gap[i + 1] == gap[i + 2] == GAP_NONE and code[i + 2] == NUMBER and mark[i] == mark[i + 2] == PLAIN
    ):
        return 0.0
    if code[i + 3] in _SLASHES and gap[i + 3] == GAP_NONE:
        return 0.0
    if tokens.end[i + 2] - tokens.start[i] > 7:
        return 0.0
    above, below = float(tokens.word(i)), float(tokens.word(i + 2))
    return above / below if below in _DENOMINATORS and 0 < above < below else 0.0


def _and_a_half(tokens: Tokens, j: int) -> tuple[float, int]:
    """ "and a half", "and a quarter" from token `j` on: what it adds, and the token behind."""
    code = tokens.code
    if code[j + 1] in ARTICLES and code[j + 2] in (_HALF, _QUARTER):
        return 0.5 if code[j + 2] == _HALF else 0.25, j + 3
    return 0.0, j


def _with_exponent(tokens: Tokens, j: int, value: float) -> tuple[float, int]:
    """ "× 10^8", "×10−30": scientific notation, as far as plain text keeps it."""
    code, gap = tokens.code, tokens.gap
    k = j + 2
    if code[j + 1] != NUMBER or tokens.word(j + 1) != "10":
        return value, j
    k += code[k] == _CARET
    sign = 1
    if code[k] in _MINUSES and gap[k] == GAP_NONE:
        sign, k = -1, k + 1
    if code[k] != NUMBER or gap[k] != GAP_NONE or tokens.mark[k] != PLAIN or k == j + 2:
        return value, j
    power = float(tokens.word(k)) if tokens.end[k] - tokens.start[k] < 3 else 99.0
    return (value * 10 ** (sign * int(power)), k + 1) if power <= _EXPONENT_MAX else (value, j)


def scale_words(tokens: Tokens, j: int) -> tuple[float, int]:
    """Product of the scale words from `j` on ("hundred million") and the token behind them."""
    code, gap = tokens.code, tokens.gap
    scale, after = 1.0, j
    while after - j < 6:
        k = after + 1 if code[after] in HYPHENS and gap[after] == GAP_NONE else after
        if not SCALE[code[k]] or gap[k] == GAP_LINE:
            break
        scale, after = scale * SCALE[code[k]], k + 1
    return scale, after


__all__ = ["DECIMAL", "Numeral", "digits_value", "in_digits", "scale_words"]
