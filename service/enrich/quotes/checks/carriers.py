"""Who passed on what somebody said: `..., according to a transcript`, `..., an aide told reporters`."""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.subjects import (
    behind_hearer,
    clause_behind,
    is_finite_saying,
    is_noun_phrase,
    subject_before,
    subject_end,
)
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    AS_SAYING,
    CARRYING,
    INNER_VERBS,
    MEDIA,
    NO_ACTS,
    PLAIN_VERBS,
    PREPOSITIONS,
    TELLING_VERBS,
)

TELLER_TOKENS_MAX = 14
"""Number of tokens behind a claim among which the verb of who told it stands."""
MEDIA_TOKENS_MAX = 3
"""Maximum length of outlets without an article, in tokens: "local news media"."""
CARRIER_TOKENS_AWAY = 6
"""Number of tokens behind a claim among which "according to" begins."""
CARRIER_TOKENS_MAX = 16
"""Maximum length of who is accorded with, in tokens."""
_THAT, _COMMA, _ACCORDING = word_hash("that"), word_hash(","), word_hash("according")
_AS_SAYING, _INNER_VERBS, _CARRYING = word_hashes(AS_SAYING), word_hashes(INNER_VERBS), word_hashes(CARRYING)
_MEDIA = word_hashes(MEDIA)
_BREAKS = (c.PASSAGE, c.NEWLINE)
OCCASION_STARTS = PREPOSITIONS | DAYS_AND_TIMES
"""Words that open where, when or to whom something was said."""


def add_carrier(view: View, draft: Draft) -> None:
    """Take who passed it on from `..., according to a transcript` and `..., an aide told reporters` around a claim."""
    if draft.cue is None or draft.source is None:
        return
    accorded = view.hashes[draft.cue[0]] == _ACCORDING
    carrier = None if accorded else _carrier(view, draft, draft.source, draft.cue)
    if carrier is not None:
        draft.via.append(carrier)
        draft.confirm()
    last = carrier or draft.source
    behind = (carrier is not None or accorded) and last[0] >= draft.content[-1][1]
    teller = _teller(view, last[1]) if behind else None
    if teller is not None:  # "..., according to court records, | the Courier | reported"
        draft.via.append(teller)
        draft.confirm()


def _carrier(view: View, draft: Draft, source: Range, cue: Range) -> Range | None:
    carrier = _quoting(view, draft) or _outer(view, source, cue)
    if carrier is None and _is_near_according(view, draft):
        carrier = _before(view, draft, source) or _behind_content(view, draft)
    end = max(draft.content[-1][1], cue[1], source[1])
    if end == cue[1] and view.lows[end - 1] in TELLING_VERBS:
        end = behind_hearer(view, end - 1, view.count)
    return carrier or _teller(view, end)


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
    as_saying = view.hashes[cue[1] - 1] in _AS_SAYING and view.lows[cue[1] - 2] == "as"
    if not as_saying and _CARRYING.isdisjoint(view.hashes[cue[0] : cue[1]]):
        return None
    verb = next((token for token in range(*cue) if view.hashes[token] in _CARRYING), -1)
    if verb < 0 and as_saying:
        back = range(cue[1] - 3, max(0, cue[1] - 1 - TELLER_TOKENS_MAX), -1)
        verb = next((token for token in back if view.hashes[token] in _CARRYING), -1)
    if verb < 0:
        return None
    near = range(verb + 2, min(view.count, verb + TELLER_TOKENS_MAX))
    saying = next((token for token in near if view.hashes[token] in _AS_SAYING), -1)
    low = sentence_range(view, verb)[0]
    if draft.content[-1][1] <= verb:  # "It was a mistake," | the Courier | quoted him as saying
        low = max(low, draft.content[-1][1] + (view.lows[draft.content[-1][1]] == ","))
    inner, carrier = (verb + 1, saying - 1), subject_before(view, verb, low)
    quoted = saying > 0 and view.lows[saying - 1] == "as" and source[0] < saying
    if not quoted or carrier is None or not (_is_pronoun(view, inner) or is_noun_phrase(view, inner)):
        return None
    if low < draft.content[0][0] <= saying and draft.content[-1][0] >= verb:
        return None  # opened with its content
    draft.source = inner
    return carrier


def _is_pronoun(view: View, tokens: Range) -> bool:
    return tokens[1] - tokens[0] == 1 and view.kinds[tokens[0]] == c.PRONOUN


def _outer(view: View, source: Range, cue: Range) -> Range | None:
    """Read `Falk said (that) | the report | warned`, where the model found the inner one. Not `..., said | Falk`."""
    verb = source[0] - 1
    verb -= view.hashes[verb] == _THAT
    own = cue[0] <= verb < cue[1]
    if verb < 1 or own or view.hashes[verb] not in _INNER_VERBS or not is_finite_saying(view, verb):
        return None
    return subject_before(view, verb, sentence_range(view, verb)[0])


def _before(view: View, draft: Draft, source: Range) -> Range | None:
    """Read `According to state media, | Lund said`, and `According to state media, the dam was safe, | Lund said`."""
    comma = source[0] - 1
    if view.lows[comma] != ",":
        return None
    for token in range(comma - 1, max(-1, comma - CARRIER_TOKENS_MAX), -1):
        if view.kinds[token] in _BREAKS or view.sentences[token] != view.sentences[comma]:
            return None
        if view.lows[token] == "according" and view.lows[token + 1] == "to":
            end = view.hashes.index(_COMMA, token + 2)
            apart = view.lows[end + 1] in OCCASION_STARTS or draft.content == [(end + 1, comma)]
            return (token + 2, end) if token + 2 < end and (end == comma or apart) else None
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
    for verb in range(end + 2, min(view.count, end + 2 + TELLER_TOKENS_MAX)):
        if (
            view.kinds[verb] in _BREAKS
            or view.hashes[verb] == _COMMA
            or view.sentences[verb] != view.sentences[end]
        ):
            return None
        if is_finite_saying(view, verb):
            source = (end + 1, subject_end(view, verb))
            pronoun = source[1] - source[0] == 1 and view.kinds[source[0]] == c.PRONOUN
            tells = (
                not pronoun
                and view.lows[verb] in PLAIN_VERBS
                and (verb + 1 == view.count or view.lows[verb + 1] not in NO_ACTS)
                and clause_behind(view, verb, sentence_range(view, verb)[1]) is None
            )
            return source if tells and (is_noun_phrase(view, source) or _is_media(view, source)) else None
    return None


def _is_media(view: View, source: Range) -> bool:
    """Tell whether outlets without an article pass it on: `..., | state television | reported`."""
    if source[1] - source[0] > MEDIA_TOKENS_MAX:
        return False
    plain = all(view.lows[token].isalpha() and not view.is_capital(token) for token in range(*source))
    return plain and view.hashes[source[1] - 1] in _MEDIA


def _noun_phrase_from(view: View, first: int) -> Range | None:
    """Read who is accorded with, up to the next comma or the end of the sentence."""
    end = first
    while end < min(view.count, first + CARRIER_TOKENS_MAX) and view.sentences[end] == view.sentences[first]:
        if view.lows[end] in (",", ";", ".") or view.kinds[end] in (c.PASSAGE, c.NEWLINE):
            break
        end += 1
    return (first, end) if first < end else None
