"""Read the counted noun behind a number, as it stands: "eight other employees", "12-page", "two of the companies"."""

from __future__ import annotations

from service.enrich.figures.measures import HYPHENS, UnitRead
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL
from service.enrich.lexer.plurals import PLURAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, LOWER, PLAIN, SYMBOL, TITLE, UPPER
from service.languages.en.words import context, figure_cues, measures, money, time

_STOPS = flags(
    context.FUNCTION_WORDS, context.NOT_COUNTED, context.SYMBOLS, context.COMPARATORS, context.UP_WORDS,
    context.DOWN_WORDS, time.MONTHS, time.WEEKDAYS, time.DAY_WORDS, time.DEICTICS, money.CODES_IN_LOWER_CASE,
)  # fmt: skip
"""Words at which a noun phrase ends."""
_MODIFIERS = codes_of(figure_cues.MODIFIERS)
"""Stops that may stand at its start."""
_MORE = codes_of(figure_cues.ADDED)
"""Those that say how many there were besides, and nothing of what is counted."""
_ATTRIBUTIVE = codes_of(figure_cues.ATTRIBUTIVE)
"""Plurals that another one may follow, which is what is counted."""
_OF, _US, _QUOTES, _S = code_of("of"), code_of("us"), codes_of("' ’"), code_of("s")
_DETERMINERS = codes_of(figure_cues.DETERMINERS)
_UNITS = flags(measures.UNITS)
_IDIOMS = codes_of(figure_cues.IDIOM_NOUNS)
_WORDS_MAX = 4
"""Maximum number of words of a counted noun."""
_ACRONYM_CHARS_MAX = 6
"""Maximum length of an acronym in the plural, in characters."""
_NO_NOUN = ("ed", "ly", "ing")
_ADJECTIVES = ("able", "ible", "ful", "less", "ous")
"""Endings of adjectives, behind which the noun of "one" cannot be told from a verb: "one possible change"."""


def is_plural_at(tokens: Tokens, k: int) -> bool:
    """Tell whether token `k` is a plural, listed or by its ending, or one of an acronym: "MPs", "SUVs"."""
    if PLURAL[tokens.code[k]]:
        return True
    if tokens.mark[k] != TITLE or not 2 < tokens.end[k] - tokens.start[k] <= _ACRONYM_CHARS_MAX:
        return False
    word = tokens.word(k)
    return word[-1] == "s" and word[:-1].isupper()


def noun_at(tokens: Tokens, j: int, one: bool = False) -> UnitRead | None:
    """Read the noun phrase at token `j`: up to the first plural, at most four words; else one lower-case word.

    After "one" it is a single word: its end cannot be told from a plural.
    """
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    k = j
    while k - j < (1 if one else _WORDS_MAX):
        here = code[k]
        if gap[k] == GAP_LINE or mark[k] == SYMBOL or here == NUMBER:
            break
        country = here == _US and mark[k] == UPPER
        stops = _STOPS[here] and not country and not (k == j and here in _MODIFIERS)
        if here and (stops or CARDINAL[here] >= 0):
            break
        if PLURAL[here] or (mark[k] == TITLE and is_plural_at(tokens, k)):
            if here in _ATTRIBUTIVE and not one and gap[k + 1] == GAP_SPACE and PLURAL[code[k + 1]]:
                k += 1  # "police officers", "news outlets"
            first = j + 1 if code[j] in _MORE and k > j else j  # "eight more picks" are picks
            return UnitRead(tokens.text[tokens.start[first] : tokens.end[k]], k + 1, noun=True)
        k += 1
        if gap[k] == GAP_NONE:
            if code[k] in HYPHENS and gap[k + 1] == GAP_NONE:
                k += 1
            elif mark[k] != SYMBOL:
                break
    if k == j or mark[j] != LOWER or code[j] == NUMBER:
        return None
    word = tokens.word(j)
    if len(word) < 3 or word.endswith(_NO_NOUN) or _STOPS[code[j]] or (one and word.endswith(_ADJECTIVES)):
        return None
    return UnitRead(word, j + 1, noun=True)


def hyphen_noun(tokens: Tokens, k: int) -> UnitRead | None:
    """Read "five-star", "12-page": the word behind the hyphen; not "215-210", nor an idiom ("six-figure")."""
    here = tokens.code[k]
    if tokens.mark[k] != LOWER or here == NUMBER or _STOPS[here] or here in _IDIOMS:
        return None
    return UnitRead(tokens.word(k), k + 1, noun=True) if tokens.end[k] - tokens.start[k] > 2 else None


def noun_behind_measure(tokens: Tokens, j: int) -> UnitRead | None:
    """Read the noun behind a measure: "bars" in "six 7-ounce bars"; `j` is the token of the measure's number."""
    code, gap = tokens.code, tokens.gap
    if gap[j] != GAP_SPACE or not (CARDINAL[code[j]] >= 0 or (code[j] == NUMBER and tokens.mark[j] == PLAIN)):
        return None
    hyphen = code[j + 1] in HYPHENS and gap[j + 1] == gap[j + 2] == GAP_NONE
    k = j + 2 if hyphen else j + 1
    if not hyphen and not (code[j] == NUMBER and _UNITS[code[k]]):
        return None
    if code[k] == NUMBER or tokens.mark[k] != LOWER or gap[k + 1] != GAP_SPACE:
        return None
    noun = noun_at(tokens, k + 1)
    return noun if noun is not None and PLURAL[code[noun.end - 1]] else None


def noun_of(tokens: Tokens, j: int) -> UnitRead | None:
    """Read "two of the companies", "three of Moss's partners": the noun behind "of"; `j` is the token of "of"."""
    code = tokens.code
    k = j + 1
    if code[k] in _DETERMINERS:
        k += 1
    elif tokens.mark[k] == TITLE:
        while tokens.mark[k] == TITLE and k < j + 4:
            k += 1
        if code[k] not in _QUOTES:
            return None
        k += 2 if code[k + 1] == _S and tokens.gap[k + 1] == GAP_NONE else 1
    else:
        return None
    noun = noun_at(tokens, k)
    return noun if noun is not None and PLURAL[code[noun.end - 1]] else None
