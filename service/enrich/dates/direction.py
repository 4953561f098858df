"""Tell whether a sentence looks back or ahead at the place of a date; the nearest cue decides."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import THIS_WORDS, YEAR
from service.enrich.dates.expressions import FUTURE, NEAREST, PAST
from service.enrich.lexer.codes import CODES, ENDS_IN_ED, NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, LOWER
from service.languages.en.words import date_cues, numbers, time

_STOP, _SCHEDULED = 3, 4
_VERBS_IN_ED = [
    word for word in CODES if word.endswith("ed") and len(word) > 4 and word not in numbers.SCALES
]
_BACK = dict.fromkeys([*_VERBS_IN_ED, *time.PAST_CUES, ENDS_IN_ED], PAST)
_STOPS = dict.fromkeys([".", "?", "!", ";"], _STOP)
_AHEAD = dict.fromkeys(date_cues.SCHEDULED, _SCHEDULED) | dict.fromkeys(time.FUTURE_CUES, FUTURE)
_CUE = table(_BACK | _AHEAD | _STOPS, 0)
_CUE_BEHIND = table(
    _BACK | {word: FUTURE for word in time.FUTURE_CUES if word not in time.NOT_AHEAD} | _STOPS, 0
)
_DOT, _AS, _BY, _OF, _TO, _AFTER, _THAN, _LATER, _AHEAD_OF = (
    code_of(word) for word in (".", "as", "by", "of", "to", "after", "than", "later", "ahead")
)
_RECORD, _THROUGH = code_of("record"), code_of("through")
_ASKED = flags(_BACK, _AHEAD, _STOPS, ["to", "record", "after"])
"""Words before a date at which `way_of` has to look closer."""
_LINE = bytes([GAP_LINE])
_IS = codes_of("is are")
_FROM, _OPEN, _WAS = code_of("from"), code_of("open"), codes_of("was were been")
_SOON = codes_of("soon early")
_SITS = code_of("sits")
_HAD, _BE = codes_of("had was were"), code_of("be")
_ADJACENT = codes_of("by until till through ahead")
"""Cues only right before the date: "by Friday", not "halted by a judge on Friday"."""
_PROJECTING = codes_of(date_cues.PROJECTING)
_NOT_BEHIND = codes_of(date_cues.SCHEDULED_NOT_BEHIND) | {NUMBER}
_LOOK_BACK, _LOOK_AHEAD = 12, 7
"""Maximum number of tokens between a date and its cue, before it and behind it."""


def way_of(tokens: Tokens, first: int, last: int) -> int:
    """Return PAST, FUTURE or NEAREST: the nearest cue before tokens first..last in the sentence, else behind."""
    code, gap = tokens.code, tokens.gap
    k = first - 1
    if (code[k] == _AS and code[k - 1] in _SOON) or (code[k] == _THAN and code[k - 1] == _LATER):
        return FUTURE  # "as soon as Tuesday", "no later than Friday"
    if code[k] == _BY and _was_over(tokens, last):
        return PAST
    bottom = max(0, first - _LOOK_BACK)
    bottom = max(bottom, gap.rfind(_LINE, bottom + 1, first + 1))
    for k in range(first - 1, bottom - 1, -1):
        here = code[k]
        if not _ASKED[here]:
            continue
        cue = _CUE[here]
        if cue == _STOP:
            if here != _DOT or tokens.mark[k + 1] != LOWER:  # "Corp. said", "a.m. on Monday"
                break
        elif cue:
            found = _way_at(tokens, k, first, cue)
            if found:
                return found
        elif here == _TO and k + 1 < first and code[k - 1] in _IS and tokens.mark[k + 1] == LOWER:
            return FUTURE  # "is to resume on Tuesday"
        elif here == _RECORD and code[k - 1] == _OF:
            return FUTURE  # "to holders of record Dec. 21"
        elif here == _AFTER and tokens.word(k + 1).endswith("ing"):
            return PAST  # "after stopping them in December"
    return _way_behind(tokens, last)


def _way_at(tokens: Tokens, k: int, first: int, cue: int) -> int:
    """Return what the cue at token `k` says of a date that begins at `first`; 0 where it says nothing."""
    code = tokens.code
    here = code[k]
    if here == _THROUGH and code[k - 1] == YEAR and code[k - 2] in THIS_WORDS:
        return NEAREST  # "this year through August"
    if here in _ADJACENT:
        near = k == first - 1 or (here == _AHEAD_OF and k == first - 2 and code[k + 1] == _OF)
        return cue if near else 0
    if here == _SITS and k + 1 != first - 1:
        return 0  # "the court sits at 10 a.m. Monday", but "a man sits in the snow on Monday"
    if cue == _SCHEDULED:
        return 0 if code[k - 1] in _NOT_BEHIND else FUTURE
    if cue == PAST and code[k - 1] == _BE:
        return 0  # "will be paid on Friday": the verb before it decides
    if cue == PAST and code[k - 1] in _IS and code[first - 1] == _FROM:
        return FUTURE  # "the bridge is closed from Saturday"
    if here == _OPEN and code[k - 1] in _WAS:
        return PAST
    return FUTURE if here in _PROJECTING and code[k + 1] == _TO else cue


def _way_behind(tokens: Tokens, last: int) -> int:
    """Return what the first cue behind a date says, in its sentence."""
    for k in range(last, last + _LOOK_AHEAD):
        cue = _CUE_BEHIND[tokens.code[k]]
        if cue == _STOP or tokens.gap[k] == GAP_LINE:
            break
        if cue:
            return cue
    return NEAREST


def _was_over(tokens: Tokens, last: int) -> bool:
    """Tell "By Tuesday 3,000 of the tents had arrived": the verb behind the date is of the past."""
    for k in range(last, last + _LOOK_AHEAD):
        if tokens.gap[k] == GAP_LINE or _CUE_BEHIND[tokens.code[k]] == _STOP:
            return False
        if tokens.code[k] in _HAD:
            return True
    return False
