"""Tokens -> quantities: money, percentages, measures and counts, with what the words around them say."""

from __future__ import annotations

from service.enrich.figures.comparison import COMPARATOR, change_of, comparator_of
from service.enrich.figures.measures import HYPHENS
from service.enrich.figures.ranges import LINKS, RATIO_LINKS, joined, ratio
from service.enrich.figures.sides import Side, side_at
from service.enrich.lexer.plurals import PLURAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_SPACE, TITLE, UPPER
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import IN_DIGITS, NUMBER, code_of, codes_of, flags
from service.languages.en.words import context, figure_cues, numbers
from service.records import Quantity

_STARTS = flags(
    [IN_DIGITS], numbers.CARDINALS, numbers.SCALES, numbers.PLURAL_SCALES, numbers.FRACTIONS, numbers.VULGAR
)
_FUNCTION = flags(
    context.FUNCTION_WORDS, context.COMPARATORS, context.UP_WORDS, context.DOWN_WORDS, context.CHANGE_FILLERS
)
_HEADS, _PEOPLE = codes_of(context.NAME_HEADS), codes_of(context.PEOPLE)
_DOT, _COMMA, _OPEN, _CLOSE = (code_of(sign) for sign in ".,()")
_NOT_BEFORE_ONE = codes_of(figure_cues.NOT_BEFORE_ONE)
_YEAR_PREPOSITIONS = codes_of(figure_cues.YEAR_PREPOSITIONS)
_YEARS = frozenset(range(1500, 2100))  # values are floats, which a range would look for one by one
_IDENTIFIER_DIGITS = 10
"""So many digits without a comma are a number of an account or a telephone, no count."""
_AGES = frozenset(range(1, 120))
QUANTITIES_MAX = 4_000
"""Of one text, the first ones are read: a text with more is a table, and each costs ten microseconds."""


def quantities_in(tokens: Tokens, taken: bytes | bytearray) -> list[Quantity]:
    """All quantities, sorted; `taken` marks the tokens that belong to calendar dates and times."""
    found: list[Quantity] = []
    behind = 0
    code = tokens.code
    for i in tokens.hits:
        if i >= behind and _STARTS[code[i]] and not taken[i]:
            if len(found) >= QUANTITIES_MAX:
                break
            side = side_at(tokens, i, behind)
            behind = side if isinstance(side, int) else _read(tokens, side, taken, found)
    return found


def _read(tokens: Tokens, side: Side, taken: bytes | bytearray, found: list[Quantity]) -> int:
    """Put the quantity at `side`, and what is joined to it, into `found`; return the first token not yet used."""
    code = tokens.code
    link = code[side.numeral.end]
    if link in RATIO_LINKS:
        share = ratio(tokens, side)
        if share is not None:
            found.append(_quantity(tokens, share))
            return share.last
    if code[side.last] in LINKS or (side.noun and link in LINKS):
        pair = joined(tokens, side, taken)
        if pair is not None:
            found += [
                _quantity(tokens, one) for one in pair[0] if one.high is not None or is_quantity(tokens, one)
            ]
            return pair[1]
    if is_quantity(tokens, side):
        found.append(_quantity(tokens, side))
    return side.last


def _quantity(tokens: Tokens, side: Side) -> Quantity:
    """The record, with comparator, change and, for a person's age, the unit that the text leaves out."""
    numeral = side.numeral
    comparator, first = comparator_of(tokens, side.first, side.last)
    high = side.high if side.high is not None else numeral.value_high
    if numeral.indefinite and comparator is None and high is None:
        comparator = "over"
    unit = side.unit
    if unit is None and side.currency is None and _is_age(tokens, side):
        unit = "year_old"
    start, end = tokens.start[side.first], tokens.end[side.last - 1]
    return Quantity(
        start,
        end,
        tokens.text[start:end],
        side.value,
        high,
        unit,
        side.currency,
        side.scale if side.scale != 1 else None,
        comparator,
        change_of(tokens, first, side.last, side.noun),
    )


def _is_age(tokens: Tokens, side: Side) -> bool:
    """ "Lena Moss, 44, said"."""
    code = tokens.code
    i = side.numeral.start
    if not side.numeral.bare or side.value not in _AGES:
        return False
    return code[i - 1] == _COMMA and tokens.mark[i - 2] == TITLE and code[i + 1] in (_COMMA, _DOT, _CLOSE)


def is_quantity(tokens: Tokens, side: Side) -> bool:
    """Does it count or measure? A measure, a currency or a scale says so; a bare number has to stand like one."""
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
    if gap[i] == GAP_SPACE and mark[i - 1] in (TITLE, UPPER) and before != NUMBER and not _FUNCTION[before]:
        return bool(before) and gap[i - 1] == GAP_LINE and side.noun
    return not numeral.bare or _bare_counts(tokens, side)


def _bare_counts(tokens: Tokens, side: Side) -> bool:
    """Plain digits without a measure: not a year, an identifier, a list number, a house number."""
    code = tokens.code
    i = side.numeral.start
    start = tokens.start[i]
    length = tokens.end[i] - start
    before = code[i - 1]
    if length == 4 and side.value in _YEARS:
        if not side.noun or before in _YEAR_PREPOSITIONS:
            return False
        return code[side.last - 1] in _PEOPLE or COMPARATOR[before] == "over" or before == _THAN
    if length >= _IDENTIFIER_DIGITS or (length > 1 and tokens.text[start] == "0"):
        return False
    if tokens.gap[i] == GAP_LINE and code[i + 1] in (_DOT, _CLOSE):
        return False
    if before == _OPEN and code[i + 1] == _CLOSE:
        return False
    return side.noun or tokens.mark[i + 1] != TITLE or tokens.gap[i + 1] == GAP_LINE


_THAN = code_of("than")


def _word_counts(tokens: Tokens, side: Side) -> bool:
    """A number in words without a measure: a counted noun, a share, or a large number."""
    numeral = side.numeral
    before = tokens.code[numeral.start - 1]
    if numeral.value == 1 and not numeral.indefinite:
        return side.noun and before not in _NOT_BEFORE_ONE and not PLURAL[tokens.code[side.last - 1]]
    if side.noun and (PLURAL[tokens.code[side.last - 1]] or tokens.code[numeral.end] in HYPHENS):
        return True  # not "the two spoke"
    return numeral.scale > 1 or numeral.share or COMPARATOR[before] is not None
