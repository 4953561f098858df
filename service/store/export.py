"""Write a table of the store into a file: CSV, or Parquet with the extra `parquet`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, Select, select

from service.store.schema import ARTICLES, CLAIMS
from service.store.thread_schema import RECORDS, THREADS

ROWS_AT_A_TIME: Final = 5_000
"""Number of rows in memory at a time."""

Rows = Sequence[dict[str, Any]]


def articles() -> Select[Any]:
    """Select the newest revision of every article."""
    return select(ARTICLES).order_by(ARTICLES.c.id)


def claims() -> Select[Any]:
    """Select every claim with the article it stands in."""
    about = (
        ARTICLES.c[name]
        for name in ("collection", "article_id", "revision", "source", "published_at", "cluster_id")
    )
    own = (column for column in CLAIMS.c if column.name not in ("article", "number"))
    return (
        select(*about, *own)
        .join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article)
        .order_by(CLAIMS.c.article, CLAIMS.c.number)
    )


def threads() -> Select[Any]:
    """Select everything that was published of every thread, with the newest counts of the thread."""
    counts = (THREADS.c[name] for name in ("kind", "articles", "reports", "disputed"))
    same = (RECORDS.c.collection == THREADS.c.collection) & (RECORDS.c.thread_id == THREADS.c.thread_id)
    return (
        select(*RECORDS.c, *counts)
        .select_from(RECORDS.join(THREADS, same))
        .order_by(RECORDS.c.collection, RECORDS.c.thread_id, RECORDS.c.sequence)
    )


def chunks(engine: Engine, query: Select[Any]) -> Iterator[Rows]:
    """Read the rows of a query, a few thousand at a time."""
    with engine.connect().execution_options(read_only=True, stream_results=True) as connection:
        result = connection.execute(query)
        while rows := result.fetchmany(ROWS_AT_A_TIME):
            yield [dict(row._mapping) for row in rows]


def to_csv(engine: Engine, query: Select[Any], file: Path) -> int:
    """Write the rows as CSV with a header line; return how many. Lists and objects are written as JSON."""
    names = [column.name for column in query.selected_columns]
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        for rows in chunks(engine, query):
            writer.writerows({name: _flat(value) for name, value in row.items()} for row in rows)
            count += len(rows)
    return count


def to_parquet(engine: Engine, query: Select[Any], file: Path) -> int:
    """Write the rows as Parquet; return how many. Raises ModuleNotFoundError without pyarrow."""
    import pyarrow
    import pyarrow.parquet

    kinds = {int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema(
        [
            (column.name, kinds.get(column.type.python_type, pyarrow.string()))
            for column in query.selected_columns
        ]
    )
    count = 0
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as out:
        for rows in chunks(engine, query):
            flat = [{name: _flat(value) for name, value in row.items()} for row in rows]
            out.write_table(pyarrow.Table.from_pylist(flat, schema=schema))
            count += len(rows)
    return count


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
