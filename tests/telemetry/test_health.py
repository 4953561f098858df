"""Live and ready, asked over real HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.observations import (
    BatchDone,
    LagMeasured,
    LagUnknown,
    LoopTurned,
    Observation,
    PartitionLag,
    PartitionsAssigned,
    PartitionsRevoked,
    RecoveryDone,
    RecoveryStarted,
)
from service.telemetry.health import LOOP_SECONDS_MAX, STALLED_SECONDS, Health, HealthServer, watch_loop
from service.telemetry.metrics import Metrics
from tests.telemetry.kit import Clock, Told, a_free_port, running

ASSIGNED = PartitionsAssigned("dedup", (("articles.sketched", 0),))
REVOKED = PartitionsRevoked("dedup", (("articles.sketched", 0),))
BEHIND = LagMeasured((PartitionLag("articles.sketched", 0, 9, 1.0, 0),))
CAUGHT_UP = LagMeasured((PartitionLag("articles.sketched", 0, 0, 0.0, 9),))
BATCH = BatchDone("dedup", 10, 1_000, 0.1)


class Patient:
    """A `Health` and its clock; the loop turns while time passes."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.health = Health(now=self.clock)

    def hears(self, *observations: Observation) -> None:
        for observation in observations:
            self.health.note(observation)

    def waits(self, seconds: float, *, turning: bool = True) -> None:
        self.clock.seconds += seconds
        if turning:
            self.hears(LoopTurned(0.0))


@pytest.fixture
def patient() -> Patient:
    return Patient()


def test_a_worker_that_just_started_is_live_and_not_ready(patient: Patient) -> None:
    assert patient.health.live().ok
    assert not patient.health.ready().ok
    assert "not assigned" in patient.health.ready().reason


def test_a_loop_that_does_not_turn_is_not_live(patient: Patient) -> None:
    patient.waits(LOOP_SECONDS_MAX + 1, turning=False)
    assert not patient.health.live().ok
    patient.hears(LoopTurned(31.0))
    assert patient.health.live().ok


def test_a_consumer_that_leaves_records_waiting_is_not_live(patient: Patient) -> None:
    patient.hears(ASSIGNED, BEHIND)
    patient.waits(STALLED_SECONDS - 1)
    patient.hears(BEHIND)
    assert patient.health.live().ok
    patient.waits(2)
    assert not patient.health.live().ok
    assert "no batch was done" in patient.health.live().reason


def test_a_worker_far_behind_that_works_is_live(patient: Patient) -> None:
    patient.hears(ASSIGNED)
    for _ in range(5):
        patient.hears(BEHIND, BATCH)
        patient.waits(STALLED_SECONDS - 1)
    assert patient.health.live().ok


def test_nothing_to_do_for_hours_is_live(patient: Patient) -> None:
    patient.hears(ASSIGNED, BEHIND, BATCH, CAUGHT_UP)
    patient.waits(50_000)
    assert patient.health.live().ok
    patient.hears(BEHIND)  # the first article of the morning: its time starts now
    assert patient.health.live().ok


def test_a_broker_outage_does_not_fail_liveness(patient: Patient) -> None:
    patient.hears(ASSIGNED, BATCH, BEHIND)
    for _ in range(10):
        patient.hears(LagUnknown("no brokers available"))
        patient.waits(STALLED_SECONDS)
    assert patient.health.live().ok
    assert patient.health.ready().ok
    patient.hears(BEHIND)  # it is back, and the backlog is found: now there is time to work on it
    assert patient.health.live().ok
    patient.waits(STALLED_SECONDS + 1)
    assert not patient.health.live().ok


def test_a_long_recovery_is_live_and_not_ready(patient: Patient) -> None:
    patient.hears(ASSIGNED, RecoveryStarted("default", 100_000), BEHIND)
    patient.waits(STALLED_SECONDS * 3)
    assert patient.health.live().ok
    assert patient.health.ready().reason == "rebuilding the index of default"
    assert not patient.health.ready().ok
    patient.hears(RecoveryDone("default", 100_000, 9, 900.0))
    assert patient.health.ready().ok
    assert patient.health.live().ok


def test_assigned_is_ready_and_revoked_is_not(patient: Patient) -> None:
    patient.hears(ASSIGNED)
    assert patient.health.ready().ok
    patient.hears(REVOKED)
    assert not patient.health.ready().ok


def test_a_standby_without_partitions_is_ready(patient: Patient) -> None:
    patient.hears(PartitionsAssigned("dedup", ()))
    assert patient.health.ready().ok


def test_a_backlog_is_not_ours_once_it_is_revoked(patient: Patient) -> None:
    patient.hears(ASSIGNED, BEHIND, REVOKED)
    patient.waits(STALLED_SECONDS + 1)
    assert patient.health.live().ok


@pytest.fixture
async def served(patient: Patient) -> AsyncIterator[str]:
    port = a_free_port()
    server = HealthServer(patient.health, Metrics("dedup").registry, host="127.0.0.1", port=port)
    await server.start()
    yield f"http://127.0.0.1:{port}"
    await server.stop()


async def test_probes_are_answered_with_a_status_and_a_reason(served: str, patient: Patient) -> None:
    async with aiohttp.ClientSession(served) as client:
        async with client.get("/readyz") as answer:
            assert answer.status == 503
            assert (await answer.json())["ok"] is False
        patient.hears(ASSIGNED)
        async with client.get("/readyz") as answer:
            assert answer.status == 200
        async with client.get("/healthz") as answer:
            assert answer.status == 200
        patient.waits(LOOP_SECONDS_MAX + 1, turning=False)
        async with client.get("/healthz") as answer:
            assert answer.status == 503
            assert "event loop" in (await answer.json())["reason"]


async def test_metrics_are_served_as_prometheus_reads_them(served: str) -> None:
    async with aiohttp.ClientSession(served) as client, client.get("/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        names = {family.name for family in text_string_to_metric_families(await answer.text())}
    assert {"copydesk_records_processed", "process_resident_memory_bytes"} <= names


async def test_nothing_else_is_served(served: str) -> None:
    async with aiohttp.ClientSession(served) as client:
        for path in ("/", "/table/", "/router/", "/stats"):
            async with client.get(path) as answer:
                assert answer.status == 404, path


async def test_a_stopped_server_answers_no_more(patient: Patient) -> None:
    port = a_free_port()
    server = HealthServer(patient.health, Metrics("dedup").registry, host="127.0.0.1", port=port)
    await server.start()
    await server.stop()
    with pytest.raises(OSError, match=str(port)):
        await asyncio.open_connection("127.0.0.1", port)


async def test_the_loop_tells_how_late_it_comes_round() -> None:
    told = Told()
    async with running(watch_loop(told.tell, every_seconds=0.001)):
        observations = await told.next(3)
    assert all(
        isinstance(observation, LoopTurned) and observation.lag_seconds >= 0.0 for observation in observations
    )


async def test_a_loop_that_is_held_up_says_so() -> None:
    told = Told()
    async with running(watch_loop(told.tell, every_seconds=0.001)):
        await told.next()
        time.sleep(0.1)  # noqa: ASYNC251 - the trouble itself: work that does not let the loop turn
        [observation] = await told.next()
    assert isinstance(observation, LoopTurned)
    assert observation.lag_seconds > 0.05
