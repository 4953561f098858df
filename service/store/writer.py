"""Write output records into the store: the rows of a batch and the offsets behind it in one transaction.

Rows are found by what they are about (article and revision, raw record), never by when they came: a topic may be read
again from its beginning: each record then writes over its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.line.codec import rfc3339
from service.store.bulk import dialect_insert, insert_rows, insert_values, upsert
from service.store.incoming import Batch, Place, batch_of
from service.store.lookups import Key, one_of
from service.store.rows import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    ArticleRows,
    OutputRecord,
    Row,
    Values,
)
from service.store.schema import (
    ARTICLES,
    CLAIMS,
    DEAD_LETTERS,
    DUPLICATES,
    FIGURES,
    LAG,
    POSITIONS,
    REVISIONS,
)
from service.store.search import search_vector
from service.store.thread_writer import delete_threads_before, write_stories, write_threads

KEYS_PER_QUERY: Final = 400
"""Number of articles looked up in one query; SQLite takes 32,766 variables, and some builds 999."""

LAG_DAYS: Final = 31
"""Days for which lag is kept."""


class AnotherWriter(Exception):  # noqa: N818 - it is what happened
    """Another process wrote to the same store; one of the two has to stop."""


@dataclass(slots=True)
class _Incoming:
    """What a batch changes in the articles: by key the newest rows, and what they replace."""

    newest: dict[Key, ArticleRows] = field(default_factory=dict)
    older: list[Row] = field(default_factory=list)


class StoreWriter:
    """Writes batches; one writer a store at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def works_elsewhere(self) -> bool:
        """Tell whether a server writes: SQLite writes in our process, and two threads of ours would take turns."""
        return self._engine.dialect.name == "postgresql"

    def positions(self) -> dict[Place, int]:
        """Return the offset of the next record to read, by logical topic and partition."""
        with self._engine.connect().execution_options(read_only=True) as connection:
            rows = connection.execute(
                select(POSITIONS.c.topic, POSITIONS.c.partition, POSITIONS.c.next_offset)
            )
            return {(topic, partition): offset for topic, partition, offset in rows}

    def forget_positions(self) -> None:
        """Read every topic from its beginning next time; the rows stay and are written over."""
        with self._engine.begin() as connection:
            connection.execute(delete(POSITIONS))

    def write(self, records: Sequence[OutputRecord], known: dict[Place, int]) -> dict[Place, int]:
        """Prepare and write a batch; return the positions behind it. Raises UnreadableRecord, AnotherWriter."""
        return self.write_batch(self.prepare(records), known)

    def prepare(self, records: Sequence[OutputRecord]) -> Batch:
        """Read records, in order within each partition; may be done while the batch before them is written.

        Raises UnreadableRecord for a record that breaks its contract.
        """
        batch = batch_of(records)
        return replace(batch, articles=_with_words(batch.articles)) if self.works_elsewhere else batch

    def write_batch(self, batch: Batch, known: dict[Place, int]) -> dict[Place, int]:
        """Write a batch and move the positions behind it, or neither; return the positions.

        `known` are the positions this process left last. Raises AnotherWriter where the store has others.
        """
        moved = known | {place: max(known.get(place, 0), end) for place, end in batch.behind.items()}
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # A server that crashes may forget the last second, rows and positions alike: it is read again.
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            self._move(connection, known, moved)
            _write_articles(connection, batch.articles)
            upsert(connection, DUPLICATES, batch.duplicates)
            upsert(connection, DEAD_LETTERS, batch.dead_letters)
            write_threads(connection, batch.threads)
            write_stories(connection, batch.stories)
        return moved

    def note_lag(self, now: datetime, records: Mapping[str, int]) -> None:
        """Note how many records each process has still to read, and forget what was noted LAG_DAYS ago."""
        at, oldest = (rfc3339(int(one.timestamp()) * 1_000) for one in (now, now - timedelta(days=LAG_DAYS)))
        with self._engine.begin() as connection:
            connection.execute(delete(LAG).where(LAG.c.at < oldest))
            rows = [{"at": at, "process": process, "records": left} for process, left in records.items()]
            upsert(connection, LAG, rows)

    def delete_before(self, moment: str) -> int:
        """Delete what was fed before `moment` (RFC 3339, UTC); return how many articles."""
        with self._engine.begin() as connection:
            for table in (REVISIONS, DUPLICATES, DEAD_LETTERS):
                connection.execute(delete(table).where(table.c.fed_at < moment))
            delete_threads_before(connection, moment)
            return connection.execute(delete(ARTICLES).where(ARTICLES.c.fed_at < moment)).rowcount

    def _move(self, connection: Connection, known: dict[Place, int], moved: dict[Place, int]) -> None:
        for (topic, partition), offset in moved.items():
            before = known.get((topic, partition))
            if before == offset:
                continue
            if not _moved(connection, (topic, partition), before, offset):
                raise AnotherWriter(f"the position of {topic}[{partition}] was moved by another process")


def _with_words(articles: Sequence[ArticleRows]) -> list[ArticleRows]:
    """Return the articles with the column `search`, which SQLite doesn't have."""
    return [
        replace(rows, search={"search": search_vector(rows.article["title"] or "", rows.article["text"])})
        for rows in articles
    ]


def _moved(connection: Connection, place: Place, before: int | None, offset: int) -> bool:
    """Move a position from `before` (None: from nowhere) to `offset`; return False where it was somewhere else."""
    topic, partition = place
    if before is None:
        try:
            connection.execute(insert(POSITIONS).values(topic=topic, partition=partition, next_offset=offset))
        except IntegrityError:
            return False
        return True
    here = (POSITIONS.c.topic == topic, POSITIONS.c.partition == partition, POSITIONS.c.next_offset == before)
    return connection.execute(update(POSITIONS).where(*here).values(next_offset=offset)).rowcount == 1


def _write_articles(connection: Connection, incoming: Sequence[ArticleRows]) -> None:
    if not incoming:
        return
    stored = _stored(connection, {_key(rows.article) for rows in incoming})
    merged = _merge(incoming, {key: revision for key, (_, revision) in stored.items()})
    replaced = [stored[key][0] for key in merged.newest if key in stored]
    superseded = [
        stored[key][0]
        for key, rows in merged.newest.items()
        if key in stored and rows.article["revision"] > stored[key][1]
    ]
    _keep_history(connection, superseded, merged.older)
    for table in (FIGURES, CLAIMS):
        for some in _slices(replaced):
            connection.execute(delete(table).where(table.c.article.in_(some)))
    for some in _slices(replaced):
        connection.execute(delete(ARTICLES).where(ARTICLES.c.id.in_(some)))
    _insert(connection, merged.newest, stored)


def _merge(incoming: Sequence[ArticleRows], stored: dict[Key, int]) -> _Incoming:
    """Find the newest revision of every article among what came and what is stored."""
    merged = _Incoming()
    for rows in incoming:
        key, revision = _key(rows.article), rows.article["revision"]
        before = merged.newest.get(key)
        newest = before.article["revision"] if before is not None else stored.get(key, 0)
        if revision < newest:
            merged.older.append(rows.article)
            continue
        if before is not None and before.article["revision"] < revision:
            merged.older.append(before.article)
        merged.newest[key] = rows
    return merged


def _stored(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
    """Return id and revision of the articles that the store has, by key."""
    found: dict[Key, tuple[int, int]] = {}
    for some in _slices(sorted(keys)):
        rows = connection.execute(
            select(ARTICLES.c.collection, ARTICLES.c.article_id, ARTICLES.c.id, ARTICLES.c.revision).where(
                one_of(ARTICLES.c.collection, ARTICLES.c.article_id, some)
            )
        )
        found.update(
            {(collection, article): (number, revision) for collection, article, number, revision in rows}
        )
    return found


def _keep_history(connection: Connection, superseded: Sequence[int], older: Sequence[Row]) -> None:
    columns = [column.name for column in REVISIONS.columns]
    for some in _slices(superseded):
        rows = select(*(ARTICLES.c[name] for name in columns)).where(ARTICLES.c.id.in_(some))
        connection.execute(
            dialect_insert(connection, REVISIONS).from_select(columns, rows).on_conflict_do_nothing()
            if connection.dialect.name != "sqlite"
            else insert(REVISIONS).prefix_with("OR IGNORE").from_select(columns, rows)
        )
    insert_rows(connection, dialect_insert(connection, REVISIONS).on_conflict_do_nothing(), older)


def _insert(
    connection: Connection, newest: dict[Key, ArticleRows], stored: dict[Key, tuple[int, int]]
) -> None:
    """Write the articles; a revision gets an id of its own, behind all others, so that a follower by id sees it."""
    highest = connection.execute(select(func.max(ARTICLES.c.id))).scalar() or 0
    next_id = max(highest, *(number for number, _ in stored.values()), 0) + 1
    articles: list[Row] = []
    claims: list[Values] = []
    figures: list[Values] = []
    for key, rows in newest.items():
        number, revision = stored.get(key, (None, None))
        if number is None or revision != rows.article["revision"]:
            number, next_id = next_id, next_id + 1
        articles.append({"id": number, **rows.article, **rows.search})
        claims += [(number, *claim) for claim in rows.claims]
        figures += [(number, *figure) for figure in rows.figures]
    columns = list(articles[0]) if articles else []
    insert_values(connection, "articles", columns, [tuple(row.values()) for row in articles])
    insert_values(connection, "claims", CLAIM_COLUMNS, claims)
    insert_values(connection, "figures", FIGURE_COLUMNS, figures)


def _key(article: Row) -> Key:
    return article["collection"], article["article_id"]


def _slices(values: Iterable[Any]) -> Iterable[list[Any]]:
    listed = list(values)
    return (listed[first : first + KEYS_PER_QUERY] for first in range(0, len(listed), KEYS_PER_QUERY))
