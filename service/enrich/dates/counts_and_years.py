"""Read what several kinds of date share: whole numbers, years behind a date, "about" before one."""

from __future__ import annotations

from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, PLAIN, SYMBOL
from service.languages.en.words import context, measures, money, numbers

ORDINAL = table(numbers.ORDINALS, 0)
TH = codes_of(numbers.ORDINAL_ENDINGS)
HYPHENS, DASHES, QUOTES = codes_of("- ‑"), codes_of("- – — ‑"), codes_of("' ’")
ARTICLES = codes_of("a an")
OPENING = codes_of("( [ “ \" ‘ '")
LAST_WORDS, NEXT_WORDS = codes_of("last past previous prior"), codes_of("next coming upcoming following")
THIS_WORDS, EVERY = codes_of("this current"), codes_of("every each")
EARLY = codes_of("early late mid earlier later")
THE, OF, DOT, COMMA, COLON, SLASH, AND, YEAR, FISCAL, HALF, S = (
    code_of(word) for word in ("the", "of", ".", ",", ":", "/", "and", "year", "fiscal", "half", "s")
)
START_END = codes_of("end start beginning")
MEASURED = flags(measures.UNITS, money.NAMES, money.SYMBOLS, money.MINOR, context.PEOPLE, numbers.SCALES)
"""Words that make the number before them a quantity, never a year."""
YEAR_MIN, YEAR_MAX = 1000, 2150
_SHORT_YEARS_AHEAD = 30
"""Maximum two-digit year read as one of this century."""

_COMPARATOR = flags(word for word in context.COMPARATORS if word not in ("sub", "estimated", *context.PLACES))
_ABOUT = codes_of(word for word in context.COMPARATORS if context.COMPARATORS[word] == "about")
_THAN, _NO, _UP, _TO, _AT = (code_of(word) for word in ("than", "no", "up", "to", "at"))
_MORE_LESS, _LEAST_MOST = codes_of("more less fewer longer"), codes_of("least most")
_SPOKEN = range(11, 21)


def whole(tokens: Tokens, i: int, digits_max: int) -> int:
    """Return the integer that token `i` is; -1 for anything but plain digits, at most `digits_max` of them."""
    if tokens.code[i] != NUMBER or tokens.mark[i] != PLAIN:
        return -1
    start, end = tokens.start[i], tokens.end[i]
    return int(tokens.text[start:end]) if end - start <= digits_max else -1


def four_digits(tokens: Tokens, i: int) -> int:
    """Return the year that token `i` may be; -1 for none."""
    if tokens.code[i] != NUMBER or tokens.mark[i] != PLAIN or tokens.end[i] - tokens.start[i] != 4:
        return -1
    value = int(tokens.text[tokens.start[i] : tokens.end[i]])
    return value if YEAR_MIN <= value <= YEAR_MAX else -1


def short_year(tokens: Tokens, k: int) -> int:
    """Return the year that "'68" at token `k`, the mark, says: of this century up to '30; 0 for none."""
    year = whole(tokens, k + 1, 2)
    if tokens.code[k] not in QUOTES or tokens.gap[k] == GAP_NONE or tokens.gap[k + 1] != GAP_NONE or year < 0:
        return 0
    if tokens.end[k + 1] - tokens.start[k + 1] != 2 or tokens.code[k + 2] in QUOTES:
        return 0
    return year + (2000 if year <= _SHORT_YEARS_AHEAD else 1900)


def with_comparator(tokens: Tokens, first: int, floor: int) -> int:
    """Take in "around", "at least", "more than" before token `first`: the token where the phrase begins."""
    code = tokens.code
    k = first - 1
    if k < floor or tokens.gap[first] == GAP_LINE:
        return first
    here = code[k]
    if _COMPARATOR[here] and tokens.mark[k] != SYMBOL:
        return k
    if k - 1 < floor:
        return first
    before = code[k - 1]
    if here == _THAN and before in _MORE_LESS:
        return k - 2 if code[k - 2] == _NO and k - 2 >= floor else k - 1
    if (here in _LEAST_MOST and before == _AT) or (here == _TO and before == _UP):
        return k - 1
    return first


def with_bound(tokens: Tokens, first: int, floor: int) -> int:
    """Take in "at least", "more than", "up to" before a length; "about" and "almost" say nothing of its bounds."""
    start = with_comparator(tokens, first, floor)
    return first if start < first and tokens.code[start] in _ABOUT else start


def with_the(tokens: Tokens, first: int, floor: int) -> int:
    """Take in "the" before token `first`."""
    return first - 1 if tokens.code[first - 1] == THE and first - 1 >= floor else first


def year_behind(tokens: Tokens, j: int) -> tuple[int | None, int]:
    """Return a year behind day or month, and the token behind it: "2023", ", 2023", "nineteen ninety-six"."""
    code, gap = tokens.code, tokens.gap
    k = j
    if (code[k] == COMMA and gap[k] == GAP_NONE and gap[k + 1] != GAP_LINE) or code[k] == OF:
        k += 1
    year = four_digits(tokens, k)
    if year > 0 and gap[k] <= GAP_SPACE:
        return (year, k + 1) if gap[k + 1] != GAP_NONE or tokens.mark[k + 1] == SYMBOL else (None, j)
    if CARDINAL[code[k]] in _SPOKEN:
        spoken = spoken_year(tokens, k)
        if spoken:
            return spoken
    return None, j


def spoken_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read "nineteen ninety-six", as a newsreader says it: the year and the token behind it."""
    code, gap = tokens.code, tokens.gap
    head, tail = CARDINAL[code[i]], CARDINAL[code[i + 1]]
    if head not in _SPOKEN or tail < 10 or gap[i + 1] != GAP_SPACE:
        return None
    if tail < 20:
        return 100 * head + tail, i + 2
    unit = i + 3 if code[i + 2] in HYPHENS and gap[i + 2] == GAP_NONE else i + 2
    if 0 < CARDINAL[code[unit]] < 10 and gap[unit] != GAP_LINE:
        return 100 * head + tail + CARDINAL[code[unit]], unit + 1
    return 100 * head + tail, i + 2


def year_of(tokens: Tokens, j: int) -> tuple[int | None, int | None, int]:
    """Read "of 2023", "of last year", "of the year" behind a part of a year: year, shift, and the token behind."""
    code = tokens.code
    of = code[j] == OF
    k = j + 1 if of else j
    if code[k] == FISCAL:
        k += 1
    year = four_digits(tokens, k)
    if year > 0 and tokens.gap[k] == GAP_SPACE:
        return year, None, k + 1
    if code[k + 1] == YEAR and tokens.gap[k] == GAP_SPACE:
        if code[k] in LAST_WORDS:
            return None, -1, k + 2
        if code[k] in NEXT_WORDS:
            return None, 1, k + 2
        if code[k] in THIS_WORDS or (code[k] == THE and of):
            return None, 0, k + 2
    return None, None, j
