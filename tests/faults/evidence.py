"""What the topics say after a run, and what they would say had nothing gone wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.line.dead_letter_headers import OFFSET, PARTITION
from service.line.dead_letters import MemoryOriginals
from service.line.envelopes import unpack_prepared, unpack_sketched, unpack_unique
from service.line.loop import Line
from service.line.records_out import Letter
from service.line.segment_log import MemorySegmentLog
from service.line.stopping import DeadLetterLimit
from service.pipeline.in_memory import MemoryOutbox
from service.records import Origin, RawRecord
from service.settings import Settings
from service.stages import DEDUP, ENRICH, INTAKE, THREADS, Services, StageSpec
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS_PREPARED,
    INTERNAL,
    STORIES,
    THREADS_SEGMENTS,
)
from tests.broker.house import OUTPUTS, House
from tests.kit_kafka import Received

Place = tuple[int, int]
"""Partition and offset of a raw record: what it is called here."""

Answer = Place | str
"""What a record answers for: a raw record, or the event of threads (`ce_id`) that it is."""

Form = tuple[str, bytes | None, bytes | None, tuple[tuple[str, bytes], ...]]
"""Topic, key, value, headers of an output record: equal forms are equal byte for byte."""

READ = (ARTICLES_RAW, ARTICLES_SKETCHED, ARTICLES_UNIQUE, CLAIMS_PREPARED, THREADS_SEGMENTS, *OUTPUTS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All records of all topics, by logical name, each in the order of its partitions."""

    topics: dict[str, list[Received]]

    def raw_places(self) -> set[Place]:
        """Return every record that was fed."""
        return {(record.partition, record.offset) for record in self.topics[ARTICLES_RAW]}

    def forms(self) -> list[Form]:
        """Return every output record, repeated ones included."""
        return [form_of(logical, record) for logical in OUTPUTS for record in self.topics[logical]]


async def gather_evidence(house: House) -> Evidence:
    """Read every topic but the segments of dedup."""
    return Evidence({logical: await house.read(logical) for logical in READ})


def form_of(logical: str, record: Received | Letter) -> Form:
    """Return an output record without its place."""
    return (logical, record.key, record.value, tuple(record.headers))


def places_of(logical: str, record: Received) -> list[Place]:
    """Return the raw records that a record of a topic answers for, or carries on."""
    if logical == ARTICLES_SKETCHED:
        return [_place(sketched.article.origin) for sketched in unpack_sketched(record.value).sketched]
    if logical == ARTICLES_UNIQUE:
        return [_place(unique.article.origin) for unique in unpack_unique(record.value)]
    if logical == CLAIMS_PREPARED:
        return [_place(prepared.origin) for prepared in unpack_prepared(record.value)]
    if logical == ARTICLES_DEAD:
        return [(int(record.header(PARTITION) or -1), int(record.header(OFFSET) or -1))]
    origin = json.loads(record.value or b"")["origin"]
    return [(origin["partition"], origin["offset"])]


def answers_of(logical: str, record: Received) -> list[Answer]:
    """Return what a record of a topic answers for, or carries on."""
    if logical in (CLAIM_THREADS, STORIES):
        return [record.header("ce_id") or ""]
    return list(places_of(logical, record))


def _place(origin: Origin) -> Place:
    return origin.partition, origin.offset


async def undisturbed(evidence: Evidence, settings: Settings) -> set[Form]:
    """Return the outputs of an undisturbed run over the same raw log and the same order of arrival.

    Intake reads the raw log; dedup reads the log of sketches as it stands on the broker, for that is the order of
    arrival; enrich reads what dedup hands on; threads reads the log of prepared claims as it stands on the broker.
    """
    segments = MemorySegmentLog()
    outbox = MemoryOutbox(settings.topics.partitions, segments)
    await _through(INTAKE, evidence.topics[ARTICLES_RAW], outbox, settings)
    await _through(DEDUP, evidence.topics[ARTICLES_SKETCHED], outbox, settings)
    unique = [
        Received(ARTICLES_UNIQUE, letter.partition or 0, n, letter.key, letter.value, (), 0)
        for n, letter in enumerate(outbox.topics.get(ARTICLES_UNIQUE, ()))
    ]
    await _through(ENRICH, unique, outbox, settings)
    await _through(THREADS, evidence.topics[CLAIMS_PREPARED], outbox, settings)
    return {form_of(letter.topic, letter) for letter in outbox.sent if letter.topic not in INTERNAL}


async def _through(
    spec: StageSpec,
    records: Iterable[Received],
    outbox: MemoryOutbox,
    settings: Settings,
) -> None:
    log = outbox.log(spec.segment_log or outbox.segments.topic)
    services = Services(log, lambda observation: None, outbox.partition_of)
    line = Line(
        spec.name,
        spec.source,
        spec.make(settings, services),
        outbox=outbox,
        originals=MemoryOriginals(),
        limit=DeadLetterLimit(spec.name, settings.dead_letters),
        tell=services.tell,
    )
    for raw in raw_records(records):
        await line.handle([raw])


def raw_records(records: Iterable[Received]) -> Iterator[RawRecord]:
    """As the stages read them."""
    for record in records:
        origin = Origin(record.topic, record.partition, record.offset, record.timestamp_ms)
        yield RawRecord(record.key, record.value, record.headers, origin)
