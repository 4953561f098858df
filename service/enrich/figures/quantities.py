"""Tokens -> quantities: money, percentages, measures and counts, with what the words around them say."""

from __future__ import annotations

from service.enrich.figures.comparison import Change, change_of, comparator_of, says_again
from service.enrich.figures.counting import is_quantity
from service.enrich.figures.ranges import LINKS, RATIO_LINKS, joined, ratio
from service.enrich.figures.shared_units import is_age, share_units
from service.enrich.figures.side import Side
from service.enrich.figures.sides import side_at
from service.enrich.lexer.codes import IN_DIGITS, flags
from service.enrich.lexer.number_tokens import Tokens
from service.languages.en.words import numbers
from service.records import Quantity

_STARTS = flags(
    [IN_DIGITS], numbers.CARDINALS, numbers.SCALES, numbers.PLURAL_SCALES, numbers.FRACTIONS, numbers.VULGAR
)
QUANTITIES_MAX = 4_000
"""Maximum number of quantities read of one text: a text with more is a table, and each costs ten microseconds."""


def quantities_in(tokens: Tokens, taken: bytes | bytearray) -> list[Quantity]:
    """Read all quantities, sorted; `taken` marks the tokens that belong to calendar dates and times."""
    found: list[Side] = []
    behind = 0
    code = tokens.code
    for i in tokens.hits:
        if i >= behind and _STARTS[code[i]] and not taken[i]:
            if len(found) >= QUANTITIES_MAX:
                break
            side = side_at(tokens, i, behind)
            behind = side if isinstance(side, int) else _read(tokens, side, taken, found)
    share_units(tokens, found)
    read: list[Quantity] = []
    before: Side | None = None
    for side in found:
        if side.high is not None or is_quantity(tokens, side):
            changed = read[-1].change if before is not None else None
            read.append(_quantity(tokens, side, before if changed else None, changed))
            before = side
    return read


def _read(tokens: Tokens, side: Side, taken: bytes | bytearray, found: list[Side]) -> int:
    """Put the number at `side`, and what is joined to it, into `found`; return the first token not yet used."""
    code = tokens.code
    link = code[side.numeral.end]
    if link in RATIO_LINKS:
        share = ratio(tokens, side)
        if share is not None:
            found.append(share)
            return share.last
    if code[side.last] in LINKS or (side.noun and link in LINKS):
        pair = joined(tokens, side, taken)
        if pair is not None:
            found += pair[0]
            return pair[1]
    if side.unit is None and side.currency is None and is_age(tokens, side):
        side.unit = "year_old"
    found.append(side)
    return side.last


def _quantity(tokens: Tokens, side: Side, before: Side | None, changed: Change | None) -> Quantity:
    """Make the record, with comparator and change; `changed` is the change of the quantity `before`."""
    numeral = side.numeral
    comparator, first = comparator_of(tokens, side.first, side.last, side.unit, numeral.end)
    high = side.high if side.high is not None else numeral.value_high
    if numeral.indefinite and comparator is None and high is None:
        comparator = "over"
    start, end = tokens.start[side.first], tokens.end[side.last - 1]
    change = None
    if not side.level:
        change = change_of(tokens, first, side.last, side.noun, side.currency is not None)
        if change is None and before is not None and says_again(tokens, before.last, first, side.last):
            change = changed
    return Quantity(
        start,
        end,
        tokens.text[start:end],
        side.value,
        high,
        side.unit,
        side.currency,
        side.scale if side.scale != 1 else None,
        comparator,
        change,
    )
