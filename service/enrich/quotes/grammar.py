"""Small questions of grammar over the tokens of a text: auxiliaries before a verb, agents, clauses."""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    AGENT_ENDS,
    BE,
    BETWEEN_VERBS,
    CLAUSE_SUBJECTS,
    DETERMINERS,
    HAVE,
    IRREGULAR_PAST,
    NOT,
    PARTICIPLES,
    TIME_OPENINGS,
    VERB_MARKS,
)
from service.languages.en.words.time import DAY_PARTS, PERIODS

AUXILIARY_TOKENS_MAX = 7
"""Number of tokens before a verb among which its auxiliaries are looked for."""
AGENT_TOKENS_MAX = 10
"""Maximum length of the agent of a passive, in tokens."""
TIME_TOKENS_MAX = 9
"""Maximum length of words that tell when something was said, in tokens."""

_AUXILIARIES = word_hashes(VERB_MARKS | BE | HAVE | BETWEEN_VERBS | {"to"})
_IRREGULAR_PAST = word_hashes(IRREGULAR_PAST)
_CLAUSE_WORDS = word_hashes(VERB_MARKS | CLAUSE_SUBJECTS)
_BY, _PARTICIPLES = word_hash("by"), word_hashes(PARTICIPLES)
_ED, _LY, _COMMA = word_hash("ed"), word_hash("ly"), word_hash(",")
_PERIODS, _DAYS_AND_TIMES = word_hashes({*PERIODS, *DAY_PARTS}), word_hashes(DAYS_AND_TIMES)
_TIME_OPENINGS = word_hashes(DETERMINERS | TIME_OPENINGS)


def low(view: View, token: int) -> str:
    """Return a token in lower case with its apostrophe straight; empty outside the text."""
    return view.lows[token]


def saying_word(view: View, cue: Range) -> int:
    """Find the word of a cue that says: its last word of saying, or else its last word."""
    found = view.kinds.rfind(c.SAYS, cue[0], cue[1])
    return found if found >= 0 else cue[1] - 1


def is_participle(word: str) -> bool:
    """Tell whether a verb's form may be a past participle."""
    return word.endswith("ed") or word in PARTICIPLES


def auxiliaries(view: View, verb: int) -> list[str]:
    """List the auxiliaries, negations and adverbs before a verb, nearest first."""
    hashes, endings = view.hashes, view.endings
    if hashes[verb - 1] not in _AUXILIARIES and endings[verb - 1] != _LY:
        return []  # as of most verbs
    found: list[str] = []
    for token in range(verb - 1, max(-1, verb - 1 - AUXILIARY_TOKENS_MAX), -1):
        if hashes[token] not in _AUXILIARIES and endings[token] != _LY:
            break
        found.append(view.lows[token])
    return found


def is_passive(view: View, verb: int) -> bool:
    """Tell whether a participle has a form of "be" or "get" before it."""
    if view.endings[verb] != _ED and view.hashes[verb] not in _PARTICIPLES:
        return False
    before = auxiliaries(view, verb)
    return bool(before) and not BE.isdisjoint(before) and not _is_has(before)


def _is_has(before: list[str]) -> bool:
    """Tell whether `'s` before a participle means "has": it does unless another word makes a passive."""
    return not any(a in BE and a != "'s" for a in before)


def is_denied(view: View, verb: int) -> bool:
    """Tell whether the verb is denied: `did not say`, `never said`."""
    before = auxiliaries(view, verb)
    return bool(before) and not NOT.isdisjoint(before)


def agent(view: View, by: int, end: int) -> Range | None:
    """Read the noun phrase behind "by": `by two aides | that ...`."""
    if view.hashes[by] != _BY or by + 1 >= end:
        return None
    stop = by + 1
    while stop < min(end, by + 1 + AGENT_TOKENS_MAX):
        word = view.lows[stop]
        if word in AGENT_ENDS or view.kinds[stop] in (c.PASSAGE, c.NEWLINE):
            break
        if word == "of" and view.lows[stop + 1].endswith("ing"):
            break
        stop += 1
    stop = _behind_apposed_name(view, (by + 1, stop), end)
    return (by + 1, stop) if stop > by + 1 and not view.lows[by + 1].endswith("ing") else None


def _behind_apposed_name(view: View, described: Range, end: int) -> int:
    """Pass over the name between two commas behind a description: `by the mayor, Ted Orr, | that`."""
    first, stop = described
    if view.hashes[stop] != _COMMA or view.is_capital(stop - 1):
        return stop
    last = stop + 1
    while last < min(end, first + AGENT_TOKENS_MAX) and (view.is_capital(last) or view.lows[last] == "."):
        last += 1
    return last if last > stop + 2 and view.hashes[last] == _COMMA else stop


def is_clause(view: View, content: Range) -> bool:
    """Tell whether a stretch is a clause: it holds an auxiliary, a pronoun as subject or a verb of saying."""
    hashes, endings, first = view.hashes, view.endings, content[0]
    for token in range(*content):
        if hashes[token] in _CLAUSE_WORDS:
            return True
        past = endings[token] == _ED or hashes[token] in _IRREGULAR_PAST
        if past and token > first and view.kinds[token] != c.CAPITAL:
            return True
    return False


def is_time(view: View, tokens: Range) -> bool:
    """Tell whether a stretch only tells when something was said: `two days later`, `last month`, `early Monday`."""
    first, end = tokens
    if not first < end <= first + TIME_TOKENS_MAX:
        return False
    hashes = view.hashes
    if hashes[first] not in _DAYS_AND_TIMES:
        opens = hashes[first] in _TIME_OPENINGS or hashes[first] in _PERIODS or view.kinds[first] == c.DIGITS
        if not opens or _PERIODS.isdisjoint(hashes[first:end]):
            return False
    return not is_clause(view, tokens)


def behind_time(view: View, first: int, end: int) -> int:
    """Pass over `Two days later, |` at the head of a stretch; `first` itself where it tells no time."""
    high = min(end, first + TIME_TOKENS_MAX + 1)
    comma = next((token for token in range(first, high) if view.hashes[token] == _COMMA), -1)
    return comma + 1 if comma > 0 and is_time(view, (first, comma)) else first


def sentence_range(view: View, token: int) -> Range:
    """Find the tokens of a token's sentence."""
    number = view.sentences[token]
    first = bisect.bisect_left(view.sentences, number, 0, token)
    return first, bisect.bisect_right(view.sentences, number, token)
