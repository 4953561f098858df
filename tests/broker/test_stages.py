"""The whole path on a real broker: a worker process for each stage, counted from the topics alone."""

from __future__ import annotations

import json
import random
import signal
from collections import Counter

import pytest

from service.contracts import validator
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.stages import STAGES
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    STORIES,
)
from tests.broker.house import COUNTED, OUTPUTS, SECONDS_MAX, House, a_story, stream
from tests.broker.processes import ending
from tests.kit_kafka import Received, Sent, eventually, produce


def event_ids(records: list[Received]) -> Counter[str]:
    return Counter(record.header("ce_id") or "" for record in records)


async def test_every_article_ends_in_exactly_one_place_and_every_record_keeps_its_contract(
    house: House,
) -> None:
    await house.feed(list(stream(200)))
    with ending(*(house.worker(stage) for stage in STAGES)) as crew:
        await house.all_out(200)
        await house.quiet()
        records = {logical: await house.read(logical) for logical in OUTPUTS}
        assert [worker.stop() for worker in crew] == [0] * len(STAGES)
    assert len(records[ARTICLES_DEAD]) == 4
    assert sum(len(records[logical]) for logical in COUNTED) == 200
    assert len({e for logical in COUNTED for e in event_ids(records[logical])}) == 200
    assert records[CLAIM_THREADS]
    assert records[STORIES]
    for logical in (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, CLAIMS, CLAIM_THREADS, STORIES):
        check = validator(logical)
        for record in records[logical]:
            check.validate(json.loads(record.value or b""))
            assert record.header("content-type") == "application/json"
    enriched = {
        json.loads(r.value or b"")["article_id"]: json.loads(r.value or b"")
        for r in records[ARTICLES_ENRICHED]
    }
    for record in records[CLAIMS]:
        claim = json.loads(record.value or b"")
        article = enriched[claim["article_id"]]
        assert record.key == claim["article_id"].encode()
        assert article["text"][claim["start"] : claim["end"]] == claim["text"]
    for record in records[ARTICLES_DEAD]:
        assert (record.key or b"").startswith(b"bad")
        assert (record.value or b"").startswith(b"no article")
        assert record.header("feed") == "x"
        assert record.header("copydesk.dlq.reason") == "invalid_json"


async def test_feeders_may_compress_as_they_like_and_outputs_can_be_compressed(house: House) -> None:
    codecs = ("gzip", "snappy", "lz4", "zstd")
    for n, codec in enumerate(codecs):
        value = json.dumps({"id": codec, "body": a_story(n)}).encode()
        raw = Sent(value, key=codec.encode())
        await produce(house.bootstrap, house.topic(ARTICLES_RAW), [raw], compression_type=codec)
    with ending(*(house.worker(stage, COPYDESK_KAFKA__COMPRESSION="zstd") for stage in STAGES)):
        await house.all_out(len(codecs))
        assert {r.key for r in await house.read(ARTICLES_ENRICHED)} == {codec.encode() for codec in codecs}
    logs = [log.read_bytes() for log in house.logs(ARTICLES_ENRICHED)]
    assert logs
    assert not any(b'"article_id"' in log for log in logs)


async def test_verdicts_are_those_of_the_same_stages_in_memory(house: House) -> None:
    sent = [s for s in stream(60) if s.partition is not None]
    await house.feed([Sent(s.value, s.key, partition=0) for s in sent])
    with ending(*(house.worker(stage) for stage in STAGES)):
        await house.all_out(len(sent))
        on_broker = {
            (r.key, json.loads(r.value or b"")["relation"]) for r in await house.read(ARTICLES_DUPLICATES)
        }
    pipeline = MemoryPipeline(house.settings)
    in_memory = set()
    for offset, record in enumerate(sent):
        for letter in await pipeline.feed([raw_record(offset, record.value, key=record.key)]):
            if letter.topic == ARTICLES_DUPLICATES:
                in_memory.add((letter.key, json.loads(letter.value or b"")["relation"]))
    assert on_broker == in_memory
    assert in_memory


@pytest.mark.parametrize("stage", STAGES)
async def test_killing_a_stage_loses_nothing_and_repeats_byte_for_byte(house: House, stage: str) -> None:
    count = 400
    dice = random.Random(stage)
    crew = {name: house.worker(name) for name in STAGES}
    with ending(*crew.values()) as all_workers:
        await house.feed(list(stream(count)))
        for _ in range(2):
            await _some_progress(house, dice.randrange(1, 60), count)
            crew[stage].kill()
            crew[stage] = house.worker(stage)
            all_workers.append(crew[stage])
        await house.all_out(count)
        await house.quiet()
        records = {logical: await house.read(logical) for logical in OUTPUTS}
    assert len({e for logical in COUNTED for e in event_ids(records[logical])}) == count
    for logical, received in records.items():
        forms: dict[str, set[tuple[bytes | None, bytes | None, tuple[tuple[str, bytes], ...]]]] = {}
        for record in received:
            event = record.header("ce_id") or ""
            forms.setdefault(event, set()).add((record.key, record.value, record.headers))
        assert all(len(form) == 1 for form in forms.values()), f"{logical} was repeated in another form"


async def _some_progress(house: House, records: int, of: int) -> None:
    """So many more records are out, or all there are."""
    enough = min(await house.out() + records, of)

    async def moved() -> bool:
        return await house.out() >= enough

    await eventually(moved, SECONDS_MAX)


async def test_a_poisoned_envelope_is_set_aside_and_the_line_goes_on(house: House) -> None:
    for logical in ("articles.sketched", ARTICLES_UNIQUE, CLAIMS_PREPARED):
        await produce(house.bootstrap, house.topic(logical), [Sent(b"CDE\x01 poison", partition=0)])
    await house.feed(list(stream(40)))
    with ending(*(house.worker(stage) for stage in STAGES)):
        await house.all_out(43)
        dead = await house.read(ARTICLES_DEAD)
    assert {record.header("copydesk.dlq.stage") for record in dead} == {"dedup", "enrich", "threads"}
    assert {record.header("copydesk.dlq.reason") for record in dead} == {"schema"}
    assert {record.value for record in dead} == {b"CDE\x01 poison"}


@pytest.mark.parametrize(
    ("stage", "logical"),
    [("dedup", "articles.sketched"), ("enrich", ARTICLES_UNIQUE), ("threads", CLAIMS_PREPARED)],
)
async def test_an_older_worker_leaves_newer_envelopes_to_a_newer_one(
    house: House, stage: str, logical: str
) -> None:
    await produce(house.bootstrap, house.topic(logical), [Sent(b"CDE\x04 of tomorrow", partition=0)])
    with ending(house.worker(stage)) as (worker,):
        assert worker.wait() == 70
        assert "an envelope of version 4" in worker.output
    assert await house.read(ARTICLES_DEAD) == []


async def test_a_row_of_dead_letters_stops_intake_for_good(house: House) -> None:
    await house.feed([Sent(b"not an article", partition=0)] * 60)
    with ending(house.worker("intake", COPYDESK_DEAD_LETTERS__IN_A_ROW_MAX="50")) as (intake,):
        assert intake.wait() == 65
        assert "records in a row" in intake.output
    assert len(await house.read(ARTICLES_DEAD)) >= 50


async def test_a_stopped_stage_finishes_what_it_holds(house: House) -> None:
    await house.feed(list(stream(300)))
    crew = {name: house.worker(name) for name in STAGES}
    with ending(*crew.values()) as all_workers:
        for stage in STAGES:
            await _some_progress(house, 5, 300)
            crew[stage].send(signal.SIGTERM)
            assert crew[stage].wait() == 0
            last_line = crew[stage].output.splitlines()[-1]
            assert "worker_stopped" in last_line  # all is closed, and nothing comes after it
            crew[stage] = house.worker(stage)
            all_workers.append(crew[stage])
        await house.all_out(300)
        assert len(await house.counted()) == 300
