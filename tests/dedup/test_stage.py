"""Verdicts are written before they are acted on, and never decided twice."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import Callable, Sequence

import msgspec
import pytest
from msgspec import structs

from service.dedup.stage import DedupStage
from service.intake.article import intake
from service.line.envelopes import MAGIC, pack_sketched, unpack_unique
from service.line.partition import partition_of
from service.line.records_out import Outcome
from service.line.recovery import SegmentLost
from service.line.segment_log import MemorySegmentLog, SegmentUnreadable, StoredSegment
from service.observations import (
    ArticlesDecided,
    ArticlesRedelivered,
    IndexMeasured,
    Observation,
    RecoveryDone,
    SegmentsCut,
)
from service.pipeline.in_memory import raw_record
from service.records import Origin, RawRecord, Reason, Sketched
from service.settings import IntakeSettings, Settings
from service.topics import ARTICLES_DUPLICATES, ARTICLES_SKETCHED, ARTICLES_UNIQUE, CLAIMS_PREPARED

PARTITIONS = 4
WORDS = (
    "the council of Marrow Bay voted on {n} to repair the old sea wall before winter after engineers warned that "
    "storms had opened {n} cracks wide enough to admit a hand and that the harbour office could no longer insure "
    "boats moored behind it according to a report read aloud at the session by its clerk on evening {n}"
)


def a_story(n: int) -> str:
    return " ".join(
        f"{word}{n}" if at % 3 == 0 else word for at, word in enumerate(WORDS.format(n=n).split())
    )


def sketched(offset: int, body: str, article_id: str) -> Sketched:
    value = json.dumps({"id": article_id, "body": body}).encode()
    return intake(raw_record(offset, value), IntakeSettings())


def an_envelope(offset: int, articles: Sequence[Sketched]) -> RawRecord:
    return record_of(offset, pack_sketched(articles, PARTITIONS))


def record_of(offset: int, envelope: bytes) -> RawRecord:
    return RawRecord(b"default", envelope, (), Origin(ARTICLES_SKETCHED, 0, offset))


def envelopes(count: int, size: int = 3) -> list[RawRecord]:
    """Envelopes in which every third story is a reprint of an earlier one."""
    made, raw = [], 0
    for offset in range(count):
        articles = []
        for _ in range(size):
            story = raw // 2 if raw % 3 == 2 else raw
            articles.append(sketched(raw, a_story(story), f"a{raw}"))
            raw += 1
        made.append(an_envelope(offset, articles))
    return made


def by_murmur2(partitions: int) -> Callable[[str, str], int]:
    """As Kafka has it, on topics of so many partitions."""
    return lambda topic, key: partition_of(key.encode(), partitions)


class Worker:
    """A dedup stage with its log: what a process is, without the process.

    Unless told otherwise it has articles go where intake did not expect them.
    """

    def __init__(
        self, log: MemorySegmentLog, place: Callable[[str, str], int] = lambda topic, key: len(key) % 4
    ) -> None:
        self.log = log
        self.observations: list[Observation] = []
        self.stage = DedupStage(Settings(), log, self.observations.append, partition_of=place)

    async def decide(self, envelope: RawRecord, *, write: bool = True) -> Outcome:
        outcome = self.stage.decide([envelope], await self.stage.prepare([envelope]))
        if outcome.segment is not None and write:
            position = self.log.append(outcome.segment)
            self.stage.segment_written(envelope.origin.partition, envelope.origin.offset, position)
        return outcome


async def test_reprints_go_to_duplicates_and_the_rest_goes_on() -> None:
    outcome = await Worker(MemorySegmentLog()).decide(envelopes(1, size=3)[0])
    assert sorted({letter.topic for letter in outcome.letters}) == [
        ARTICLES_DUPLICATES,
        ARTICLES_UNIQUE,
        CLAIMS_PREPARED,
    ]
    assert [type(one) for one in outcome.observations] == [ArticlesDecided, IndexMeasured]
    assert isinstance(decided := outcome.observations[0], ArticlesDecided)
    assert len(decided.verdicts) == 3


@pytest.mark.parametrize("partitions", [PARTITIONS, 3, 7])
async def test_a_redelivered_envelope_is_published_again_from_its_segment(partitions: int) -> None:
    worker = Worker(MemorySegmentLog(), by_murmur2(partitions))
    first = [await worker.decide(envelope) for envelope in envelopes(4, size=20)]
    again = [await worker.decide(envelope) for envelope in envelopes(4, size=20)]
    assert [outcome.letters for outcome in again] == [outcome.letters for outcome in first]
    assert all(outcome.segment is None for outcome in again)
    assert [one for outcome in again for one in outcome.observations] == [ArticlesRedelivered(20)] * 4


@pytest.mark.parametrize("cut", range(7))
async def test_a_worker_that_takes_over_at_any_point_answers_as_the_first_would_have(cut: int) -> None:
    stream = envelopes(6)
    alone = Worker(MemorySegmentLog())
    expected = [(await alone.decide(envelope)).letters for envelope in stream]

    log = MemorySegmentLog()
    first = Worker(log)
    for envelope in stream[:cut]:
        await first.decide(envelope)
    second = Worker(log)
    assert [(await second.decide(envelope)).letters for envelope in stream] == expected


async def test_a_worker_killed_between_segment_and_outputs_leaves_the_outputs_to_the_next() -> None:
    log = MemorySegmentLog()
    decided = await Worker(log).decide(
        envelopes(1)[0]
    )  # the segment is in the log, the outputs were never sent
    published = await Worker(log).decide(envelopes(1)[0])
    assert published.letters == decided.letters
    assert published.segment is None


async def test_a_worker_killed_before_its_segment_was_written_leaves_no_trace() -> None:
    log = MemorySegmentLog()
    lost = await Worker(log).decide(envelopes(1)[0], write=False)
    decided = await Worker(log).decide(envelopes(1)[0])
    assert decided.segment is not None
    assert decided.letters == lost.letters


async def test_of_two_segments_for_one_envelope_the_first_wins() -> None:
    stream = envelopes(3)
    log = MemorySegmentLog()
    worker = Worker(log)
    expected = [(await worker.decide(envelope)).letters for envelope in stream]
    first, second, third = log.partitions[0]
    other = StoredSegment(
        2, first.envelope_offset, first.digest, b"written by a paused worker that came back"
    )
    log.partitions[0] = [first, moved(second, 1), other, moved(third, 3)]
    late = Worker(log)
    assert [(await late.decide(envelope)).letters for envelope in stream] == expected


def moved(segment: StoredSegment, position: int) -> StoredSegment:
    return StoredSegment(position, segment.envelope_offset, segment.digest, segment.value)


async def test_after_a_rebalance_only_what_others_wrote_is_read() -> None:
    log = MemorySegmentLog()
    ours, theirs = Worker(log), Worker(log)
    stream = envelopes(6)
    for envelope in stream[:2]:
        await ours.decide(envelope)
    for envelope in stream[2:4]:
        await theirs.decide(envelope)
    ours.stage.assigned({0})
    ours.observations.clear()
    alone = Worker(MemorySegmentLog())
    expected = [(await alone.decide(envelope)).letters for envelope in stream]
    assert (await ours.decide(stream[4])).letters == expected[4]
    (done,) = [one for one in ours.observations if isinstance(one, RecoveryDone)]
    assert done.segments == 2


async def test_without_a_look_at_the_log_a_kept_partition_would_answer_wrongly() -> None:
    """What `assigned` is for: the same, with the call left out, does not see what others decided."""
    log = MemorySegmentLog()
    ours, theirs = Worker(log), Worker(log)
    reprint = [an_envelope(n, [sketched(n, a_story(1), f"a{n}")]) for n in range(3)]
    await ours.decide(an_envelope(0, [sketched(0, a_story(9), "other")]))
    await theirs.decide(reprint[1])
    blind = await ours.decide(reprint[2])
    assert [letter.topic for letter in blind.letters] == [ARTICLES_UNIQUE]


async def test_a_stage_that_is_dropped_leaves_memory_at_once() -> None:
    worker = Worker(MemorySegmentLog())
    await worker.decide(envelopes(1)[0])
    gone = weakref.ref(worker.stage)
    gc.disable()
    try:
        del worker
        assert gone() is None
    finally:
        gc.enable()


async def test_partitions_that_are_gone_leave_memory() -> None:
    worker = Worker(MemorySegmentLog())
    await worker.decide(envelopes(1)[0])
    worker.stage.assigned({1})
    assert worker.stage.recovery.held == {}


async def test_a_segment_that_cannot_be_read_stops_the_worker() -> None:
    log = MemorySegmentLog()
    await Worker(log).decide(envelopes(2)[0])
    (good,) = log.partitions[0]
    log.partitions[0] = [StoredSegment(0, good.envelope_offset, good.digest, good.value[:-5])]
    with pytest.raises(SegmentUnreadable, match=r"dedup\.segments@0"):
        await Worker(log).decide(envelopes(2)[1])


async def test_segments_of_a_topic_that_was_made_anew_stop_the_worker() -> None:
    log = MemorySegmentLog()
    await Worker(log).decide(envelopes(1)[0])
    other = an_envelope(0, [sketched(0, "quite another story about a bridge", "b")] * 3)
    with pytest.raises(SegmentUnreadable, match="made anew"):
        await Worker(log).decide(other)


async def test_an_envelope_from_before_the_oldest_segment_stops_the_worker() -> None:
    log = MemorySegmentLog()
    worker = Worker(log)
    for envelope in envelopes(3):
        await worker.decide(envelope)
    kept = log.partitions[0][1:]
    log.partitions[0] = [moved(segment, at) for at, segment in enumerate(kept)]
    with pytest.raises(SegmentLost, match="envelope 0 of"):
        await Worker(log).decide(envelopes(1)[0])


@pytest.mark.parametrize("value", [None, b"", b"garbage", b"CDE\x02" + b"x" * 20])
async def test_what_is_no_envelope_becomes_a_dead_letter(value: bytes | None) -> None:
    worker = Worker(MemorySegmentLog())
    record = RawRecord(b"k", value, (), Origin(ARTICLES_SKETCHED, 0, 0))
    outcome = await worker.decide(record)
    (aside,) = outcome.set_aside
    assert (aside.reason.value, aside.record) == ("schema", record)
    assert outcome.segment is not None  # an empty one: nothing is missing here


async def test_the_same_raw_record_in_two_envelopes_is_answered_once() -> None:
    worker = Worker(MemorySegmentLog())
    article = sketched(0, a_story(1), "a")
    first = await worker.decide(an_envelope(0, [article]))
    second = await worker.decide(an_envelope(1, [article]))
    assert len(first.letters) == 1
    assert second.letters == []
    assert second.observations[:2] == [ArticlesDecided([]), ArticlesRedelivered(1)]


def frames_in(envelope: RawRecord) -> list[bytes]:
    """The frames of texts in an envelope of intake."""
    found: list[bytes] = msgspec.msgpack.decode((envelope.value or b"")[len(MAGIC) :])[1]
    return found


def sent_on(outcome: Outcome) -> dict[int, bytes]:
    """Envelopes for enrich, by partition."""
    letters = [letter for letter in outcome.letters if letter.topic == ARTICLES_UNIQUE]
    return {letter.partition or 0: letter.value or b"" for letter in letters}


async def test_texts_are_handed_on_as_they_came() -> None:
    articles = [sketched(n, a_story(n), f"a{n}") for n in range(20)]
    envelope = an_envelope(0, articles)
    sent = sent_on(await Worker(MemorySegmentLog(), by_murmur2(PARTITIONS)).decide(envelope))
    frames = frames_in(envelope)
    assert len(sent) == len(frames) == PARTITIONS
    assert all(sum(frame in value for value in sent.values()) == 1 for frame in frames)
    texts = {one.article.article_id: one.article.text for v in sent.values() for one in unpack_unique(v)}
    assert texts == {one.article.article_id: one.article.text for one in articles}


async def test_texts_of_which_few_go_on_are_packed_anew() -> None:
    """Three reprints of one story, all for one partition."""
    ids = [f"a{n}" for n in range(30) if by_murmur2(PARTITIONS)("", f"a{n}") == 0][:3]
    envelope = an_envelope(0, [sketched(n, a_story(1), article_id) for n, article_id in enumerate(ids)])
    sent = sent_on(await Worker(MemorySegmentLog(), by_murmur2(PARTITIONS)).decide(envelope))
    (frame,) = frames_in(envelope)
    assert frame not in sent[0]
    assert [one.article.text for one in unpack_unique(sent[0])] == [a_story(1)]


@pytest.mark.parametrize("partitions", [3, 7])
async def test_intake_may_expect_another_number_of_partitions(partitions: int) -> None:
    place = by_murmur2(partitions)
    articles = [sketched(n, a_story(n), f"a{n}") for n in range(40)]
    sent = sent_on(await Worker(MemorySegmentLog(), place).decide(an_envelope(0, articles)))
    for partition, value in sent.items():
        there = [one.article for one in articles if place("", one.article.article_id) == partition]
        assert [one.article for one in unpack_unique(value)] == there
    assert sorted(sent) == list(range(partitions))


def with_broken_texts(envelope: RawRecord) -> RawRecord:
    """The same, but its last frame of texts does not unpack, which its head does not tell."""
    parts = msgspec.msgpack.decode((envelope.value or b"")[len(MAGIC) :])
    parts[1][-1] = parts[1][-1][:-1]
    return record_of(envelope.origin.offset, MAGIC + msgspec.msgpack.encode(parts))


async def test_articles_whose_texts_turn_out_broken_are_set_aside_one_by_one() -> None:
    """Not the worker's end: it would come to the same envelope again, for ever."""
    place = by_murmur2(1)  # nothing can be handed on as it came
    articles = [sketched(n, a_story(n), f"a{n}") for n in range(6)]
    bad = with_broken_texts(an_envelope(0, articles))
    worker = Worker(MemorySegmentLog(), place)
    outcome = await worker.decide(bad)
    assert [aside.origin for aside in outcome.set_aside] == [one.article.origin for one in articles]
    assert {aside.reason for aside in outcome.set_aside} == {Reason.SCHEMA}
    assert outcome.tally == [(0, Reason.SCHEMA)] * 6
    assert (sent_on(outcome), outcome.segment is not None) == ({}, True)
    again = await worker.decide(bad)
    assert (again.set_aside, again.tally) == (outcome.set_aside, outcome.tally)


async def test_broken_texts_that_nobody_looks_at_are_left_to_enrich() -> None:
    articles = [sketched(n, a_story(n), f"a{n}") for n in range(20)]
    good = Worker(MemorySegmentLog(), by_murmur2(PARTITIONS))
    envelope = an_envelope(0, articles)
    expected = sent_on(await good.decide(envelope))
    outcome = await Worker(MemorySegmentLog(), by_murmur2(PARTITIONS)).decide(with_broken_texts(envelope))
    broken = [at for at, value in sent_on(outcome).items() if value != expected[at]]
    assert (len(broken), outcome.set_aside) == (1, [])
    with pytest.raises(ValueError, match="does not unpack"):
        unpack_unique(sent_on(outcome)[broken[0]])


async def test_an_article_that_our_code_fails_on_is_set_aside_with_its_text() -> None:
    articles = [sketched(n, a_story(n), f"a{n}") for n in range(3)]
    articles[1] = Sketched(articles[1].article, b"no sketch")
    outcome = await Worker(MemorySegmentLog()).decide(an_envelope(0, articles))
    (aside,) = outcome.set_aside
    assert (aside.reason, aside.article) == (Reason.BUG, articles[1].article)


@pytest.mark.parametrize("kept", [0, 1, 3])
async def test_segments_that_are_gone_are_noticed_before_anything_is_decided(kept: int) -> None:
    """The group has committed five envelopes: a log that ends before them was emptied, cut or made anew."""
    log = MemorySegmentLog()
    stream = envelopes(6)
    for envelope in stream[:5]:
        await Worker(log).decide(envelope)
    whole = MemorySegmentLog()
    whole.partitions = {0: list(log.partitions[0])}
    whole.committed = log.committed = {0: 5}
    del log.partitions[0][kept:]
    with pytest.raises(SegmentLost, match=rf"up to envelope 4, .* verdicts up to {kept - 1} only"):
        await Worker(log).decide(stream[5])
    assert (await Worker(whole).decide(stream[5])).segment is not None


async def test_an_envelope_that_is_set_aside_leaves_an_empty_segment() -> None:
    log = MemorySegmentLog()
    worker = Worker(log)
    broken = RawRecord(None, b"no envelope", (), Origin("articles.sketched", 0, 0))
    assert (await worker.decide(broken)).segment is not None
    log.committed = {0: 1}
    again = await Worker(log).decide(broken)
    assert again.segment is None
    assert [aside.reason for aside in again.set_aside] == [Reason.SCHEMA]
    follower = Worker(log)
    assert (await follower.decide(envelopes(2)[1])).segment is not None


DAY_MS = 86_400_000


def dated(count: int, days_apart: float) -> list[RawRecord]:
    """Return envelopes of one article each, fed so many days apart."""
    made = []
    for offset in range(count):
        time = 1_700_000_000_000 + round(offset * days_apart * DAY_MS)
        one = sketched(offset, a_story(offset), f"a{offset}")
        origin = Origin("articles.raw", 0, offset, time)
        article = structs.replace(one.article, origin=origin)
        made.append(an_envelope(offset, [structs.replace(one, article=article)]))
    return made


@pytest.mark.parametrize(("days_apart", "is_told"), [(1.0, True), (4.0, False)])
async def test_a_log_cut_at_its_beginning_is_told_once_if_the_window_reaches_behind_it(
    days_apart: float, is_told: bool
) -> None:
    """Seven days are remembered: of eight articles one day apart the cut takes one that counts, of others none."""
    log = MemorySegmentLog()
    stream = dated(8, days_apart)
    for envelope in stream[:6]:
        await Worker(log).decide(envelope)
    log.delete_before(0, 3)
    follower = Worker(log)
    observations = [one for envelope in stream[6:] for one in (await follower.decide(envelope)).observations]
    assert [one for one in observations if isinstance(one, SegmentsCut)] == [
        SegmentsCut("default", "dedup.segments")
    ] * is_told


async def test_a_whole_log_is_not_told_to_be_cut() -> None:
    log = MemorySegmentLog()
    observations = [told for one in dated(8, 1.0) for told in (await Worker(log).decide(one)).observations]
    assert not any(isinstance(one, SegmentsCut) for one in observations)
