"""Two texts -> what they share, exactly and as dedup estimates it, and why the second would be what it is called.

Everything here is for people: it reads whole texts where dedup reads samples, and takes milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from service.dedup.collection import Collection
from service.dedup.finding import Incoming
from service.dedup.index.fact_store import FactStore
from service.dedup.index.lookup import NOTHING_NEW_MIN
from service.dedup.new_facts import new_facts
from service.dedup.outputs import NOTICES
from service.dedup.verdict import Verdict
from service.records import NewFact, Origin, Relation, Span
from service.settings import DedupSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from service.sketch.hashing import (
    CHARACTER_CLASSES,
    SHINGLE_MULTIPLIERS,
    SHINGLE_WORDS,
    code_points,
    shingle_hashes,
    token_hashes,
    token_spans,
)
from service.sketch.normal_form import content_hash
from service.sketch.sketch import TEXT_CHARS_MAX, sketch

Notice = Literal["correction", "withdrawal"] | None

BESIDE_ANOTHER: Final = frozenset((Relation.UPDATE, Relation.CONTAINS, Relation.OVERLAPS))
"""Relations to an earlier article of what goes on: what is new in it is named."""

PLACES_TRIED_MAX: Final = 16
"""A phrase that stands in the first text more often than this is matched with its first places only."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in both texts, in the same order; spans count code points."""

    first: Span
    second: Span
    words: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What two texts share. Shares are exact, over all distinct four-word shingles; the verdict's are estimates."""

    similarity: float
    first_in_second: float
    second_in_first: float
    passages: tuple[Passage, ...]  # in the order of the second text, none overlapping there
    verdict: Verdict  # on the second, had the first come before it
    why: str
    facts: tuple[NewFact, ...] = ()  # what the second says that the first does not, as dedup sees it
    denials_gone: tuple[
        NewFact, ...
    ] = ()  # negations of the first that an update lacks, with their places there


def explain(
    first: str,
    second: str,
    titles: tuple[str | None, str | None] = (None, None),
    notices: tuple[Notice, Notice] = (None, None),
) -> Explanation:
    """Compare two clean texts, their titles and what notice each is; `first` is the earlier one."""
    one, other = _Read(first), _Read(second)
    shared = len(one.distinct & other.distinct)
    verdict = _verdict(first, second, titles, notices)
    facts: tuple[NewFact, ...] = ()
    denials_gone: tuple[NewFact, ...] = ()
    if verdict.relation in BESIDE_ANOTHER:
        facts = _beyond(first, second, titles)
    if verdict.relation is Relation.UPDATE:
        turned = _beyond(second, first, (titles[1], titles[0]))
        denials_gone = tuple(fact for fact in turned if fact.kind == "negation")
    return Explanation(
        similarity=shared / max(1, len(one.distinct | other.distinct)),
        first_in_second=shared / max(1, len(one.distinct)),
        second_in_first=shared / max(1, len(other.distinct)),
        passages=tuple(_passages(one, other)),
        verdict=verdict,
        why=_why(verdict, notices[1]),
        facts=facts,
        denials_gone=denials_gone,
    )


class _Read:
    """A text as its tokens, where they stand, and its shingles."""

    def __init__(self, text: str) -> None:
        points = code_points(text[:TEXT_CHARS_MAX])
        hashes, words = np.empty(points.size, np.uint64), np.empty(points.size, np.uint64)
        starts, ends = np.empty(points.size, np.int64), np.empty(points.size, np.int64)
        count = token_hashes(points, CHARACTER_CLASSES, hashes, words)
        token_spans(points, CHARACTER_CLASSES, starts, ends)
        self.tokens: list[int] = hashes[:count].tolist()
        self.starts: npt.NDArray[np.int64] = starts[:count]
        self.ends: npt.NDArray[np.int64] = ends[:count]
        self.shingles: list[int] = shingle_hashes(hashes[:count], SHINGLE_MULTIPLIERS).tolist()
        self.distinct = set(self.shingles)

    def span(self, token: int, count: int) -> Span:
        return Span(int(self.starts[token]), int(self.ends[token + count - 1]))


def _passages(one: _Read, other: _Read) -> list[Passage]:
    """Return the longest shared runs of words, one after the other in the second text."""
    if min(len(one.tokens), len(other.tokens)) < SHINGLE_WORDS:
        return []
    places: dict[int, list[int]] = defaultdict(list)
    for at, shingle in enumerate(one.shingles):
        if len(places[shingle]) < PLACES_TRIED_MAX:
            places[shingle].append(at)
    out, at = [], 0
    while at < len(other.shingles):
        runs = [
            (_run(one.tokens, start, other.tokens, at), -start)
            for start in places.get(other.shingles[at], ())
        ]
        if not runs:
            at += 1
            continue
        length, minus_start = max(runs)
        out.append(Passage(one.span(-minus_start, length), other.span(at, length), length))
        at += length
    return out


def _run(one: list[int], start: int, other: list[int], at: int) -> int:
    """Return how many tokens agree from here on."""
    length = 0
    while (
        start + length < len(one) and at + length < len(other) and one[start + length] == other[at + length]
    ):
        length += 1
    return max(length, SHINGLE_WORDS)


def _beyond(first: str, second: str, titles: tuple[str | None, str | None]) -> tuple[NewFact, ...]:
    """Name what the second text says beyond the first."""
    store, words = FactStore(1), english_facts()
    row = store.row(store.read(facts_of(titles[0], first, words)))
    numbers = np.array([[row.hashes, row.run_rate, row.words, row.negations, row.sums]])
    store.remember(0, row.bits.reshape(1, -1), numbers, row.small)
    compared = store.compare(store.read(facts_of(titles[1], second, words)), 0)
    return () if compared is None else new_facts(titles[1], second, compared.unknown.tolist())


def _verdict(
    first: str, second: str, titles: tuple[str | None, str | None], notices: tuple[Notice, Notice]
) -> Verdict:
    collection = Collection("explain", DedupSettings(capacity_articles=2))
    for offset, (article_id, text) in enumerate((("first", first), ("second", second))):
        facts = facts_of(titles[offset], text, english_facts())
        origin = Origin("explain", 0, offset)
        notice = NOTICES.index(notices[offset])
        article = Incoming(article_id, content_hash(text), origin, sketch(text), facts=facts, notice=notice)
        (verdict,) = collection.decide(offset, [article]).verdicts
    return verdict


def _why(verdict: Verdict, notice: Notice) -> str:
    """Return the reason in one or two sentences."""
    known, covered, novel = (
        f"{share:.0%}" for share in (verdict.containment, verdict.coverage, verdict.novelty)
    )
    estimated = f"Estimated from {verdict.sample_size} shingles."
    match verdict.relation:
        case Relation.EXACT:
            return "The two have the same words in the same order."
        case Relation.NEAR_DUPLICATE if verdict.containment < NOTHING_NEW_MIN and not verdict.novelty:
            return (
                f"Only {known} of the second stands in the first word for word, but all its words, or all its facts, "
                f"do: nothing in it is new. {estimated}"
            )
        case Relation.NEAR_DUPLICATE if verdict.containment < NOTHING_NEW_MIN:
            return (
                f"Only {known} of the second stands in the first word for word, but {novel} of its words are new to it "
                f"and the differences are small and all over the text: reworded or misread, not news. {estimated}"
            )
        case Relation.NEAR_DUPLICATE:
            return f"{known} of the second stands in the first, and {covered} of the first in it. {estimated}"
        case Relation.PART_OF:
            return f"{known} of the second stands in the first, which says more: {covered} of it is here. {estimated}"
        case Relation.UPDATE if notice is not None:
            return (
                f"{known} of the second stands in the first, and it says that it is a {notice}. {estimated}"
            )
        case Relation.UPDATE:
            return f"{known} of the second stands in the first, but it has facts that the first has not. {estimated}"
        case Relation.CONTAINS:
            return (
                f"{covered} of the first stands in the second, and {novel} of the second is new. {estimated}"
            )
        case Relation.OVERLAPS:
            return f"The two share a part ({covered} of the first), and {novel} of the second is new. {estimated}"
        case _:
            return "Too little is shared: less than a quarter of either, or too few shingles to tell."
