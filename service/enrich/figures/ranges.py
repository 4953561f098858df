"""Read two numbers that a dash or a word joins: "$3-5bn", "between 3 and 5", "from 5 to 7 percent", "215-210"."""

from __future__ import annotations

from service.enrich.figures import money
from service.enrich.figures.comparison import change_of, comparator_of
from service.enrich.figures.numbered_names import skip_chain
from service.enrich.figures.side import Side
from service.enrich.figures.sides import side_at
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL, SCALE, Numeral, scaled
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GROUPED
from service.languages.en.words import context, figure_cues

_DASHES, _TO_OR = codes_of("- – — ‑"), codes_of("to or")
_STOPS = codes_of(". ? ! ; :")
_TO, _AND, _OR, _FROM, _BETWEEN = (code_of(word) for word in ("to", "and", "or", "from", "between"))
LINKS = _DASHES | {_TO, _AND, _OR}
_RANGE_CUES = codes_of(context.RANGE_CUES)
_BEFORE_NUMBER = codes_of("- − minus negative u us s a c hk . =")

_IN, _OUT, _OF, _EVERY = (code_of(word) for word in ("in", "out", "of", "every"))
RATIO_LINKS = frozenset({_IN, _OUT, _OF})
_RATIO_OF = frozenset({*range(2, 13), *range(15, 101, 5), *(10.0**power for power in range(3, 10))})
"""What people count by: "one in three", "95 in 100", "3 in 100,000"."""
_SAMPLES = frozenset({10.0, 100.0, 1000.0})
"""What "in 3 of 10 towns" is a share of; "three of seven judges" and "he won 3 of 10 games" count three."""
_THOUSANDS = 1000
_TIMES_MAX, _TIMES_MAX_IN_WORDS = 5, 2
"""Maximum quotient of the ends of a range whose lower end leaves "000" out: joined by a dash, by a word."""
_VOTING = flags(figure_cues.VOTING)
_VOTE_LOOK_BACK = 6
"""Maximum number of tokens between a word of voting and the result of the vote."""

Joined = tuple[tuple[Side, ...], int]
"""The quantities that were joined (none: a score, a pair of years) and the token behind them."""


def joined(tokens: Tokens, side: Side, taken: bytes | bytearray) -> Joined | None:
    """Read what follows `side` in one expression; None where it stands alone.

    A range is one side with an upper end; "from 5 to 7 percent" is two sides that share unit and scale. A noun that
    was read too early ("5 [to] ...") is given up.
    """
    code, gap = tokens.code, tokens.gap
    j = _link_at(tokens, side)
    if j < 0:
        return None
    link = code[j]
    dash = link in _DASHES
    floor = j + 1
    hyphened = False
    if not dash and code[floor] in _DASHES and gap[floor] == gap[floor + 1] == gap[j] == GAP_NONE:
        floor, hyphened = floor + 1, True  # "six-to-eight-week"
    k = _number_from(tokens, floor)
    if k < 0 or taken[k]:
        return None
    other = side_at(tokens, k, floor, after_dash=dash)
    if isinstance(other, int):
        return None
    if dash:
        last = other.numeral.end
        if gap[last] == gap[last + 1] == GAP_NONE and code[last] in _DASHES and code[last + 1] == NUMBER:
            return (), skip_chain(tokens, last)
        if gap[j] != GAP_NONE and (side.numeral.in_words or other.numeral.in_words):
            return None
    if hyphened and side.value >= other.value:
        return _score(tokens, side, other)  # "a 5-to-1 vote", "one-to-one"
    from_to = link == _TO and _from(tokens, side)
    if not _alike(side, other, dash or from_to or side.unit == "year_old"):
        return None
    return _pair(tokens, side, other, link, from_to)


def _link_at(tokens: Tokens, side: Side) -> int:
    """Return the token of the dash or word that joins `side` to what follows; -1 without one."""
    code, gap = tokens.code, tokens.gap
    j = side.numeral.end if side.noun else side.last
    link = code[j]
    if link not in LINKS or gap[j] == GAP_LINE:
        return -1
    if link in _DASHES and gap[j] != gap[j + 1]:
        return j + 1 if code[j + 1] in _TO_OR and gap[j] == GAP_NONE else -1  # "7- or 8-inch"
    if link in _DASHES and code[j + 1] == _TO and gap[j] == gap[j + 2] == GAP_NONE:
        return j + 1  # "6-to-8-inch"
    return -1 if link == _AND and code[side.first - 1] != _BETWEEN else j


def ratio(tokens: Tokens, side: Side) -> Side | None:
    """Read "one in five", "9 out of 10", "one in every three", "in 3 of 10 towns": a share; not "3 in 2019"."""
    code = tokens.code
    j = side.numeral.end
    k = j + 2 if code[j] == _OUT else j + 1
    if side.currency or code[k - 1] not in (_IN, _OF):
        return None
    sample = code[j] == _OF and code[k] != _EVERY
    if code[k] == _EVERY:
        k += 1
    if code[k] != NUMBER and CARDINAL[code[k]] < 0:
        return None
    other = side_at(tokens, k, k)
    if isinstance(other, int) or other.currency or (other.unit and not other.noun) or side.scale != 1:
        return None
    if not 0 < side.value < other.value or other.value not in _RATIO_OF or side.value != int(side.value):
        return None
    if sample and (other.value not in _SAMPLES or not other.plural or code[side.first - 1] != _IN):
        return None
    numeral = Numeral(side.numeral.start, other.numeral.end, side.value / other.value, share=True)
    return Side(numeral, side.first, other.numeral.end, numeral.value, 1.0, unit="share")


def _pair(tokens: Tokens, side: Side, other: Side, link: int, from_to: bool) -> Joined | None:
    """Return the two numbers as a range, as two quantities, or as none."""
    short = not from_to and _leaves_thousands_out(tokens, side, other, link in _DASHES)
    low = side.value * _THOUSANDS if short else _shared_value(side, other)
    bare = not short and not (other.unit or other.currency or side.currency or other.scale > 1)
    if side.unit and not side.noun:
        bare = False
    rising = low < other.value
    if link in _DASHES:
        if not rising or bare:
            return _score(tokens, side, other) if tokens.gap[side.last] == GAP_NONE else None
    elif from_to or (link == _TO and not short and (not rising or change_of(tokens, side.first, side.last))):
        if bare and not from_to:
            return None
        _share(side, other, low)
        return (side, other), other.last
    elif (bare and link != _AND) or not rising:
        return None
    _share(side, other, low)
    side.last, side.high = other.last, other.value
    return (side,), side.last


def _leaves_thousands_out(tokens: Tokens, side: Side, other: Side, dash: bool) -> bool:
    """Tell "20-25,000", "£300-400,000", "between 5 and 10,000": the lower end is in thousands too."""
    if not side.numeral.bare or side.scale != 1 or other.scale != 1 or (side.unit and not side.noun):
        return False
    if tokens.mark[other.numeral.start] != GROUPED or other.value % _THOUSANDS:
        return False
    low = side.value * _THOUSANDS
    return low < other.value <= low * (_TIMES_MAX if dash else _TIMES_MAX_IN_WORDS)


def _score(tokens: Tokens, side: Side, other: Side) -> Joined:
    """Return the two counts of a vote ("passed 215-210"); a score and a pair of years are no quantities."""
    behind = other.numeral.end
    if not (side.numeral.bare and other.numeral.bare and _is_vote(tokens, side.first)):
        return (), behind
    for one in (side, other):
        one.unit, one.noun, one.plural, one.last = "votes", True, True, one.numeral.end
    return (side, other), behind


def _is_vote(tokens: Tokens, first: int) -> bool:
    """Tell whether a word of voting stands in the clause before token `first`."""
    for k in range(first - 1, max(-1, first - 1 - _VOTE_LOOK_BACK), -1):
        if tokens.gap[k + 1] == GAP_LINE:
            return False
        if _VOTING[tokens.code[k]]:
            return True
    return False


def _number_from(tokens: Tokens, k: int) -> int:
    """Return the token of the number at `k`, behind a currency sign or a minus; -1 without one."""
    code = tokens.code
    if CARDINAL[code[k]] >= 0 or SCALE[code[k]]:
        return k
    for at in (k, k + 1, k + 2, k + 3):
        here = code[at]
        if here == NUMBER:
            return at
        if not (money.MAY_STAND_BEFORE[here] or here in _BEFORE_NUMBER):
            return -1
    return -1


def _alike(side: Side, other: Side, shared: bool) -> bool:
    """Tell whether two numbers may be the ends of one range: the same unit and currency, or one of them bare.

    A unit that stands at the first number only holds for a bare second one where `shared` says so: "rose 3 percent to
    5 billion" is no range.
    """
    if side.currency and other.currency:
        return side.currency == other.currency
    unit = None if side.noun else side.unit
    if side.currency:
        return other.unit is None or other.noun
    if other.currency:
        return unit is None
    return unit is None or unit == other.unit or (shared and (other.unit is None or other.noun))


def _shared_value(side: Side, other: Side) -> float:
    """Read "$3-5bn", "one to two thousand": the lower value with the scale of the other, where it has none itself."""
    if side.scale != 1 or other.scale == 1:
        return side.value
    low = scaled(side.value, other.scale)
    return low if other.scale < 1 or (abs(side.value) < 1000 and low < other.value) else side.value


def _share(side: Side, other: Side, low: float) -> None:
    """Give both numbers the scale, currency and unit that one of them has."""
    if low != side.value:
        side.value, side.scale = low, other.scale
    if side.noun:
        side.unit, side.noun, side.last = None, False, side.numeral.end
    if side.currency and other.noun:  # "the $2-3 billion plan needs"
        other.unit, other.noun, other.last = None, False, other.numeral.end
    if side.unit is not None and (other.unit is None or other.noun):
        if other.noun:
            other.last = other.numeral.end
        other.unit, other.noun = side.unit, False
    if side.unit is None:
        side.unit, side.noun, side.plural = other.unit, other.noun, other.plural
    side.currency = other.currency = side.currency or other.currency


def _from(tokens: Tokens, side: Side) -> bool:
    """Tell "from 5 to 7 percent", a change, from a range: "ranging from 5 to 7 percent", "From 5 to 7 boats"."""
    _, k = comparator_of(tokens, side.first, side.last)
    before = tokens.code[k - 2]
    opens = tokens.gap[k - 1] == GAP_LINE or before in _STOPS
    return tokens.code[k - 1] == _FROM and not opens and before not in _RANGE_CUES
