"""Read the currency of a number from what stands before or behind it.

A bare "$", "dollars" and "cents" are read as US dollars and US cents; "¥" is yen; "pounds" are sterling only where a
scale or a "£" in the text says money. Hundredths are scaled to their currency: "60 cents" is 0.6 USD, scale 0.01.
"""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, LOWER, SYMBOL, UPPER
from service.languages.en.words import money

_SYMBOL = table(money.SYMBOLS, "")
_PREFIX = table(money.DOLLAR_PREFIXES, "")
_ISO = table({code: code.upper() for code in money.ISO_CODES} | {"rmb": "CNY"}, "")
_MILLIONS = table({code: code[1:].upper() for code in money.CODES_WITH_MILLION}, "")
_LETTERS = table(money.LETTERS, "")
_NAME = table(money.NAMES, "")
_MINOR = table(money.MINOR, "")
MAY_STAND_BEFORE = flags(
    money.SYMBOLS,
    money.DOLLAR_PREFIXES,
    money.ISO_CODES,
    money.LETTERS,
    money.CODES_WITH_MILLION,
    [".", "=", "-", "−", "–"],
)
"""Words and signs that may say a currency before a number: everything else need not be asked."""
MAY_STAND_BEHIND = flags(
    money.SYMBOLS, money.ISO_CODES, ["rmb"], money.CODES_WITH_MILLION, money.NAMES, money.POUNDS, money.MINOR,
    money.NATIONS, ["u", "hong", "new", "sri", "south", "british", "-", "‑", "p"],
)  # fmt: skip
"""Words and signs at which `behind` may find something."""
_POUND, _LOWER_CODES = codes_of(money.POUNDS), codes_of(money.CODES_IN_LOWER_CASE)
_GLUED_ONLY = codes_of("ps y fr n")
"""Letters that are a currency only without a blank before the digits: PS6m."""
_SPACED_PREFIXES = codes_of("us c s hk nz au r")
_DOLLAR, _DOT, _EQUALS, _U, _S, _Y = (code_of(word) for word in ("$", ".", "=", "u", "s", "y"))
_DOTTED = codes_of("rs fr sfr rp")
_STERLING, _WON = codes_of("sterling stg"), code_of("won")
_QUOTES = codes_of("' ’")
_HYPHENS, _MINUS = codes_of("- ‑"), codes_of("- − –")
_P, _M = code_of("p"), code_of("m")
_SCREEN_LINES = frozenset("240 360 480 720 1080 1440 2160 4320".split(" "))
"""Numbers before "p" that name a resolution of video, not a price in pence."""
_COP = code_of("cop")
_SUMMIT_DIGITS_MAX = 2
"""Maximum number of digits behind "COP" that number a summit ("COP29"), where no peso is paid."""
_NATION_WORDS_MAX = 4


class Money(Struct, gc=False):
    """A currency and the tokens that say it: from `start` before the number, or up to `end` behind it."""

    currency: str
    start: int
    end: int
    factor: float = 1.0
    sign: float = 1.0


def before(tokens: Tokens, i: int) -> Money | None:
    """Read the currency that stands before the number at token `i`: "$", "US$", "$A", "USD", "RM", "Rs.", "$-"."""
    code, gap = tokens.code, tokens.gap
    k = i - 1
    here = code[k]
    if gap[i] == GAP_LINE:
        return None
    if here == _DOLLAR:
        return _dollar(tokens, k)
    if _SYMBOL[here]:
        return Money(_SYMBOL[here], k, i)
    if here in _MINUS:
        return _negative(tokens, k) if gap[i] == GAP_NONE else None
    if here == _EQUALS:
        yen = gap[i] == gap[k] == GAP_NONE and code[k - 1] == _Y
        return Money("JPY", k - 1, i) if yen else None
    if here == _DOT:
        dotted = gap[k] == GAP_NONE and code[k - 1] in _DOTTED and tokens.mark[k - 1] != LOWER
        return Money(_LETTERS[code[k - 1]], k - 1, i) if dotted else None
    return _letters_before(tokens, i, k)


def _negative(tokens: Tokens, k: int) -> Money | None:
    """Read "$-3.2bn", "USD -3.2bn": the currency before the minus at token `k`."""
    here, before_sign = tokens.code[k - 1], tokens.gap[k]
    if _SYMBOL[here] and before_sign == GAP_NONE:
        found = _dollar(tokens, k - 1) if here == _DOLLAR else Money(_SYMBOL[here], k - 1, k)
    elif _ISO[here] and tokens.mark[k - 1] == UPPER and before_sign == GAP_SPACE:
        found = Money(_ISO[here], k - 1, k)
    else:
        return None
    found.sign = -1.0
    return found


def _letters_before(tokens: Tokens, i: int, k: int) -> Money | None:
    """Read the letters at token `k`, right before number `i`, as a currency: "EUR 5", "$US5", "RM79"."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    here = code[k]
    if mark[k] == LOWER and here not in _LOWER_CODES:
        return None
    glued = gap[i] == GAP_NONE
    if glued and code[k - 1] == _DOLLAR and gap[k] == GAP_NONE and _PREFIX[here]:
        return Money(_PREFIX[here], k - 1, i)  # $US5
    if _ISO[here]:
        if here == _COP and glued and tokens.end[i] - tokens.start[i] <= _SUMMIT_DIGITS_MAX:
            return None
        return Money(_ISO[here], k, i) if mark[k] == UPPER or here in _LOWER_CODES else None
    if _MILLIONS[here]:
        return Money(_MILLIONS[here], k, i, 1e6) if mark[k] == UPPER else None
    free = gap[k] != GAP_NONE or mark[k - 1] == SYMBOL
    if _LETTERS[here] and (glued or here not in _GLUED_ONLY) and free:
        return Money(_LETTERS[here], k, i)
    return None


def _dollar(tokens: Tokens, k: int) -> Money:
    """Read the dollar sign at token `k`, with the letters before it."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    letters = code[k - 1]
    if gap[k] <= GAP_SPACE and letters:
        dotted = letters == _DOT and gap[k - 1] == GAP_NONE
        s = k - 2 if dotted else k - 1
        if code[s] == _S and code[s - 1] == _DOT and code[s - 2] == _U:  # U.S. $5, U.S $5
            return Money("USD", s - 2, k + 1)
        if dotted:
            return Money("USD", k, k + 1)
        if _ISO[letters] and gap[k] == GAP_NONE and mark[k - 1] != SYMBOL:
            return Money(_ISO[letters], k - 1, k + 1)
        alone = (gap[k - 1] != GAP_NONE or mark[k - 2] == SYMBOL) and code[k - 2] not in _QUOTES
        if (
            _PREFIX[letters]
            and alone
            and (gap[k] == GAP_NONE or letters in _SPACED_PREFIXES or mark[k - 1] == UPPER)
        ):
            return Money(_PREFIX[letters], k - 1, k + 1)
    return Money("USD", k, k + 1)


def behind(tokens: Tokens, j: int, scale: float) -> Money | None:
    """Read the currency behind the number that ends before token `j`: "dollars", "Swiss francs", "EUR", "€", "p".

    `scale` is the number's: "5 million pounds" is money, "5 pounds" a weight unless the text has a "£".
    """
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    k = j
    if code[k] in _HYPHENS and gap[k] == gap[k + 1] == GAP_NONE:
        k += 1
    here = code[k]
    if not MAY_STAND_BEHIND[here] or gap[j] == GAP_LINE:
        return None
    if _NAME[here]:
        return Money(_NAME[here], j, k + 1) if here != _WON or scale >= 1e3 else None
    if _MINOR[here]:
        return Money(_MINOR[here], j, k + 1, 0.01)
    if here in _POUND:
        if code[k + 1] in _STERLING:
            return Money("GBP", j, k + 2)
        return Money("GBP", j, k + 1) if scale >= 1e6 or tokens.sterling else None
    if here == _P:
        return _pence(tokens, j)
    if _SYMBOL[here]:
        if (here == _DOLLAR and gap[k] != GAP_NONE) or (code[k + 1] == NUMBER and gap[k + 1] == GAP_NONE):
            return None
        return Money(_SYMBOL[here], j, k + 1)
    if _ISO[here]:
        return Money(_ISO[here], j, k + 1) if mark[k] == UPPER or here in _LOWER_CODES else None
    if _MILLIONS[here]:
        return Money(_MILLIONS[here], j, k + 1, 1e6) if mark[k] == UPPER else None
    return _of_country(tokens, j, k)


def _pence(tokens: Tokens, j: int) -> Money | None:
    """Read "145.2p": the letter right behind the digits; not "1080p", "5 p.m."."""
    if tokens.code[j] != _P or tokens.gap[j] != GAP_NONE or tokens.mark[j] != LOWER:
        return None
    if tokens.code[j - 1] != NUMBER or tokens.word(j - 1) in _SCREEN_LINES:
        return None
    afternoon = tokens.code[j + 1] == _DOT and tokens.code[j + 2] == _M
    return None if afternoon else Money("GBP", j, j + 1, 0.01)


def _of_country(tokens: Tokens, j: int, k: int) -> Money | None:
    """Read "Swiss francs", "Hong Kong dollars", "U.S. dollars", "Australian cents"."""
    code = tokens.code
    for at in range(k + 1, k + 1 + _NATION_WORDS_MAX):
        if tokens.gap[at] == GAP_LINE:
            return None
        here = code[at]
        if _NAME[here] or here in _POUND or _MINOR[here]:
            nation = at - 2 if code[at - 1] == _DOT else at - 1
            iso = money.of_country(tokens.word(nation).lower(), tokens.word(at).lower())
            return Money(iso, j, at + 1, 0.01 if _MINOR[here] else 1.0) if iso else None
    return None
