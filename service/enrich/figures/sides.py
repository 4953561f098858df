"""Read one number with its currency and unit: what stands between two blanks of a range."""

from __future__ import annotations

from service.enrich.figures import money
from service.enrich.figures.compound_measures import add_inches, add_pounds, feet_and_inches
from service.enrich.figures.measures import RATE_STARTS, percent_at, with_rate
from service.enrich.figures.nouns import is_plural_at, noun_behind_measure
from service.enrich.figures.numbered_names import (
    in_a_name,
    is_glued,
    is_ordinal_or_clock,
    phone_end,
    skip_chain,
)
from service.enrich.figures.side import Side
from service.enrich.figures.units import unit_at
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.number_words import in_words
from service.enrich.lexer.numerals import CARDINAL, SUFFIX, Numeral, in_digits, scaled
from service.enrich.lexer.plurals import PLURAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, LOWER, SYMBOL, TITLE
from service.languages.en.words import context, figure_cues, measures

_MINUS, _MINUS_WORDS = codes_of("- − –"), codes_of("minus negative")
_SIGNS = flags(["-", "−", "–", "minus", "negative"])
_OPENING = codes_of("( [ /")
_AND, _OF, _COMMA = code_of("and"), code_of("of"), code_of(",")
AGED = codes_of("aged age ages")
_M, _K, _B = code_of("m"), code_of("k"), code_of("b")
_PER, _CENT = code_of("per"), code_of("cent")
_CENTS, _DOLLARS = codes_of("cent cents pence cts"), codes_of("dollar dollars dlrs")
_PEOPLE = codes_of(context.PEOPLE)
_DETERMINERS = codes_of(figure_cues.DETERMINERS)
_METRES_BEHIND, _UNITS = flags(figure_cues.METRES_BEHIND), flags(measures.UNITS)
_MODIFIERS = codes_of("more new other")
_QUOTES = codes_of("' ’ ′")
_CENTS_MAX = 100


def side_at(tokens: Tokens, i: int, floor: int, after_dash: bool = False) -> Side | int:
    """Read the number at token `i`, or return the token to go on from where it is no quantity.

    Tokens before `floor` belong to the number before: "1£2" has one pound sign, and the first number has it.
    """
    prefix = None
    if tokens.code[i] == NUMBER:
        if money.MAY_STAND_BEFORE[tokens.code[i - 1]]:
            prefix = money.before(tokens, i)
        numeral = _digits_at(tokens, i, prefix is not None, after_dash)
    else:
        numeral = _words_at(tokens, i, after_dash)
        if isinstance(numeral, Numeral) and money.MAY_STAND_BEFORE[tokens.code[numeral.start - 1]]:
            prefix = money.before(tokens, numeral.start)
    if isinstance(numeral, int):
        return numeral
    if numeral.start < floor:
        numeral.start = floor
    if prefix is not None and prefix.start < floor:
        prefix = None
    side = Side(numeral, numeral.start, numeral.end, numeral.value, numeral.scale)
    if prefix is not None:
        _add_prefix(tokens, side, prefix)
    elif _add_what_follows(tokens, side, floor):
        return skip_chain(tokens, numeral.end + 1)  # 5G, 49ers, 3D
    if _SIGNS[tokens.code[side.first - 1]] and not after_dash:
        _add_sign(tokens, side, floor)
    return side


def _digits_at(tokens: Tokens, i: int, paid: bool, after_dash: bool) -> Numeral | int:
    """Read the digits at token `i`; the token to go on from where they are part of a name or a telephone number."""
    gap = tokens.gap
    if not paid:
        if gap[i] == GAP_NONE and not after_dash and is_glued(tokens, i):
            return skip_chain(tokens, i + 1)
        behind = phone_end(tokens, i) if tokens.code[i + 1] == NUMBER else 0
        if behind:
            return behind
    numeral = in_digits(tokens, i)
    if numeral is None:
        return i + 1
    after = numeral.end
    if gap[after] == GAP_NONE and (is_ordinal_or_clock(tokens, after) or _is_bare_list(tokens, after)):
        return skip_chain(tokens, after + 1)
    return numeral


def _is_bare_list(tokens: Tokens, j: int) -> bool:
    """Tell "1,2,3", or "2,5" with a comma that may be a list's or a decimal mark: neither is a quantity."""
    return tokens.code[j] == _COMMA and tokens.code[j + 1] == NUMBER and tokens.gap[j + 1] == GAP_NONE


def _words_at(tokens: Tokens, i: int, after_dash: bool) -> Numeral | int:
    """Read the number words at token `i`; the token to go on from where they are none."""
    if (tokens.gap[i] == GAP_NONE or tokens.mark[i] != LOWER) and in_a_name(tokens, i, after_dash):
        return i + 1
    return in_words(tokens, i) or i + 1


def _add_what_follows(tokens: Tokens, side: Side, floor: int) -> bool:
    """Add the money or unit behind the number; True where letters make it a name."""
    numeral = side.numeral
    j = numeral.end
    ask = money.MAY_STAND_BEHIND[tokens.code[j]] or numeral.suffix or numeral.indefinite
    if ask and _add_money_behind(tokens, side):
        return False
    _add_unit(tokens, side, floor)
    if side.unit is not None or tokens.gap[j] != GAP_NONE or side.last != j:
        return False
    return tokens.mark[j] != SYMBOL and tokens.code[j] != NUMBER and tokens.code[j - 1] == NUMBER


def _multiply(side: Side, factor: float) -> None:
    """Apply a scale to the number."""
    if factor != 1:
        side.value, side.scale = scaled(side.value, factor), side.scale * factor


def _add_prefix(tokens: Tokens, side: Side, prefix: money.Money) -> None:
    """Add the currency before the number: an abbreviation behind it is a scale."""
    side.currency, side.first = prefix.currency, prefix.start
    factor = prefix.factor
    suffix = side.numeral.suffix
    if suffix:
        factor *= SUFFIX[tokens.code[suffix]]
        side.last = suffix + 1
    _multiply(side, factor)
    side.value *= prefix.sign
    if tokens.code[side.last] in _DOLLARS:  # "$10 dollars"
        side.last += 1
    _add_rate(tokens, side)


def _add_rate(tokens: Tokens, side: Side) -> None:
    """Read "$80 per sq m": the unit of money is what it is paid for; the span keeps to the amount."""
    if RATE_STARTS[tokens.code[side.last]]:
        side.unit = with_rate(tokens, "", side.last, money=True).unit or None


def _add_money_behind(tokens: Tokens, side: Side) -> bool:
    """Add the currency behind the number: "470 pence", "20 billion francs", "30m euros"; False without one."""
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
    side.currency, side.last = found.currency, found.end
    _multiply(side, factor * found.factor)
    if found.factor == 1:
        _add_cents(tokens, side)
    _add_rate(tokens, side)
    return True


def _add_cents(tokens: Tokens, side: Side) -> None:
    """Read "3 dollars 50 cents", "thirteen dollars and forty-five cents", "12 dollars 50"."""
    code = tokens.code
    k = side.last + 1 if code[side.last] == _AND else side.last
    if code[k] != NUMBER and CARDINAL[code[k]] < 0:
        return
    part = in_digits(tokens, k) if code[k] == NUMBER else in_words(tokens, k)
    if part is None or part.value >= _CENTS_MAX:
        return
    if code[part.end] in _CENTS:
        side.last = part.end + 1
    elif k == side.last and _are_bare_cents(tokens, part):
        side.last = part.end
    else:
        return
    side.value += part.value / _CENTS_MAX


def _are_bare_cents(tokens: Tokens, part: Numeral) -> bool:
    """Tell two plain digits at the end of a clause: "12 dollars 50." but not "12 dollars 50 years ago"."""
    two = part.bare and tokens.end[part.start] - tokens.start[part.start] == 2
    end = part.end
    return two and (
        tokens.gap[end] == GAP_LINE or (tokens.mark[end] == SYMBOL and tokens.gap[end + 1] != GAP_NONE)
    )


def _add_unit(tokens: Tokens, side: Side, floor: int) -> None:
    """Add percent, a measure, an age, or the counted noun; an undecided "m" becomes million or metre."""
    code = tokens.code
    numeral = side.numeral
    suffix = numeral.suffix
    if suffix and _is_scale(tokens, suffix):
        _multiply(side, SUFFIX[code[suffix]])
        side.last = suffix + 1
    unit = unit_at(tokens, side.last, numeral)
    if (unit is None or unit.noun) and numeral.bare and code[side.first - 1] in AGED:
        side.unit = "year_old"
    elif unit is not None:
        side.unit, side.last, side.noun = unit.unit, unit.end, unit.noun
        if unit.noun:
            side.plural = is_plural_at(tokens, unit.end - 1)
        elif unit.unit == "foot":
            add_inches(tokens, side)
        elif unit.unit == "stone":
            add_pounds(tokens, side)
    elif numeral.share:
        side.unit = "share"
    elif code[side.last] in _QUOTES:
        feet_and_inches(tokens, side)
    elif code[side.first - 1] == _OF:
        _add_percent_label(tokens, side, floor)
    elif code[side.last] == NUMBER or CARDINAL[code[side.last]] >= 0:
        noun = noun_behind_measure(tokens, side.last)
        if noun is not None:
            side.unit, side.noun, side.plural = noun.unit, True, True


def _add_percent_label(tokens: Tokens, side: Side, floor: int) -> None:
    """Read "Per cent of 210" as a whole line, the label of a column; within a sentence it says something else."""
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
    """Tell whether the letter behind the digits is a scale ("4.3M sales", "3m cars", "10K") or a unit ("37m mast")."""
    code = tokens.code[k]
    if tokens.gap[k] != GAP_NONE:
        return False
    if code == _M:
        return tokens.mark[k] != LOWER or _counts_millions(tokens, k + 1)
    return code == _K or (code == _B and tokens.mark[k] != LOWER)


def _counts_millions(tokens: Tokens, k: int) -> bool:
    """Tell whether a counted plural stands at token `k`, behind at most one word like "new" or "British"."""
    code = tokens.code
    if code[k] in _PEOPLE:
        return True
    if code[k] == _OF:  # "35m of its phones", but "30m of cable"
        return code[k + 1] in _DETERMINERS or bool(PLURAL[code[k + 1]])
    if tokens.gap[k] == GAP_LINE or _METRES_BEHIND[code[k]]:
        return False
    if code[k] in _MODIFIERS or tokens.mark[k] == TITLE:
        k += 1
    here = code[k]
    plural = PLURAL[here] and tokens.mark[k] == LOWER and not _METRES_BEHIND[here]
    return bool(plural and tokens.gap[k] != GAP_LINE)


def _add_sign(tokens: Tokens, side: Side, floor: int) -> None:
    """Read "minus 5", "negative $71.5 million", "-1.3%"."""
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
