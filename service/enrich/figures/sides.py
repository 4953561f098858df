"""One number with its currency and unit: what stands between two blanks of a range."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.figures import money
from service.enrich.figures.measures import RATE_STARTS, percent_at, with_rate
from service.enrich.figures.names import in_a_name, is_glued, is_ordinal_or_clock, skip_chain
from service.enrich.figures.units import unit_at
from service.enrich.lexer.number_words import CARDINAL, in_words
from service.enrich.lexer.numerals import SUFFIX, Numeral, in_digits, scaled
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, LOWER, SYMBOL
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import NUMBER, code_of, codes_of, flags
from service.languages.en.words import context

_MINUS, _MINUS_WORDS = codes_of("- − –"), codes_of("minus negative")
_SIGNS = flags(["-", "−", "–", "minus", "negative"])
_OPENING = codes_of("( [ /")
_AND, _OF, _PLUS = code_of("and"), code_of("of"), code_of("+")
AGED = codes_of("aged age ages")
_M, _K, _B = code_of("m"), code_of("k"), code_of("b")
_PER, _CENT = code_of("per"), code_of("cent")
_CENTS, _DOLLARS = codes_of("cent cents pence"), codes_of("dollar dollars")
_FEET, _INCHES = codes_of("feet foot ft"), codes_of("inch inches in")
_PEOPLE = codes_of(context.PEOPLE)
_MILLION_SIGNS = codes_of("of") | _PEOPLE


class Side(Struct, gc=False):
    """A number with what belongs to it; tokens first..last, last exclusive."""

    numeral: Numeral
    first: int
    last: int
    value: float
    scale: float
    currency: str | None = None
    unit: str | None = None
    noun: bool = False
    high: float | None = None


def side_at(tokens: Tokens, i: int, floor: int, after_dash: bool = False) -> Side | int:
    """The number at token `i`, or, where it is none, the token to go on from.

    Tokens before `floor` belong to the number before: "1£2" has one pound sign, and the first number has it.
    """
    code, gap = tokens.code, tokens.gap
    prefix = None
    if code[i] == NUMBER:
        if money.MAY_STAND_BEFORE[code[i - 1]]:
            prefix = money.before(tokens, i)
        if prefix is None and gap[i] == GAP_NONE and not after_dash and is_glued(tokens, i):
            return skip_chain(tokens, i + 1)
        numeral = in_digits(tokens, i)
        if numeral is not None and gap[numeral.end] == GAP_NONE and is_ordinal_or_clock(tokens, numeral.end):
            return skip_chain(tokens, numeral.end + 1)
    else:
        if (gap[i] == GAP_NONE or tokens.mark[i] != LOWER) and in_a_name(tokens, i, after_dash):
            return i + 1
        numeral = in_words(tokens, i)
        if numeral is not None and money.MAY_STAND_BEFORE[code[numeral.start - 1]]:
            prefix = money.before(tokens, numeral.start)
    if numeral is None:
        return i + 1
    if numeral.start < floor:
        numeral.start = floor
    if prefix is not None and prefix.start < floor:
        prefix = None
    side = Side(numeral, numeral.start, numeral.end, numeral.value, numeral.scale)
    if prefix is not None:
        _add_prefix(tokens, side, prefix)
    else:
        j = numeral.end
        ask = money.MAY_STAND_BEHIND[code[j]] or numeral.suffix or numeral.indefinite
        if not (ask and _add_money_behind(tokens, side)):
            _add_unit(tokens, side, floor)
            if side.unit is None and gap[j] == GAP_NONE and side.last == j and _letters(tokens, j):
                return skip_chain(tokens, j + 1)  # 5G, 49ers, 3D
    if _SIGNS[code[side.first - 1]] and not after_dash:
        _add_sign(tokens, side, floor)
    return side


def _letters(tokens: Tokens, j: int) -> bool:
    return tokens.mark[j] != SYMBOL and tokens.code[j] != NUMBER and tokens.code[j - 1] == NUMBER


def _add_prefix(tokens: Tokens, side: Side, prefix: money.Money) -> None:
    """Money with the currency before the number: an abbreviation behind it is a scale."""
    side.currency, side.first = prefix.currency, prefix.start
    factor = prefix.factor
    suffix = side.numeral.suffix
    if suffix:
        factor *= SUFFIX[tokens.code[suffix]]
        side.last = suffix + 1
    if factor != 1:
        side.value, side.scale = scaled(side.value, factor), side.scale * factor
    if tokens.code[side.last] in _DOLLARS:  # "$10 dollars"
        side.last += 1
    _add_rate(tokens, side)


def _add_rate(tokens: Tokens, side: Side) -> None:
    """ "$80 per sq m": the unit of money is what it is paid for; the span keeps to the amount."""
    if RATE_STARTS[tokens.code[side.last]]:
        side.unit = with_rate(tokens, "", side.last, money=True).unit or None


def _add_money_behind(tokens: Tokens, side: Side) -> bool:
    """Money with the currency behind the number: "470 pence", "20 billion francs", "30m euros"."""
    suffix = side.numeral.suffix
    after = suffix + 1 if suffix else side.last
    if side.numeral.indefinite and tokens.code[after] == _OF:  # "millions of dollars"
        after += 1
    factor = SUFFIX[tokens.code[suffix]] if suffix else 1.0
    found = money.behind(tokens, after, side.scale * factor)
    if found is None and suffix:
        after, factor = side.last, 1.0
        found = money.behind(tokens, after, side.scale)
    if found is None:
        return False
    factor *= found.factor
    side.currency, side.last = found.currency, found.end
    if factor != 1:
        side.value, side.scale = scaled(side.value, factor), side.scale * factor
    if found.factor == 1:
        _add_cents(tokens, side)
    _add_rate(tokens, side)
    return True


def _add_cents(tokens: Tokens, side: Side) -> None:
    """ "3 dollars 50 cents", "thirteen dollars and forty-five cents"."""
    code = tokens.code
    k = side.last + 1 if code[side.last] == _AND else side.last
    if code[k] != NUMBER and CARDINAL[code[k]] < 0:
        return
    part = in_digits(tokens, k) if code[k] == NUMBER else in_words(tokens, k)
    if part is not None and part.value < 100 and code[part.end] in _CENTS:
        side.value += part.value / 100
        side.last = part.end + 1


def _add_unit(tokens: Tokens, side: Side, floor: int) -> None:
    """Percent, a measure, an age, or the counted noun; an undecided "m" becomes million or metre."""
    suffix = side.numeral.suffix
    if suffix and _is_scale(tokens, suffix):
        factor = SUFFIX[tokens.code[suffix]]
        side.value, side.scale, side.last = scaled(side.value, factor), side.scale * factor, suffix + 1
    unit = unit_at(tokens, side.last, side.numeral)
    if side.numeral.bare and tokens.code[side.first - 1] in AGED and (unit is None or unit.noun):
        side.unit = "year_old"
    elif unit is not None:
        side.unit, side.last, side.noun = unit.unit, unit.end, unit.noun
        if unit.unit == "foot":
            _add_inches(tokens, side)
    elif side.numeral.share:
        side.unit = "share"
    elif tokens.code[side.first - 1] == _OF:
        _add_percent_label(tokens, side, floor)


def _add_percent_label(tokens: Tokens, side: Side, floor: int) -> None:
    """ "Per cent of 210" as a whole line, the label of a column; within a sentence it says something else."""
    code, gap = tokens.code, tokens.gap
    k = side.first - 2
    k -= code[k] == _CENT and code[k - 1] == _PER
    label = percent_at(tokens, k)
    if (
        label is not None
        and label.end == side.first - 1
        and gap[k] == gap[side.last] == GAP_LINE
        and k >= floor
    ):
        side.unit, side.first = label.unit, k


def _is_scale(tokens: Tokens, k: int) -> bool:
    """Is the letter behind the digits a scale: "4.3M sales", "35m of its devices", "10K"? Else it is a unit."""
    code = tokens.code[k]
    if tokens.gap[k] != GAP_NONE:
        return False
    if code == _M:
        return tokens.mark[k] != LOWER or tokens.code[k + 1] in _MILLION_SIGNS
    return code == _K or (code == _B and tokens.mark[k] != LOWER)


def _add_inches(tokens: Tokens, side: Side) -> None:
    """ "5 feet 2 inches", "12 ft 2 in": one length, in feet."""
    code = tokens.code
    k = side.last + 1 if code[side.last] == _AND else side.last
    if code[k] == NUMBER and code[k + 1] in _INCHES and tokens.end[k] - tokens.start[k] < 6:
        part = in_digits(tokens, k)
        if part is not None and part.end == k + 1 and part.value < 12:
            side.value += part.value / 12
            side.last = k + 2


def _add_sign(tokens: Tokens, side: Side, floor: int) -> None:
    """ "minus 5", "negative $71.5 million", "-1.3%"."""
    code, gap = tokens.code, tokens.gap
    first = side.first
    k = first - 1
    here = code[k]
    if here in _MINUS:
        if gap[first] != GAP_NONE:
            return
        if code[k - 1] in _MINUS_WORDS:
            k -= 1
        elif gap[k] == GAP_NONE and code[k - 1] not in _OPENING:
            return
    elif here not in _MINUS_WORDS:
        return
    if k >= floor:
        side.value, side.first = -side.value, k
