"""A store that an earlier release filled is opened with its rows as they were, in both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text

from service.desk.reading import articles_with
from service.store.bulk import insert_values
from service.store.database import MIGRATIONS, migrate
from service.store.rows import OutputRecord
from service.store.schema import ARTICLES, METADATA, VIEWS
from service.store.search import read_words_anew
from service.store.thread_schema import THREAD_VIEWS
from service.store.writer import StoreWriter
from tests.desk.test_hearsay import PASSED_ON
from tests.store.kit import TABLES, dump, outputs, rows
from tests.store.pier import PIER, RECALLED
from tests.store.test_store import FERRY, REPRINT, REVISED, is_search

EARLIER = sorted(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())[:-1]
SINCE: dict[str, Any] = {
    "read_until": None,
    "claims_left_out": 0,
    "via": "[]",
    "copies": 0,
    "reprinted_by": "[]",
}
"""A column that some earlier release lacked -> what rows of that release have in it."""

Table = list[dict[str, Any]]


@pytest.fixture(scope="module")
def records() -> list[OutputRecord]:
    """Provide records with revisions, copies, dead letters, hearsay, threads and stories."""
    copied = {**PIER[1], "id": "pier-2-again", "source": "Tarrow Gazette"}
    sold = {**REVISED, "title": "Ferry of İstanbul sold by quay.example"}
    return outputs(FERRY, sold, REPRINT, b"{", PASSED_ON, *PIER, copied, RECALLED)


@pytest.mark.parametrize("revision", EARLIER)
def test_rows_of_an_earlier_release_are_kept(
    engine: Engine, records: list[OutputRecord], revision: str
) -> None:
    StoreWriter(engine).write(records, {})
    newest, all_read = read(engine), dump(engine)
    said = {name: rows(engine, f"SELECT count(*) FROM {name}") for name in VIEWS}
    empty(engine)
    migrate(engine, revision)
    stored = put_back(engine, newest, revision)
    migrate(engine)

    assert read(engine) == {table: in_order(stored.get(table, [])) for table in newest}
    assert {name: rows(engine, f"SELECT count(*) FROM {name}") for name in VIEWS} == said
    for name in THREAD_VIEWS:
        rows(engine, f"SELECT * FROM {name}")
    assert found(engine, "istanbul") == found(engine, "example") == ["ferry"]
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _, name, kind, *__: not is_search(name, kind)}
        )
        assert compare_metadata(context, METADATA) == []

    writer = StoreWriter(engine)
    writer.forget_positions()
    writer.write(records, {})
    assert dump(engine) == all_read


def read(engine: Engine) -> dict[str, Table]:
    """Return the rows of all tables as the drivers take them, with their ids."""
    tables: dict[str, Table] = {}
    with engine.connect().execution_options(read_only=True) as connection:
        for name in (*TABLES, "positions"):
            found = connection.execute(text(f"SELECT * FROM {name}")).mappings()
            tables[name] = in_order([{key: _flat(value) for key, value in row.items()} for row in found])
    return tables


def in_order(table: Table) -> Table:
    """Return rows without their words, which a migration reads anew, in an order of their own."""
    return sorted(({key: row[key] for key in row if key != "search"} for row in table), key=repr)


def _flat(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value


def empty(engine: Engine) -> None:
    """Leave nothing in the database, not even tables."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        for file in Path(str(engine.url.database)).parent.glob("store.db*"):
            file.unlink()
        return
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def put_back(engine: Engine, newest: dict[str, Table], revision: str) -> dict[str, Table]:
    """Insert rows into the tables of an earlier release; return them as a migration should leave them."""
    stored = {}
    with engine.begin() as connection:
        there = inspect(connection)
        for table in (name for name in newest if there.has_table(name)):
            columns = {column["name"]: column for column in there.get_columns(table)}
            names = [name for name in columns if name != "search"]
            insert_values(
                connection, table, names, [tuple(row[name] for name in names) for row in newest[table]]
            )
            stored[table] = [
                {name: value if name in names else SINCE[name] for name, value in row.items()}
                for row in newest[table]
            ]
            if "search" in columns and "computed" not in columns["search"]:  # the writer gave the words
                connection.execute(text("UPDATE articles SET search = to_tsvector('simple', text)"))
                if revision >= "0007":
                    read_words_anew(connection)
        if "who_said_what" not in there.get_view_names():  # which earlier releases had, too
            connection.execute(text("CREATE VIEW who_said_what AS SELECT speaker_name, text FROM claims"))
    return stored


def found(engine: Engine, asked: str) -> list[str]:
    """Return the ids of the articles that a search of the page finds."""
    with engine.connect().execution_options(read_only=True) as connection:
        numbers = [row[0] for row in connection.execute(articles_with(connection, asked, 10))]
        return list(
            connection.execute(select(ARTICLES.c.article_id).where(ARTICLES.c.id.in_(numbers))).scalars()
        )
