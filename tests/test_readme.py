"""What the README shows is so: its records keep their contracts, its examples run, what it names is there."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service import contracts
from service.cli import VERBS
from service.commands.demo.command import demo_settings
from service.commands.topic_admin import admin, create_topics
from service.contracts.layout import layout_in_words
from service.contracts.topic_specs import topic_specs
from service.exit_codes import ExitCode
from service.records import Claim, Enriched
from service.settings import Settings, field_types
from service.topics import ARTICLES_DEAD, ARTICLES_RAW, CLAIMS
from tests.kit_kafka import Sent, produce, read_all

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
FENCED = re.compile(r"^```(\w+) ([\w.]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {(language, name): text for language, name, text in FENCED.findall(README)}
RECORDS = {name: json.loads(text) for (language, name), text in BLOCKS.items() if language == "json"}
PUBLIC = [spec.name for spec in topic_specs(Settings()) if spec.direction != "internal"]


def adapted(text: str, kafka: EmbeddedKafka, prefix: str) -> str:
    """An example as a reader with other brokers and topics would write it."""
    text = text.replace("127.0.0.1:9092", kafka.bootstrap_servers)
    return text.replace("articles.raw", f"{prefix}articles.raw").replace('"claims"', f'"{prefix}claims"').replace(
        "-t claims", f"-t {prefix}claims"
    )  # fmt: skip


@pytest.fixture
async def topics(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    settings = demo_settings(
        [f"kafka.bootstrap_servers={kafka.bootstrap_servers}", f"kafka.topic_prefix={topic_prefix}"]
    )
    async with admin(settings) as client:
        await create_topics(client, settings)


def test_every_public_topic_is_shown_with_a_record() -> None:
    assert sorted(RECORDS) == sorted(PUBLIC)


@pytest.mark.parametrize("topic", PUBLIC)
def test_record_shown_keeps_its_contract(topic: str) -> None:
    record = RECORDS[topic]
    headers = [(name, text.encode()) for name, text in record["headers"].items()]
    value = record["value"] if topic == ARTICLES_DEAD else json.dumps(record["value"])
    assert contracts.problems(topic, headers, value.encode()) == []


def test_records_shown_belong_together() -> None:
    article = msgspec.convert(RECORDS["articles.enriched"]["value"], Enriched)
    claim = msgspec.convert(RECORDS[CLAIMS]["value"], Claim)
    assert claim in article.claims
    assert article.text[claim.start : claim.end] == claim.text
    assert RECORDS["articles.duplicates"]["value"]["duplicate_of"] == article.article_id
    assert RECORDS[ARTICLES_RAW]["key"] == article.article_id


@pytest.mark.parametrize("spec", topic_specs(Settings()), ids=lambda spec: str(spec.name))
def test_table_of_topics_says_what_is_made(spec: object) -> None:
    from service.contracts.topic_specs import TopicSpec

    assert isinstance(spec, TopicSpec)
    (row,) = re.findall(rf"^\| `{re.escape(spec.name)}`.*$", README, re.MULTILINE)
    _, _, partitions, kept, size, *_ = (cell.strip() for cell in row.strip("|").split("|"))
    words = "1 partition" if partitions == "1" else f"{partitions} partitions"
    assert layout_in_words(spec) == f"{words}, kept {kept}, records up to {size}"


def test_exit_codes_are_all_there() -> None:
    table = README[README.index("| exit status") :]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == [
        int(code) for code in ExitCode
    ]


def test_verbs_settings_and_files_named_exist() -> None:
    assert set(re.findall(r"`copydesk (\w+)", README)) <= set(VERBS)
    sections = "|".join({key.partition(".")[0] for key in field_types()})
    named = set(re.findall(rf"`((?:{sections})\.\w+)", README))
    assert len(named) > 10
    assert named - field_types().keys() <= {
        "dedup.new",
        "dedup.segments",
        "dedup.status",
        "dedup.related",
        "dedup.revision",
        "threads.segments",
    }
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make (demo|test|run|setup)\b", README)) <= targets


async def test_example_that_feeds_feeds(kafka: EmbeddedKafka, topic_prefix: str, topics: None) -> None:
    program = adapted(BLOCKS["python", "feed"], kafka, topic_prefix)
    assert len(program.strip().splitlines()) <= 12
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        "-c",
        program,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    assert printed.startswith(b"stands at ")
    (record,) = await read_all(kafka.bootstrap_servers, f"{topic_prefix}articles.raw")
    assert record.key == b"mill-2"
    assert contracts.problems(ARTICLES_RAW, record.headers, record.value) == []


async def test_example_that_reads_shows_a_redelivered_claim_once(
    kafka: EmbeddedKafka, topic_prefix: str, topics: None
) -> None:
    shown = RECORDS[CLAIMS]
    first = Sent(
        json.dumps(shown["value"]).encode(),
        key=b"k",
        headers=tuple((name, text.encode()) for name, text in shown["headers"].items()),
    )
    other_headers = tuple((n, b"f" * 32 if n == "ce_id" else v) for n, v in first.headers)
    other = Sent(json.dumps(shown["value"] | {"speaker": None, "text": "last"}).encode(), b"k", other_headers)
    await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [first, first, other])
    program = adapted(BLOCKS["python", "read"], kafka, topic_prefix).replace(
        "my-reader", f"{topic_prefix}my-reader"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        lines = [(await process.stdout.readline()).decode().strip() for _ in range(2)]
    finally:
        process.kill()
        await process.wait()
    assert lines == [f"{shown['value']['speaker']['text']} | {shown['value']['text']}", "None | last"]


@pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed")
async def test_examples_with_kcat_feed_and_read(
    kafka: EmbeddedKafka, topic_prefix: str, topics: None
) -> None:
    await run_shell(adapted(BLOCKS["sh", "feed"], kafka, topic_prefix))
    (record,) = await read_all(kafka.bootstrap_servers, f"{topic_prefix}articles.raw")
    assert record.key == b"mill-1"
    assert contracts.problems(ARTICLES_RAW, record.headers, record.value) == []
    await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [Sent(b"{}", key=b"mill-1")])
    assert await run_shell(adapted(BLOCKS["sh", "read"], kafka, topic_prefix)) == "mill-1  {}\n"


async def run_shell(command: str) -> str:
    process = await asyncio.create_subprocess_shell(
        command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    printed, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    return printed.decode()
