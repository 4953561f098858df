"""The values of a figure over time: those of a thread, and of the threads that dispute it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, select

from service.desk.reading import Row, rows
from service.desk.thread_opening import as_record, opening_of
from service.desk.threads import Dispute
from service.store.lookups import one_of
from service.store.thread_schema import RECORDS, THREADS

POINTS_MAX: Final = 200
"""Maximum number of values of the thread that is shown, on the time line: the newest."""

OTHER_POINTS_MAX: Final = 50
"""Maximum number of values of each other thread on it: 2,600 paths would take a browser 100 ms to draw."""

VALUES_MAX: Final = 12
"""Maximum number of threads on the time line, beside the one that is shown."""


class Point(Struct, frozen=True):
    """Hold a value and when it was published."""

    at: str
    value: float
    value_high: float | None
    source: str | None


class Values(Struct, frozen=True):
    """Hold the values of a thread, or of one that disputes it (`reasons` say why it may), oldest first.

    Of many that dispute it, those with most reports.
    """

    thread_id: str
    value: float
    reasons: list[str]
    points: list[Point]


def values_of(
    connection: Connection, collection: str, thread_id: str, disputes: Sequence[Dispute]
) -> list[Values]:
    """Return the values of the thread and of those that dispute it, each at its time."""
    found = []
    for one in (None, *_most_reported(connection, collection, disputes)):
        name = one.thread_id if one else thread_id
        records = _figures(connection, collection, name, OTHER_POINTS_MAX if one else POINTS_MAX)
        opening = opening_of(connection, collection, name)
        if opening is not None and all(row["claim_id"] != opening.claim_id for row in records):
            near = one.value if one else next((row["value"] for row in records), None)
            records.insert(0, as_record(opening, near))
        points = [
            Point(row["published_at"] or row["fed_at"], row["value"], row["value_high"], row["source"])
            for row in records
            if row["value"] is not None and (row["published_at"] or row["fed_at"])
        ]
        value = one.value if one else points[-1].value if points else 0.0
        found.append(
            Values(name, value, one.reasons if one else [], sorted(points, key=lambda point: point.at))
        )
    return found


def _most_reported(connection: Connection, collection: str, disputes: Sequence[Dispute]) -> Sequence[Dispute]:
    """Return the disputes with most reports where there are more than the time line holds."""
    if len(disputes) <= VALUES_MAX:
        return disputes
    keys = one_of(
        THREADS.c.collection, THREADS.c.thread_id, [(collection, one.thread_id) for one in disputes]
    )
    query = select(THREADS.c.thread_id, THREADS.c.reports).where(keys)
    reports = {row.thread_id: row.reports for row in connection.execute(query)}
    return sorted(disputes, key=lambda one: -reports.get(one.thread_id, 1))[:VALUES_MAX]


def _figures(connection: Connection, collection: str, thread_id: str, most: int) -> list[Row]:
    names = ("claim_id", "published_at", "fed_at", "value", "value_high", "source")
    query = (
        select(*(RECORDS.c[name] for name in names))
        .where(
            RECORDS.c.collection == collection,
            RECORDS.c.thread_id == thread_id,
            RECORDS.c.claim_id.is_not(None),
        )
        .order_by(RECORDS.c.sequence.desc())
        .limit(most)
    )
    return rows(connection, query)[::-1]
