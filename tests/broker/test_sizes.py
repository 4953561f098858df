"""No record stops the line by its size: what does not fit anywhere ends as a dead letter, and the next one goes on."""

from __future__ import annotations

import json

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import MessageSizeTooLargeError

from service.line.dead_letter_headers import CUT, OFFSET, PARTITION, REASON, STAGE
from service.stages import STAGES
from service.topics import ARTICLES_DEAD, ARTICLES_ENRICHED, ARTICLES_RAW, topic_name
from tests.broker.house import House, a_story
from tests.broker.processes import ending
from tests.faults.nemesis import configured
from tests.kit_kafka import Received, Sent, admin_client, eventually, produce

MIB = 1_048_576


async def dead_and_enriched(
    house: House, records: int, **env: str
) -> tuple[list[Received], set[bytes | None]]:
    """Both, once that many records have come to an end; no stage may have stopped on the way."""
    with ending(*(house.worker(stage, **env) for stage in STAGES)) as crew:
        await house.all_out(records)
        await house.quiet()
        assert all(worker.alive for worker in crew)
    return await house.read(ARTICLES_DEAD), {record.key for record in await house.read(ARTICLES_ENRICHED)}


async def feed_in_one_batch(house: House, codec: str, values: list[bytes]) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=house.bootstrap,
        compression_type=codec,
        max_batch_size=512 * MIB,
        max_request_size=512 * MIB,
        linger_ms=20_000,
    )
    await producer.start()
    for value in values:
        await producer.send(house.topic(ARTICLES_RAW), value, b"bomb", partition=0)
    await producer.stop()


def an_article(name: str) -> Sent:
    return Sent(json.dumps({"id": name, "body": a_story(1)}).encode(), key=name.encode(), partition=0)


@pytest.mark.parametrize("codec", ["gzip", "zstd", "lz4"])
async def test_a_batch_that_unpacks_to_more_than_a_worker_holds_is_set_aside_unread(
    house: House, codec: str
) -> None:
    await house.feed([an_article("before")])
    await feed_in_one_batch(house, codec, [bytes(MIB)] * 70)
    await house.feed([an_article("after")])
    dead, enriched = await dead_and_enriched(house, 72)
    assert {record.header(REASON) for record in dead} == {"too_large"}
    assert {int(record.header(OFFSET) or 0) for record in dead} == set(range(1, 71))
    assert "70 records from offset 1" in (dead[0].header("__streams.errors.message") or "")
    assert len(enriched) == 1  # "after" says the same as "before": a duplicate


async def test_a_record_larger_than_any_topic_takes_leaves_a_dead_letter_that_says_what_it_was(
    house: House,
) -> None:
    bomb = Sent(bytes(30 * MIB), key=b"k", headers=(("feed", b"x"),), partition=0)
    await produce(house.bootstrap, house.topic(ARTICLES_RAW), [bomb], compression_type="gzip")
    await house.feed([an_article("after")])
    (dead,), enriched = await dead_and_enriched(house, 2)
    assert enriched == {b"after"}
    assert dead.header(REASON) == "too_large"
    assert dead.header(CUT) == f"key 1, value {30 * MIB}, headers 15"  # name, value and frame
    assert (dead.key, dead.value) == (b"k", bytes(262_144))
    assert (dead.header(PARTITION), dead.header(OFFSET), dead.header("feed")) == ("0", "0", "x")


async def test_the_largest_raw_record_there_can_be_fits_its_dead_letter(house: House) -> None:
    limit = house.settings.topics.raw_bytes_max
    largest = limit - 75  # header of the batch, of its one record, and the key
    with pytest.raises(MessageSizeTooLargeError):
        await house.feed([Sent(b"x" * (limit - 70), key=b"k", partition=0)])
    await house.feed([Sent(b"x" * largest, key=b"k", partition=0), an_article("after")])
    (dead,), enriched = await dead_and_enriched(house, 2)
    assert (dead.header(REASON), dead.header(CUT)) == ("invalid_json", None)
    assert dead.value == b"x" * largest
    assert enriched == {b"after"}


async def test_an_article_whose_claims_fit_no_record_is_set_aside_and_the_next_one_goes_on(
    house: House,
) -> None:
    small = {
        "COPYDESK_INTAKE__TEXT_BYTES_MAX": "120000",
        "COPYDESK_TOPICS__RAW_BYTES_MAX": "400000",
        "COPYDESK_TOPICS__OUTPUT_BYTES_MAX": "480000",
        "COPYDESK_ENRICH__READ_CHARS_MAX": "1000000",
    }
    quoted = " ".join(f'"The lock will cost ${n} million," Ada Lorne said.' for n in range(2_000))
    await house.feed([Sent(json.dumps({"id": "rich", "body": quoted}).encode(), partition=0)])
    await house.feed([an_article("after")])
    (dead,), enriched = await dead_and_enriched(house, 2, **small)
    assert (dead.header(REASON), dead.header(STAGE)) == ("too_large", "enrich")
    assert json.loads(dead.value or b"")["body"] == quoted
    assert enriched == {b"after"}


@pytest.mark.parametrize(("logical", "code"), [(ARTICLES_DEAD, 78), (ARTICLES_ENRICHED, 0)])
async def test_a_topic_that_would_lose_records_by_compaction_is_named_before_anything_is_read(
    house: House, logical: str, code: int
) -> None:
    async with configured(house, logical, {"cleanup.policy": "compact"}):
        await house.feed([Sent(b"no article", key=None)])
        with ending(house.worker("intake" if code else "enrich")) as (worker,):
            if code:
                assert worker.wait() == code
                assert f"{house.topic(logical)} is compacted (cleanup.policy)" in worker.output
                return

            async def is_ready() -> bool:
                assert worker.alive
                return "stage_ready" in worker.output

            await eventually(is_ready)
            assert worker.stop() == code


async def test_a_topic_that_takes_less_than_we_may_send_is_named_before_anything_is_read(
    house: House,
) -> None:
    name = topic_name(house.settings, ARTICLES_DEAD)
    smaller = ConfigResource(ConfigResourceType.TOPIC, name, configs={"max.message.bytes": "1000000"})
    async with admin_client(house.bootstrap) as admin:
        await admin.alter_configs([smaller])
    with ending(house.worker("intake")) as (worker,):
        assert worker.wait() == 78
        assert f"{name} takes records of 1000000 bytes" in worker.output
