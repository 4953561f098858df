"""Everything dedup remembers of one collection: decide on envelopes in order, or follow what was decided.

Every decision is a function of the log so far. Time is the time of the records, never the clock; ties go to the
older article; it makes no difference how the log is cut into envelopes. An article is looked up first and
remembered last, so a fault while looking up leaves memory as it was.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from service.dedup.decided import Decided, decided_row, joined
from service.dedup.finding import Finder, Finding, Incoming
from service.dedup.index.known_ids import id_hash
from service.dedup.index.memory import Memory
from service.dedup.segments import Segment
from service.dedup.verdict import NEW, Verdict
from service.line.outcome import finished
from service.records import Origin
from service.settings import DedupSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from service.sketch.sketch import sketch

SECONDS_MAX: Final = 0xFFFFFFFF
SECONDS_PER_DAY: Final = 86_400
DISABLED: Final = Finding(NEW, None, 1, 0, None)
"""What is found of any article while dedup is switched off."""


class Collection:
    """The memory of one partition of `articles.sketched`, and the decisions on it."""

    def __init__(self, name: str, settings: DedupSettings, trust: Literal["none", "source"] = "none") -> None:
        """Take the name of the collection, what it may remember, and `intake.trust`."""
        self.name = name
        self.last_offset = -1
        """Offset of the last envelope that was decided or applied."""
        self._log_from = 0  # serial number of the first article in the log
        self._enabled = settings.enabled
        self._memory = Memory(settings.capacity_articles, round(settings.window_days * SECONDS_PER_DAY))
        self._finder = Finder(self._memory, only_same_source=trust == "source")

    @property
    def entries(self) -> int:
        """Return articles remembered and visible."""
        return self._memory.next_serial - self._memory.floor

    @property
    def capacity(self) -> int:
        """Return articles that can be remembered; then the oldest go."""
        return self._memory.capacity

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self._memory.bytes

    @property
    def is_cut(self) -> bool:
        """Return whether the log began within the window: earlier articles may count still, and are not remembered."""
        return 0 < self._log_from == self._memory.floor

    @property
    def evicted(self) -> int:
        """Return articles that went before the window was over, because memory was full."""
        return self._memory.evicted

    def decide(self, offset: int, articles: Sequence[Incoming], written_ms: int | None = None) -> Segment:
        """Decide on the articles of an envelope, in order, and remember them.

        `written_ms` is when the envelope was written: no article in it is younger, whatever its feeder says.
        Raises ValueError if `offset` is not above that of the last envelope. A fault while an article is looked
        up becomes the `bug` of its verdict; a fault while it is stored goes through, as memory may be half changed.
        """
        return finished(self.decide_each(offset, articles, written_ms))

    def decide_each(
        self,
        offset: int,
        articles: Sequence[Incoming],
        written_ms: int | None = None,
        poison: Mapping[int, str] = MappingProxyType({}),
    ) -> Generator[int, None, Segment]:
        """Decide as `decide` does, and yield the number of each article before; those in `poison` have that `bug`."""
        self._next(offset)
        first_serial = self._memory.next_serial
        topics: dict[str, int] = {}
        parts: list[Decided] = []
        seconds_max = SECONDS_MAX if written_ms is None or written_ms <= 0 else written_ms // 1000
        for number, article in enumerate(articles):
            yield number
            topics.setdefault(article.origin.topic, len(topics))
            parts.append(self._decide(article, topics, seconds_max, poison.get(number)))
        return Segment(offset, first_serial, tuple(topics), joined(parts))

    def apply(self, segment: Segment) -> None:
        """Remember what was decided before. Raises ValueError where the segment does not follow the last one."""
        self._next(segment.offset)
        if not self._memory.next_serial:
            self._log_from = segment.first_serial
        if segment.first_serial != self._memory.next_serial:
            self._memory.start_at(segment.first_serial)
        self._memory.remember(segment.topics, segment.decided)

    def apply_all(self, segments: Iterable[Segment]) -> None:
        """Apply each segment."""
        for segment in segments:
            self.apply(segment)

    def _next(self, offset: int) -> None:
        if offset <= self.last_offset:
            raise ValueError(f"envelope {offset} does not follow envelope {self.last_offset} of {self.name}")
        self.last_offset = offset

    def _decide(
        self, article: Incoming, topics: dict[str, int], seconds_max: int, bug: str | None = None
    ) -> Decided:
        memory, origin = self._memory, article.origin
        seconds = min(_seconds(origin), seconds_max)
        memory.advance(seconds)
        key, content, finding = 0, 0, None
        try:
            key, content = id_hash(article.article_id), _content_key(article.content_hash)
            if bug is None and not memory.deliveries.seen(
                origin.topic, origin.partition, origin.offset, content
            ):
                finding = self._finder.find(article, key, content) if self._enabled else DISABLED
        except Exception as error:
            bug = f"{type(error).__name__}: {error}"
        decided = decided_row(
            verdict=self._verdict(article, finding, bug),
            article_id=article.article_id,
            id_hash=key,
            content=content,
            topic=topics[origin.topic],
            partition=origin.partition,
            raw_offset=origin.offset,
            seconds=seconds,
            answered_by=self._answers(finding),
            is_known=finding is not None and self._enabled,
            as_fed=article.as_fed,
            meta=article.meta,
            entry=finding.entry if finding else None,
        )
        memory.remember(tuple(topics), decided)
        return decided

    def _answers(self, finding: Finding | None) -> int:
        """Return the serial number of the article that is remembered for this one."""
        if finding is None:
            return 0
        if finding.entry is None and finding.match is not None:
            return finding.match
        return self._memory.next_serial

    def _verdict(self, article: Incoming, finding: Finding | None, bug: str | None) -> Verdict:
        if finding is None:
            return Verdict(None, article.article_id, redelivered=bug is None, bug=bug)
        j = finding.judgement
        match_id = None if finding.match is None else self._memory.article_id(finding.match)
        head = self._head(article, finding)
        return Verdict(
            relation=j.relation,
            cluster_id=head,
            revision=finding.revision,
            match_id=match_id,
            similarity=j.similarity,
            containment=j.containment,
            coverage=j.coverage,
            novelty=j.novelty,
            sample_size=j.sample_size,
            candidates=finding.candidates,
            new_facts=finding.new_facts,
            changed=finding.changed,
        )

    def _head(self, article: Incoming, finding: Finding) -> str:
        """Return id of the article that the cluster begins with."""
        if finding.entry is not None:
            head = finding.entry.head - 1
            return self._memory.article_id(head) if head >= 0 else article.article_id
        if finding.match is None:
            return article.article_id
        return self._memory.article_id(self._memory.head(finding.match))


def _content_key(content_hash: str) -> int:
    """Return the first 64 bits of a content hash. Raises ValueError where it is not in hex."""
    return int.from_bytes(bytes.fromhex(content_hash)[:8], "big", signed=True)


def _seconds(origin: Origin) -> int:
    """Return the timestamp of a raw record in whole seconds, 0 where it has none that makes sense."""
    seconds = (origin.timestamp_ms or 0) // 1000
    return seconds if 0 < seconds <= SECONDS_MAX else 0


def warm_up() -> None:
    """Compile all that decides, so that no consumer does it while the broker waits for its heartbeat."""
    settings = DedupSettings(capacity_articles=64)
    live, rebuilt = Collection("warm-up", settings), Collection("warm-up", settings)
    texts = (
        "The harbour froze over on Monday night and the ferries stayed where they were.",
        "None of it is so.",
    )
    versions = (
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("a", 3),
        ("d", 0),
    )  # ids and contents: a revision, and an exact copy
    for offset, (name, content) in enumerate(versions):
        text = texts[content % 2]
        origin = Origin("warm-up", 0, offset, 1_000 * offset)
        content_hash = f"{content:016x}" * 2
        packed = sketch(text).pack()
        facts = facts_of("A headline", text, english_facts()).pack()
        incoming = Incoming(name, content_hash, origin, packed, facts=facts)
        segment = live.decide(offset, [incoming])
        rebuilt.apply(Segment.unpack(segment.pack()))
