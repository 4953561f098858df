"""Everything dedup remembers of one collection: decide on envelopes in order, or follow what was decided.

Every decision is a function of the log so far. Time is the time of the records, never the clock; ties go to the
older article; it makes no difference how the log is cut into envelopes. An article is looked up first and
remembered last, so a fault while looking up leaves memory as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from service.dedup.index.index import Entry
from service.dedup.index.known_ids import KnownId, id_hash
from service.dedup.index.lookup import NOTHING
from service.dedup.index.memory import Memory
from service.dedup.segments import Decided, Segment, decided_row, joined
from service.dedup.verdict import EXACTLY, NEW, SAME_WORDS, Judgement, Verdict, judge
from service.records import GOES_ON, Origin, Relation
from service.settings import DedupSettings
from service.sketch.sketch import Sketch, sketch

SECONDS_MAX: Final = 0xFFFFFFFF
SECONDS_PER_DAY: Final = 86_400


class Incoming(Struct, frozen=True, gc=False):
    """What dedup needs to know of an article."""

    article_id: str
    content_hash: str  # 32 hex digits over the coarse normal form
    origin: Origin
    sketch: Sketch | bytes
    as_fed: int = 0  # see Article.as_fed


class _Finding(NamedTuple):
    """An article looked up: its relation, who answers for it, and what would be kept of it."""

    judgement: Judgement
    match: int | None  # serial number
    revision: int
    candidates: int
    entry: Entry | None


class Collection:
    """The memory of one partition of `articles.sketched`, and the decisions on it."""

    def __init__(self, name: str, settings: DedupSettings) -> None:
        self.name = name
        self.last_offset = -1
        """Offset of the last envelope that was decided or applied."""
        self._enabled = settings.enabled
        self._memory = Memory(settings.capacity_articles, round(settings.window_days * SECONDS_PER_DAY))

    @property
    def entries(self) -> int:
        """Articles remembered and visible."""
        return self._memory.next_serial - self._memory.floor

    @property
    def capacity(self) -> int:
        """Articles that can be remembered; then the oldest go."""
        return self._memory.capacity

    @property
    def bytes(self) -> int:
        """Memory in use."""
        return self._memory.bytes

    @property
    def evicted(self) -> int:
        """Articles that went before the window was over, because memory was full."""
        return self._memory.evicted

    def decide(self, offset: int, articles: Sequence[Incoming]) -> Segment:
        """Decide on the articles of an envelope, in order, and remember them.

        Raises ValueError if `offset` is not above that of the last envelope. A fault while an article is looked
        up becomes the `bug` of its verdict; a fault while it is stored goes through, as memory may be half changed.
        """
        self._next(offset)
        first_serial = self._memory.next_serial
        topics: dict[str, int] = {}
        parts: list[Decided] = []
        for article in articles:
            topics.setdefault(article.origin.topic, len(topics))
            parts.append(self._decide(article, topics))
        return Segment(offset, first_serial, tuple(topics), joined(parts))

    def apply(self, segment: Segment) -> None:
        """Remember what was decided before. Raises ValueError where the segment does not follow the last one."""
        self._next(segment.offset)
        if segment.first_serial != self._memory.next_serial:
            self._memory.start_at(segment.first_serial)
        self._memory.remember(segment.topics, segment.decided)

    def apply_all(self, segments: Iterable[Segment]) -> None:
        """`apply` each."""
        for segment in segments:
            self.apply(segment)

    def _next(self, offset: int) -> None:
        if offset <= self.last_offset:
            raise ValueError(f"envelope {offset} does not follow envelope {self.last_offset} of {self.name}")
        self.last_offset = offset

    def _decide(self, article: Incoming, topics: dict[str, int]) -> Decided:
        memory, origin = self._memory, article.origin
        seconds = _seconds(origin)
        memory.advance(seconds)
        key, content, finding, bug = 0, 0, None, None
        try:
            key, content = id_hash(article.article_id), _content_key(article.content_hash)
            if not memory.deliveries.seen(origin.topic, origin.partition, origin.offset, content):
                finding = self._look_up(article, key, content)
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
            entry=finding.entry if finding else None,
        )
        memory.remember(tuple(topics), decided)
        return decided

    def _look_up(self, article: Incoming, key: int, content: int) -> _Finding:
        if not self._enabled:
            return _Finding(NEW, None, 1, 0, None)
        memory = self._memory
        sketched = article.sketch if isinstance(article.sketch, Sketch) else Sketch.unpack(article.sketch)
        known = memory.known_ids.get(key)
        if known is not None and not memory.is_visible(known.answered_by):
            known = None
        if known is not None and known.content == content:
            return _Finding(EXACTLY, known.answered_by, known.revision, 0, None)
        revision = known.revision + 1 if known else 1
        if known is not None and memory.article_id(known.answered_by) == article.article_id:
            return self._revise(sketched, known, revision)
        same = memory.with_content(content) if sketched.distinct else None
        if same is not None:
            # Equal only once a footer or a second copy of the body was gone: as good as the same, not the same.
            is_exact = article.as_fed == memory.as_fed(same)
            return _Finding(EXACTLY if is_exact else SAME_WORDS, same, revision, 0, None)
        return self._compare(sketched, revision)

    def _compare(self, sketched: Sketch, revision: int) -> _Finding:
        index, floor = self._memory.index, self._memory.floor
        estimate, plain = index.look_up(sketched, floor)
        judgement = judge(estimate)
        match = estimate.serial if estimate else None
        entry = None
        if judgement.relation in GOES_ON:
            contains = judgement.relation is Relation.CONTAINS
            base = NOTHING if match is None else match
            entry = index.entry(sketched, plain, floor, base=base, contains_base=contains)
        if judgement.relation is Relation.NEW and revision > 1:
            judgement = judgement._replace(relation=Relation.REVISION)
        return _Finding(judgement, match, revision, estimate.candidates if estimate else 0, entry)

    def _revise(self, sketched: Sketch, known: KnownId, revision: int) -> _Finding:
        """A changed text under an id that went on: it goes on again, and is compared with its last version."""
        index, floor = self._memory.index, self._memory.floor
        estimate, plain = index.look_up(sketched, floor, only=known.answered_by)
        judgement = judge(estimate)._replace(relation=Relation.REVISION)
        entry = index.entry(sketched, plain, floor, base=known.answered_by, contains_base=True)
        return _Finding(judgement, None, revision, estimate.candidates if estimate else 0, entry)

    def _answers(self, finding: _Finding | None) -> int:
        """The serial number of the article that is remembered for this one."""
        if finding is None:
            return 0
        if finding.entry is None and finding.match is not None:
            return finding.match
        return self._memory.next_serial

    def _verdict(self, article: Incoming, finding: _Finding | None, bug: str | None) -> Verdict:
        if finding is None:
            return Verdict(None, article.article_id, redelivered=bug is None, bug=bug)
        j = finding.judgement
        match_id = None if finding.match is None else self._memory.article_id(finding.match)
        head = article.article_id if j.relation in GOES_ON or match_id is None else match_id
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
        )


def _content_key(content_hash: str) -> int:
    """The first 64 bits of a content hash. Raises ValueError where it is not in hex."""
    return int.from_bytes(bytes.fromhex(content_hash)[:8], "big", signed=True)


def _seconds(origin: Origin) -> int:
    """The timestamp of a raw record in whole seconds, 0 where it has none that makes sense."""
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
    for offset, text in enumerate(texts * 2):
        origin = Origin("warm-up", 0, offset, 1_000 * offset)
        content_hash = f"{offset:016x}" * 2
        packed = sketch(text).pack()
        segment = live.decide(offset, [Incoming(f"id-{offset % 3}", content_hash, origin, packed)])
        rebuilt.apply(Segment.unpack(segment.pack()))
