"""The store holds what the newest revision says, whatever order, repeats and crashes its records came in."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import orjson
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from service.store import export
from service.store.database import StoreUnavailable, open_store
from service.store.incoming import STORED_TOPICS
from service.store.rows import OutputRecord, UnreadableRecord
from service.store.schema import METADATA
from service.store.writer import AnotherWriter, StoreWriter
from service.topics import CLAIM_THREADS, STORIES
from tests.store.kit import TABLES, dump, outputs, rows
from tests.store.pier import PIER, RECALLED

FERRY = {
    "id": "ferry",
    "title": "Ferry to stay in port",
    "source": "Quay Courier",
    "published_at": "2025-03-04",
    "body": 'The ferry to Lunde will stay in port until May. "We found 14 cracks in the hull," harbour master '
    "Ines Tallow said on Tuesday. Repairs will cost $2.5 million, the operator said.",
}
REPRINT = {**FERRY, "id": "ferry-again", "source": "Lunde Post"}
REVISED = {
    **FERRY,
    "body": 'The ferry to Lunde is sold. "Nobody wanted to pay for a new hull," owner Piet Marram said on Friday.',
}
OTHER = {
    "id": "mill",
    "source": "Tarrow Gazette",
    "body": "The mill in Tarrow burned down on Sunday, and 40 people were led to safety, Mayor Odile Brandt said.",
}


def test_an_article_its_claims_and_figures_are_rows(engine: Engine) -> None:
    StoreWriter(engine).write(outputs(FERRY), {})
    assert rows(engine, "SELECT article_id, revision, source, published_at FROM articles") == [
        ("ferry", 1, "Quay Courier", "2025-03-04T00:00:00Z")
    ]
    said = rows(engine, "SELECT speaker_name, text, title FROM who_said_what WHERE kind = 'quote'")
    assert said == [("Ines Tallow", '"We found 14 cracks in the hull,"', "Ferry to stay in port")]
    assert (2.5e6, "USD") in rows(engine, "SELECT value, currency FROM figures_by_unit")


def test_a_reprint_and_a_dead_letter_are_rows(engine: Engine) -> None:
    StoreWriter(engine).write(outputs(FERRY, REPRINT, b"{"), {})
    assert rows(engine, "SELECT first_source, source, relation FROM reprints") == [
        ("Quay Courier", "Lunde Post", "exact")
    ]
    assert rows(engine, "SELECT stage, reason, origin_offset, value FROM dead_letters") == [
        ("intake", "invalid_json", 2, b"{")
    ]
    assert rows(engine, "SELECT enriched, duplicates, dead FROM line") == [(1, 1, 1)]
    assert rows(engine, "SELECT articles, duplicates, sources FROM clusters") == [(1, 1, 1)]


def test_claims_are_those_of_the_newest_revision_and_the_older_text_is_kept(engine: Engine) -> None:
    StoreWriter(engine).write(outputs(FERRY, REVISED), {})
    assert rows(engine, "SELECT revision, status FROM articles") == [(2, "revision")]
    assert {name for (name,) in rows(engine, "SELECT speaker_name FROM claims WHERE kind = 'quote'")} == {
        "Piet Marram"
    }
    assert rows(engine, "SELECT revision, text FROM article_revisions") == [(1, FERRY["body"])]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_repeats_leave_the_same_tables(engine: Engine, seed: int) -> None:
    records = outputs(
        FERRY,
        OTHER,
        REPRINT,
        REVISED,
        b"[]",
        {**REVISED, "body": FERRY["body"] + " It floats."},
        *PIER,
        RECALLED,
    )
    assert {record.topic for record in records} == set(STORED_TOPICS)
    StoreWriter(engine).write(records, {})
    wanted = dump(engine)
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    draw = random.Random(seed)
    writer, known = StoreWriter(engine), dict[tuple[str, int], int]()
    shuffled = draw.choices(records, k=12) + draw.sample(records, len(records))
    while shuffled:
        size = draw.randint(1, 4)
        batch, shuffled = shuffled[:size], shuffled[size:]
        known = writer.write(batch, known)
    assert dump(engine) == wanted


def test_a_batch_that_fails_leaves_neither_rows_nor_positions(engine: Engine) -> None:
    good = outputs(FERRY)
    bad = OutputRecord("articles.enriched", 0, 1, b"x", b'{"article_id": "x"}', ())
    writer = StoreWriter(engine)
    with pytest.raises(UnreadableRecord, match=r"articles\.enriched\[0\]@1"):
        writer.write([*good, bad], {})
    assert writer.positions() == {}
    assert rows(engine, "SELECT count(*) FROM articles") == [(0,)]
    known = writer.write(good, {})
    assert writer.positions() == known == {("articles.enriched", 0): 1}


def test_two_writers_of_one_store_are_noticed(engine: Engine) -> None:
    first, second = StoreWriter(engine), StoreWriter(engine)
    records = outputs(FERRY, OTHER)
    first.write(records[:1], {})
    with pytest.raises(AnotherWriter):
        second.write(records, {})
    assert rows(engine, "SELECT article_id FROM articles") == [("ferry",)]


def test_what_postgresql_refuses_in_text_is_replaced(engine: Engine) -> None:
    record = outputs({**FERRY, "extra_field": "a\u0000b"})[0]
    value = orjson.loads(record.value or b"")
    value["title"] = "nul \u0000 here"
    value["extra"] = {"key\u0000": ["\u0000"]}
    changed = OutputRecord(record.topic, 0, 0, record.key, orjson.dumps(value), record.headers)
    StoreWriter(engine).write([changed], {})
    assert rows(engine, "SELECT title FROM articles") == [("nul \ufffd here",)]
    ((extra,),) = rows(engine, "SELECT CAST(extra AS TEXT) FROM articles")
    assert orjson.loads(extra) == {"key\ufffd": ["\ufffd"]}


def test_a_withdrawn_article_is_shown_with_its_copies(engine: Engine) -> None:
    withdrawn = {**FERRY, "pubstatus": "canceled"}
    StoreWriter(engine).write(outputs(FERRY, REPRINT, OTHER, withdrawn), {})
    assert rows(engine, "SELECT article_id, copied_by FROM kills") == [("ferry", "Lunde Post")]


def test_old_rows_are_deleted_with_their_claims(engine: Engine) -> None:
    writer = StoreWriter(engine)
    writer.write(outputs(FERRY, REPRINT, b"[", *PIER), {})
    kept = dump(engine)
    assert all(kept[table] for table in TABLES if table != "article_revisions")
    assert writer.delete_before("2000-01-01T00:00:00.000Z") == 0
    assert dump(engine) == kept
    assert writer.delete_before("2100-01-01T00:00:00.000Z") == 4
    assert all(not left for left in dump(engine).values())


def test_a_thread_outlives_its_older_records(engine: Engine) -> None:
    writer = StoreWriter(engine)
    writer.write(outputs(*PIER), {})
    ((middle,),) = rows(engine, "SELECT max(fed_at) FROM articles")
    writer.delete_before(middle)
    assert {row[0] for row in rows(engine, "SELECT article_id FROM thread_records")} == {"pier-3"}
    assert rows(engine, "SELECT articles FROM stories") == [(3,)]
    assert all(article == "pier-3" for (article,) in rows(engine, "SELECT article_id FROM threads"))


def test_a_record_without_a_time_is_kept(engine: Engine) -> None:
    records = [
        OutputRecord(one.topic, 0, one.offset, one.key, one.value, ())
        for one in outputs(*PIER)
        if one.topic in (CLAIM_THREADS, STORIES)
    ]
    writer = StoreWriter(engine)
    writer.write(records, {})
    kept = dump(engine)
    writer.delete_before("2100-01-01T00:00:00.000Z")
    assert dump(engine) == kept


def test_a_claim_that_several_carry_is_a_row_with_its_history_and_its_disputes(engine: Engine) -> None:
    StoreWriter(engine).write(outputs(*PIER, RECALLED), {})
    history = "SELECT event, source, speaker FROM thread_history WHERE kind = 'quotation' ORDER BY sequence"
    assert rows(engine, history) == [
        ("variant", "Skerry Post", "Ines Tallow"),
        ("repeated", "Lunde Post", "Ines Tallow"),
        ("withdrawn", None, None),
    ]
    newest = "SELECT articles, reports, text FROM newest_claims WHERE kind = 'quotation'"
    assert rows(engine, newest) == [(2, 2, '"The pier will never carry a lorry again,"')]
    disagree = "SELECT value, other_value, currency, CAST(reasons AS TEXT) FROM disagreements ORDER BY value"
    assert rows(engine, disagree) == [
        (3.25e6, 3.95e6, "USD", '["published_later"]'),
        (3.95e6, 3.25e6, "USD", '["published_later"]'),
    ]
    assert rows(engine, "SELECT article_id FROM story_articles ORDER BY sequence") == [
        ("pier-2",),
        ("pier-3",),
    ]


def test_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda _, name, kind, *__: not is_search(name, kind)}
        )
        assert compare_metadata(context, METADATA) == []


def is_search(name: str | None, kind: str) -> bool:
    return "search" in (name or "") or (kind == "table" and name == "alembic_version")


def test_tables_of_a_newer_release_are_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_store(url).dispose()
    with sqlite3.connect(tmp_path / "store.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer release"):
        open_store(url)


@pytest.mark.parametrize(
    "url", ["nonsense", "oracle://x", "postgresql://127.0.0.1:1/none", "sqlite:////proc/x/y.db"]
)
def test_a_database_that_cannot_be_opened_is_said_in_one_sentence(url: str) -> None:
    with pytest.raises(StoreUnavailable) as error:
        open_store(url)
    assert "\n" not in str(error.value)


def test_an_sqlite_that_is_too_old_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(StoreUnavailable, match="store needs 3"):
        open_store(f"sqlite:///{tmp_path}/store.db")


def test_exports_hold_every_row(engine: Engine, tmp_path: Path) -> None:
    import csv

    import pyarrow.parquet

    StoreWriter(engine).write(outputs(FERRY, OTHER, *PIER), {})
    ((claims,),) = rows(engine, "SELECT count(*) FROM claims")
    assert export.to_csv(engine, export.claims(), tmp_path / "claims.csv") == claims
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == claims
    ids = ["ferry", "mill", "pier-1", "pier-2", "pier-3"]
    assert set(ids) == {row["article_id"] for row in read}
    assert export.to_parquet(engine, export.articles(), tmp_path / "articles.parquet") == len(ids)
    table = pyarrow.parquet.read_table(tmp_path / "articles.parquet")
    assert table.column("article_id").to_pylist() == ids
    assert export.to_parquet(engine, export.threads(), tmp_path / "threads.parquet") == 4
    table = pyarrow.parquet.read_table(tmp_path / "threads.parquet")
    said = [row for row in table.to_pylist() if row["kind"] == "quotation"]
    assert [(row["source"], row["reports"]) for row in said] == [("Skerry Post", 3), ("Lunde Post", 3)]
    assert export.to_csv(engine, export.threads(), tmp_path / "threads.csv") == 4
