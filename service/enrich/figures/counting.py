"""Tell numbers that count or measure from those that only stand in a text."""

from __future__ import annotations

from service.enrich.figures.comparison import COMPARATOR
from service.enrich.figures.measures import HYPHENS
from service.enrich.figures.side import Side
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, TITLE, UPPER
from service.languages.en.words import context, figure_cues, time

_FUNCTION = flags(
    context.FUNCTION_WORDS, context.COMPARATORS, context.UP_WORDS, context.DOWN_WORDS, context.CHANGE_FILLERS
)
_HEADS, _PEOPLE = codes_of(context.NAME_HEADS), codes_of(context.PEOPLE)
_DOT, _OPEN, _CLOSE = (code_of(sign) for sign in ".()")
_OF, _OR = code_of("of"), code_of("or")
_COUNTING, _WEEKDAYS = codes_of("than to"), codes_of(time.WEEKDAYS)
_NOT_BEFORE_ONE = codes_of(figure_cues.NOT_BEFORE_ONE)
_YEAR_PREPOSITIONS = codes_of(figure_cues.YEAR_PREPOSITIONS)
_PARTIES, _REFERRED_ALWAYS = codes_of(figure_cues.PARTIES), codes_of(figure_cues.REFERRED_ALWAYS)
_REFERRING = codes_of(figure_cues.REFERRING)
_YEARS = frozenset(range(1500, 2100))  # values are floats, which a range would look for one by one
_IDENTIFIER_DIGITS = 10
"""Minimum number of digits without a comma that are an account or a telephone number, no count."""
_REFERRED_MAX = 10
"""Maximum number of parties that "the five powers" only refers back to."""


def is_quantity(tokens: Tokens, side: Side) -> bool:
    """Tell whether it counts or measures.

    A measure, a currency or a scale says so; a bare number has to stand like one.
    """
    if side.currency or (side.unit and not side.noun):
        return True
    numeral = side.numeral
    if numeral.in_words:
        return _word_counts(tokens, side)
    if side.scale > 1:
        return True
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    i = numeral.start
    before = code[i - 1]
    if before in _HEADS or (before == _DOT and code[i - 2] in _HEADS and not gap[i - 1]):
        return False
    if before == _OF and code[i - 2] == NUMBER and code[i - 3] in _HEADS:  # "Caption 4 of 76"
        return False
    titled = mark[i - 1] in (TITLE, UPPER) and before != NUMBER and not _FUNCTION[before]
    if titled and gap[i] == GAP_SPACE and before not in _WEEKDAYS:
        return bool(before) and gap[i - 1] == GAP_LINE and side.noun
    return not numeral.bare or _bare_counts(tokens, side)


def _bare_counts(tokens: Tokens, side: Side) -> bool:
    """Tell plain digits without a measure that count: no year, identifier, list number, house number or idiom."""
    code, gap = tokens.code, tokens.gap
    i = side.numeral.start
    start = tokens.start[i]
    length = tokens.end[i] - start
    before = code[i - 1]
    if length == 4 and side.value in _YEARS:
        if not side.noun or before in _YEAR_PREPOSITIONS:
            return False
        return code[side.last - 1] in _PEOPLE or COMPARATOR[before] == "over" or before in _COUNTING
    if length >= _IDENTIFIER_DIGITS or (length > 1 and tokens.text[start] == "0"):
        return False
    after = code[i + 1]
    if gap[i] == GAP_LINE and after in (_DOT, _CLOSE):
        return False
    if before == _OPEN and after == _CLOSE:
        return False
    if after == _OPEN and gap[i + 1] == gap[i + 2] == gap[i + 3] == GAP_NONE and code[i + 3] == _CLOSE:
        return False  # "a 401(k)", "501(c)(3)"
    if after in HYPHENS and gap[i + 1] == gap[i + 2] == GAP_NONE and not side.noun:
        return False
    return side.noun or tokens.mark[i + 1] != TITLE or gap[i + 1] == GAP_LINE


def _word_counts(tokens: Tokens, side: Side) -> bool:
    """Tell a number in words without a measure that counts: a counted noun, a share, or a large number."""
    code = tokens.code
    numeral = side.numeral
    before = code[numeral.start - 1]
    if numeral.value == 1 and not numeral.indefinite:
        return side.noun and before not in _NOT_BEFORE_ONE and not side.plural
    if side.noun and (side.plural or code[numeral.end] in HYPHENS):
        return not _refers(tokens, side, before)  # not "the two spoke"
    counted = numeral.end - numeral.start > 1 or numeral.indefinite or code[numeral.end] == _OR
    large = (
        numeral.scale > 1 and counted
    )  # "two million", "several million", "million or so"; no bare "million"
    return large or numeral.share or COMPARATOR[before] is not None


def _refers(tokens: Tokens, side: Side, before: int) -> bool:
    """Read "the two leaders", "both sides": they are known already, nobody counts them."""
    noun = tokens.code[side.last - 1]
    if side.value > _REFERRED_MAX or noun not in _PARTIES:
        return False
    return before in _REFERRING or noun in _REFERRED_ALWAYS
