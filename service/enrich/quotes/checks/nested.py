"""Claims inside claims: `State media reported that | Ada Brandt said fees would rise`. The innermost speaks.

Those outside only carry what was said; they become `via`.
"""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.cast.phrases import read_phrase
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.subjects import (
    clause_behind,
    is_finite_saying,
    is_noun_phrase,
    subject_before,
    subject_end,
)
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import (
    ACTING_VERBS,
    AS_SAYING,
    CARRYING,
    INNER_VERBS,
    JUDGING_VERBS,
    PLAIN_VERBS,
    PREPOSITIONS,
)

INNER_TOKENS_MAX = 14
"""Number of tokens at the head of a content among which the verb of the one inside stands."""
LEVELS_MAX = 3
"""Maximum number of attributions one inside another."""
CARRIER_TOKENS_AWAY = 3
"""Number of tokens behind a claim among which "according to" begins."""
CARRIER_TOKENS_MAX = 16
"""Maximum length of who is accorded with, in tokens."""
_THAT, _COMMA, _ACCORDING = word_hash("that"), word_hash(","), word_hash("according")
_AS_SAYING, _INNER_VERBS, _CARRYING = word_hashes(AS_SAYING), word_hashes(INNER_VERBS), word_hashes(CARRYING)
_JUDGING = JUDGING_VERBS - ACTING_VERBS
_BREAKS = (c.PASSAGE, c.NEWLINE)


def open_nested(view: View, draft: Draft) -> None:
    """Give a statement that holds nothing but another attribution to the one inside."""
    for _ in range(LEVELS_MAX):
        if draft.cue is None or draft.source is None or draft.only_passages or len(draft.content) != 1:
            return
        content = draft.content[0]
        found = _quoted_as(view, draft, draft.cue) or _inverted(view, content) or _inside(view, content)
        if found is None:
            return
        source, verb, content = found
        draft.via.insert(0, draft.source)
        draft.source, draft.cue, draft.content = source, (verb, verb + 1), [content]
        draft.confirm()


def add_carrier(view: View, draft: Draft) -> None:
    """Take who passed it on from `..., according to a transcript` and `..., an aide told reporters` around a claim."""
    if draft.cue is None or draft.source is None or view.hashes[draft.cue[0]] == _ACCORDING:
        return
    carrier = _quoting(view, draft) or _outer(view, draft.source, draft.cue)
    if carrier is None and _is_near_according(view, draft):
        carrier = _before(view, draft.source) or _behind_content(view, draft)
    if carrier is None and draft.content[-1][0] >= draft.cue[1]:
        carrier = _teller(view, draft.content[-1][1])
    if carrier is not None:
        draft.via.append(carrier)
        draft.confirm()


def _is_near_according(view: View, draft: Draft) -> bool:
    """Tell whether "according" stands around a claim, outside its cue."""
    places = view.accordings
    if not places:
        return False
    cue, source = draft.cue or (0, 0), draft.source or (0, 0)
    low = max(0, source[0] - CARRIER_TOKENS_MAX - 1)
    high = max(draft.content[-1][1], cue[1], source[1]) + CARRIER_TOKENS_AWAY
    at = bisect.bisect_left(places, low)
    return at < len(places) and places[at] < high


def _quoting(view: View, draft: Draft) -> Range | None:
    """Read `Harbour radio quoted | Nora Falk | as saying`: the one quoted speaks."""
    cue, source = draft.cue or (0, 0), draft.source or (0, 0)
    saying = cue[1] - 1
    if view.hashes[saying] not in _AS_SAYING or view.lows[saying - 1] != "as":
        return None
    for verb in range(saying - 2, max(0, saying - INNER_TOKENS_MAX), -1):
        if view.lows[verb] in CARRYING:
            inner, carrier = (verb + 1, saying - 1), subject_before(view, verb, sentence_range(view, verb)[0])
            if not is_noun_phrase(view, inner) or carrier is None or source[0] > saying:
                return None
            draft.source = inner
            return carrier
    return None


def _outer(view: View, source: Range, cue: Range) -> Range | None:
    """Read `Falk said (that) | the report | warned`, where the model found the inner one. Not `..., said | Falk`."""
    verb = source[0] - 1
    verb -= view.hashes[verb] == _THAT
    own = cue[0] <= verb < cue[1]
    if verb < 1 or own or view.hashes[verb] not in _INNER_VERBS or not is_finite_saying(view, verb):
        return None
    return subject_before(view, verb, sentence_range(view, verb)[0])


def _before(view: View, source: Range) -> Range | None:
    """Read `According to state media, | Lund said`."""
    comma = source[0] - 1
    if view.lows[comma] != ",":
        return None
    for token in range(comma - 1, max(-1, comma - CARRIER_TOKENS_MAX), -1):
        if view.kinds[token] in _BREAKS or view.sentences[token] != view.sentences[comma]:
            return None
        if view.lows[token] == "according" and view.lows[token + 1] == "to":
            return (token + 2, comma) if token + 2 < comma else None
    return None


def _behind_content(view: View, draft: Draft) -> Range | None:
    """Read `..., according to a transcript`, which is no part of what was said."""
    cue, source = draft.cue or (0, 0), draft.source or (0, 0)
    first, last = draft.content[-1]
    end = max(last, cue[1], source[1])
    at = next(
        (t for t in range(cue[1], min(view.count, end + CARRIER_TOKENS_AWAY)) if view.lows[t] == "according"),
        -1,
    )
    if at < 0 or view.lows[at + 1] != "to" or view.sentences[at] != view.sentences[end - 1]:
        return None
    comma = at - (view.lows[at - 1] == ",")
    if (comma == at and not view.is_passage(at - 1)) or (at < last and comma <= first):
        return None
    carrier = _noun_phrase_from(view, at + 2)
    if carrier is not None and at < last and is_clause(view, (first, comma)):
        draft.content[-1] = (first, comma)
    return carrier


def _teller(view: View, end: int) -> Range | None:
    """Read `..., | Kremlin aide Ivo Lund | told journalists` behind what was said."""
    if end >= view.count or view.hashes[end] != _COMMA:
        return None
    for verb in range(end + 2, min(view.count, end + 2 + INNER_TOKENS_MAX)):
        if (
            view.kinds[verb] in _BREAKS
            or view.lows[verb] == ","
            or view.sentences[verb] != view.sentences[end]
        ):
            return None
        if is_finite_saying(view, verb):
            source = (end + 1, subject_end(view, verb))
            tells = view.lows[verb] in PLAIN_VERBS and view.lows[verb + 1] != "that"
            return source if tells and is_noun_phrase(view, source) else None
    return None


def _noun_phrase_from(view: View, first: int) -> Range | None:
    """Read who is accorded with, up to the next comma or the end of the sentence."""
    end = first
    while end < min(view.count, first + CARRIER_TOKENS_MAX) and view.sentences[end] == view.sentences[first]:
        if view.lows[end] in (",", ";", ".") or view.kinds[end] in (c.PASSAGE, c.NEWLINE):
            break
        end += 1
    return (first, end) if first < end else None


def _quoted_as(view: View, draft: Draft, cue: Range) -> tuple[Range, int, Range] | None:
    """Read `quoted General Sorin Vask | as saying | that the border was quiet`."""
    if view.hashes[cue[0]] not in _CARRYING:
        return None
    first, end = draft.content[0]
    first = min(first, cue[1]) if first <= cue[1] + 1 else first
    for token in range(first + 1, min(end, first + INNER_TOKENS_MAX)):
        if view.lows[token] == "as" and view.lows[token + 1] in AS_SAYING and token + 2 < end:
            source = (first, token)
            return (source, token + 1, (token + 2, end)) if is_noun_phrase(view, source) else None
    return None


def _inverted(view: View, content: Range) -> tuple[Range, int, Range] | None:
    """Read `| "It was a mistake," said Falk on the stand |, according to the Courier`."""
    first, end = content
    verb = first + 1
    if view.kinds[first] != c.PASSAGE or verb + 1 >= end:
        return None
    if view.kinds[verb] != c.SAYS:
        return _told_behind(view, content)
    stop = next((token for token in range(verb + 2, end) if view.lows[token] in PREPOSITIONS), end)
    source = (verb + 1, stop)
    speaks = is_finite_saying(view, verb) and is_noun_phrase(view, source)
    return (source, verb, (first, verb)) if speaks else None


def _told_behind(view: View, content: Range) -> tuple[Range, int, Range] | None:
    """Read `| "He told me to lie," Falk testified |, according to the Courier`."""
    first, end = content
    verb = next((token for token in range(first + 2, end) if is_finite_saying(view, token)), end)
    source = (first + 1, subject_end(view, verb))
    speaks = verb < end and is_noun_phrase(view, source) and not is_clause(view, (verb + 1, end))
    return (source, verb, (first, first + 1)) if speaks else None


def _inside(view: View, content: Range) -> tuple[Range, int, Range] | None:
    first, end = content
    first += view.hashes[first] == _THAT
    inside = view.kinds[first + 1 : min(end - 1, first + INNER_TOKENS_MAX)]
    if c.SAYS not in inside:
        return None
    for verb, kind in enumerate(inside, first + 1):
        if kind in _BREAKS:
            return None
        if kind != c.SAYS or not is_finite_saying(view, verb):
            continue
        source = (_behind_adverbial(view, first, verb), subject_end(view, verb))
        behind = _behind(view, verb, end)
        speaks = behind is not None and is_noun_phrase(view, source) and not _is_document(view, source)
        return (source, verb, behind) if speaks and behind is not None else None
    return None


def _behind_adverbial(view: View, first: int, verb: int) -> int:
    """Pass over `In May of 2014, | the ministry said`."""
    if view.lows[first] not in PREPOSITIONS:
        return first
    return next((token + 1 for token in range(verb - 1, first, -1) if view.lows[token] == ","), first)


def _behind(view: View, verb: int, end: int) -> Range | None:
    if view.lows[verb] in _JUDGING:
        return (verb + 1, end)
    if view.lows[verb + 1] == "that" and end - verb > 3:
        return (verb + 1, end)
    return clause_behind(view, verb, end) if view.lows[verb] in INNER_VERBS else None


def _is_document(view: View, source: Range) -> bool:
    """Tell whether a document speaks, in which somebody outside it may have said it: `his book`."""
    phrase = read_phrase(view, source)
    return not phrase.names and kind_of_noun(phrase.head) == "document"
