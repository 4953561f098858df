"""Read the number that starts with digits at a token: "34.6 million", "12-1/2", "1.250,50", "10 x 10^8"."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.codes import IN_DIGITS, NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, MALFORMED, NUMBER_CHARS_MAX, PLAIN
from service.languages.en.words import measures, money, numbers

SUFFIX = table(numbers.SCALE_SUFFIXES, 0.0)
SCALE = table(numbers.SCALES, 0.0)
PLURAL_SCALE = table(numbers.PLURAL_SCALES, 0.0)
VULGAR = table(numbers.VULGAR, 0.0)
CARDINAL = table(numbers.CARDINALS, -1)
FRACTION = table(numbers.FRACTIONS, 0)
HYPHENS = codes_of("- ‑ –")
ARTICLES = codes_of("a an")

_ALWAYS_SCALES = codes_of(numbers.SCALES_ANYWHERE)
_GLUED_SCALES = _ALWAYS_SCALES | {code_of("k")}
_AND, _OF, _DOT, _COMMA = (code_of(word) for word in ("and", "of", ".", ","))
_SLASHES, _TIMES = codes_of("/ ⁄"), codes_of("× x")
_CARET, _MINUSES = code_of("^"), codes_of("- − –")
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128})
_CONTINUES = flags(
    numbers.SCALE_SUFFIXES, numbers.SCALES, numbers.PLURAL_SCALES, numbers.VULGAR,
    [IN_DIGITS, "and", "/", "⁄", "×", "x", "-", "‑", "–"],
)  # fmt: skip
"""Words and signs behind digits that may belong to the number."""
_DECIMAL_BEHIND = flags(
    numbers.SCALES, numbers.PLURAL_SCALES, numbers.SCALE_SUFFIXES, measures.UNITS, money.SYMBOLS, money.NAMES,
    money.ISO_CODES,
)  # fmt: skip
"""Words that measure or pay: a number with a comma before one of them has a decimal comma ("5,8 km")."""
_CURRENCY_SIGNS = flags(money.SYMBOLS, money.ISO_CODES)
_SPACE_GROUPS_MAX = 6
"""Maximum number of groups of three digits with blanks between them."""
_SCALE_WORDS_MAX = 6
"""Maximum number of scale words read behind each other."""
_EXPONENT_MAX = 30
"""Maximum power of ten in scientific notation."""
_DECIMAL_COMMA_CHARS = 11
"""Maximum length of the digits before a decimal comma, in characters."""


class Numeral(Struct, gc=False):
    """A number and its tokens start..end, end exclusive; `value` has the scale applied."""

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
    """Apply a scale, to 15 digits, so that 16.4 million is 16400000 and not 16399999.999999998."""
    return float(f"{value * scale:.15g}")


def digits_value(tokens: Tokens, i: int) -> float | None:
    """Return the value of number token `i`; None if it is too long or no number (a version, an address)."""
    shape = tokens.mark[i]
    written = tokens.text[tokens.start[i] : tokens.end[i]]
    if shape == PLAIN:
        return float(written)
    if shape != MALFORMED:
        if written.startswith("0,"):
            return float("0." + written[2:].replace(",", ""))
        return float(written.replace(",", "").replace("'", "").replace("’", ""))
    if len(written) > NUMBER_CHARS_MAX or not _dotted_groups(written):
        return None
    return float(written.replace(".", ""))  # 1.234.567, as on the Continent


def _dotted_groups(written: str) -> bool:
    """Tell whether dots part the digits into groups of three: "1.234", "1.234.567"."""
    groups = written.split(".")
    return len(groups[0]) <= 3 and all(len(group) == 3 and group.isdecimal() for group in groups[1:])


def in_digits(tokens: Tokens, i: int) -> Numeral | None:
    """Read the number whose first digits are token `i`, with its scale."""
    code = tokens.code
    value = digits_value(tokens, i)
    if value is None:
        return None
    after = code[i + 1]
    if after == _COMMA and code[i + 2] == NUMBER and _is_decimal_comma(tokens, i):
        value, start, end, plain = float(_with_comma(tokens, i)), i, i + 3, False
    else:
        plain = tokens.mark[i] == PLAIN
        if not _CONTINUES[after] and code[i - 1] != _DOT:
            return Numeral(i, i + 1, value, 1.0, None, False, 0, plain)
        value, start, end = _with_parts(tokens, i, value, plain)
    return _with_scale(tokens, start, end, value, bare=plain and start == i and end == i + 1)


def _with_scale(tokens: Tokens, start: int, end: int, value: float, bare: bool) -> Numeral:
    """Apply the scale behind the digits that end before token `end`: "million", "bn", an undecided "m"."""
    code, gap = tokens.code, tokens.gap
    scale, behind = scale_words(tokens, end)
    if behind > end:
        return Numeral(start, behind, scaled(value, scale), scale)
    after = code[end]
    if PLURAL_SCALE[after] >= 1e6 and gap[end] == GAP_SPACE:  # "3.5 millions"
        return Numeral(start, end + 1, scaled(value, PLURAL_SCALE[after]), PLURAL_SCALE[after])
    if SUFFIX[after] and gap[end] <= GAP_SPACE:
        if after in _ALWAYS_SCALES or (after in _GLUED_SCALES and gap[end] == GAP_NONE):
            return Numeral(start, end + 1, scaled(value, SUFFIX[after]), SUFFIX[after])
        return Numeral(start, end, value, suffix=end)
    share = 0 < value < 1 and end == start + 3 and code[start + 1] in _SLASHES  # "1/4 of them"
    return Numeral(start, end, value, bare=bare, share=share)


def _with_parts(tokens: Tokens, i: int, value: float, plain: bool) -> tuple[float, int, int]:
    """Add what belongs to the digits at `i`: value, first token and the token behind."""
    code, gap = tokens.code, tokens.gap
    start, end = i, i + 1
    after = code[end]
    if plain:
        if code[i - 1] == _DOT and gap[i] == GAP_NONE and gap[i - 1] != GAP_NONE:
            value, start = float("." + tokens.word(i)), i - 1  # ".500"
        elif after == NUMBER and gap[end] == GAP_SPACE:
            value, end = _with_space_groups(tokens, i, value)
            value, end = _with_fraction(tokens, end, value)
        elif after in _SLASHES and gap[end] == GAP_NONE:
            share = _fraction(tokens, i)
            if share:
                value, end = share, end + 2
        elif after in HYPHENS and code[end + 1] == NUMBER and gap[end] == gap[end + 1] == GAP_NONE:
            share = _fraction(tokens, end + 1)  # "12-1/2"
            if share:
                value, end = value + share, end + 4
        after = code[end]
    if VULGAR[after] and gap[end] <= GAP_SPACE:
        return value + VULGAR[after], start, end + 1
    if after in _TIMES:
        value, end = _with_exponent(tokens, end, value)
    elif (after == _AND and gap[end] == GAP_SPACE) or (after in HYPHENS and code[end + 1] == _AND):
        part, end = and_part(tokens, end)
        value += part
    return value, start, end


def _is_decimal_comma(tokens: Tokens, i: int) -> bool:
    """Tell whether the comma behind the digits at `i` is a decimal mark: "0,3", "1.250,50", "€3,5", "7,4 %".

    One or two digits follow it, no list of numbers goes on ("1,2,3"), and the number cannot be read otherwise: it
    starts with 0, has dots for groups, or is paid or measured in something.
    """
    code, gap = tokens.code, tokens.gap
    k = i + 3
    if gap[i + 1] != GAP_NONE or gap[i + 2] != GAP_NONE or tokens.mark[i + 2] != PLAIN:
        return False
    length = tokens.end[i] - tokens.start[i]
    if tokens.end[i + 2] - tokens.start[i + 2] > 2 or length > _DECIMAL_COMMA_CHARS:
        return False
    if code[i - 1] == _COMMA and gap[i] == GAP_NONE:
        return False
    if code[k] == _COMMA and code[k + 1] == NUMBER and gap[k + 1] == GAP_NONE:
        return False
    written = tokens.word(i)
    if not written.isdecimal():
        return "." in written and _dotted_groups(written)
    if length > 3:
        return False
    return written == "0" or bool(
        _CURRENCY_SIGNS[code[i - 1]] or (_DECIMAL_BEHIND[code[k]] and gap[k] < GAP_LINE)
    )


def _with_comma(tokens: Tokens, i: int) -> str:
    return f"{tokens.word(i).replace('.', '')}.{tokens.word(i + 2)}"


def _with_space_groups(tokens: Tokens, i: int, value: float) -> tuple[float, int]:
    """Read "816 000": groups of three digits with blanks between them, as in SI style."""
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
    """Read "10 1/2": the fraction joins the number before it."""
    if tokens.code[end] == NUMBER and tokens.gap[end] == GAP_SPACE and tokens.code[end + 1] in _SLASHES:
        share = _fraction(tokens, end)
        if share:
            return value + share, end + 3
    return value, end


def _fraction(tokens: Tokens, i: int) -> float:
    """Return the value of NUMBER/NUMBER without blanks; 0 for a date, a score or a ratio."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if code[i + 1] not in _SLASHES or code[i + 2] != NUMBER:
        return 0.0
    if not (gap[i + 1] == gap[i + 2] == GAP_NONE and mark[i] == mark[i + 2] == PLAIN):
        return 0.0
    if code[i + 3] in _SLASHES and gap[i + 3] == GAP_NONE:
        return 0.0
    if tokens.end[i + 2] - tokens.start[i] > 7:
        return 0.0
    above, below = float(tokens.word(i)), float(tokens.word(i + 2))
    return above / below if below in _DENOMINATORS and 0 < above < below else 0.0


def and_part(tokens: Tokens, j: int) -> tuple[float, int]:
    """Return what "and a half", "-and-a-half", "and three-quarters" at token `j` adds, and the token behind.

    0 and `j` for anything else; "60 and a third of them" are two numbers.
    """
    code, gap = tokens.code, tokens.gap
    k = j + 1 if code[j] in HYPHENS and gap[j] == GAP_NONE else j
    if code[k] != _AND:
        return 0.0, j
    k = _behind_hyphen(tokens, k + 1)
    above = 1 if code[k] in ARTICLES else CARDINAL[code[k]]
    k = _behind_hyphen(tokens, k + 1)
    below = FRACTION[code[k]]
    if not below or not 0 < above < below or gap[k] == GAP_LINE or code[k + 1] == _OF:
        return 0.0, j
    return above / below, k + 1


def _behind_hyphen(tokens: Tokens, k: int) -> int:
    return k + 1 if tokens.code[k] in HYPHENS and tokens.gap[k] == GAP_NONE else k


def _with_exponent(tokens: Tokens, j: int, value: float) -> tuple[float, int]:
    """Read "× 10^8", "×10−30": scientific notation, as far as plain text keeps it."""
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
    """Return the product of the scale words from `j` on ("hundred million") and the token behind them."""
    code, gap = tokens.code, tokens.gap
    scale, after = 1.0, j
    while after - j < _SCALE_WORDS_MAX:
        k = after + 1 if code[after] in HYPHENS and gap[after] == GAP_NONE else after
        if not SCALE[code[k]] or gap[k] == GAP_LINE:
            break
        scale, after = scale * SCALE[code[k]], k + 1
    return scale, after
