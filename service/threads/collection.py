"""Decide on envelopes of prepared claims in order, or follow what was decided: the memory of one collection.

Every decision is a function of the log so far. Time is the time of the records, never the clock; of equals the older
thread wins; it makes no difference how the log is cut into envelopes.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterator, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np

from service.line.outcome import finished
from service.records import Prepared
from service.settings import ThreadsSettings
from service.threads.index import stories
from service.threads.index.deciding import (
    LINK_FACET,
    LINK_KIND,
    LINK_OTHER,
    LINK_REASONS,
    LINK_THREAD,
    OPENS,
    RELATED,
    RELATION,
    REPEATS,
    THREAD,
)
from service.threads.outputs import records_of
from service.threads.pairs import DENIED
from service.threads.same_figure import DISPUTED
from service.threads.segments import Columns, Decided, Segment, Sent, verdicts_of
from service.threads.thread import LINKS_MAX, Dispute, Member, Thread
from service.threads.thread_memory import Known, Memory, StoryState, as_floats, join_story
from service.threads.verdicts import Happened, links_of

SECONDS_PER_DAY: Final = 86_400
EPOCH_DAY: Final = datetime.date(1970, 1, 1).toordinal()


class Collection:
    """The memory of one partition of `claims.prepared`, and the decisions on it."""

    def __init__(self, name: str, settings: ThreadsSettings) -> None:
        self.name = name
        self.last_offset = -1
        """Offset of the last envelope that was decided or applied."""
        self.memory = Memory(settings.capacity_claims, int(settings.window_days))
        self._told_floor = 0

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
                happened, story = self._note(decided)
                sent += records_of(article, decided, happened, story, memory)
        return Segment(offset, *begun, rows, sent)

    def apply(self, segment: Segment) -> None:
        """Remember what was decided before."""
        self._next(segment.offset)
        memory = self.memory
        begun = memory.next_facet, int(memory.stories.counters[0]), memory.next_article
        if begun != (segment.first_facet, segment.first_story, segment.first_article):
            memory.start_at(segment.first_facet, segment.first_story, segment.first_article)
        for decided in segment.decided:
            if not decided.counts or memory.noted(memory.seen, decided.key):
                continue
            stems, values = np.frombuffer(decided.stems, np.uint32), as_floats(decided.values)
            story = -1 if decided.opens_story else decided.story
            stories.add(memory.stories, story, stems, values, decided.day)
            verdicts = verdicts_of(decided)
            memory.follow(Columns(decided), verdicts, memory.next_article, decided.story, decided.day)
            self._note(decided)

    def _next(self, offset: int) -> None:
        if offset <= self.last_offset:
            raise ValueError(f"envelope {offset} does not follow envelope {self.last_offset} of {self.name}")
        self.last_offset = offset

    def _decide(self, article: Prepared, written_ms: int | None, *, is_poison: bool) -> Decided:
        memory, key = self.memory, _delivery(article)
        is_strange = article.collection != self.name  # its partition was once that of another collection
        again = not is_poison and (is_strange or memory.noted(memory.seen, key))
        counts = not (is_poison or again)
        day = _day(article, written_ms)
        columns = Columns(article)
        stems, values = np.frombuffer(article.stems, np.uint32), as_floats(article.values)
        verdicts, story, opens, similarity = columns.heads[:0], -1, False, 1.0
        figures_of: list[float] = []
        if counts:
            found, similarity = stories.find(memory.stories, stems, values, day)
            opens = found < 0
            story = stories.add(memory.stories, found, stems, values, day)
            verdicts = memory.decide(columns, memory.next_article, story, day)
            figures_of = [
                memory.value_of(link[LINK_FACET], link[LINK_OTHER]) if link[LINK_KIND] == DISPUTED else 0.0
                for verdict in verdicts.tolist()
                for link in links_of(verdict)
            ]
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
            claim_ids=b"".join([bytes.fromhex(claim.claim_id) for claim in article.claims]),
            speakers=tuple([claim.speaker for claim in article.claims]),
            figures_of=tuple(figures_of),
            heads=heads,
            words=words,
            keys=keys,
            figures=figures,
            verdicts=verdicts.tobytes() if counts else b"",
        )

    def _note(self, decided: Decided) -> tuple[list[Happened], StoryState | None]:
        """Take the verdicts on an article into the counts of its threads and its story: from the verdicts alone.

        Return what happened to threads, and the story if the article is new there.
        """
        memory = self.memory
        number = memory.next_article
        memory.next_article += 1
        known = Known(
            decided.article_id,
            decided.cluster_id,
            decided.reported_by,
            decided.published_at,
            decided.claim_ids,
            decided.speakers,
        )
        memory.remember(number, known)
        story = memory.story_states.get(decided.story)
        if story is None:
            story = memory.story_states[decided.story] = StoryState(decided.key.hex(), decided.article_id)
        is_new = join_story(story, known)
        rows = verdicts_of(decided).tolist()
        claims = np.frombuffer(decided.heads, np.uint32).reshape(len(rows), -1)[:, 0].tolist() if rows else []
        joined = {row[THREAD] for row in rows if row[RELATION] != OPENS}
        values = iter(decided.figures_of)
        happened: list[Happened] = []
        for facet, (row, claim) in enumerate(zip(rows, claims, strict=True)):
            event = self._join(decided, row, claim)
            event = self._link(decided, row, joined, values) or event
            if event is not None:
                thread = memory.threads[row[THREAD]]
                thread.sequence += 1
                happened.append(Happened(thread, event, facet, claim))
        happened += self._withdraw(decided, {row[THREAD] for row in rows})
        return happened, story if is_new else None

    def _join(self, decided: Decided, row: list[int], claim: int) -> str | None:
        """Count an article in the thread of one of its facets; return the event, None where nothing is new."""
        if row[THREAD] < 0 or row[RELATION] == OPENS:
            return None
        thread = self.memory.thread(row[THREAD])
        if thread is None:
            return None
        member = Member(decided.reported_by, decided.cluster_id, decided.speakers[claim])
        if not thread.join(decided.article_id, member, decided.published_at):
            return None
        self.memory.threads_of.setdefault(decided.article_id, set()).add(thread.number)
        return "repeated" if row[RELATION] == REPEATS else "variant"

    def _link(
        self, decided: Decided, row: list[int], joined: set[int], values: Iterator[float]
    ) -> str | None:
        """Link a facet's thread with others; return the most telling event."""
        events = []
        for link in links_of(row):
            value, kind, other = next(values), link[LINK_KIND], link[LINK_THREAD]
            theirs = self.memory.thread(other)
            if theirs is None or other == row[THREAD]:
                continue
            if kind != RELATED and (other in joined or decided.article_id in theirs.members):
                continue  # an article that says both disputes nothing
            own = self.memory.thread(row[THREAD])
            if own is None:
                continue
            event = _linked(own, theirs, kind, Dispute(theirs.thread_id, value, link[LINK_REASONS]))
            if event is not None:
                events.append(event)
        return min(events, key=("disputed", "denies", "related").index) if events else None

    def _withdraw(self, decided: Decided, now: set[int]) -> list[Happened]:
        """Take articles whose claims are replaced out of the threads that the new claims did not join."""
        happened = []
        memory = self.memory
        for article_id in decided.replaces:
            memory.withdraw(article_id)
            for number in sorted(memory.threads_of.get(article_id, ())):
                thread = memory.threads.get(number)
                if thread is None or (number in now and article_id == decided.article_id):
                    continue
                memory.threads_of[article_id].discard(number)
                if thread.leave(article_id) and thread.sequence > 1:
                    thread.sequence += 1
                    happened.append(Happened(thread, "withdrawn", -1, -1))
        return happened


def _linked(own: Thread, theirs: Thread, kind: int, dispute: Dispute) -> str | None:
    """Link two threads both ways; return the event, None where they were linked before or have links enough."""
    if kind == DISPUTED:
        if theirs.number in own.disputes or len(own.disputes) >= LINKS_MAX:
            return None
        own.disputes[theirs.number] = dispute
        return "disputed"
    mine, other = (own.denies, theirs.denies) if kind == DENIED else (own.related, theirs.related)
    if theirs.number in mine or len(mine) >= LINKS_MAX:
        return None
    mine[theirs.number] = theirs.thread_id
    if len(other) < LINKS_MAX:
        other[own.number] = own.thread_id
    return "denies" if kind == DENIED else "related"


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
