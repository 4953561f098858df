"""After any order of revisions, redeliveries and withdrawals the tables hold what the newest revision says."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import Settings

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
FEEDS: tuple[tuple[str, dict[str, Any] | None], ...] = (
    ("a", {"body": FIRST}),
    ("a", {"body": SECOND}),
    ("b", {"body": FIRST.replace("dam", "bridge").replace("Balt", "Harte")}),
    ("a", {"body": FIRST}),  # changed back: the claims of revision 1 again
    ("b", {"body": FIRST.replace("dam", "bridge").replace("Balt", "Harte"), "pubstatus": "canceled"}),
    ("c", {"body": SECOND.replace("dam", "wall").replace("Balt", "Venn")}),
    ("c", None),
    ("d", {"body": SECOND.replace("dam", "quay").replace("river", "tide").replace("Ostby", "Tarrow")}),
)


async def records() -> list[tuple[str, dict[str, Any]]]:
    """Feed the articles and return what is published."""
    pipeline = MemoryPipeline(Settings())
    out: list[tuple[str, dict[str, Any]]] = []
    for offset, (key, fields) in enumerate(FEEDS):
        value = None if fields is None else json.dumps({"id": key, **fields}).encode()
        letters = await pipeline.feed([raw_record(offset, value, key=key.encode())])
        out.extend((letter.topic, json.loads(letter.value or b"null")) for letter in letters)
    return out


def wanted(published: list[tuple[str, dict[str, Any]]]) -> set[tuple[str, int, str]]:
    """The claims of the last enriched record of each article."""
    last = {value["article_id"]: value for topic, value in published if topic.endswith("enriched")}
    return {
        (article["article_id"], article["dedup"]["revision"], claim["claim_id"])
        for article in last.values()
        for claim in article["claims"]
    }


def program(name: str) -> str | None:
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a PostgreSQL server that runs while these tests do."""
    pytest.importorskip("psycopg")
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL is not installed")
    folder = tmp_path_factory.mktemp("postgres")
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    if user is not None:
        shutil.chown(folder, user)
    data = str(folder / "data")
    subprocess.run(
        [initdb, "-D", data, "-U", "copydesk", "-A", "trust"], check=True, user=user, capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    running = subprocess.Popen([server, "-D", data, *options], user=user, stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        running.terminate()
        running.wait(30)


@pytest.fixture(params=["sqlite", "postgresql"])
def sink(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    """A sink and its connection, with empty tables."""
    if request.param == "sqlite":
        connection: Any = sqlite3.connect(":memory:")
        yield example.Sink(connection), connection
        connection.close()
        return
    port = request.getfixturevalue("postgres")
    psycopg = importlib.import_module("psycopg")
    for _ in range(150):
        try:
            connection = psycopg.connect(f"host=127.0.0.1 port={port} user=copydesk dbname=postgres")
            break
        except psycopg.OperationalError:
            time.sleep(0.2)
    connection.execute("DROP VIEW IF EXISTS current_claims")
    connection.execute("DROP TABLE IF EXISTS claims, articles")
    yield example.Sink(connection, "%s"), connection
    connection.close()


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
