"""Give numbers the unit that the words around them leave out: lists, ages, levels, earlier figures."""

from __future__ import annotations

from service.enrich.figures.comparison import change_of
from service.enrich.figures.side import Side
from service.enrich.lexer.codes import code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import DECIMAL, GAP_LINE, GROUPED, LOWER, TITLE
from service.languages.en import beside_dates
from service.languages.en.words import context, figure_cues, money

_DOT, _COMMA, _OPEN, _CLOSE = (code_of(sign) for sign in ".,()")
_JOINING = codes_of(", and or &")
_STOPS = codes_of(". ? ! ;")
_EARLIER = codes_of(figure_cues.EARLIER)
_WITH, _TO, _AT = (code_of(word) for word in ("with", "to", "at"))
_BE, _TURNS = codes_of("is was be being"), codes_of("turned turns turning")
_WHO = codes_of("he she who")
_WILL = codes_of("will would")
_CLAUSE_WORDS = flags(context.FUNCTION_WORDS, ["last", "next"])
_ARTICLES = codes_of("the a an")
_AGES = frozenset(range(1, 120))
_BRACKETED_AGES = frozenset(range(10, 111))
_CENTS = codes_of(money.CENTS)
_CENTS_LOOK_BACK, _CENTS_TOKENS_MAX = 3, 40
"""Maximum numbers of quantities and of tokens between cents and the amount that says their currency."""
_LINK_TOKENS_MAX = 2
"""Maximum number of tokens between two numbers of a list: ", and"."""
_EARLIER_TOKENS_MAX = 14
"""Maximum number of tokens between a figure and an earlier one that leaves its unit out."""
_LEVEL_TOKENS_MAX = 9
"""Maximum number of tokens between a change in points and the level it led to."""


def share_units(tokens: Tokens, found: list[Side]) -> None:
    """Fill in units that one number has for several, in place: first from the right, then from the left."""
    for k in range(len(found) - 2, -1, -1):
        side = found[k]
        if side.unit is None and tokens.code[side.last] in _JOINING:
            _from_the_next(tokens, side, found[k + 1])
    for k in range(1, len(found)):
        side = found[k]
        if side.currency is not None:
            if side.currency == "USD" and tokens.code[side.last - 1] in _CENTS:
                _as_cents_of(tokens, found, k)
        elif side.unit is None or (side.noun and found[k - 1].unit == "year_old"):
            _from_before(tokens, found, k)


def _as_cents_of(tokens: Tokens, found: list[Side], k: int) -> None:
    """Read "costs 4 euros, 50 cents more": bare cents are of the currency told last, where that has cents."""
    side = found[k]
    if side.last != side.numeral.end + 1:
        return
    for before in reversed(found[max(0, k - _CENTS_LOOK_BACK) : k]):
        if before.currency:
            if before.currency in money.OF_CENTS and _in_paragraph(tokens, before, side):
                side.currency = before.currency
            return


def _in_paragraph(tokens: Tokens, before: Side, side: Side) -> bool:
    """Tell whether two quantities stand near each other in one paragraph."""
    if side.first - before.last > _CENTS_TOKENS_MAX:
        return False
    return all(tokens.gap[k] != GAP_LINE for k in range(before.last, side.first + 1))


def _is_open(side: Side) -> bool:
    """Tell a number without unit and currency, and which is no fraction or range."""
    return side.unit is None and side.currency is None and side.high is None and not side.numeral.share


def _listed(tokens: Tokens, side: Side, after: Side) -> bool:
    """Tell whether nothing but "," or "and" stands between two numbers."""
    between = range(side.last, after.first)
    return 0 < len(between) <= _LINK_TOKENS_MAX and all(
        tokens.code[k] in _JOINING and tokens.gap[k] != GAP_LINE for k in between
    )


def _from_the_next(tokens: Tokens, side: Side, after: Side) -> None:
    """Read "3, 5 and 7 percent", "$3, 5 and 7": take the unit of the next number of the list."""
    if not _is_open(side) or not (after.unit or after.currency) or not _listed(tokens, side, after):
        return
    if after.noun and tokens.code[side.last] == _COMMA == tokens.code[after.first - 1]:
        return  # "On May 3, 12 boats sank."
    prefixed = after.currency is not None and after.first < after.numeral.start
    if not prefixed and side.scale == 1:
        side.unit, side.currency, side.noun, side.plural = (
            after.unit,
            after.currency,
            after.noun,
            after.plural,
        )


def _from_before(tokens: Tokens, found: list[Side], k: int) -> None:
    """Take the unit of an earlier number: of an age in a list, of an earlier figure, of points that led to a level."""
    side, before = found[k], found[k - 1]
    if before.unit == "year_old" and before.numeral.bare and side.numeral.bare and side.value in _AGES:
        if not side.plural and _listed(tokens, before, side):
            side.unit, side.noun, side.last = "year_old", False, side.numeral.end
        return
    if not _is_open(side):
        return
    if _ends_vote(tokens, before, side):
        before.level, side.unit, side.noun, side.plural = True, "votes", True, True
    elif side.scale > 1:
        _as_the_later(tokens, found, k)
    elif tokens.mark[side.numeral.start] in (GROUPED, DECIMAL) and not side.numeral.in_words:
        _as_level(tokens, found, k)


def _ends_vote(tokens: Tokens, before: Side, side: Side) -> bool:
    """Read "fell by 310 votes to 290": the result of a vote, whose larger side comes first."""
    to = side.first - 1
    votes = before.unit == "votes" and before.last == to and tokens.code[to] == _TO
    return votes and tokens.gap[to] != GAP_LINE and side.numeral.bare and side.value < before.value


def _near(tokens: Tokens, before: Side, side: Side, tokens_max: int) -> bool:
    """Tell whether both stand in one sentence, at most this number of tokens apart."""
    if side.first - before.last > tokens_max:
        return False
    for k in range(before.last, side.first):
        if tokens.gap[k] == GAP_LINE or (tokens.code[k] in _STOPS and tokens.gap[k + 1]):
            return False
    return True


def _as_the_later(tokens: Tokens, found: list[Side], k: int) -> None:
    """Read "rose to 40 million euros from 35 million": a large number behind "from" is of the same unit."""
    side = found[k]
    code = tokens.code
    word = code[side.first - 1]
    if word not in _EARLIER and not (word in (_WITH, _TO) and code[side.first - 2] in _EARLIER):
        return
    for before in (found[k - 1], found[k - 2]) if k > 1 else (found[k - 1],):
        if before.scale > 1 and before.scale <= side.scale * 1e3 and (before.unit or before.currency):
            if _near(tokens, before, side, _EARLIER_TOKENS_MAX):
                side.unit, side.currency = before.unit, before.currency
                side.noun, side.plural = before.noun, before.plural
            return


def _as_level(tokens: Tokens, found: list[Side], k: int) -> None:
    """Read "rose 64.06 points to 4,577.10": the level is in points too."""
    side = found[k]
    if tokens.code[side.first - 1] not in (_TO, _AT):
        return
    for before in (found[k - 1], found[k - 2]) if k > 1 else (found[k - 1],):
        if before.unit == "point" and side.value > before.value:
            if change_of(tokens, before.first, before.last) and _near(
                tokens, before, side, _LEVEL_TOKENS_MAX
            ):
                side.unit = "point"
            return


def is_age(tokens: Tokens, side: Side) -> bool:
    """Read "Lena Moss, 44, said", "Rosa Lind (61)", "he was 10 when", "she turned 40"."""
    code, mark = tokens.code, tokens.mark
    if not side.numeral.bare or side.value not in _AGES:
        return False
    i = side.numeral.start
    before, after = code[i - 1], code[i + 1]
    if before == _COMMA:
        if mark[i - 2] == LOWER:  # "the driver, 43, said"
            return after == _COMMA and code[i - 3] in _ARTICLES and tokens.word(i - 2) in beside_dates.AGED
        return mark[i - 2] == TITLE and after in (_COMMA, _DOT, _CLOSE)
    if before == _OPEN:
        named = mark[i - 2] == TITLE == mark[i - 3]
        return named and after == _CLOSE and side.value in _BRACKETED_AGES and tokens.gap[i - 2] != GAP_LINE
    if before in _TURNS or (
        before in _BE and (code[i - 2] in _WHO or (code[i - 2] in _WILL and code[i - 3] in _WHO))
    ):
        ends = tokens.gap[i + 1] == GAP_LINE or _CLAUSE_WORDS[after] or after in (_COMMA, _DOT)
        return bool(ends and tokens.mark[i - 1] == LOWER)
    return False
