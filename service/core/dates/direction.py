"""Does a sentence look back or ahead at the place of a date? The nearest cue decides."""

from __future__ import annotations

from service.core.dates.expressions import FUTURE, NEAREST, PAST
from service.core.lexer.scanner import GAP_LINE, LOWER
from service.core.lexer.tokens import Tokens
from service.core.lexer.vocabulary import ENDS_IN_ED, code_of, codes_of, table
from service.core.lexer.words import context, time

_STOP, _TO_VERB = 3, 2
_CUE = table(
    dict.fromkeys([*time.PAST_CUES, ENDS_IN_ED], PAST)
    | dict.fromkeys(time.FUTURE_CUES, FUTURE)
    | dict.fromkeys([".", "?", "!", ";"], _STOP)
    | {"to": _TO_VERB},
    0,
)
_CUE_BEHIND = table(
    dict.fromkeys([*time.PAST_CUES, ENDS_IN_ED], PAST)
    | {word: FUTURE for word in time.FUTURE_CUES if word not in time.NOT_AHEAD}
    | dict.fromkeys([".", "?", "!", ";"], _STOP),
    0,
)
_FUNCTION = codes_of(context.FUNCTION_WORDS)
_DOT = code_of(".")
_ADJACENT = codes_of("by until till through ahead")
"""Cues only right before the date: "by Friday", not "halted by a judge on Friday"."""
_LOOK_BACK, _LOOK_AHEAD = 12, 7


def way_of(tokens: Tokens, first: int, last: int) -> int:
    """PAST, FUTURE or NEAREST: the nearest cue before tokens first..last in the sentence, else the first behind."""
    code, gap = tokens.code, tokens.gap
    k = first - 1
    bottom = max(-1, k - _LOOK_BACK)
    while k > bottom and gap[k + 1] != GAP_LINE:
        here = code[k]
        cue = _CUE[here]
        if cue == _STOP:
            if here != _DOT or tokens.mark[k + 1] != LOWER:  # "Corp. said", "a.m. on Monday"
                break
        elif cue == _TO_VERB:
            if k + 1 < first and tokens.mark[k + 1] == LOWER and code[k + 1] not in _FUNCTION:
                return FUTURE
        elif cue and (here not in _ADJACENT or k == first - 1):
            return cue
        k -= 1
    for k in range(last, last + _LOOK_AHEAD):
        here = code[k]
        cue = _CUE_BEHIND[here]
        if cue == _STOP or gap[k] == GAP_LINE:
            break
        if cue:
            return cue
    return NEAREST
