"""Numbers that are part of a name: G20, COVID-19, One China, 1:36, 20th, a telephone number."""

from __future__ import annotations

from service.enrich.lexer.numerals import SCALE
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, LOWER, SYMBOL, TITLE, UPPER
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import ENDS_IN_ED, ENDS_IN_S, NUMBER, code_of, codes_of
from service.languages.en.words import figure_cues, numbers

_HYPHENS, _MINUS = codes_of("- ‑ – —"), codes_of("- − –")
_OF = code_of("of")
_DOT, _COLON, _SLASH, _ONE = code_of("."), code_of(":"), code_of("/"), code_of("one")
_GLUING = codes_of(": / , ' ’ _ # @ = & *")
_OPENING = codes_of("( [")
_BEFORE_DASH = codes_of(figure_cues.BEFORE_DASH)
_ENDINGS = codes_of(numbers.ORDINAL_ENDINGS)
_UNLISTED = codes_of([ENDS_IN_ED, ENDS_IN_S]) | {0}
_OPENERS = codes_of('. ? ! : ; " “ ( — * •')


def is_glued(tokens: Tokens, i: int) -> bool:
    """Does something without a blank before the digits at token `i` make them part of a name?"""
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
    """Is the number word at token `i` part of a name: "One China", "Three Mile Island", "Catch-Twenty"?"""
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
    """Is what stands without a blank behind digits "th", ":30" or "/7"? `j` is the token behind the digits."""
    code = tokens.code
    if code[j] in _ENDINGS:
        return True
    return (
        (code[j] == _COLON or code[j] == _SLASH) and code[j + 1] == NUMBER and tokens.gap[j + 1] == GAP_NONE
    )


def skip_chain(tokens: Tokens, j: int) -> int:
    """Behind a chain of numbers and signs without blanks: a score, a telephone number, a version."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    while gap[j] == GAP_NONE and (code[j] == NUMBER or (mark[j] == SYMBOL and code[j + 1] == NUMBER)):
        j += 1
    return j


__all__ = ["LOWER", "in_a_name", "is_glued", "is_ordinal_or_clock", "skip_chain"]
