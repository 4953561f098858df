"""`copydesk demo`: the promised sum, from records, on its last line; nothing left running."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import aiohttp
import pytest
from rich.console import Console

from deploy.kafka.embedded import EmbeddedKafka
from service import contracts
from service.commands.demo.command import demo, demo_settings, problems, through_broker
from service.commands.demo.flow import Flow
from service.commands.demo.on_broker import make_topics, until_ready
from service.commands.demo.workers import Workers
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.stages import STAGES
from service.topics import CLAIMS
from tests.commands.demo.test_tally import dead, enriched
from tests.commands.kit import command
from tests.kit_kafka import eventually

ORIGINAL = {"collection": "default", "id": "cp-0305-dam"}
SUM = "in 43 = enriched 28 + duplicates 10 + dead 5"


def a_flow() -> Flow:
    return Flow(Console(file=io.StringIO(), width=140))


def own_topics(kafka: EmbeddedKafka, prefix: str) -> list[str]:
    return [f"kafka.bootstrap_servers={kafka.bootstrap_servers}", f"kafka.topic_prefix={prefix}"]


def workers_alive(prefix: str) -> list[int]:
    """Processes with this topic prefix on their command line (Linux)."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if (
                folder.name.isdigit()
                and f"kafka.topic_prefix={prefix}".encode() in (folder / "cmdline").read_bytes()
            ):
                found.append(int(folder.name))
        except OSError:  # it ended while we looked
            continue
    return [pid for pid in found if pid != os.getpid()]


def test_demo_without_kafka_ends_with_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    demo(pace_seconds=0)
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == SUM
    for words in (
        "Who duplicates whom",
        "near_duplicate",
        "speaker",
        "Summary",
        "invalid_utf8",
        "Claims in several articles",
    ):
        assert words in printed


def test_demo_as_json_prints_every_record_and_then_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    demo(pace_seconds=0, as_json=True)
    *records, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {name: summary[name] for name in ("in", "enriched", "duplicates", "dead")} == {
        "in": 43,
        "enriched": 28,
        "duplicates": 10,
        "dead": 5,
    }
    assert len([record for record in records if record["topic"] == CLAIMS]) == summary["claims"] > 24
    for record in records:
        headers = [(name, text.encode()) for name, text in record["headers"].items()]
        value = record["value"] if record["topic"] == "articles.dead" else json.dumps(record["value"])
        assert contracts.problems(record["topic"], headers, str(value).encode()) == []


def test_settings_of_the_user_do_not_change_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_DEDUP__ENABLED", "false")
    assert demo_settings([]).dedup.enabled
    assert not demo_settings(["dedup.enabled=false"]).dedup.enabled


def test_a_record_without_an_answer_is_a_problem() -> None:
    flow = a_flow()
    flow.fed((0, 0))
    flow.fed((0, 1))
    flow.came_out(enriched(0))
    assert problems(flow) == [
        "no answer to articles.raw partition 0 offset 1: a record the demo did not feed"
    ]


def test_two_answers_and_our_own_faults_are_problems() -> None:
    flow = a_flow()
    flow.fed((0, 0))
    flow.came_out(enriched(0))
    flow.came_out(dead(0, "bug"))
    assert problems(flow) == ["a record has more than one answer", "our own fault (bug) in -: -"]


async def test_demo_on_a_broker_counts_from_the_topics_and_leaves_no_worker(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    flow = a_flow()
    await through_broker(flow, own_topics(kafka, topic_prefix), tmp_path, 0)
    assert flow.tally.sum_line() == SUM
    assert problems(flow) == []
    assert workers_alive(topic_prefix) == []


async def test_page_of_the_demo_fills_while_the_articles_flow(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    async def hold(address: str) -> None:
        async def all_there() -> bool:
            async with asking.get(f"{address}/line", headers={"Accept": "application/json"}) as answer:
                return bool((await answer.json())["fed"] == 43)

        async with aiohttp.ClientSession() as asking:
            await eventually(all_there)
            wanted = {"Accept": "application/json"}
            async with asking.get(f"{address}/article", params=ORIGINAL, headers=wanted) as answer:
                copy = (await answer.json())["copies"][0]
            compared = {"collection": "default", "first": ORIGINAL["id"], "second": copy["article_id"]}
            async with asking.get(f"{address}/why", params=compared) as answer:
                held.append(await answer.text())

    monkeypatch.setattr("service.commands.demo.page.hold", hold)
    own = [*own_topics(kafka, topic_prefix), "desk.port=0"]
    await through_broker(a_flow(), own, tmp_path, 0, page=True)
    assert "of the second stands in the first" in held[0]
    assert "Its text is not in the store" not in held[0]  # it was read from the broker
    assert workers_alive(topic_prefix) == []


def test_page_of_the_demo_without_kafka_stays_open_until_it_is_interrupted() -> None:
    words = command("demo", "--page", "--pace", "0", "--set", "desk.port=0")
    demo = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert demo.stderr is not None
        line = next(line for line in demo.stderr if "the page is open at" in line)
        address = line.split("open at ")[1].split(" until")[0]
        request = urllib.request.Request(f"{address}/line", headers={"Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["fed"] == 43
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert "Sandoval wins Isla Brava marathon" in answer.read().decode()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0
    finally:
        demo.kill()
        demo.communicate()


async def test_interrupted_demo_stops_its_workers(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    run = asyncio.create_task(through_broker(a_flow(), own_topics(kafka, topic_prefix), tmp_path, 0))

    async def all_started() -> bool:
        return len(workers_alive(topic_prefix)) == len(STAGES)

    await eventually(all_started)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert workers_alive(topic_prefix) == []


async def test_worker_that_ends_ends_the_demo_with_its_last_words(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    settings = demo_settings(own_topics(kafka, topic_prefix))
    await make_topics(settings)
    async with Workers(tmp_path, [*own_topics(kafka, topic_prefix), "intake.nonsense=1"]) as workers:
        with pytest.raises(
            CommandFailed, match=r"(?s)ended with 78; its log ends:.*intake\.nonsense"
        ) as failure:
            await until_ready(workers)
    assert failure.value.code == ExitCode.FAILED
