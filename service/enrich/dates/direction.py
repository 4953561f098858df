"""Does a sentence look back or ahead at the place of a date? The nearest cue decides."""

from __future__ import annotations

from service.enrich.dates.expressions import FUTURE, NEAREST, PAST
from service.enrich.lexer.scanner import GAP_LINE, LOWER
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import CODES, ENDS_IN_ED, code_of, codes_of, table
from service.languages.en.words import numbers, time

_STOP = 3
_VERBS_IN_ED = [
    word for word in CODES if word.endswith("ed") and len(word) > 4 and word not in numbers.SCALES
]
_BACK = dict.fromkeys([*_VERBS_IN_ED, *time.PAST_CUES, ENDS_IN_ED], PAST)
_STOPS = dict.fromkeys([".", "?", "!", ";"], _STOP)
_CUE = table(_BACK | dict.fromkeys(time.FUTURE_CUES, FUTURE) | _STOPS, 0)
_CUE_BEHIND = table(
    _BACK | {word: FUTURE for word in time.FUTURE_CUES if word not in time.NOT_AHEAD} | _STOPS, 0
)
_DOT, _AS = code_of("."), code_of("as")
_SOON = codes_of("soon early")
_ADJACENT = codes_of("by until till through ahead")
"""Cues only right before the date: "by Friday", not "halted by a judge on Friday"."""
_LOOK_BACK, _LOOK_AHEAD = 12, 7


def way_of(tokens: Tokens, first: int, last: int) -> int:
    """PAST, FUTURE or NEAREST: the nearest cue before tokens first..last in the sentence, else the first behind."""
    code, gap = tokens.code, tokens.gap
    k = first - 1
    if code[k] == _AS and code[k - 1] in _SOON:
        return FUTURE  # "as soon as Tuesday"
    bottom = max(-1, k - _LOOK_BACK)
    while k > bottom and gap[k + 1] != GAP_LINE:
        here = code[k]
        cue = _CUE[here]
        if cue == _STOP:
            if here != _DOT or tokens.mark[k + 1] != LOWER:  # "Corp. said", "a.m. on Monday"
                break
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
