"""Decide on envelopes of prepared claims in order, or follow what was decided: the memory of one collection.

Every decision is a function of the log so far. Time is the time of the records, never the clock; of equals the older
thread wins; it makes no difference how the log is cut into envelopes.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np

from service.line.outcome import finished
from service.records import Prepared
from service.settings import ThreadsSettings
from service.threads.index import stories
from service.threads.index.kept import telling
from service.threads.index.verdict_columns import LINKS
from service.threads.noting import note
from service.threads.outputs import records_of
from service.threads.segments import Columns, Decided, Segment, Sent, verdicts_of, verdicts_packed
from service.threads.thread_memory import FIRST_ARTICLE, Memory, as_floats
from service.threads.verdicts import links_of

SECONDS_PER_DAY: Final = 86_400
NO_VERDICTS: Final = np.zeros((0, LINKS + 1), np.int64)
EPOCH_DAY: Final = datetime.date(1970, 1, 1).toordinal()


class Collection:
    """The memory of one partition of `claims.prepared`, and the decisions on it."""

    def __init__(self, name: str, settings: ThreadsSettings) -> None:
        self.name = name
        self.last_offset = -1
        """Offset of the last envelope that was decided or applied."""
        self.memory = Memory(settings.capacity_claims, int(settings.window_days))
        self._told_floor = 0
        self._log_is_whole = True
        self._first_day: int | None = None
        """Day of the first article in a log that is not whole."""
        self._newest_day = 0

    @property
    def entries(self) -> int:
        """Return the facets remembered."""
        return self.memory.next_facet - self.memory.floor

    @property
    def capacity(self) -> int:
        """Return the facets that can be remembered; then the oldest go."""
        return self.memory.capacity

    @property
    def bytes(self) -> int:
        """Return memory in use by the arrays."""
        return self.memory.size_bytes

    @property
    def evicted(self) -> int:
        """Return the claims that were forgotten since this was asked last."""
        floor = self.memory.floor
        evicted, self._told_floor = max(0, floor - self._told_floor), floor
        return evicted

    @property
    def is_cut(self) -> bool:
        """Return whether the log began within the window: claims before may count still, and are not remembered."""
        return self._first_day is not None and self._newest_day - self._first_day <= self.memory.window_days

    def decide(self, offset: int, articles: Sequence[Prepared], written_ms: int | None = None) -> Segment:
        """Decide on the articles of an envelope, in order, and remember them.

        `written_ms` is when the envelope was written: no article in it is younger, whatever its feeder says.
        Raises ValueError if `offset` is not above that of the last envelope.
        """
        return finished(self.decide_each(offset, articles, written_ms))

    def decide_each(
        self,
        offset: int,
        articles: Sequence[Prepared],
        written_ms: int | None = None,
        poison: frozenset[int] = frozenset(),
    ) -> Generator[int, None, Segment]:
        """Decide as `decide` does, and yield the number of each article before; those in `poison` are passed over."""
        self._next(offset)
        memory = self.memory
        begun = memory.next_facet, int(memory.stories.counters[0]), memory.next_article
        rows: list[Decided] = []
        sent: list[Sent] = []
        for number, article in enumerate(articles):
            yield number
            decided = self._decide(article, written_ms, is_poison=number in poison)
            rows.append(decided)
            if decided.counts:
                self._note_day(decided.day)
                happened, story = note(self.memory, decided)
                sent += records_of(article, decided, happened, story, memory)
        return Segment(offset, *begun, rows, sent)

    def apply(self, segment: Segment) -> None:
        """Remember what was decided before."""
        if self.last_offset < 0:
            self._log_is_whole = segment.first_article <= FIRST_ARTICLE
        self._next(segment.offset)
        memory = self.memory
        begun = memory.next_facet, int(memory.stories.counters[0]), memory.next_article
        if begun != (segment.first_facet, segment.first_story, segment.first_article):
            memory.start_at(segment.first_facet, segment.first_story, segment.first_article)
        for decided in segment.decided:
            if not decided.counts or memory.seen.note(decided.key):
                continue
            if decided.copy_of is None:
                self._follow(decided)
            self._note_day(decided.day)
            note(self.memory, decided)

    def _note_day(self, day: int) -> None:
        if self._first_day is None and not self._log_is_whole:
            self._first_day = day
        self._newest_day = max(self._newest_day, day)

    def _follow(self, decided: Decided) -> None:
        memory = self.memory
        stems, values = np.frombuffer(decided.stems, np.uint32), as_floats(decided.values)
        story = -1 if decided.opens_story else decided.story
        stories.add(memory.stories, story, stems, values, decided.day)
        memory.follow(Columns(decided), verdicts_of(decided), memory.next_article, decided.story, decided.day)

    def _next(self, offset: int) -> None:
        if offset <= self.last_offset:
            raise ValueError(f"envelope {offset} does not follow envelope {self.last_offset} of {self.name}")
        self.last_offset = offset

    def _decide(self, article: Prepared, written_ms: int | None, *, is_poison: bool) -> Decided:
        memory, key = self.memory, _delivery(article)
        is_strange = article.collection != self.name  # its partition was once that of another collection
        again = not is_poison and (is_strange or memory.seen.note(key))
        counts = not (is_poison or again)
        day = _day(article, written_ms)
        columns = Columns(article)
        has_claims = counts and article.copy_of is None
        stems, values = np.frombuffer(article.stems, np.uint32), as_floats(article.values)
        verdicts, story, opens, similarity = NO_VERDICTS, -1, False, 1.0
        links: list[list[int]] = []
        if has_claims:
            found, similarity = stories.find(memory.stories, stems, values, day)
            opens = found < 0
            story = stories.add(memory.stories, found, stems, values, day)
            verdicts = memory.decide(columns, memory.next_article, story, day)
            links = [link for row in verdicts[telling(verdicts)].tolist() for link in links_of(row)]
        claims = article.claims[: columns.claims]
        heads, words, keys, figures = columns.kept(verdicts) if counts else (b"", b"", b"", b"")
        return Decided(
            article_id=article.article_id,
            cluster_id=article.cluster_id,
            reported_by=article.reported_by,
            published_at=article.published_at,
            replaces=article.replaces,
            key=key,
            again=again,
            poison=is_poison,
            day=day,
            story=story,
            opens_story=opens,
            similarity=similarity,
            stems=article.stems if counts else b"",
            values=article.values if counts else b"",
            claim_ids=bytes.fromhex("".join([claim.claim_id for claim in claims])),
            speakers=tuple([claim.speaker for claim in claims]),
            figures_of=tuple([memory.disputed_value(link) for link in links]),
            heads=heads,
            words=words,
            keys=keys,
            figures=figures,
            verdicts=verdicts_packed(verdicts, has_links=bool(links)) if counts else b"",
            copy_of=article.copy_of,
        )


def _delivery(article: Prepared) -> bytes:
    """Return what tells one delivery of a raw record from another."""
    origin = article.origin
    parts = (article.article_id, article.content_hash, origin.topic, origin.partition, origin.offset)
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _day(article: Prepared, written_ms: int | None) -> int:
    """Return the day of an article: of its publication, at the latest that on which its envelope was written."""
    written = None
    if written_ms is not None and written_ms > 0:
        written = EPOCH_DAY + written_ms // 1000 // SECONDS_PER_DAY
    published = written
    if article.published_at is not None:
        try:
            published = datetime.date.fromisoformat(article.published_at[:10]).toordinal()
        except ValueError:
            published = written
    if published is None:
        return 0
    return published if written is None else min(published, written)
