"""What Faust gets wrong and how each of our guards holds, on a real broker, with a room that only copies."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.exit_codes import ExitCode
from tests.broker.copy_worker import THROWN_AWAY
from tests.broker.processes import WorkerProcess, copy_worker, ending
from tests.kit_kafka import (
    Received,
    Sent,
    committed,
    create_topics,
    end_offsets,
    eventually,
    produce,
    read_all,
    read_at_least,
)

PARTITIONS = 4
EXTRA = b"-1"


class Bench:
    """A raw topic, an output topic, and workers that copy from one to the other."""

    def __init__(self, kafka: EmbeddedKafka, prefix: str) -> None:
        self.bootstrap = kafka.bootstrap_servers
        self.raw = f"{prefix}articles.raw"
        self.out = f"{prefix}articles.enriched"
        self.group = f"copydesk-{prefix}copy"
        self.env = {
            "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": self.bootstrap,
            "COPYDESK_KAFKA__TOPIC_PREFIX": prefix,
            "COPYDESK_KAFKA__SESSION_TIMEOUT_SECONDS": "4",
            "COPYDESK_KAFKA__COMMIT_INTERVAL_SECONDS": "0.2",
        }

    async def prepare(self, records: int, partitions: int = PARTITIONS) -> None:
        await create_topics(self.bootstrap, {self.out: partitions})
        await self.prepare_raw(records, partitions)

    async def prepare_raw(self, records: int, partitions: int = PARTITIONS) -> None:
        await create_topics(self.bootstrap, {self.raw: partitions})
        await self.prepare_more(range(records), partitions)

    async def prepare_more(self, numbers: range, partitions: int = PARTITIONS) -> None:
        sent = [Sent(b"%d" % i, key=b"k%d" % i, partition=i % partitions) for i in numbers]
        await produce(self.bootstrap, self.raw, sent)

    def worker(self, name: str = "a", **env: Any) -> WorkerProcess:
        return copy_worker({**self.env, **{k: str(v) for k, v in env.items()}}, name)

    async def copied(self, count: int) -> list[Received]:
        return await read_at_least(self.bootstrap, self.out, count)

    async def caught_up(self, records: int) -> None:
        async def done() -> bool:
            return sum((await committed(self.bootstrap, self.group, self.raw)).values()) >= records

        await eventually(done)


@pytest.fixture
def bench(kafka: EmbeddedKafka, topic_prefix: str) -> Bench:
    return Bench(kafka, topic_prefix)


def missing(received: list[Received], count: int) -> set[int]:
    return set(range(count)) - {int(record.value or b"-1") for record in received}


def repeated(received: list[Received]) -> int:
    numbered = [record.value for record in received if record.value != EXTRA]
    return sum(n - 1 for n in Counter(numbered).values())


async def test_a_fault_in_the_loop_ends_the_process_and_commits_nothing_of_the_batch(bench: Bench) -> None:
    await bench.prepare(100, partitions=1)
    with ending(bench.worker(RAISE_AT=50, BATCH=20)) as (worker,):
        assert worker.wait() == ExitCode.STAGE_FAILED
    assert (await committed(bench.bootstrap, bench.group, bench.raw)).get(0, 0) <= 50
    with ending(bench.worker()):
        await bench.caught_up(100)
        received = await read_all(bench.bootstrap, bench.out)
    assert missing(received, 100) == set()


async def test_without_the_guard_a_fault_leaves_a_worker_that_lives_and_skips_its_batch(bench: Bench) -> None:
    await bench.prepare(60, partitions=1)
    with ending(bench.worker(RAISE_AT=50, BATCH=20, WITHOUT="crash")) as (worker,):
        await bench.copied(31)  # the batch that holds record 50 starts at 31 or later
        await produce(bench.bootstrap, bench.raw, [b"%d" % i for i in range(60, 100)])
        await asyncio.sleep(4.0)
        assert worker.alive
        assert missing(await read_all(bench.bootstrap, bench.out), 100) >= set(range(50, 60))


async def test_a_refused_delivery_ends_the_process_unacknowledged(bench: Bench) -> None:
    await bench.prepare(60, partitions=1)
    with ending(bench.worker(TOO_LARGE_AT=30, BATCH=10)) as (worker,):
        assert worker.wait() == ExitCode.STAGE_FAILED
        assert "MessageSizeTooLarge" in worker.output
    assert (await committed(bench.bootstrap, bench.group, bench.raw)).get(0, 0) <= 30


@pytest.mark.parametrize(("without", "few"), [("", True), ("commit_first", False)])
async def test_offsets_are_committed_before_partitions_are_given_away(
    bench: Bench, without: str, few: bool
) -> None:
    await bench.prepare(400)
    env: dict[str, Any] = {
        "COPYDESK_KAFKA__COMMIT_INTERVAL_SECONDS": 60,
        "WITHOUT": without,
        "BATCH": 10,
    }
    with ending(bench.worker("a", **env)) as crew:
        await bench.copied(400)
        await asyncio.sleep(0.5)  # the last batch is acknowledged; no commit is due for a minute
        crew.append(bench.worker("b", **env))

        async def both_are_members() -> bool:
            return await _members(bench) == 2

        # No record may arrive meanwhile: the acks of those in flight would commit what is looked for.
        await eventually(both_are_members)
        await asyncio.sleep(3.0)
        extra = [Sent(EXTRA, key=b"x", partition=i) for i in range(PARTITIONS)]
        await produce(bench.bootstrap, bench.raw, extra)

        async def all_are_copied() -> bool:
            received = await read_all(bench.bootstrap, bench.out)
            return sum(r.value == EXTRA for r in received) >= PARTITIONS

        await eventually(all_are_copied)  # so whatever stands before them was read again by now
        again = repeated(await read_all(bench.bootstrap, bench.out))
    assert (again <= 10 * PARTITIONS) is few, f"{again} of 400 records were copied twice"


@pytest.mark.parametrize(("without", "whole"), [("", True), ("seek_back", False)])
async def test_records_fetched_in_vain_are_fetched_again_though_nothing_is_committed_yet(
    bench: Bench, without: str, whole: bool
) -> None:
    await bench.prepare(40)
    with ending(bench.worker(IN_VAIN=1, WITHOUT=without)) as (worker,):

        async def thrown_away() -> bool:
            return THROWN_AWAY in worker.output

        await eventually(thrown_away)
        await bench.prepare_more(range(40, 60))
        received = await bench.copied(60 if whole else 20)
    lost = missing(received, 60)
    assert lost == set() if whole else lost and lost <= set(range(40))


async def test_a_stop_signal_loses_nothing_in_flight(bench: Bench) -> None:
    await bench.prepare(300)
    with ending(bench.worker(SLOW_SECONDS=0.5, BATCH=10)) as (worker,):
        await bench.copied(20)
        assert worker.stop() == 0
    with ending(bench.worker()):
        await bench.caught_up(300)
        received = await read_all(bench.bootstrap, bench.out)
    assert missing(received, 300) == set()


async def test_a_stop_that_hangs_is_ended_without_acknowledging(bench: Bench) -> None:
    await bench.prepare(10, partitions=1)
    env: dict[str, Any] = {"COPYDESK_KAFKA__SHUTDOWN_SECONDS_MAX": 2, "SLOW_SECONDS": 60}
    with ending(bench.worker(**env)) as (worker,):

        async def reading() -> bool:
            return "assigned" in worker.output.lower() or bool(await _members(bench))

        await eventually(reading)
        await asyncio.sleep(2.0)
        worker.send(signal.SIGTERM)
        assert worker.wait(20) == ExitCode.STAGE_FAILED
    assert not any((await committed(bench.bootstrap, bench.group, bench.raw)).values())


async def _members(bench: Bench) -> int:
    from tests.kit_kafka import admin_client

    async with admin_client(bench.bootstrap) as admin:
        (response,) = await admin.describe_consumer_groups([bench.group])
        return len(response.groups[0][5])


async def test_a_killed_worker_loses_nothing_and_its_partitions_move_on(bench: Bench) -> None:
    await bench.prepare(600)
    with ending(bench.worker("a", SLOW_SECONDS=0.1, BATCH=10)) as crew:
        await bench.copied(50)
        crew.append(bench.worker("b", BATCH=10))
        await asyncio.sleep(2.0)
        crew[0].kill()
        await bench.caught_up(600)
        received = await read_all(bench.bootstrap, bench.out)
    assert missing(received, 600) == set()


async def test_a_worker_stopped_past_its_session_is_fenced_and_goes_on(bench: Bench) -> None:
    await bench.prepare(600)
    with ending(bench.worker("a", SLOW_SECONDS=0.1, BATCH=10)) as crew:
        await bench.copied(50)
        crew[0].send(signal.SIGSTOP)
        crew.append(bench.worker("b", BATCH=10))
        await bench.caught_up(600)
        crew[0].send(signal.SIGCONT)
        await asyncio.sleep(3.0)
        assert crew[0].alive
        received = await read_all(bench.bootstrap, bench.out)
    assert missing(received, 600) == set()


async def test_a_broker_restart_is_survived_without_loss_or_repetition(
    own_kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    bench = Bench(own_kafka, topic_prefix)
    await bench.prepare(2_000)
    with ending(bench.worker(SLOW_SECONDS=0.1, BATCH=20)) as (worker,):
        await bench.copied(100)
        await asyncio.to_thread(own_kafka.kill)
        await asyncio.sleep(2.0)
        await asyncio.to_thread(own_kafka.start)
        await bench.caught_up(2_000)
        assert worker.alive
        received = await read_all(bench.bootstrap, bench.out)
    assert missing(received, 2_000) == set()
    assert repeated(received) == 0


def listening_ports(pid: int) -> set[int]:
    """TCP ports a process listens on (Linux)."""
    sockets = {
        target.removeprefix("socket:[").removesuffix("]")
        for fd in Path(f"/proc/{pid}/fd").iterdir()
        if (target := _link(fd)).startswith("socket:[")
    }
    ports = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return ports


def _link(fd: Path) -> str:
    try:
        return str(fd.readlink())
    except OSError:
        return ""


async def test_nothing_listens_that_was_not_asked_for(bench: Bench) -> None:
    await bench.prepare(10)
    with ending(bench.worker()) as (worker,):
        await bench.copied(10)
        assert listening_ports(worker.pid) == set()


async def test_the_root_logger_is_left_alone(bench: Bench) -> None:
    """Faust's spinner would set it to DEBUG: half as much CPU again for every event."""
    await bench.prepare(10)
    with ending(bench.worker()) as (worker,):
        await bench.copied(10)
        worker.stop()
        assert "DEBUG" not in worker.output


async def test_a_missing_topic_is_named_and_is_no_case_for_a_restart(bench: Bench) -> None:
    await create_topics(bench.bootstrap, {bench.raw: 1})
    with ending(bench.worker()) as (worker,):
        assert worker.wait() == 78
        assert f"topic {bench.out} does not exist" in worker.output


async def test_null_keys_and_null_values_arrive(bench: Bench) -> None:
    await bench.prepare(0)
    await produce(bench.bootstrap, bench.raw, [Sent(None, key=b"k"), Sent(b"v", key=None)])
    with ending(bench.worker()):
        received = await bench.copied(2)
    assert {(r.key, r.value) for r in received} == {(b"k", b""), (None, b"v")}


async def test_output_bytes_end_where_their_key_belongs(bench: Bench) -> None:
    """The same partition that any other client's default partitioner would choose."""
    await bench.prepare(40)
    with ending(bench.worker()):
        ours = {r.key: r.partition for r in await bench.copied(40)}
    other = f"{bench.out}.other"
    await create_topics(bench.bootstrap, {other: PARTITIONS})
    await produce(bench.bootstrap, other, [Sent(b"v", key=key) for key in ours])
    assert {r.key: r.partition for r in await read_all(bench.bootstrap, other)} == ours
    assert sum((await end_offsets(bench.bootstrap, other)).values()) == 40


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
async def test_a_worker_reads_and_writes_over_tls_with_a_password(
    secure_kafka: EmbeddedKafka, topic_prefix: str, mechanism: str
) -> None:
    bench = Bench(secure_kafka, topic_prefix)
    await bench.prepare(20)
    secured = {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": secure_kafka.sasl_bootstrap_servers,
        "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "COPYDESK_KAFKA__SASL_MECHANISM": mechanism,
        "COPYDESK_KAFKA__SASL_USERNAME": "desk",
        "COPYDESK_KAFKA__SASL_PASSWORD": "a-good-password",
        "COPYDESK_KAFKA__SSL_CA_FILE": str(secure_kafka.ca_file),
    }
    with ending(bench.worker(**secured)) as (worker,):
        assert missing(await bench.copied(20), 20) == set()
        assert worker.stop() == 0
        assert "a-good-password" not in worker.output


async def test_a_topic_the_leader_did_not_see_at_first_is_read_soon_after(bench: Bench) -> None:
    """A broker names its topics a moment after it comes back; by Faust's default nobody would look for five minutes."""
    await create_topics(bench.bootstrap, {bench.out: PARTITIONS})
    with ending(bench.worker()) as (worker,):
        await eventually(lambda: _is_member(bench))
        await asyncio.sleep(2.0)
        await bench.prepare_raw(20)
        received = await read_at_least(bench.bootstrap, bench.out, 20, seconds_max=60.0)
        assert worker.alive
    assert missing(received, 20) == set()


async def _is_member(bench: Bench) -> bool:
    return await _members(bench) == 1
