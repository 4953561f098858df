"""Read the unit of a number: percent, a measure, an age, letters behind the digits, or the counted noun."""

from __future__ import annotations

from service.enrich.figures.measures import (
    HYPHENS,
    MEASURE_STARTS,
    RATE_STARTS,
    UnitRead,
    age_at,
    dotted_speed,
    glued_unit,
    measure_at,
    percent_at,
    with_rate,
)
from service.enrich.figures.nouns import hyphen_noun, noun_at, noun_of
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import ARTICLES, SCALE, Numeral, in_digits
from service.enrich.lexer.scanner import DECIMAL, GAP_LINE, GAP_NONE, GAP_SPACE, LOWER, SYMBOL
from service.languages.en.words import measures

_LETTER_UNITS = flags(measures.GLUED_UNITS)
_NO_NOUN = flags(measures.GLUED_UNITS, measures.UNITS, measures.AREAS, ["per", "basis", "or", "+", "-", "‑"])
"""Words and signs behind a number that may be another unit than a noun, or stand before one."""
_SPACED_LETTERS, _PRIMES = codes_of("m mm t"), codes_of("′ ″")
"""Letters that are a unit behind a blank too ("816 000 t"); signs that are a unit."""
_OR, _PLUS = code_of("or"), code_of("+")
_PER = code_of("per")
_BASES = frozenset(10.0**power for power in range(2, 7))
"""What rates are counted by: "6 per 100,000 people"."""
_VAGUE = codes_of("so more less fewer greater")
_ROUNDED = codes_of("plus odd")
_MEGABIT, _GRAM, _OF, _ONE = code_of("mb"), code_of("g"), code_of("of"), code_of("one")
_ONLY_DECIMAL = frozenset({"second", "day", "year"})
"""Units by a letter that whole numbers never have: "Model 3s" and "the 747s" are plurals of names."""


def unit_at(tokens: Tokens, j: int, numeral: Numeral) -> UnitRead | None:
    """Return the unit of the number that ends before token `j`; None without one."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if gap[j] == GAP_LINE:
        return None
    here = code[j]
    if _NO_NOUN[here]:
        unit = _letter_unit(tokens, j) if _LETTER_UNITS[here] and code[j - 1] == NUMBER else None
        unit = unit or _measure(tokens, j)
        if unit is not None:
            return unit
        if here in HYPHENS and gap[j] == gap[j + 1] == GAP_NONE:
            return _unit_behind_hyphen(tokens, j + 1)
        if here == _OR and code[j + 1] in _VAGUE:
            return _unit_behind(tokens, j + 2)
        if here == _PLUS and gap[j] == GAP_NONE:
            return _unit_behind(tokens, j + 1)
    if gap[j] == GAP_NONE or mark[j] == SYMBOL:
        return None
    if numeral.share:
        return _unit_of_share(tokens, j)
    if here != _OF:
        noun = noun_at(tokens, j, one=numeral.value == 1 and numeral.in_words)
        end = j if noun is None else noun.end
        return (_with_base(tokens, j, end) or noun) if code[end] == _PER else noun
    if numeral.indefinite:
        return _measure(tokens, j + 1) or noun_at(tokens, j + 1)  # "hundreds of miles", "dozens of boats"
    return None if numeral.value == 1 else noun_of(tokens, j)


def _with_base(tokens: Tokens, j: int, end: int) -> UnitRead | None:
    """Read "per 100,000 people", "deaths per million" at token `j`: the noun ends before "per" at token `end`."""
    code, gap = tokens.code, tokens.gap
    k = end + 1
    if gap[end] != GAP_SPACE or gap[k] != GAP_SPACE or not (code[k] == NUMBER or SCALE[code[k]]):
        return None
    read = in_digits(tokens, k) if code[k] == NUMBER else None
    if code[k] == NUMBER and (read is None or read.value not in _BASES):
        return None
    base = k + 1 if read is None else read.end
    noun = noun_at(tokens, base) if gap[base] == GAP_SPACE else None
    behind = base if noun is None else noun.end
    return UnitRead(tokens.text[tokens.start[j] : tokens.end[behind - 1]], behind, noun=True)


def _unit_behind_hyphen(tokens: Tokens, k: int) -> UnitRead | None:
    """Read the unit at token `k`, behind a hyphen: "10-mile", "five-star", "300-odd metres"."""
    if tokens.code[k] in _ROUNDED:
        return _unit_behind(tokens, k + 1)
    return _measure(tokens, k) or hyphen_noun(tokens, k)


def _unit_behind(tokens: Tokens, k: int) -> UnitRead | None:
    """Read the unit at token `k`, behind "or so", "-odd", "+": "300-odd metres", "90-plus floors"."""
    if tokens.gap[k] != GAP_SPACE:
        return None
    return _measure(tokens, k) or noun_at(tokens, k)


def _unit_of_share(tokens: Tokens, j: int) -> UnitRead | None:
    """Read "half a point", "a quarter of a mile", "half of one percent": the unit behind a fraction."""
    code = tokens.code
    k = j + 1 if code[j] == _OF else j
    one = code[k] in ARTICLES or code[k] == _ONE or (code[k] == NUMBER and tokens.word(k) == "1")
    return _measure(tokens, k + 1) if one and tokens.gap[k + 1] != GAP_LINE else None


def _measure(tokens: Tokens, k: int) -> UnitRead | None:
    """Read percent, an age or a measure at token `k`, with its rate."""
    if not MEASURE_STARTS[tokens.code[k]]:
        return None
    found = percent_at(tokens, k)
    if found is None:
        found = age_at(tokens, k)
        if found is not None or not _is_unit_letter(tokens, k):
            return found
        found = measure_at(tokens, k)
    if found is not None and RATE_STARTS[tokens.code[found.end]]:
        return with_rate(tokens, found.unit or "", found.end)
    return found


def _is_unit_letter(tokens: Tokens, k: int) -> bool:
    """Tell letters that are a unit: "5G" is no weight, "100 mb" no megabyte."""
    here = tokens.code[k]
    if here == _GRAM:
        return tokens.mark[k] == LOWER
    return here != _MEGABIT or tokens.mark[k] != LOWER


def _letter_unit(tokens: Tokens, j: int) -> UnitRead | None:
    """Read 37m, 7.2s, 816 000 t, 25.5″, 80 m.p.h."""
    speed = dotted_speed(tokens, j)
    if speed is not None:
        return speed
    if tokens.gap[j] != GAP_NONE:
        if tokens.code[j] not in _SPACED_LETTERS or tokens.mark[j] != LOWER:
            return None
    elif tokens.mark[j] == SYMBOL and tokens.code[j] not in _PRIMES:
        return None
    unit = glued_unit(tokens, j)
    if unit is not None and unit.unit in _ONLY_DECIMAL and tokens.mark[j - 1] != DECIMAL:
        return None
    return unit
