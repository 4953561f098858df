"""Records of inner topics and of the logs of segments are deleted, under stages that stand still and that run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import RecordsToDelete
from aiokafka.errors import KafkaError

from service.exit_codes import ExitCode
from service.settings import load_settings
from service.stages import DEDUP, ENRICH, STAGES, THREADS, StageSpec, group_id
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIMS_PREPARED,
)
from tests.broker.house import OUTPUTS, House, stream
from tests.broker.processes import WorkerProcess, ending
from tests.kit_kafka import ask_admin, committed, end_offsets, eventually

READERS = {ARTICLES_SKETCHED: DEDUP, ARTICLES_UNIQUE: ENRICH, CLAIMS_PREPARED: THREADS}
FRESH = {"COPYDESK_KAFKA__GROUP_PREFIX": "fresh-"}
"""A group that begins at the earliest offset, as one does that was reset."""

WITHOUT_PARTITIONS = 3
"""Kafka's code of a topic that is not there."""


async def delete_before(house: House, logical: str, offsets: Mapping[int, int]) -> None:
    """Delete the records of a topic before an offset of each partition."""
    topic = house.topic(logical)
    wanted = {TopicPartition(topic, number): RecordsToDelete(at) for number, at in offsets.items()}
    await ask_admin(house.bootstrap, lambda admin: admin.delete_records(wanted), lambda _: [])


async def make_anew(house: House, logical: str) -> None:
    """Delete a topic and create it again."""
    topic = house.topic(logical)
    await ask_admin(house.bootstrap, lambda admin: admin.delete_topics([topic]), lambda _: [])

    async def gone() -> bool:
        found = await ask_admin(house.bootstrap, lambda admin: admin.describe_topics([topic]), lambda _: [])
        return bool(found[0]["error_code"] == WITHOUT_PARTITIONS)

    await eventually(gone)

    async def made() -> bool:
        with suppress(KafkaError, RuntimeError):
            await house.open()
            return True
        return False

    await eventually(made)


async def done(house: House, spec: StageSpec, **env: str) -> dict[int, int]:
    """Return what a stage has committed of its source."""
    group = group_id(load_settings(env={**house.env, **env}), spec.name)
    return await committed(house.bootstrap, group, house.topic(spec.source))


async def is_through(house: House, spec: StageSpec) -> bool:
    """Tell whether a stage whose group began anew has come to the end of its source."""
    ends = await end_offsets(house.bootstrap, house.topic(spec.source))
    return sum((await done(house, spec, **FRESH)).values()) >= sum(ends.values()) > 0


async def feed_through(house: House, records: range, crew: list[WorkerProcess]) -> None:
    """Feed some records of the stream, and return when no stage has anything left."""
    await house.feed(list(stream(records.stop))[records.start :])
    await house.all_out(records.stop)
    await house.quiet()
    assert all(worker.alive for worker in crew)


async def forms(house: House) -> dict[tuple[str, str | None], int]:
    """Count in how many forms each record of an output was published."""
    found = defaultdict(set)
    for logical in OUTPUTS:
        for record in await house.read(logical):
            found[logical, record.header("ce_id")].add((record.key, record.value, record.headers))
    return {place: len(each) for place, each in found.items()}


async def test_records_that_were_read_may_go_and_those_that_were_not_are_missed(house: House) -> None:
    crew = {stage: house.worker(stage) for stage in STAGES}
    with ending(*crew.values()) as everyone:
        await feed_through(house, range(60), everyone)
        for logical, spec in READERS.items():
            await delete_before(house, logical, await done(house, spec))
        await feed_through(house, range(60, 80), everyone)
        assert not any("unread" in worker.output for worker in everyone)
        for number, (logical, spec) in enumerate(reversed(READERS.items())):
            assert crew.pop(spec.name).stop() == 0
            before = sum((await end_offsets(house.bootstrap, house.topic(logical))).values())
            await house.feed(list(stream(120 + 20 * number))[100 + 20 * number :])
            await eventually(partial(_has_grown, house, logical, before))
        unread = {}
        for logical, spec in READERS.items():
            read, ends = await done(house, spec), await end_offsets(house.bootstrap, house.topic(logical))
            unread[logical] = {number: end for number, end in ends.items() if end > read.get(number, 0)}
            await delete_before(house, logical, unread[logical])
        again = {logical: house.worker(spec.name) for logical, spec in READERS.items()}
        everyone += again.values()
        await house.feed(list(stream(200))[160:])
        await house.quiet()
        for logical, worker in again.items():
            assert worker.alive
            for number in unread[logical]:
                told = [line for line in worker.output.splitlines() if "records_deleted_unread" in line]
                assert len([line for line in told if f"{logical}/{number}@" in line]) == 1
        assert [one.header("copydesk.dlq.reason") for one in await house.read(ARTICLES_DEAD)].count(None) == 0


async def _has_grown(house: House, logical: str, before: int) -> bool:
    return sum((await end_offsets(house.bootstrap, house.topic(logical))).values()) > before


@pytest.mark.parametrize(("spec", "deed"), [(DEDUP, "made anew"), (THREADS, "emptied")])
async def test_a_log_of_segments_that_is_gone_stops_its_stage_until_all_is_decided_again(
    house: House, spec: StageSpec, deed: str
) -> None:
    assert spec.segment_log is not None
    crew = {stage: house.worker(stage) for stage in STAGES}
    with ending(*crew.values()) as everyone:
        await feed_through(house, range(60), everyone)
        before = await forms(house)
        assert crew[spec.name].stop() == 0
        if deed == "emptied":
            ends = await end_offsets(house.bootstrap, house.topic(spec.segment_log))
            await delete_before(house, spec.segment_log, ends)
        else:
            await make_anew(house, spec.segment_log)
        await house.feed(list(stream(80))[60:])
        everyone.append(house.worker(spec.name))
        assert everyone[-1].wait() == ExitCode.STAGE_FAILED
        assert "was emptied, cut or made anew" in everyone[-1].output
        everyone.append(house.worker(spec.name, **FRESH))
        await house.all_out(80)
        await eventually(partial(is_through, house, spec))
        after = await forms(house)
    assert set(after.values()) == {1}
    assert before.keys() < after.keys()


async def test_logs_of_segments_that_are_made_anew_under_their_stages_are_missed(house: House) -> None:
    crew = {stage: house.worker(stage) for stage in STAGES}
    with ending(*crew.values()) as everyone:
        await feed_through(house, range(60), everyone)
        for spec in (DEDUP, THREADS):
            assert spec.segment_log is not None
            await make_anew(house, spec.segment_log)
        await house.feed(list(stream(80))[60:])
        for spec in (DEDUP, THREADS):
            assert crew[spec.name].wait() == ExitCode.STAGE_FAILED
            everyone.append(house.worker(spec.name))
        await house.all_out(80)
        await house.feed(list(stream(100))[80:])
        await house.all_out(100)
        await house.quiet()
        for worker in everyone[-2:]:
            assert worker.alive
            assert "segments_cut" in worker.output
        assert set((await forms(house)).values()) == {1}
