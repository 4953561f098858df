"""Transcripts and interviews: paragraphs that begin with who speaks, `BELK: ...`, `A: ...`; a line may have several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.heads import is_surely_name, stands_elsewhere
from service.enrich.quotes.cast.names import GIVEN_NAMES
from service.enrich.quotes.checks.labelled_reports import passed_on
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.headings import NAMES_AS_HEADINGS, NO_LABELS
from service.languages.en.people import PERSON_NOUNS, SPOKEN_WITH
from service.languages.en.reporting import DASHES

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

_OPENING, _CLOSING = word_hashes({"(", "["}), word_hashes({")", "]"})
_COLON = word_hash(":")


def read_labels(view: View, drafts: list[Draft], taken: Labels) -> list[Draft]:
    """Return the drafts with those of labelled paragraphs in place of what the model read there."""
    if view.text.count(":") < LABELLED_MIN:
        return drafts
    found = _labelled(view)
    if len(found) < LABELLED_MIN:
        return drafts
    if not any(_asks(view, content) for _, content in found):  # not an interview: a hearing, or a fact box
        found = [(label, content) for label, content in found if _names_speaker(view, label)]
    labels = Counter(view.between(*label).lower() for label, _ in found)
    if len(found) < LABELLED_MIN or len(labels) < LABELLED_MIN:
        return drafts
    if max(labels.values()) < LABELLED_MIN and not _take_turns(view, found):
        return drafts
    inside = {token for label, content in found for token in range(label[0], content[1])}
    kept = [draft for draft in drafts if draft.cue is None or draft.cue[0] not in inside]
    kept = [draft for draft in kept if inside.isdisjoint(range(draft.content[0][0], draft.content[-1][1]))]
    reports = sorted((one for one in drafts if one.cue and one.source), key=lambda one: one.content[0])
    for label, content in found:
        taken[content[0] : content[1]] = 1
        if (
            not _asks(view, content)
            and view.between(*label).lower().rstrip("0123456789") not in QUESTION_LABELS
        ):
            colon = content[0] - 1
            carrier = None if view.lows[label[1] - 1] in SPEAKING_LABELS else label
            pieces = passed_on(view, reports, carrier, content, kept)
            if pieces:
                kept.append(Draft(pieces, label, (colon, colon + 1), False, CONFIDENCE, 1.0, METHOD))
    return sorted(kept, key=lambda draft: draft.content[0])


def _asks(view: View, content: Range) -> bool:
    return view[content[1] - 1].rstrip("\"'”’").endswith("?")


def _labelled(view: View) -> list[tuple[Range, Range]]:
    """List what is labelled: tokens of the label, tokens of what is said up to the next label or line."""
    colons = view.places(_COLON)
    labels = [_label_before(view, colon) for colon in colons]
    begins = [_begins_line(view, label) for label in labels]
    lines = [label for label, first in zip(labels, begins, strict=True) if first]
    if not lines:
        return []
    opening = {view.between(*label).lower() for label in lines}
    speakers = _headings_that_speak(view, lines)
    found: list[tuple[Range, Range]] = []
    line_end = 0
    for label, colon, begins_line in zip(labels, colons, begins, strict=True):
        if _is_heading(view, label) and view.between(*label) not in speakers:
            continue
        inside = colon < line_end and _is_inner(view, label, opening)
        if not (inside or begins_line):
            continue
        if inside:
            before, (first, end) = found[-1]
            found[-1] = (before, (first, min(end, label[0])))
        else:  # the end of a line is sought once: it may hold ten thousand labels
            newline = view.kinds.find(c.NEWLINE, colon + 1)
            line_end = newline if newline >= 0 else view.count
        if colon + 1 < line_end:
            end = colon + 2 if view.kinds[colon + 1] == c.PASSAGE else line_end
            found.append((label, (colon + 1, end)))
    return found


def _is_heading(view: View, label: Range) -> bool:
    return label[1] - label[0] == 1 and view.lows[label[0]] in NO_LABELS


def _headings_that_speak(view: View, lines: list[Range]) -> set[str]:
    """List the headings that are somebody's name here: `ROTH: Is it done? | PRICE: Not yet. | ROTH: I see.`

    Each is spelt like the label of another, who speaks more than once, and answers a question or speaks to somebody.
    `lines` are the labels that begin a line.
    """
    if not any(view.lows[label[0]] in NAMES_AS_HEADINGS for label in lines if _is_heading(view, label)):
        return set()
    others = Counter(view.between(*label) for label in lines if not _is_heading(view, label))
    for_sure = [label for label, count in others.items() if count >= LABELLED_MIN]
    in_capitals = {
        label.isupper() for label in for_sure if label.isupper() or label.lower() not in SPEAKING_LABELS
    }
    return {
        view.between(*label)
        for label in lines
        if _is_heading(view, label) and view.lows[label[0]] in NAMES_AS_HEADINGS
        and view[label[0]].isupper() in in_capitals and _takes_a_turn(view, label)
    }  # fmt: skip


def _takes_a_turn(view: View, label: Range) -> bool:
    """Tell whether the line of a label follows a question, or is sentences (no headline) by somebody who speaks."""
    first, colon = label
    newline = view.kinds.find(c.NEWLINE, colon)
    content = colon + 1, newline if newline >= 0 else view.count
    says = view[content[1] - 1].endswith((".", "!", "?")) and _is_spoken(view, content)
    return says or (first > 1 and _asks(view, (0, first - 1)))


def _label_before(view: View, colon: int) -> Range:
    """Read the label before a colon, which may be empty: `BELK | (on camera):`."""
    first = stop = _before_bracket(view, colon)
    while first > 0 and stop - first < LABEL_TOKENS_MAX and _is_of_label(view, first - 1):
        first -= 1
    while first < stop and view.sentences[first] != view.sentences[stop - 1]:
        first += 1  # "... in Tarrow. | BELK:"
    return first, stop


def _begins_line(view: View, label: Range) -> bool:
    first, end = label
    low = first - BRACKET_TOKENS_MAX - 1
    if first == end or (low >= 0 and c.NEWLINE not in view.kinds[low:first]):
        return False
    opening = _before_bracket(view, first)
    return opening == 0 or view.kinds[opening - 1] == c.NEWLINE


def _take_turns(view: View, found: list[tuple[Range, Range]]) -> bool:
    """Tell whether names in capitals, each before a clause, change inside a line: `ROTH: We knew. FALK: Did you?`.

    Each speaks of himself, to somebody or asks: places and topics stand before a colon too.
    """
    inside = not all(_begins_line(view, label) for label, _ in found)
    return inside and all(
        view.between(*label).isupper() and is_surely_name(view.lows[label[1] - 1].removesuffix("s"))
        and is_clause(view, content) and _is_spoken(view, content)
        for label, content in found
    )  # fmt: skip


def _is_spoken(view: View, content: Range) -> bool:
    return _asks(view, content) or not SPOKEN_WITH.isdisjoint(view.lows[token] for token in range(*content))


def _is_inner(view: View, label: Range, opening: Container[str]) -> bool:
    """Tell whether a label stands inside a labelled line: in capitals, or as it opens a line elsewhere."""
    first, end = label
    goes_on = view.sentences[first - 1] == view.sentences[first] and view.lows[first - 1] not in DASHES
    if first == end or goes_on:
        return False
    wording = view.between(first, end)
    return wording.isupper() or wording.lower() in opening


def _before_bracket(view: View, end: int) -> int:
    """Pass back over a bracket: `[00:05] | BELK`, `BELK | (on camera)`."""
    if end == 0 or view.hashes[end - 1] not in _CLOSING:
        return end
    for token in range(end - 2, max(0, end - BRACKET_TOKENS_MAX) - 1, -1):
        if view.hashes[token] in _OPENING:
            return token
    return end


def _names_speaker(view: View, label: Range) -> bool:
    """Tell whether a label may name who speaks, and is no heading of a fact box: `Background: ...`, `Price: ...`."""
    first, end = label
    last = view.lows[end - 1]
    if end - first > 1 or view[first].isupper() or last in SPEAKING_LABELS or last in PERSON_NOUNS:
        return True
    return last in GIVEN_NAMES or stands_elsewhere(view, first)


def _is_of_label(view: View, token: int) -> bool:
    return view[token][:1].isupper() or view[token] == "."
