"""Read what two numbers measure together: "5 feet 2 inches", 6'2", "12st 4lb"."""

from __future__ import annotations

from service.enrich.figures.side import Side
from service.enrich.lexer.codes import NUMBER, code_of, codes_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import in_digits
from service.enrich.lexer.scanner import GAP_NONE, PLAIN, SYMBOL
from service.languages.en.words import measures

_AND = code_of("and")
_INCHES, _POUNDS = codes_of("inch inches in"), codes_of(measures.POUND_WORDS)
_INCH_SIGNS = codes_of('" ” ″')
_INCHES_IN_FOOT, _POUNDS_IN_STONE = 12, 14
_FEET_TALL = range(3, 9)
"""Feet of a person's height, the only length that leaves the inch sign out: 6'2."""


def add_inches(tokens: Tokens, side: Side) -> None:
    """Read "5 feet 2 inches", "12 ft 2 in", "5ft 10in": one length, in feet."""
    read = _second_number(tokens, side, _INCHES_IN_FOOT)
    if read is not None and tokens.code[read[1]] in _INCHES:
        side.value += read[0] / _INCHES_IN_FOOT
        side.last = read[1] + 1


def add_pounds(tokens: Tokens, side: Side) -> None:
    """Read "12st 4lb", "9 stone 10 pounds": one weight, in pounds."""
    read = _second_number(tokens, side, _POUNDS_IN_STONE)
    if read is not None and tokens.code[read[1]] in _POUNDS:
        side.value = side.value * _POUNDS_IN_STONE + read[0]
        side.unit, side.last = "pound", read[1] + 1


def _second_number(tokens: Tokens, side: Side, below: int) -> tuple[float, int] | None:
    """Read the smaller number behind the first one and its unit: its value and the token of its unit."""
    code = tokens.code
    k = side.last + 1 if code[side.last] == _AND else side.last
    if code[k] != NUMBER or tokens.end[k] - tokens.start[k] > 5:
        return None
    part = in_digits(tokens, k)
    if part is None or part.end != k + 1 or part.value >= below:
        return None
    return part.value, k + 1


def feet_and_inches(tokens: Tokens, side: Side) -> None:
    """Read 6'2", 5’11: a length in feet; the sign of inches may be missing behind a person's height."""
    code, gap = tokens.code, tokens.gap
    j = side.last
    inches = j + 1
    if (
        code[inches] != NUMBER
        or tokens.mark[inches] != PLAIN
        or gap[j] != GAP_NONE
        or gap[inches] != GAP_NONE
    ):
        return
    if not side.numeral.bare or tokens.end[inches] - tokens.start[inches] > 2:
        return
    count = int(tokens.word(inches))
    signed = code[inches + 1] in _INCH_SIGNS and gap[inches + 1] == GAP_NONE
    ends = gap[inches + 1] != GAP_NONE or tokens.mark[inches + 1] == SYMBOL
    if count < _INCHES_IN_FOOT and (signed or (ends and side.value in _FEET_TALL)):
        side.value += count / _INCHES_IN_FOOT
        side.unit, side.last = "foot", inches + 1 + signed
