"""`copydesk store` on a real broker: killed wherever it is, it counts every record once."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.worker_endpoints import get
from service.stages import STAGES
from service.store.database import open_store
from service.store.incoming import STORED_TOPICS
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter
from tests.broker.house import House
from tests.broker.processes import WorkerProcess
from tests.kit_kafka import Sent, eventually, produce
from tests.store.kit import dump, outputs, rows
from tests.store.postgres import free_port

KILLS = 4
pytestmark = pytest.mark.broker


def articles(count: int, seed: int) -> list[dict[str, str]]:
    draw = random.Random(seed)
    made = []
    for number in range(count):
        name = draw.choice(["Ada Moorcroft", "Ben Sallow", "Cleo Varn", "Dag Ostler"])
        body = (
            f"Line {number} of the tram opened on Monday. It cost ${draw.randint(2, 900)} million, {name} said. "
            f'"We counted {draw.randint(3, 99)} delays," {name} told the council in {draw.choice(["Tarrow", "Lunde"])}.'
        )
        made.append({"id": f"tram-{number % (count * 3 // 4)}", "source": "Quay Courier", "body": body})
    return made


async def filled(house: House) -> list[OutputRecord]:
    """Create the topics and put records on the outputs; return them."""
    await house.open()
    records = await asyncio.to_thread(outputs, *articles(60, seed=5), b"{", b"[]")
    for topic in STORED_TOPICS:
        mine = [record for record in records if record.topic == topic]
        sent = [Sent(r.value, r.key, r.headers, partition=0) for r in mine]
        await produce(house.bootstrap, house.topic(topic), sent)
    return records


def store_process(house: House, file: Path, *options: str) -> WorkerProcess:
    env = {
        **house.env,
        "COPYDESK_STORE__URL": f"sqlite:///{file}",
        "COPYDESK_STORE__BATCH_RECORDS": "3",
    }
    return WorkerProcess(["-m", "service", "store", *options], env, "store")


async def test_a_store_that_is_killed_again_and_again_holds_each_record_once(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    house = House(kafka, topic_prefix)
    records = await filled(house)
    wanted_engine = open_store(f"sqlite:///{tmp_path}/wanted.db")
    StoreWriter(wanted_engine).write(records, {})
    draw = random.Random(7)
    for _ in range(KILLS):
        worker = store_process(house, tmp_path / "store.db")
        await asyncio.to_thread(_wait_for_growth, tmp_path / "store.db", draw.uniform(0.0, 0.15))
        worker.kill()
        worker.clean_up()
    last = store_process(house, tmp_path / "store.db", "--until-end")
    assert await asyncio.to_thread(last.wait) == 0, last.output
    last.clean_up()
    found = open_store(f"sqlite:///{tmp_path}/store.db")
    assert dump(found) == dump(wanted_engine)

    again = store_process(house, tmp_path / "store.db", "--until-end", "--again")
    assert await asyncio.to_thread(again.wait) == 0, again.output
    again.clean_up()
    assert dump(found) == dump(wanted_engine)


async def test_positions_behind_the_end_of_a_topic_made_anew_are_refused(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    house = House(kafka, topic_prefix)
    await house.open()
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    records = await asyncio.to_thread(outputs, *articles(2, seed=1))
    StoreWriter(engine).write(records, {})
    worker = store_process(house, tmp_path / "store.db", "--until-end")
    assert await asyncio.to_thread(worker.wait) == 78
    assert "it was made anew" in worker.output
    assert "copydesk store --again" in worker.output
    worker.clean_up()


async def test_the_store_says_how_much_it_wrote_and_what_is_left(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    house = House(kafka, topic_prefix)
    records = await filled(house)
    address = f"http://127.0.0.1:{(port := free_port())}"
    worker = store_process(house, tmp_path / "store.db", "--set", f"telemetry.port={port}")
    lines = {
        f'copydesk_store_records_total{{topic="{topic}"}} {sum(r.topic == topic for r in records)}.0'
        for topic in STORED_TOPICS
    } | {"copydesk_store_lag_records 0.0"}

    async def all_told() -> bool:
        _, page = await asyncio.to_thread(get, f"{address}/metrics", 5.0)
        return lines <= set(page.splitlines())

    await eventually(all_told)
    engine = open_store(f"sqlite:///{tmp_path}/store.db")

    async def lag_is_noted() -> bool:
        return {process for (process,) in rows(engine, "SELECT process FROM lag")} == {*STAGES, "store"}

    await eventually(lag_is_noted)
    assert (await asyncio.to_thread(get, f"{address}/readyz", 5.0))[0] == 200
    assert await asyncio.to_thread(worker.stop) == 0
    worker.clean_up()


def _wait_for_growth(file: Path, more_seconds: float) -> None:
    """Wait until the store has been opened, and a moment more: the kill should fall into its writing."""
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    wal = file.with_name(file.name + "-wal")
    size = wal.stat().st_size if wal.exists() else 0
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if wal.exists() and wal.stat().st_size != size:
            break
        time.sleep(0.005)
    time.sleep(more_seconds)
