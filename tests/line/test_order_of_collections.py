"""`intake.collections` lists partitions: turned round or shortened, it must not bring two tenants together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

import pytest

from service.exit_codes import ExitCode
from service.line.dead_letters import MemoryOriginals
from service.line.envelopes import unpack_prepared
from service.line.loop import Line
from service.line.recovery import OtherCollection
from service.line.segment_log import MemorySegmentLog
from service.line.stopping import DeadLetterLimit
from service.pipeline.in_memory import MemoryOutbox
from service.records import Origin, RawRecord
from service.settings import load_settings
from service.stages import STAGES, Services
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS_PREPARED,
)
from tests.broker.house import a_story


class Desk:
    """All stages, each anew for every batch, with the topics and logs that outlive them."""

    def __init__(self) -> None:
        self.outbox = MemoryOutbox(1, MemorySegmentLog())
        self.originals = MemoryOriginals()
        self._offsets: dict[tuple[str, int], int] = defaultdict(int)

    async def run(self, stage: str, records: Sequence[RawRecord], *collections: str) -> None:
        """Start a stage with these collections, and let it handle records."""
        settings = load_settings(
            env={
                "COPYDESK_INTAKE__COLLECTIONS": ",".join(collections),
                "COPYDESK_INTAKE__DEFAULT_COLLECTION": collections[0],
            }
        )
        spec = STAGES[stage]
        log = self.outbox.log(spec.segment_log or self.outbox.segments.topic)
        services = Services(log, lambda _: None, self.outbox.partition_of)
        line = Line(
            stage,
            spec.source,
            spec.make(settings, services),
            outbox=self.outbox,
            originals=self.originals,
            limit=DeadLetterLimit(stage, settings.dead_letters),
            tell=services.tell,
        )
        for record in records:
            await line.handle([record])

    async def feed(self, collection: str, article_id: str, body: str, *collections: str) -> list[RawRecord]:
        """Let intake read an article; return its envelopes."""
        value = {"id": article_id, "collection": collection, "body": body}
        offset = self._offsets[ARTICLES_RAW, 0]
        self._offsets[ARTICLES_RAW, 0] += 1
        record = RawRecord(None, json.dumps(value).encode(), (), Origin(ARTICLES_RAW, 0, offset))
        self.originals.keep(record)
        await self.run("intake", [record], *collections)
        return self.take(ARTICLES_SKETCHED)

    def take(self, topic: str) -> list[RawRecord]:
        """Take the records of a topic, as the next stage reads them."""
        taken = []
        for letter in self.outbox.take(topic):
            place = topic, letter.partition or 0
            taken.append(RawRecord(letter.key, letter.value, (), Origin(*place, self._offsets[place])))
            self._offsets[place] += 1
        return taken

    def reasons(self) -> list[str]:
        """Return why records were set aside."""
        dead = self.outbox.topics.get(ARTICLES_DEAD, [])
        return [dict(letter.headers)["copydesk.dlq.reason"].decode() for letter in dead]


@pytest.mark.parametrize("stage", ["dedup", "threads"])
async def test_a_stage_does_not_start_on_the_verdicts_of_another_collection(stage: str) -> None:
    desk = Desk()
    read = await desk.feed("left", "a", a_story(1), "left", "right")
    await desk.run("dedup", read, "left", "right")
    if stage == "threads":
        await desk.run("enrich", desk.take(ARTICLES_UNIQUE), "left", "right")
        read = desk.take(CLAIMS_PREPARED)
        await desk.run("threads", read, "left", "right")
    with pytest.raises(
        OtherCollection, match=r"verdicts on left stand where intake\.collections has right"
    ) as stop:
        await desk.run(stage, read, "right", "left")
    assert stop.value.exit_code == ExitCode.CONFIGURATION
    await desk.run(stage, read, "left", "right", "new")


async def test_an_article_in_the_partition_of_another_collection_is_set_aside_and_compared_with_nothing() -> (
    None
):
    desk = Desk()
    await desk.run("dedup", await desk.feed("left", "a", a_story(1), "left", "right"), "left", "right")
    misled = await desk.feed("right", "b", a_story(1), "right", "left")
    assert [record.origin.partition for record in misled] == [0]
    await desk.run("dedup", misled, "left", "right")
    assert desk.reasons() == ["unknown_collection"]
    assert ARTICLES_DUPLICATES not in desk.outbox.topics


async def test_claims_of_another_collection_join_no_thread() -> None:
    desk = Desk()
    said = '"The quay will cost $14 million," harbour master Ada Lorne said on Tuesday.'
    for name, order in (("left", ("left", "right")), ("right", ("right", "left"))):
        await desk.run("dedup", await desk.feed(name, name, f"{said} {a_story(len(name))}", *order), *order)
        desk.outbox.segments.partitions.clear()
        await desk.run("enrich", desk.take(ARTICLES_UNIQUE), *order)
    envelopes = desk.take(CLAIMS_PREPARED)
    names = [article.collection for one in envelopes for article in unpack_prepared(one.value)]
    assert names == ["left", "right"]
    await desk.run("threads", envelopes, "left", "right")
    assert CLAIM_THREADS not in desk.outbox.topics


async def test_envelopes_of_a_collection_that_was_taken_out_stop_dedup_and_not_enrich() -> None:
    desk = Desk()
    read = await desk.feed("right", "a", a_story(1), "left", "right")
    with pytest.raises(OtherCollection, match=r"articles\.sketched\[1\] holds envelopes"):
        await desk.run("dedup", read, "left")
    await desk.run("dedup", read, "left", "right")
    await desk.run("enrich", desk.take(ARTICLES_UNIQUE), "left")
    assert len(desk.outbox.topics[ARTICLES_ENRICHED]) == 1
    assert CLAIMS_PREPARED not in desk.outbox.topics
