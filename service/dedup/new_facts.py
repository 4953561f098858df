"""Numbers of new features -> facts and passages with their places in the article."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, Literal, NamedTuple

from service.records import NewFact
from service.sketch.english_facts import english_facts
from service.sketch.fact_bits import (
    F_AUXILIARY,
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_HEADLINE,
    F_LISTED,
    F_NAME,
    F_NEGATION,
    F_NOUN,
    F_RECKONED,
    F_REVERSING,
    F_SENTENCE,
    F_SUBJECT,
    F_UNIT,
    F_WORD,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    OPPOSED,
    STARTS,
)
from service.sketch.facts import fact_spans, facts_of

Kind = Literal["figure", "name", "negation", "word", "passage"]

_KINDS: Final[dict[int, Kind]] = {
    F_FIGURE: "figure",
    F_GLUED: "figure",
    F_NOUN: "figure",
    F_RECKONED: "figure",
    F_UNIT: "figure",
    F_WORD: "word",
    F_NAME: "name",
    F_DOUBTFUL: "name",
    F_NEGATION: "negation",
    F_REVERSING: "word",
    F_AUXILIARY: "word",
    F_LISTED: "word",
    F_HEADLINE: "word",
}
PASSAGE_FEATURES_MIN: Final = 3
PASSAGE_SHARE_MIN: Final = 0.7
"""Minimum number of new features of a sentence that is a new passage, and their minimum share of its features."""
FACTS_SHOWN_MAX: Final = 50


class _Feature(NamedTuple):
    number: int
    bits: int
    start: int
    end: int


def new_facts(title: str | None, text: str, numbers: Collection[int]) -> tuple[NewFact, ...]:
    """Return the facts and passages that these features stand for, in the order of title and text."""
    if not numbers:
        return ()
    words = english_facts()
    spans = fact_spans(title, text, words).tolist()
    bits = facts_of(title, text, words).features.tolist()
    features = [_Feature(n, b, *span) for n, (b, span) in enumerate(zip(bits, spans, strict=True))]
    news = frozenset(numbers)
    passages = list(_passages(features, news))
    found = {NewFact("passage", text[start:end], start, end): None for start, end in passages}
    last: Kind | None = None
    for one in features:
        kind = _KINDS.get(one.bits >> KIND_SHIFT)
        if one.bits >> KIND_SHIFT == F_SUBJECT:  # of a reversing word, or of a name, that stands before it
            kind = last
        if kind == "figure" and one.bits >> KIND_SHIFT == F_UNIT and one.bits & OPPOSED:
            kind = "word"
        last = kind
        if one.number not in news or kind is None:
            continue
        in_title = bool(one.bits & IN_TITLE)
        inside = not in_title and any(start <= one.start < end for start, end in passages)
        if inside and kind not in ("figure", "name"):
            continue
        of = (title or "") if in_title else text
        where: Literal["text", "title"] = "title" if in_title else "text"
        found[NewFact(kind, of[one.start : one.end], one.start, one.end, where)] = None
    ordered = sorted(found, key=lambda fact: (fact.where == "text", fact.start, -fact.end))
    return tuple(ordered[:FACTS_SHOWN_MAX])


def _passages(features: list[_Feature], news: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of sentences of which nearly all is new; neighbours are joined."""
    last: tuple[int, int] | None = None
    for sentence in _sentences(features):
        parts = [one for one in sentence if one.bits >> KIND_SHIFT != F_SENTENCE]
        new = sum(one.number in news for one in parts)
        is_whole = any(one.number in news for one in sentence if one.bits >> KIND_SHIFT == F_SENTENCE)
        if not is_whole and (new < PASSAGE_FEATURES_MIN or new < PASSAGE_SHARE_MIN * len(parts)):
            if last is not None:
                yield last
            last = None
            continue
        said = sentence if is_whole else parts
        start, end = said[0].start, max(one.end for one in said)
        last = (start, end) if last is None else (last[0], end)
    if last is not None:
        yield last


def _sentences(features: list[_Feature]) -> Iterator[list[_Feature]]:
    sentence: list[_Feature] = []
    for one in features:
        if one.bits & (IN_TITLE | KNOWN_ONLY):
            continue
        if one.bits & STARTS and sentence:
            yield sentence
            sentence = []
        sentence.append(one)
    if sentence:
        yield sentence
