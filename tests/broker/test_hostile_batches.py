"""Record batches that no client library would send, on a real broker: nothing that one holds ends a worker."""

from __future__ import annotations

import asyncio
import json

import pytest

from service.topics import ARTICLES_DEAD, ARTICLES_RAW, ARTICLES_SKETCHED
from tests.broker.house import House
from tests.broker.processes import WorkerProcess, ending
from tests.faults.batches import MEMORY_MIB_MAX, fuzz, memory_mib
from tests.kafka.batch_writer import Raw, batch, batch_of, record, send
from tests.kit_kafka import end_offsets, eventually

pytestmark = pytest.mark.broker
SANE = json.dumps({"id": "sane", "body": "The ferry sails to Northport again."}).encode()


async def test_the_dearest_headers_end_as_dead_letters_and_the_article_behind_them_goes_on(
    house: House,
) -> None:
    many = 20_000_000
    bomb = record(Raw(b"no article", header_bytes=b"\x00\x01" * many, header_count=many), 0)
    batches = (
        batch([Raw(b"no article", headers=((b"copydesk.dlq.replays", b"9" * 5_000),))]),
        batch([Raw(b"still no article", headers=((b"\xff\xfe\xfa", b"x"),))]),
        batch_of(bomb, 1, codec=4),
        batch([Raw(SANE, headers=((b"\xff\xfe\xfa", b"x"), (b"copydesk.dlq.replays", b"9" * 4_301)))]),
    )
    for data in batches:
        assert await send(house.bootstrap, house.topic(ARTICLES_RAW), 0, data) == 0
    with ending(house.worker("intake")) as (worker,):

        async def done() -> bool:
            assert worker.alive
            return len(await house.read(ARTICLES_DEAD)) == 3 and bool(await house.read(ARTICLES_SKETCHED))

        await eventually(done)
        dead = {
            record.header("__streams.errors.offset"): record for record in await house.read(ARTICLES_DEAD)
        }
        assert {at: one.header("copydesk.dlq.reason") for at, one in dead.items()} == {
            "0": "invalid_json",
            "1": "invalid_json",
            "2": "too_large",
        }
        assert dead["2"].value == b"no article"
        assert memory_mib(worker) < MEMORY_MIB_MAX
        assert worker.stop() == 0


async def test_batches_of_a_fuzzer_end_record_by_record_and_never_the_worker(house: House) -> None:
    report = await fuzz(house, seed=11, count=40)
    assert report.kept, f"{report}\n{report.output[-3000:]}"
    assert report.taken > 20


async def test_a_purge_of_records_without_key_and_value_does_not_stop_intake(house: House) -> None:
    many = 1_000_000
    empty = batch_of(b"".join(record(Raw(None), n) for n in range(many)), many, codec=4)
    assert await send(house.bootstrap, house.topic(ARTICLES_RAW), 0, empty) == 0
    assert await send(house.bootstrap, house.topic(ARTICLES_RAW), 0, batch([Raw(SANE)])) == 0
    with ending(house.worker("intake")) as (worker,):

        async def done() -> bool:
            assert worker.alive, worker.output[-2000:]
            return bool(await house.read(ARTICLES_SKETCHED))

        await eventually(done, 600.0)
        assert sum((await end_offsets(house.bootstrap, house.topic(ARTICLES_DEAD))).values()) >= many
        assert memory_mib(worker) < MEMORY_MIB_MAX


READ = """
import asyncio, sys
from service.kafka.originals import KafkaOriginals
from service.records import Origin
originals = KafkaOriginals({"bootstrap_servers": sys.argv[1]}, 4_194_304)
for offset in range(3):
    record = asyncio.run(originals.fetch(Origin(sys.argv[2], 0, offset)))
    print(record.value.decode(), [name for name, _ in record.headers])
"""


async def test_a_raw_record_is_read_again_beside_the_dearest_ones_by_a_process_that_is_no_worker(
    house: House,
) -> None:
    many = 200_000
    body = record(Raw(b"bomb", header_bytes=b"\x00\x01" * many, header_count=many), 0)
    body += record(Raw(b"odd", headers=((b"\xff\xfe", b"x"),)), 1) + record(Raw(b"sane"), 2)
    assert await send(house.bootstrap, house.topic(ARTICLES_RAW), 0, batch_of(body, 3, codec=4)) == 0
    with ending(WorkerProcess(["-c", READ, house.bootstrap, house.topic(ARTICLES_RAW)], {}, "reader")) as (
        reader,
    ):
        assert await asyncio.to_thread(reader.wait) == 0, reader.output
        assert reader.output.splitlines() == [
            "bomb ['copydesk.not_unpacked']",
            "odd ['\\\\xff\\\\xfe']",
            "sane []",
        ]
