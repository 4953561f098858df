"""No page and no batch reads a whole table of SQLite: with a million articles that takes seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from service.desk.pages import PAGES
from service.store.database import open_store
from service.store.writer import StoreWriter
from tests.desk.kit import ARABIC, FERRY, MILL, REPRINT, REVISED, UPDATE, fill
from tests.store.kit import outputs
from tests.store.pier import PIER

END_TO_END = re.compile(r"(?:SCAN (\w+)|SEARCH (\w+) USING .*\(collection=\?\))$")
"""A step of a plan that reads a table, or all rows of a collection, which mostly is as much."""

SMALL = ("lag", "positions")
"""Tables that stay small."""

COUNTED = frozenset({"/line", "/dead"})
"""Pages that count what came and what was set aside, over whole tables."""


@contextmanager
def scanned(engine: Engine) -> Iterator[dict[str, str]]:
    """Collect the tables that statements read from end to end, and the statement, while the block lasts."""
    found: dict[str, str] = {}

    def explain(
        _connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if many or not re.match(r"\s*(SELECT|WITH|DELETE|UPDATE|INSERT)", statement):
            return
        plan = cursor.connection.cursor()
        for row in plan.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall():
            if (read := END_TO_END.match(row[3])) and (table := read[1] or read[2]) not in SMALL:
                found[table] = statement

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def tables(engine: Engine) -> set[str]:
    with engine.connect().execution_options(read_only=True) as connection:
        listed = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in listed}


def test_a_batch_of_records_reads_no_table_from_end_to_end(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    with scanned(engine) as found:
        writer = StoreWriter(engine)
        known = writer.write(outputs(FERRY, UPDATE, MILL, REPRINT, *PIER), {})
        writer.write(outputs(FERRY, UPDATE, MILL, REPRINT, *PIER, REVISED, b"{"), known)
    assert {table: query for table, query in found.items() if table in tables(engine)} == {}


def test_a_page_reads_no_table_from_end_to_end(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    fill(engine, FERRY, UPDATE, MILL, REPRINT, ARABIC, b"{", REVISED, *PIER)
    with engine.connect().execution_options(read_only=True) as connection:
        threads = connection.exec_driver_sql("SELECT thread_id FROM threads ORDER BY kind").scalars().all()
        story, *_ = connection.exec_driver_sql("SELECT story_id FROM stories").scalars()
    article = {"collection": "default", "id": "ferry"}
    asked: dict[str, list[dict[str, str]]] = {
        "/": [{}, *({name: "x"} for name in "q source speaker collection language kind".split()), {"since": "1d"}],
        "/article": [article],
        "/why": [{"collection": "default", "first": "ferry", "second": "ferry-2"}],
        "/threads": [
            *({}, {"sort": "reports"}, {"disputed": "yes"}, {"kind": "figure"}, {"reports": "2"}, {"q": "pier"}),
            *({"speaker": "Ines Tallow"}, {"collection": "default"}, {"collection": "default", "article": "pier-1"}),
            *({"collection": "default", name: value} for name, value in (("q", "pier"), ("speaker", "Ines Tallow"))),
        ],
        "/thread": [{"collection": "default", "id": name} for name in threads],
        "/stories": [{}, {"sort": "largest"}],
        "/story": [{"collection": "default", "id": story}],
        "/speakers": [{}, {"from": "B"}],
        "/speaker": [{"name": "Ines Tallow"}],
        "/figures": [
            *({}, {"unit": "people"}, {"unit": "people", "sort": "largest"}, {"currency": "USD"}),
            {"currency": "USD", "sort": "largest"},
        ],
        "/line": [{}, {"span": "month"}],
        "/dead": [{}, {"reason": "invalid_json"}],
    }  # fmt: skip
    assert set(asked) == {page.path for page in PAGES}
    names = tables(engine)
    read: dict[tuple[str, str], str] = {}
    for page in PAGES:
        for parameters in asked[page.path]:
            with (
                scanned(engine) as found,
                engine.connect().execution_options(read_only=True) as connection,
            ):
                page.answer(connection, parameters, lambda _: None)
            read |= {
                (page.path, table): query
                for table, query in found.items()
                if table in names and page.path not in COUNTED
            }
    assert read == {}
