"""After any order of revisions, redeliveries and withdrawals the tables hold what the newest revision says."""

from __future__ import annotations

import importlib.util
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import Settings
from tests.store import postgres

FILE = Path(__file__).parents[2] / "examples" / "claims_in_sql.py"
spec = importlib.util.spec_from_file_location("claims_in_sql", FILE)
assert spec is not None
assert spec.loader is not None
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)

FIRST = '"The dam will hold," said Nora Balt, an engineer of Ostby. She paid 40 crowns. The river rose by 3 metres.'
SECOND = (
    '"The dam will not hold," said Nora Balt, an engineer of Ostby. She paid 50. The river rose by 4 metres.'
)
OTHER = (
    '"We need new pumps at once," said Emil Harte, the mayor of Tarrow. Repairs cost 700 crowns on Friday.'
)
FEEDS: tuple[tuple[str, dict[str, Any] | None], ...] = (
    ("a", {"body": FIRST}),
    ("a", {"body": SECOND}),
    ("b", {"body": FIRST.replace("dam", "bridge").replace("Balt", "Harte")}),
    ("a", {"body": FIRST}),  # changed back: the claims of revision 1 again
    ("b", {"body": FIRST.replace("dam", "bridge").replace("Balt", "Harte"), "pubstatus": "canceled"}),
    ("c", {"body": SECOND.replace("dam", "wall").replace("Balt", "Venn")}),
    ("c", None),
    ("d", {"body": OTHER}),
)


async def records() -> list[tuple[str, dict[str, Any]]]:
    """Feed the articles; return what is published."""
    pipeline = MemoryPipeline(Settings())
    out: list[tuple[str, dict[str, Any]]] = []
    for offset, (key, fields) in enumerate(FEEDS):
        value = None if fields is None else json.dumps({"id": key, **fields}).encode()
        produced = await pipeline.feed([raw_record(offset, value, key=key.encode())])
        out.extend((record.topic, json.loads(record.value or b"null")) for record in produced)
    return out


def wanted(published: list[tuple[str, dict[str, Any]]]) -> set[tuple[str, int, str]]:
    """Return the claims of the last enriched record of each article."""
    last = {value["article_id"]: value for topic, value in published if topic.endswith("enriched")}
    return {
        (article["article_id"], article["dedup"]["revision"], claim["claim_id"])
        for article in last.values()
        for claim in article["claims"]
    }


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server that runs while these tests do."""
    with postgres.running(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def sink(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    """A sink and its connection, with empty tables."""
    if request.param == "sqlite":
        with closing(sqlite3.connect(":memory:")) as connection:
            yield example.Sink(connection), connection
        return
    with closing(psycopg.connect(request.getfixturevalue("database"))) as connection:
        connection.execute("DROP VIEW IF EXISTS current_claims")
        connection.execute("DROP TABLE IF EXISTS claims, articles")
        connection.commit()
        yield example.Sink(connection, "%s"), connection


async def test_the_tables_hold_what_the_newest_revision_says(sink: tuple[Any, Any]) -> None:
    published = await records()
    expected = wanted(published)
    assert {article for article, _, _ in expected} == {"a", "d"}
    ids = [(value["claim_id"], value["revision"]) for topic, value in published if topic == "claims"]
    assert len(set(ids)) == len(ids)
    writer, connection = sink
    for seed in range(6):
        order = published + published[:: seed + 1]
        random.Random(seed).shuffle(order)
        for topic, value in order:
            writer.write(topic, value)
        cursor = connection.cursor()
        cursor.execute("SELECT article_id, revision, claim_id FROM claims")
        assert set(cursor.fetchall()) == expected
        cursor.execute("SELECT article_id, revision, claim_id FROM current_claims")
        assert set(cursor.fetchall()) == expected
        cursor.execute("DELETE FROM claims")
        cursor.execute("DELETE FROM articles")
        connection.commit()
