"""Read the words around a quantity: whether it is a bound, about right, or exact, and whether it rose or fell."""

from __future__ import annotations

from typing import Literal, cast

from service.enrich.lexer.codes import code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, SYMBOL
from service.languages.en.words import context, figure_cues, measures

Comparator = Literal["over", "at_least", "under", "at_most", "about", "equal"]
Change = Literal["up", "down"]

COMPARATOR = cast(list[Comparator | None], table(cast(dict[str, str | None], context.COMPARATORS), None))
_UP, _DOWN = flags(context.UP_WORDS, ["up"]), flags(context.DOWN_WORDS, ["down", "off"])
_FILLERS = flags(context.CHANGE_FILLERS)
_FILLERS_MAX = 3
"""Maximum number of words between a verb of change and its figure."""
_NOT_BEHIND = codes_of("up off down cut")
_CHANGE_BEFORE = flags(context.UP_WORDS, context.DOWN_WORDS, context.CHANGE_FILLERS, ["up", "down", "off"])
_CHANGE_BEHIND = flags(context.UP_WORDS, context.DOWN_WORDS)
_WITH_UP, _WITH_DOWN = flags(figure_cues.WITH_UP), flags(figure_cues.WITH_DOWN)
_TOP, _TOPS = code_of("top"), flags(figure_cues.BEFORE_TO_TOP)
_T, _QUOTES = code_of("t"), codes_of("' ’")
_OPEN, _CLOSING = code_of("("), code_of(")")
_GAINS = codes_of("gain gains")
_LOSS, _DOWN_WORD = code_of("loss"), code_of("down")
_HYPHENS = codes_of("- ‑")
_MORE_WORDS, _LESS_WORDS = "more greater higher longer".split(), "less fewer lower".split()
_MORE, _LESS = codes_of(_MORE_WORDS), codes_of(_LESS_WORDS)
_NOT, _NO_NOT = codes_of("not never cannot"), codes_of("if or")
"""Words that turn a comparator round, and words before them that do not let them: "a dozen, if not over 20"."""
_TURNED: dict[str, Comparator | None] = {"over": "at_most", "under": "at_least", "about": None, "equal": None}
_UPWARDS, _EXCESS = codes_of("upwards upward"), code_of("excess")
_IN, _COMMA, _PLUS_WORD, _ODD = (code_of(word) for word in ("in", ",", "plus", "odd"))
_THAN, _LEAST, _MOST, _AT, _UP_WORD, _CLOSE, _AS, _NO, _TO, _OF, _OR, _PLUS = (
    code_of(word)
    for word in ("than", "least", "most", "at", "up", "close", "as", "no", "to", "of", "or", "+")
)
_OR_WORDS: dict[str, Comparator | None] = {
    **dict.fromkeys(_MORE_WORDS, "at_least"), **dict.fromkeys(_LESS_WORDS, "at_most"), "so": "about",
}  # fmt: skip
_OR_WHAT = table(_OR_WORDS, None)
"""Comparators by the word behind "or": "12 or more"."""
_MANY, _FEW = codes_of("many much high"), codes_of("few little low")
_MINIMUM, _MAXIMUM = code_of("minimum"), code_of("maximum")
_OVER, _ABOUT = code_of("over"), code_of("about")
_OVER_LENGTH, _ABOUT_WHAT = flags(figure_cues.OVER_LENGTH), flags(figure_cues.ABOUT_WHAT)
_OVER_WHAT = flags(figure_cues.OVER_WHAT)
_LENGTHS = frozenset(measures.TIME_UNITS) | frozenset(figure_cues.OCCASIONS)
_ABOUT_LOOK_BACK = 4
"""Maximum number of tokens between "lied" and its "about": "lied to parliament about 12 payments"."""
_PHRASE_ENDS = flags(["than", "least", "most", "to", "as", "of"])
_OTHER_ENDS = flags(context.COMPARATORS, ["top", "-", "‑"])
_ASKED_BEFORE = bytes(a or b for a, b in zip(_PHRASE_ENDS, _OTHER_ENDS, strict=True))
_ASKED_BEHIND = flags(["+", "-", "‑", ",", "or", "at"])
"""Words and signs beside a quantity that may end or begin a comparator."""


def comparator_of(
    tokens: Tokens, first: int, last: int, unit: str | None = None, behind: int = 0
) -> tuple[Comparator | None, int]:
    """Return the comparator of the quantity at tokens first..last, and the first token of the whole phrase.

    `behind` is the token behind the digits, where the unit stands between them and `last`.
    """
    code = tokens.code
    k = first - 1
    here = code[k]
    if _ASKED_BEFORE[here]:
        read = _before(tokens, k, unit)
        if read is not None:
            return read
    found = _behind(tokens, last) if _ASKED_BEHIND[code[last]] else None
    if found is None and 0 < behind < last and _ASKED_BEHIND[code[behind]]:
        found = _behind(tokens, behind)
    return found, first


def _before(tokens: Tokens, k: int, unit: str | None) -> tuple[Comparator | None, int] | None:
    """Read the comparator that ends with token `k`, right before a quantity of this unit; None without one."""
    code = tokens.code
    here = code[k]
    found = COMPARATOR[here]
    if found is not None:
        return (None, k + 1) if _is_preposition(tokens, k, unit) else _turned(tokens, found, k)
    if here == _TOP and (_TOPS[code[k - 1]] or _negation(tokens, k - 1) >= 0):
        return _turned(tokens, "over", k)  # "could top $3 billion", "will not top it"
    if _PHRASE_ENDS[here]:
        return _phrase(tokens, k)
    if here in _HYPHENS and COMPARATOR[code[k - 1]] is not None:
        return COMPARATOR[code[k - 1]], k - 1
    return None


def _turned(tokens: Tokens, found: Comparator, k: int) -> tuple[Comparator | None, int]:
    """Turn the comparator that begins at token `k` round behind "not": "not over 5", "may not exceed 5"."""
    negation = _negation(tokens, k - 1)
    if negation >= 0 and found in _TURNED and tokens.gap[k] != GAP_LINE:
        return _TURNED[found], negation
    return found, k


def _negation(tokens: Tokens, k: int) -> int:
    """Return the first token of the negation that ends with token `k`: "not", "n't", "not to"; -1 for none."""
    code, gap = tokens.code, tokens.gap
    if code[k] == _TO:
        k -= 1  # "not to exceed 5"
    if code[k] in _NOT:
        return -1 if code[k - 1] in _NO_NOT else k
    if code[k] == _T and code[k - 1] in _QUOTES and gap[k] == gap[k - 1] == GAP_NONE:
        return k - 2
    return -1


def _behind(tokens: Tokens, j: int) -> Comparator | None:
    """Read what stands behind a number at token `j`: "or more", "or so", "at most", "-plus", "-odd", "+"."""
    code, gap = tokens.code, tokens.gap
    here = code[j]
    if here == _PLUS:
        return "at_least" if gap[j] == GAP_NONE else None
    if here in _HYPHENS:
        if gap[j] == gap[j + 1] == GAP_NONE and (code[j + 1] == _PLUS_WORD or code[j + 1] == _ODD):
            return "at_least" if code[j + 1] == _PLUS_WORD else "about"
        return None
    if here == _COMMA:
        j += 1
        here = code[j]
    if gap[j] == GAP_LINE:
        return None
    after = code[j + 1]
    if here == _OR:
        return _OR_WHAT[after]
    if here == _AT and (gap[j + 2] == GAP_LINE or tokens.mark[j + 2] == SYMBOL):
        return "at_least" if after == _LEAST else "at_most" if after == _MOST else None
    return None


def _is_preposition(tokens: Tokens, k: int, unit: str | None) -> bool:
    """Tell "about" and "over" at token `k` that compare nothing: "lied about 12 trips", "$5bn over 10 years"."""
    code = tokens.code
    if code[k] == _OVER:
        if _OVER_WHAT[code[k - 1]]:
            return True
        return unit in _LENGTHS and not _OVER_LENGTH[code[k - 1]]
    if code[k] != _ABOUT:
        return False
    for at in range(k - 1, max(-1, k - 1 - _ABOUT_LOOK_BACK), -1):
        if _ABOUT_WHAT[code[at]]:
            return True
        if tokens.gap[at + 1] == GAP_LINE or tokens.mark[at] == SYMBOL:
            break
    return False


def _phrase(tokens: Tokens, k: int) -> tuple[Comparator, int] | None:
    """Read a comparator of several words whose last one is token `k`: "no more than", "at least", "up to"."""
    code = tokens.code
    here, before = code[k], code[k - 1]
    if here == _THAN:
        negated = code[k - 2] == _NO or _negation(tokens, k - 2) >= 0
        if before in _MORE:
            return ("at_most", k - 2) if negated else ("over", k - 1)
        if before in _LESS:
            return ("at_least", k - 2) if negated else ("under", k - 1)
    elif before == _AT and here in (_LEAST, _MOST):
        return ("at_least" if here == _LEAST else "at_most"), k - 1
    elif here == _TO and before in (_UP_WORD, _CLOSE):
        return ("at_most" if before == _UP_WORD else "about"), k - 1
    elif here == _AS and code[k - 2] == _AS and (before in _MANY or before in _FEW):
        return ("at_most" if before in _MANY else "at_least"), k - 2
    elif here == _OF and before in (_MINIMUM, _MAXIMUM):
        return ("at_least" if before == _MINIMUM else "at_most"), k - 1
    elif here == _OF and before in _UPWARDS:
        return "over", k - 1
    elif here == _OF and before == _EXCESS and code[k - 2] == _IN:
        return ("at_most", k - 3) if code[k - 3] in _NOT else ("over", k - 2)
    return None


def change_of(tokens: Tokens, first: int, last: int, noun: bool = False, paid: bool = False) -> Change | None:
    """Tell whether it went up or down: "rose by 3 percent", "up 58 points", "a 19% drop"; "rose to 3" is a level.

    Behind a counted noun the verb has another subject: "26 states declining to pay". A loss or a "gain of" that is
    `paid` is what a firm made, no change, and a particle that belongs to its verb says none: "make up 20 percent".
    """
    code = tokens.code
    k = first - 1
    if not (_CHANGE_BEFORE[code[k]] or _CHANGE_BEHIND[code[last]]):
        return None
    for _ in range(_FILLERS_MAX):
        here = code[k]
        if _UP[here]:
            if here == _UP_WORD and (code[k + 1] == _TO or _WITH_UP[code[k - 1]]):
                return None
            return None if paid and here in _GAINS and code[k + 1] == _OF else "up"
        if _DOWN[here]:
            return (
                None
                if (here == _DOWN_WORD and _WITH_DOWN[code[k - 1]]) or (paid and here == _LOSS)
                else "down"
            )
        if not _FILLERS[here] or tokens.gap[k] == GAP_LINE:
            break
        k -= 1
    here = code[last]
    if not noun and here and tokens.gap[last] != GAP_LINE and here not in _NOT_BEHIND:
        if _UP[here]:
            return "up"
        if _DOWN[here] and not (paid and here == _LOSS):
            return "down"
    return None


def says_again(tokens: Tokens, before_last: int, first: int, last: int) -> bool:
    """Tell whether tokens first..last say the figure that ends before `before_last` again: ", or 0.8%", "(0.8%)"."""
    code = tokens.code
    if code[first - 1] == _OPEN:
        return before_last == first - 1 and code[last] == _CLOSING
    comma = code[before_last] == _COMMA
    return code[first - 1] == _OR and before_last + comma == first - 1 and tokens.gap[first] != GAP_LINE
