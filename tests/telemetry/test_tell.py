"""All of a worker's telemetry together, as the worker uses it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterable

import aiohttp
from prometheus_client import generate_latest

from service.observations import ArticlesRead, PartitionsAssigned, RecordSetAside
from service.records import Reason
from service.settings import IntakeSettings, KafkaSettings, Settings, TelemetrySettings
from service.telemetry.lag import Reading
from service.telemetry.tell import Telemetry, telemetry
from tests.telemetry.kit import Scrape, a_free_port
from tests.telemetry.test_logs import _logging_as_it_was

__all__ = ["_logging_as_it_was"]  # the fixture: configuring logging is undone after each test


def test_one_fact_reaches_metrics_and_log() -> None:
    log = io.StringIO()
    it = telemetry(Settings(telemetry=TelemetrySettings(log_format="json")), "intake", log_to=log)
    it.tell(RecordSetAside("intake", Reason.NO_TEXT, "", "articles.raw", 0, 3))
    it.tell(ArticlesRead([100]))
    scraped = Scrape(it.metrics.registry)
    assert scraped.value("dead_letters_total", reason="no_text") == 1
    assert scraped.value("log_messages_total", level="warning") == 1
    assert [json.loads(line)["event"] for line in log.getvalue().splitlines()] == ["record_set_aside"]


def test_collections_and_the_prefix_of_topics_come_from_the_settings() -> None:
    settings = Settings(
        kafka=KafkaSettings(topic_prefix="x."),
        intake=IntakeSettings(collections=("en", "de"), default_collection="en"),
    )
    it = Telemetry(settings, "dedup")
    assert Scrape(it.metrics.registry).value("dedup_index_entries", collection="de") == 0
    it.tell(PartitionsAssigned("dedup", (("x.articles.sketched", 0),)))
    scraped = Scrape(it.metrics.registry)
    assert scraped.value("consumer_assigned_partitions", topic="articles.sketched") == 1


async def test_started_it_serves_health_and_measures_lag_and_stopped_it_does_not() -> None:
    port = a_free_port()
    it = telemetry(Settings(telemetry=TelemetrySettings(port=port)), "intake", log_to=io.StringIO())

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        return [Reading(topic, partition, 0, 9, 4) for topic, partition in places]

    await it.start(probe)
    it.tell(PartitionsAssigned("intake", (("articles.raw", 0),)))
    lag = b'copydesk_consumer_lag_records{partition="0",topic="articles.raw"} 5.0'
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        async with client.get("/readyz") as answer:
            assert answer.status == 200
        for _ in range(1_000):
            async with client.get("/metrics") as answer:
                body = await answer.read()
            if lag in body:
                break
        assert lag in body
    await it.stop()
    async with aiohttp.ClientSession() as client:
        try:
            await client.get(f"http://127.0.0.1:{port}/healthz")
        except aiohttp.ClientConnectionError:
            return
    raise AssertionError("still served after stop")


async def test_without_a_port_nothing_is_served_and_the_loop_is_watched_all_the_same() -> None:
    log = io.StringIO()
    it = telemetry(Settings(), "intake", log_to=log)
    await it.start()
    await it.stop()
    assert [json.loads(line)["event"] for line in log.getvalue().splitlines()] == [
        "worker_started",
        "worker_stopped",
    ]
    assert b"copydesk_event_loop_lag_seconds_count" in generate_latest(it.metrics.registry)


async def test_a_watch_that_fails_is_an_error_in_the_log() -> None:
    log = io.StringIO()
    it = telemetry(Settings(telemetry=TelemetrySettings(log_format="json")), "intake", log_to=log)

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        return [None]  # type: ignore[list-item]

    await it.start(probe)
    it.tell(PartitionsAssigned("intake", (("articles.raw", 0),)))
    for _ in range(5_000):
        if "watch_failed" in log.getvalue():
            break
        await asyncio.sleep(0.001)
    await it.stop()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["task"] for line in lines if line["event"] == "watch_failed"] == ["watch_lag"]


async def test_last_words_are_not_waited_for_where_nobody_can_hear_them() -> None:
    async with asyncio.timeout(5):
        await Telemetry(Settings(), "intake").last_words()
