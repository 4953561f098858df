"""What courts rule and reports find: `The court ruled that the law was void`, `The poll found that few trust him`.

The words are no words of saying by themselves: a driver finds that the road is closed and says nothing.
"""

from __future__ import annotations

from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.cast.phrases import read_phrase
from service.enrich.quotes.checks.long_pieces import before_another
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import auxiliaries, is_passive
from service.enrich.quotes.subjects import clause_behind
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import FINDING, INQUIRERS, NOT, RULING, SHOWING, TEAMS, VERB_MARKS

_RULING, _FINDING, _SHOWING = word_hashes(RULING), word_hashes(FINDING), word_hashes(SHOWING)
_ALL, _THAT = _RULING | _FINDING | _SHOWING, word_hash("that")
_ED = word_hash("ed")
LEADING_TOKENS = 6
"""Maximum number of tokens from a verb of finding to the subject of what was found: `ruled on Tuesday that the`."""
_INQUIRERS = word_hashes(INQUIRERS)


def set_finding(view: View, draft: Draft) -> None:
    """Take a belief for a statement where a court, a body or a document holds it."""
    if draft.cue is None or draft.source is None or len(draft.content) > 1:
        return
    verb = next((token for token in range(*draft.cue) if view.hashes[token] in _ALL), -1)
    if verb >= 0 and _finds(view, verb, draft.source):
        first, end = draft.content[0]
        end = max(first + 1, before_another(view, (first, end), first + 1))
        draft.content = [(first, end)]
        told = clause_behind(view, verb, end)
        draft.cue = (draft.cue[0], verb + 1)
        draft.told = told is not None and view.hashes[told[0]] == _THAT and first in (told[0], told[0] + 1)


def is_finding(view: View, verb: int, source: Range) -> bool:
    """Tell whether a subject rules, finds or shows, so that what follows is told by it."""
    return view.hashes[verb] in _ALL and _finds(view, verb, source)


def leads_to_clause(view: View, verb: int) -> bool:
    """Tell whether a verb leads to a clause with "that": `ruled on Tuesday | that the law was void`."""
    told = clause_behind(view, verb, min(view.count, verb + LEADING_TOKENS))
    if told is None or view.hashes[told[0]] != _THAT:
        return False
    subject = told[0] + 1  # but "approved rules that would be strict"
    return view.lows[subject] not in VERB_MARKS and view.endings[subject] != _ED


def _finds(view: View, verb: int, source: Range) -> bool:
    before = auxiliaries(view, verb)
    if source[1] > verb or not NOT.isdisjoint(before) or "to" in before or is_passive(view, verb):
        return False
    word, phrase = view.hashes[verb], read_phrase(view, source)
    if phrase.pronoun is not None or phrase.relative:
        return False
    if phrase.names and not phrase.author:
        body = all(naming.sort == "body" for naming in phrase.names)
        return word in _RULING or (body and word in _FINDING)
    noun = kind_of_noun(phrase.head)
    if word in _RULING:
        return noun is not None
    if noun == "document":
        return True
    inquires = phrase.head in INQUIRERS or (
        phrase.head in TEAMS and not _INQUIRERS.isdisjoint(view.hashes[source[0] : source[1]])
    )
    return word in _FINDING and inquires
