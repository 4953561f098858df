"""Whatever is killed while the store is written, its rows are those of the records before its positions."""

from __future__ import annotations

import random
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from service.store.database import open_store
from service.store.rows import OutputRecord
from service.store.schema import METADATA
from service.store.writer import StoreWriter
from tests.store.kit import dump, outputs
from tests.store.pier import PIER, RECALLED
from tests.store.postgres import Server

CRASHES = 4


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="copydesk-postgres-") as folder:
        made = Server(Path(folder) / "server")
        made.start()
        yield made
        made.stop()


def articles(count: int) -> list[dict[str, str]]:
    """Invent articles, some of them revised."""
    return [
        {
            "id": f"tram-{number * 7 % (count * 3 // 4)}",
            "source": "Quay Courier",
            "body": f"Line {number} of the tram cost ${number + 2} million, Ada Moorcroft said. "
            f'"We counted {number} delays," she told the council.',
        }
        for number in range(count)
    ]


def written_until_it_breaks(url: str, records: list[OutputRecord], begun: threading.Event) -> None:
    """Write one record after the other from where the store is, until all are written or the server is gone."""
    engine = open_store(url)
    writer = StoreWriter(engine)
    try:
        known = writer.positions()
        for record in records:
            if record.offset >= known.get((record.topic, record.partition), 0):
                known = writer.write([record], known)
                begun.set()
    except SQLAlchemyError:
        pass
    finally:
        begun.set()
        engine.dispose()


def test_a_database_server_that_is_killed_forgets_rows_and_positions_together(server: Server) -> None:
    records = outputs(*articles(60), b"{", *PIER, RECALLED)
    open_store(server.url).dispose()
    draw = random.Random(5)
    for _ in range(CRASHES):
        begun = threading.Event()
        writing = threading.Thread(target=written_until_it_breaks, args=(server.url, records, begun))
        writing.start()
        begun.wait(60)
        writing.join(draw.uniform(0.0, 0.2))  # somewhere in the middle of it
        server.kill()
        writing.join(60)
        server.start()
    written_until_it_breaks(server.url, records, threading.Event())
    found = open_store(server.url)
    positions, rows = StoreWriter(found).positions(), dump(found)
    with found.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    assert StoreWriter(found).write(records, {}) == positions
    assert dump(found) == rows
    found.dispose()
