"""Write threads and stories: of each the newest state, and all that was published of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from service.store.bulk import upsert
from service.store.thread_rows import StoryRows, ThreadRows
from service.store.thread_schema import DISPUTES, RECORDS, STORIES, STORY_ARTICLES, THREADS


def write_threads(connection: Connection, incoming: Sequence[ThreadRows]) -> None:
    """Write records of threads; a state that is older than the stored one changes nothing but the history."""
    upsert(connection, THREADS, [rows.thread for rows in incoming], newest_by="sequence")
    upsert(connection, RECORDS, [rows.record for rows in incoming])
    upsert(connection, DISPUTES, [row for rows in incoming for row in rows.disputes])


def write_stories(connection: Connection, incoming: Sequence[StoryRows]) -> None:
    """Write records of stories; a state that is older than the stored one changes nothing but the list of articles."""
    upsert(connection, STORIES, [rows.story for rows in incoming], newest_by="sequence")
    upsert(connection, STORY_ARTICLES, [rows.article for rows in incoming])


def delete_threads_before(connection: Connection, moment: str) -> None:
    """Delete what was fed before `moment`: threads and stories whose newest record was, and older records of others."""
    for table in (RECORDS, STORY_ARTICLES, THREADS, STORIES):
        connection.execute(delete(table).where(table.c.fed_at < moment, table.c.fed_at != ""))
