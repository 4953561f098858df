"""Transcripts and interviews: paragraphs that begin with who speaks, `BELK: ...`, `A: ...`."""

from __future__ import annotations

from collections import Counter

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.heads import stands_elsewhere
from service.enrich.quotes.cast.names import GIVEN_NAMES
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en.people import PERSON_NOUNS

LABEL_TOKENS_MAX = 4
"""Maximum length of a label, in tokens."""
BRACKET_TOKENS_MAX = 10
"""Maximum length of a bracket beside a label, in tokens."""
LABELLED_MIN = 2
"""Minimum number of labelled paragraphs, and of different labels, in a transcript."""
CONFIDENCE = 0.8
"""Confidence of what a label introduces."""
METHOD = "rule: transcript"
QUESTION_LABELS = frozenset({"q", "question"})
SPEAKING_LABELS = QUESTION_LABELS | {"a", "answer"}

_OPENING, _CLOSING = ("(", "["), (")", "]")
_COLON, _QUESTION_MARK = word_hash(":"), word_hash("?")


def read_labels(view: View, drafts: list[Draft], taken: Labels) -> list[Draft]:
    """Return the drafts with those of labelled paragraphs in place of what the model read there."""
    if view.text.count(":") < LABELLED_MIN:
        return drafts
    found = _labelled(view)
    if not any(_asks(view, content) for _, content in found):  # not an interview: a hearing, or a fact box
        found = [(label, content) for label, content in found if _names_speaker(view, label)]
    labels = Counter(view.between(*label).lower() for label, _ in found)
    if len(found) < LABELLED_MIN or len(labels) < LABELLED_MIN or max(labels.values()) < LABELLED_MIN:
        return drafts
    inside = {token for label, content in found for token in range(label[0], content[1])}
    kept = [draft for draft in drafts if draft.cue is None or draft.cue[0] not in inside]
    kept = [draft for draft in kept if inside.isdisjoint(range(draft.content[0][0], draft.content[-1][1]))]
    for label, content in found:
        taken[content[0] : content[1]] = 1
        if not _asks(view, content) and view.between(*label).lower() not in QUESTION_LABELS:
            colon = content[0] - 1
            cue = (colon, colon + 1)
            kept.append(Draft([content], label, cue, False, CONFIDENCE, 1.0, METHOD))
    return sorted(kept, key=lambda draft: draft.content[0])


def _asks(view: View, content: Range) -> bool:
    return view.hashes[content[1] - 1] == _QUESTION_MARK


def _labelled(view: View) -> list[tuple[Range, Range]]:
    """List the labelled paragraphs: tokens of the label, tokens of what is said."""
    found: list[tuple[Range, Range]] = []
    for colon in view.places(_COLON):
        stop = _before_bracket(view, colon)
        first = stop
        while first > 0 and stop - first < LABEL_TOKENS_MAX and _is_of_label(view, first - 1):
            first -= 1
        opening = _before_bracket(view, first)
        begins = opening == 0 or view.kinds[opening - 1] == c.NEWLINE
        if begins and first < stop and colon < view.count - 1 and view.kinds[colon + 1] != c.NEWLINE:
            end = colon + 2
            while view.kinds[colon + 1] != c.PASSAGE and end < view.count and view.kinds[end] != c.NEWLINE:
                end += 1
            found.append(((first, stop), (colon + 1, end)))
    return found


def _before_bracket(view: View, end: int) -> int:
    """Pass back over a bracket: `[00:05] | BELK`, `BELK | (on camera)`."""
    if end == 0 or view[end - 1] not in _CLOSING:
        return end
    low = max(0, end - BRACKET_TOKENS_MAX)
    return next((token for token in range(end - 2, low - 1, -1) if view[token] in _OPENING), end)


def _names_speaker(view: View, label: Range) -> bool:
    """Tell whether a label may name who speaks, and is no heading of a fact box: `Background: ...`, `Price: ...`."""
    first, end = label
    last = view.lows[end - 1]
    if end - first > 1 or view[first].isupper() or last in SPEAKING_LABELS or last in PERSON_NOUNS:
        return True
    return last in GIVEN_NAMES or stands_elsewhere(view, first)


def _is_of_label(view: View, token: int) -> bool:
    return view[token][:1].isupper() or view[token] == "."
