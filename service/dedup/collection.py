"""Everything dedup remembers of one collection: decide on envelopes in order, or follow what was decided.

Every decision is a function of the log so far. Time is the time of the records, never the clock; ties go to the
older article; it makes no difference how the log is cut into envelopes. An article is looked up first and
remembered last, so a fault while looking up leaves memory as it was.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from service.dedup.index.fact_store import Comparison, Read
from service.dedup.index.index import Entry
from service.dedup.index.known_ids import KnownId, id_hash
from service.dedup.index.lookup import NOTHING, WHOLE_MIN, Estimate
from service.dedup.index.memory import Memory
from service.dedup.metadata import changes, is_of_another_source
from service.dedup.segments import Decided, Segment, decided_row, joined
from service.dedup.verdict import (
    EXACTLY,
    NEW,
    NEW_FACTS_MAX,
    SAME_WORDS,
    Judgement,
    Verdict,
    in_steps,
    is_misread,
    judge,
)
from service.line.outcome import finished
from service.records import GOES_ON, Origin, Relation
from service.settings import DedupSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import NO_FACTS, Facts, facts_of
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
    facts: Facts | bytes = b""  # b"": unknown
    meta: int = 0  # see dedup/metadata.py
    notice: int = 0  # code of Article.notice, 0 = none
    about: tuple[str, ...] = ()  # see Article.about


class ForeignSource(Exception):  # noqa: N818 - it is what happened
    """Refuse an article under an id that belongs to another source; the name stands in its verdict (`bug`)."""


class _Finding(NamedTuple):
    """An article looked up: its relation, who answers for it, and what would be kept of it."""

    judgement: Judgement
    match: int | None  # serial number
    revision: int
    candidates: int
    entry: Entry | None
    new_facts: tuple[int, ...] = ()
    changed: tuple[str, ...] = ()


class Collection:
    """The memory of one partition of `articles.sketched`, and the decisions on it."""

    def __init__(self, name: str, settings: DedupSettings, trust: Literal["none", "source"] = "none") -> None:
        """Take the name of the collection, what it may remember, and `intake.trust`."""
        self.name = name
        self._only_same_source = trust == "source"
        self.last_offset = -1
        """Offset of the last envelope that was decided or applied."""
        self._log_from = 0  # serial number of the first article in the log
        self.is_cut_told = False
        self._enabled = settings.enabled
        self._memory = Memory(settings.capacity_articles, round(settings.window_days * SECONDS_PER_DAY))

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
            meta=article.meta,
            entry=finding.entry if finding else None,
        )
        memory.remember(tuple(topics), decided)
        return decided

    def _look_up(self, article: Incoming, key: int, content: int) -> _Finding:
        if not self._enabled:
            return _Finding(NEW, None, 1, 0, None)
        memory = self._memory
        sketched = article.sketch if isinstance(article.sketch, Sketch) else Sketch.unpack(article.sketch)
        read = memory.facts.read(_facts(article))
        known = memory.known_ids.get(key)
        if known is not None and self._is_foreign(article, known):
            raise ForeignSource(f"its id {article.article_id!a:.80} is that of an article of another source")
        revision = known.revision + 1 if known else 1  # an id that outlived the window goes on counting
        if known is not None and not memory.is_visible(known.answered_by):
            known = None
        if known is not None and known.content == content and known.meta == article.meta:
            return _Finding(EXACTLY, known.answered_by, known.revision, 0, None)
        if known is not None and memory.article_id(known.answered_by) == article.article_id:
            return self._revise(article, sketched, read, known, content)
        named = self._named(article) if article.notice else None
        if named is not None:
            return self._notice(article, sketched, read, named, revision)
        same = memory.with_content(content) if sketched.distinct else None
        if same is not None and not self._says_more(article, read, same):
            # Equal only once a footer or a second copy of the body was gone: as good as the same, not the same.
            is_exact = article.as_fed == memory.as_fed(same)
            return _Finding(EXACTLY if is_exact else SAME_WORDS, same, revision, 0, None)
        return self._compare(article, sketched, read, revision)

    def _is_foreign(self, article: Incoming, known: KnownId) -> bool:
        return self._only_same_source and is_of_another_source(known.meta, article.meta)

    def _named(self, article: Incoming) -> int | None:
        """Find the visible article that a notice names by its id."""
        for name in article.about:
            known = self._memory.known_ids.get(id_hash(name))
            if (
                known is not None
                and self._memory.is_visible(known.answered_by)
                and name != article.article_id
                and not self._is_foreign(article, known)
            ):
                return known.answered_by
        return None

    def _notice(self, article: Incoming, sketched: Sketch, read: Read, about: int, revision: int) -> _Finding:
        """Link a notice to the article it names, however little of its text it repeats."""
        memory = self._memory
        estimate, plain, _ = memory.index.look_up(sketched, memory.floor, only=about)
        judgement = judge(estimate)._replace(relation=Relation.UPDATE)
        entry = memory.index.entry(sketched, plain, memory.floor, base=about, contains_base=True)
        entry = entry._replace(
            facts=memory.facts.row(read), notice=article.notice, head=1 + memory.head(about)
        )
        numbers = _numbers(memory.facts.compare(read, about))
        candidates = estimate.candidates if estimate else 0
        return _Finding(judgement, about, revision, candidates, entry, numbers)

    def _says_more(self, article: Incoming, read: Read, serial: int) -> bool:
        """Return whether an article has facts, or a notice, that a remembered one has not."""
        if article.notice and article.notice != self._memory.notice(serial):
            return True
        compared = self._memory.facts.compare(read, serial)
        return compared is not None and compared.score > 0

    def _compare(self, article: Incoming, sketched: Sketch, read: Read, revision: int) -> _Finding:
        memory = self._memory
        index, floor = memory.index, memory.floor
        estimate, plain, rivals = index.look_up(sketched, floor)
        compared = None
        if estimate is not None:
            estimate, compared = self._closest(read, sketched, estimate, rivals)
        judgement = judge(estimate)
        match = estimate.serial if estimate else None
        entry: Entry | None = None
        new_facts: tuple[int, ...] = ()
        if compared is not None and judgement.relation in (Relation.OVERLAPS, Relation.CONTAINS):
            judgement = _unless_misread(judgement, compared)
        if match is not None and judgement.relation not in GOES_ON:
            news = article.notice and article.notice != memory.notice(match)
            if news or (compared is not None and compared.score > 0):
                judgement = judgement._replace(relation=Relation.UPDATE)
                new_facts = _numbers(compared)
        if judgement.relation in GOES_ON:
            contains = judgement.relation in (Relation.CONTAINS, Relation.UPDATE)
            base = NOTHING if match is None else match
            entry = index.entry(sketched, plain, floor, base=base, contains_base=contains)
            head = (
                1 + memory.head(match) if match is not None and judgement.relation is Relation.UPDATE else 0
            )
            entry = entry._replace(facts=memory.facts.row(read), notice=article.notice, head=head)
        if judgement.relation is Relation.NEW and revision > 1:
            judgement = judgement._replace(relation=Relation.REVISION)
        candidates = estimate.candidates if estimate else 0
        return _Finding(judgement, match, revision, candidates, entry, new_facts)

    def _closest(
        self, read: Read, sketched: Sketch, estimate: Estimate, rivals: list[int]
    ) -> tuple[Estimate, Comparison | None]:
        """Return the article with the fewest facts unknown to it, of all that share enough and of the match's cluster.

        Of equals the most alike, then the older one.
        """
        memory = self._memory
        best, best_serial = memory.facts.compare(read, estimate.serial), estimate.serial
        if best is None or best.unknown_count == 0:
            return estimate, best
        for serial in dict.fromkeys((*rivals, *memory.cluster(estimate.serial))):
            compared = memory.facts.compare(read, serial) if serial != estimate.serial else None
            if compared is not None and compared.unknown_count < best.unknown_count:
                best, best_serial = compared, serial
                if best.unknown_count == 0:
                    break
        if best_serial == estimate.serial:
            return estimate, best
        other, _, _ = memory.index.look_up(sketched, memory.floor, only=best_serial)
        return (estimate, memory.facts.compare(read, estimate.serial)) if other is None else (other, best)

    def _revise(
        self, article: Incoming, sketched: Sketch, read: Read, known: KnownId, content: int
    ) -> _Finding:
        """Return a changed version under an id that went on: it goes on again, and is compared with the last one."""
        memory, last = self._memory, known.answered_by
        index, floor = memory.index, memory.floor
        estimate, plain, _ = index.look_up(sketched, floor, only=last)
        compared = memory.facts.compare(read, last)
        judgement = judge(estimate)._replace(relation=Relation.REVISION)
        changed = changes(known.meta, article.meta)
        if known.content == content:
            judgement = EXACTLY._replace(relation=Relation.REVISION)
        else:
            changed = ("text", *changed)
        entry = index.entry(sketched, plain, floor, base=last, contains_base=True)
        entry = entry._replace(
            facts=memory.facts.row(read), notice=article.notice, head=1 + memory.head(last)
        )
        candidates = estimate.candidates if estimate else 0
        return _Finding(judgement, None, known.revision + 1, candidates, entry, _numbers(compared), changed)

    def _answers(self, finding: _Finding | None) -> int:
        """Return the serial number of the article that is remembered for this one."""
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

    def _head(self, article: Incoming, finding: _Finding) -> str:
        """Return id of the article that the cluster begins with."""
        if finding.entry is not None:
            head = finding.entry.head - 1
            return self._memory.article_id(head) if head >= 0 else article.article_id
        if finding.match is None:
            return article.article_id
        return self._memory.article_id(self._memory.head(finding.match))


def _unless_misread(judgement: Judgement, compared: Comparison) -> Judgement:
    """Call a text whose words are misread all over, and that has no new facts, a copy."""
    if compared.score > 0 or not (compared.is_garbled and is_misread(compared.compared, compared.known)):
        return judgement
    is_whole = judgement.coverage >= WHOLE_MIN * judgement.containment
    relation = Relation.NEAR_DUPLICATE if is_whole else Relation.PART_OF
    novelty = min(judgement.novelty, in_steps(1 - compared.known / compared.compared))
    return judgement._replace(relation=relation, novelty=novelty)


def _facts(article: Incoming) -> Facts:
    if isinstance(article.facts, Facts):
        return article.facts
    return Facts.unpack(article.facts) if article.facts else NO_FACTS


def _numbers(compared: Comparison | None) -> tuple[int, ...]:
    """Return numbers of the new features that a verdict names."""
    return () if compared is None else tuple(compared.unknown[:NEW_FACTS_MAX].tolist())


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
    for offset, text in enumerate(texts * 2):
        origin = Origin("warm-up", 0, offset, 1_000 * offset)
        content_hash = f"{offset:016x}" * 2
        packed = sketch(text).pack()
        facts = facts_of("A headline", text, english_facts()).pack()
        incoming = Incoming(f"id-{offset % 3}", content_hash, origin, packed, facts=facts)
        segment = live.decide(offset, [incoming])
        rebuilt.apply(Segment.unpack(segment.pack()))
