"""The line: does the sum hold, how much came when, and which records were set aside for what reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, Table, func, literal, select, text, tuple_

from service.desk.questions import BadQuestion, cursor_of, whole_number, written
from service.desk.reading import rows
from service.store.schema import ARTICLES, DEAD_LETTERS, DUPLICATES, LAG, POSITIONS

ROWS: Final = 30
ROWS_MAX: Final = 200
VALUE_BYTES_SHOWN: Final = 600
"""Maximum size of the part of a dead record that is shown, in bytes."""


LINE_ORDER: Final = ("intake", "dedup", "enrich", "threads", "store")
"""Processes in the order in which an article passes them."""


class Span(Struct, frozen=True):
    """Hold a span of time and the buckets it is counted in: characters of a time that name a bucket, and its length."""

    label: str
    chars: int
    bucket: timedelta
    buckets: int


SPANS: Final = {
    "hour": Span("the last hour, by minute", 16, timedelta(minutes=1), 60),
    "day": Span("the last day, by hour", 13, timedelta(hours=1), 24),
    "month": Span("the last 30 days, by day", 10, timedelta(days=1), 30),
}


class Reason(Struct, frozen=True):
    """Hold how many records one stage set aside for one reason."""

    stage: str
    reason: str
    records: int


class Series(Struct, frozen=True):
    """Hold what came out in each bucket, oldest first."""

    name: str
    counts: list[int]


class Position(Struct, frozen=True):
    """Hold the offset that the store reads next."""

    topic: str
    partition: int
    next_offset: int


class LineAnswer(Struct, frozen=True):
    """Hold the sum, the rates of a span, and the reasons of dead letters."""

    fed: int
    enriched: int
    duplicates: int
    dead: int
    span: str
    series: list[Series]
    reasons: list[Reason]
    positions: list[Position]
    lag: list[Series]


class DeadLetter(Struct, frozen=True):
    """Hold a record that was set aside; of its value only the beginning."""

    origin: str
    stage: str
    reason: str
    detail: str
    attempts: int
    fed_at: str | None
    place: str
    key: str | None
    bytes: int
    beginning: str


class DeadAnswer(Struct, frozen=True):
    """Hold a page of dead letters, newest first."""

    reason: str
    letters: list[DeadLetter]
    reasons: list[Reason]
    next: str | None = None


class DeadCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last dead letter of a page."""

    fed_at: str
    partition: int
    offset: int


def line(connection: Connection, parameters: Mapping[str, str], now: datetime) -> LineAnswer:
    """Answer with the state of the line. Raises BadQuestion."""
    span = parameters.get("span", "") or "day"
    if span not in SPANS:
        raise BadQuestion(f"span must be one of {', '.join(SPANS)}")
    (total,) = rows(connection, text("SELECT enriched, duplicates, dead FROM line"))
    tables = (("enriched", ARTICLES), ("duplicates", DUPLICATES), ("dead", DEAD_LETTERS))
    return LineAnswer(
        fed=sum(total.values()),
        **total,
        span=span,
        series=[Series(name, _counts(connection, table, SPANS[span], now)) for name, table in tables],
        reasons=_reasons(connection),
        positions=_positions(connection),
        lag=_lag(connection, SPANS[span], now),
    )


def dead(connection: Connection, parameters: Mapping[str, str]) -> DeadAnswer:
    """Answer with a page of dead letters. Raises BadQuestion."""
    reason = parameters.get("reason", "").replace("\0", "")
    size = whole_number(parameters, "limit", ROWS, lowest=1, highest=ROWS_MAX)
    fed_at = func.coalesce(DEAD_LETTERS.c.fed_at, "")
    place = (fed_at, DEAD_LETTERS.c.dead_partition, DEAD_LETTERS.c.dead_offset)
    names = [column for column in DEAD_LETTERS.c if column.name != "value"]
    query = select(
        *names,
        func.coalesce(func.length(DEAD_LETTERS.c.value), 0).label("bytes"),
        func.substr(DEAD_LETTERS.c.value, 1, VALUE_BYTES_SHOWN).label("beginning"),
    )
    if reason:
        query = query.where(DEAD_LETTERS.c.reason == reason)
    if (cursor := cursor_of(parameters, DeadCursor)) is not None:
        here = (literal(cursor.fed_at), literal(cursor.partition), literal(cursor.offset))
        query = query.where(tuple_(*place) < tuple_(*here))
    found = rows(connection, query.order_by(*(column.desc() for column in place)).limit(size + 1))
    last = found[size - 1] if len(found) > size else None
    return DeadAnswer(
        reason,
        [_letter(row) for row in found[:size]],
        _reasons(connection),
        written(DeadCursor(last["fed_at"] or "", last["dead_partition"], last["dead_offset"]))
        if last
        else None,
    )


def _letter(row: dict[str, object]) -> DeadLetter:
    same = {name: row[name] for name in ("stage", "reason", "detail", "attempts", "fed_at", "bytes")}
    return DeadLetter(
        **same,  # type: ignore[arg-type]  # columns of the same name and type
        origin=f"{row['origin_topic']}-{row['origin_partition']}-{row['origin_offset']}",
        place=f"{row['dead_partition']}-{row['dead_offset']}",
        key=_text(row["key"]) if row["key"] is not None else None,
        beginning=_text(row["beginning"]),
    )


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else ""


def _counts(connection: Connection, table: Table, span: Span, now: datetime) -> list[int]:
    """Count the rows of a table in each bucket, by the time they were fed."""
    names = _buckets(span, now)
    bucket = func.substr(table.c.fed_at, 1, span.chars)
    query = select(bucket, func.count()).where(table.c.fed_at >= names[0]).group_by(bucket)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return [found.get(name, 0) for name in names]


def _lag(connection: Connection, span: Span, now: datetime) -> list[Series]:
    """Return the largest lag of each process in each bucket, in the order of the line; 0 where none was noted."""
    names = _buckets(span, now)
    bucket = func.substr(LAG.c.at, 1, span.chars)
    query = select(LAG.c.process, bucket, func.max(LAG.c.records)).where(LAG.c.at >= names[0])
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for process, name, records in connection.execute(query.group_by(LAG.c.process, bucket)):
        found[process][name] = records
    order = [*LINE_ORDER, *sorted(found.keys() - set(LINE_ORDER))]
    return [
        Series(process, [found[process].get(name, 0) for name in names])
        for process in order
        if process in found
    ]


def _buckets(span: Span, now: datetime) -> list[str]:
    first = now - span.bucket * (span.buckets - 1)
    return [_name(first + span.bucket * at)[: span.chars] for at in range(span.buckets)]


def _name(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _reasons(connection: Connection) -> list[Reason]:
    columns = (DEAD_LETTERS.c.stage, DEAD_LETTERS.c.reason)
    query = select(*columns, func.count()).group_by(*columns).order_by(func.count().desc(), *columns)
    return [Reason(stage, reason, count) for stage, reason, count in connection.execute(query)]


def _positions(connection: Connection) -> list[Position]:
    query = select(POSITIONS).order_by(POSITIONS.c.topic, POSITIONS.c.partition)
    return [Position(**row) for row in rows(connection, query)]
