"""Tell numbers that are part of a name: G20, COVID-19, One China, 1:36, 20th, a telephone number."""

from __future__ import annotations

from service.enrich.lexer.codes import ENDS_IN_ED, ENDS_IN_S, NUMBER, code_of, codes_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import SCALE
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, PLAIN, SYMBOL, TITLE, UPPER
from service.languages.en.words import figure_cues, numbers

_HYPHENS, _MINUS = codes_of("- ‑ – —"), codes_of("- − –")
_OF, _ST, _PLUS = code_of("of"), code_of("st"), code_of("+")
_DOT, _COLON, _SLASH, _ONE = code_of("."), code_of(":"), code_of("/"), code_of("one")
_GLUING = codes_of(": / , ' ’ _ # @ = & * [")
_OPENING = codes_of("( [")
_BEFORE_DASH = codes_of(figure_cues.BEFORE_DASH)
_ENDINGS = codes_of(numbers.ORDINAL_ENDINGS)
_UNLISTED = codes_of([ENDS_IN_ED, ENDS_IN_S]) | {0}
_OPENERS = codes_of('. ? ! : ; " “ ( — * •')
_PHONE_DIGITS_MIN = 7
"""Minimum number of digits of a telephone number written in groups."""


def is_glued(tokens: Tokens, i: int) -> bool:
    """Tell whether a sign without a blank before the digits at token `i` makes them part of a name."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    k = i - 1
    here = code[k]
    if here == NUMBER or mark[k] != SYMBOL:
        return True
    if here in _MINUS:
        if gap[k] != GAP_NONE or code[k - 1] in _OPENING:
            return False
        return code[k - 1] not in _BEFORE_DASH and (mark[k - 1] != SYMBOL or code[k - 1] == NUMBER)
    if gap[k] != GAP_NONE:
        return False
    return here in _GLUING or here == _DOT


def in_a_name(tokens: Tokens, i: int, after_dash: bool) -> bool:
    """Tell whether the number word at token `i` is part of a name: "One China", "Three Mile Island"."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if (
        not after_dash
        and gap[i] == gap[i - 1] == GAP_NONE
        and code[i - 1] in _HYPHENS
        and code[i - 2] in _UNLISTED
    ):
        return True
    if mark[i] != TITLE:
        return False
    k = i + 1
    if code[k] in _HYPHENS:
        k += 1
    if code[i - 1] == _OF:
        return True  # the Group of Seven
    if gap[i] == GAP_LINE or code[i - 1] in _OPENERS:
        return code[i] == _ONE and mark[k] == TITLE
    return (mark[k] == TITLE or mark[k] == UPPER) and not SCALE[code[k]]


def is_ordinal_or_clock(tokens: Tokens, j: int) -> bool:
    """Tell whether "th", ":30" or "/7" stands without a blank behind the digits before token `j`."""
    code = tokens.code
    if code[j] in _ENDINGS:
        return code[j] != _ST or _is_first(tokens.word(j - 1))
    return (
        (code[j] == _COLON or code[j] == _SLASH) and code[j + 1] == NUMBER and tokens.gap[j + 1] == GAP_NONE
    )


def _is_first(digits: str) -> bool:
    """Tell whether "st" behind the digits makes an ordinal ("21st"); "12st" is a weight in stone."""
    return digits.endswith("1") and not digits.endswith("11")


def skip_chain(tokens: Tokens, j: int) -> int:
    """Return the token behind a chain of numbers and signs without blanks: a score, a telephone number, a version."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    while gap[j] == GAP_NONE and (code[j] == NUMBER or (mark[j] == SYMBOL and code[j + 1] == NUMBER)):
        j += 1
    return j


def phone_end(tokens: Tokens, i: int) -> int:
    """Return the token behind the telephone number in groups that starts at number `i`: "0800 555 0142"; 0 for none.

    It starts with 0 or behind "+", and its groups of digits have single blanks between them.
    """
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if code[i + 1] != NUMBER or mark[i] != PLAIN:
        return 0
    if tokens.text[tokens.start[i]] != "0" and not (code[i - 1] == _PLUS and gap[i] == GAP_NONE):
        return 0
    j, digits = i, 0
    while code[j] == NUMBER and mark[j] == PLAIN and (j == i or gap[j] == GAP_SPACE):
        digits += tokens.end[j] - tokens.start[j]
        j += 1
    return j if j > i + 1 and digits >= _PHONE_DIGITS_MIN else 0
