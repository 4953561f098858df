"""The programs of examples/ run against a broker as they stand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service import contracts
from service.topics import ARTICLES_RAW
from tests.commands.kit import make_topics
from tests.kit_kafka import Sent, produce, read_all

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
WIRE = ROOT / "service" / "samples" / "wire.jsonl"
CLAIM = json.loads((ROOT / "service/contracts/examples/claim.json").read_text("utf-8"))


def run_example(name: str, argument: Path, kafka: EmbeddedKafka | None = None, prefix: str = "") -> str:
    where = {"KAFKA": kafka.bootstrap_servers, "TOPIC_PREFIX": prefix} if kafka else {}
    ran = subprocess.run(
        [sys.executable, EXAMPLES / name, argument],
        capture_output=True,
        text=True,
        env={**os.environ, **where, "QUIET_MS": "3000"},
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def claim(event: str, speaker: str, number: int) -> Sent:
    headers = {**CLAIM["headers"], "ce_id": event}
    value = {**CLAIM["value"], "speaker": {**CLAIM["value"]["speaker"], "name": speaker}, "confidence": 0.9}
    value["article_id"] = f"article-{number}"
    return Sent(
        json.dumps(value).encode(),
        key=value["article_id"].encode(),
        headers=tuple((name, text.encode()) for name, text in headers.items()),
    )


def test_every_example_is_tested_and_described() -> None:
    here = {path.name for path in EXAMPLES.glob("*.py")}
    described = (EXAMPLES / "README.md").read_text("utf-8")
    tests = (Path(__file__), *Path(__file__).with_name("examples").glob("*.py"))
    source = "".join(file.read_text("utf-8") for file in tests)
    assert here
    for name in here:
        assert f"({name})" in described
        assert name in source


@pytest.mark.parametrize("name", ["feed_aiokafka.py", "feed_confluent.py"])
async def test_feeders_send_every_article_under_its_id(
    name: str, kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    assert run_example(name, WIRE, kafka, topic_prefix) == "delivered 38\n"
    records = await read_all(kafka.bootstrap_servers, f"{topic_prefix}articles.raw")
    assert sorted(record.value or b"" for record in records) == sorted(WIRE.read_bytes().splitlines())
    for record in records:
        assert contracts.problems(ARTICLES_RAW, record.headers, record.value) == []
        expected = json.loads(record.value or b"").get("id")
        assert record.key == (expected.encode() if expected else None)


async def test_claims_come_into_the_table_once_and_can_be_looked_at(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    await make_topics(kafka, topic_prefix)
    table = tmp_path / "claims.sqlite"
    first, second = claim("a" * 32, "Ana Roth", 1), claim("b" * 32, "Ana Roth", 2)
    await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [first, second, first])
    assert run_example("claims_to_sqlite.py", table, kafka, topic_prefix) == "claims 2\n"
    await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [second, claim("c" * 32, "Oren Pike", 3)])
    assert run_example("claims_to_sqlite.py", table, kafka, topic_prefix) == "claims 3\n"
    looked = run_example("claims_with_pandas.py", table).splitlines()
    assert [line.split() for line in looked if "Roth" in line or "Pike" in line] == [
        ["Ana", "Roth", "2", "2"],
        ["Oren", "Pike", "1", "1"],
    ]
