"""Words given as somebody's own in a rarer way: `as Roth put it`, `in the words of Roth`, `were assured by Roth`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.interrupted import without_stop
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import agent, auxiliaries, is_clause, is_denied, is_passive, sentence_range
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.subjects import is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import RELATIVES

CONFIDENCE, SPEAKER_CONFIDENCE = 0.75, 0.95
"""Confidence of words that only this rule finds, and of their speaker; set by hand."""
METHOD = "rule: put so"
SUBJECT_TOKENS_MAX = 24
"""Maximum length of whose words they are, in tokens."""
CONTENT_TOKENS_MAX = 80
"""Maximum length of what was put so, in tokens."""
_BY, _THAT, _ASSURED = (
    word_hash("by"),
    word_hash("that"),
    word_hashes({"told", "assured", "warned", "informed", "advised"}),
)
_PUT, _PUTS = word_hash("put"), word_hashes({"put", "puts"})
_IN_THE_WORDS_OF = ("in", "the", "words", "of")
_STOPS = (".", ",", ";", ":", "!", "?", "—", "–")


def worded_at(view: View, token: int) -> Draft | None:
    """Read who put a marked passage so, behind it or before its comma."""
    behind = token + 1 + (view.lows[token + 1] == ",")
    found = _put(view, behind) or _words_of(view, behind)
    if found is None and view.lows[token - 1] in (",", ":"):
        low = sentence_range(view, token - 1)[0]
        found = _words_of(view, low)
        if found is not None and found[0][1] != token - 1:
            return None
    if found is None:
        return None
    source, cue = found
    return Draft([(token, token + 1)], source, cue, True, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD)


def _put(view: View, first: int) -> tuple[Range, Range] | None:
    """Read `as | Ida Roth | put it`: whose words they are, and the cue."""
    if view.lows[first] != "as":
        return None
    near = range(first + 2, min(view.count, first + 2 + SUBJECT_TOKENS_MAX))
    verb = next((at for at in near if view.hashes[at] in _PUTS and view.lows[at + 1] == "it"), -1)
    end = verb - (view.lows[verb - 1] in ("once", "has", "had", "later"))
    source = (first + 1, end - (view.lows[end - 1] == ","))
    return (source, (verb, verb + 2)) if verb > 0 and _is_named(view, source) else None


def _words_of(view: View, first: int) -> tuple[Range, Range] | None:
    """Read `in the words of | Ida Roth |`, up to the next mark: whose words they are, and the cue."""
    end = first + len(_IN_THE_WORDS_OF)
    if tuple(view.words((first, min(end, view.count)))) != _IN_THE_WORDS_OF:
        return None
    stop = end
    while stop < min(view.count, end + SUBJECT_TOKENS_MAX) and not _ends(view, stop):
        stop += 1
    return ((end, stop), (first, end)) if _is_named(view, (end, stop)) else None


def _ends(view: View, token: int) -> bool:
    abbreviated = view.lows[token] == "." and view.kinds[token - 1] == c.TITLE
    return (view.lows[token] in _STOPS and not abbreviated) or view.kinds[token] in (c.PASSAGE, c.NEWLINE)


def _is_named(view: View, source: Range) -> bool:
    first, end = source
    named = any(view.is_capital(token) for token in range(first, end)) or view.kinds[first] == c.PRONOUN
    return named and is_noun_phrase(view, source)


def assured_reports(view: View, taken: Labels) -> list[Draft]:
    """Read `Residents were assured by | the mayor, Ted Orr, | that the dam was safe`, which no other draft has."""
    found = []
    for by in view.places(_BY):
        verb = by - 1
        if view.hashes[verb] not in _ASSURED or not is_passive(view, verb) or is_denied(view, verb):
            continue
        if view.lows[verb - 1 - len(auxiliaries(view, verb))] in RELATIVES:
            continue  # "Residents, who were told by Roth that it was safe, left"
        low, high = sentence_range(view, verb)
        source = agent(view, by, high)
        first = source[1] + (view.lows[source[1]] == ",") if source is not None else high
        end = without_stop(view, high)
        if source is None or first >= end or view.hashes[first] != _THAT or taken[low:end].any():
            continue
        if end - first > CONTENT_TOKENS_MAX or c.PASSAGE in view.kinds[low:end] or view.lows[high - 1] == "?":
            continue
        taken[first:end] = 1
        found.append(
            Draft([(first, end)], source, (verb, verb + 1), False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD)
        )
    return found


def put_reports(view: View, taken: Labels) -> list[Draft]:
    """Read `As Ida Roth put it, | the harbour never paid for itself |`, where no other draft has these words."""
    found = []
    for verb in view.places(_PUT):
        low, high = sentence_range(view, verb)
        comma = verb + 2
        end = high - 1
        if view.lows[low] != "as" or view.lows[comma] != "," or end - comma > CONTENT_TOKENS_MAX:
            continue
        put, content = _put(view, low), (comma + 1, end)
        if put is None or put[1][0] != verb or view.lows[end] != "." or taken[comma + 1 : end].any():
            continue
        if c.PASSAGE in view.kinds[comma:end] or not is_clause(view, content):
            continue
        taken[comma + 1 : end] = 1
        found.append(
            Draft([content], put[0], put[1], False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD, told=True)
        )
    return found
