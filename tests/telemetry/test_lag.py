"""Lag in records and seconds, and each way in which other services got it wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from service.observations import LagMeasured, LagUnknown, PartitionLag, PartitionsAssigned, PartitionsRevoked
from service.telemetry.lag import LagBook, LagWatch, Reading
from tests.telemetry.kit import Clock, Told, running

HERE = ("articles.raw", 0)


def a_book(clock: Clock | None = None) -> LagBook:
    book = LagBook(clock or Clock())
    book.assign([HERE])
    return book


def a_reading(end: int, committed: int | None, oldest_ms: int | None = None, start: int = 0) -> Reading:
    return Reading(*HERE, start, end, committed, oldest_ms)


def only(lags: LagMeasured) -> PartitionLag:
    assert len(lags.partitions) == 1
    return lags.partitions[0]


def test_lag_is_what_is_not_acknowledged_and_how_old_the_oldest_of_it_is() -> None:
    lag = only(a_book(Clock(1_000.0)).measured([a_reading(50, 20, 940_000)]))
    assert (lag.records, lag.seconds) == (30, 60.0)


def test_caught_up_is_zero_records_and_zero_seconds() -> None:
    lag = only(a_book().measured([a_reading(50, 50)]))
    assert (lag.records, lag.seconds) == (0, 0.0)


def test_before_the_first_acknowledgement_all_that_is_there_waits() -> None:
    assert only(a_book().measured([a_reading(50, None, start=10)])).records == 40


def test_what_retention_has_deleted_is_not_lag() -> None:
    assert only(a_book().measured([a_reading(50, 5, start=45)])).records == 5


def test_a_leader_that_knows_less_than_we_acknowledged_gives_zero() -> None:
    lag = only(a_book().measured([a_reading(40, 50)]))
    assert (lag.records, lag.seconds) == (0, 0.0)


def test_markers_of_a_transaction_are_not_lag() -> None:
    marker_only = Reading(*HERE, 0, 51, 50, nothing_unread=True)
    lag = only(a_book().measured([marker_only]))
    assert (lag.records, lag.seconds) == (0, 0.0)


def test_a_record_from_the_future_is_zero_seconds_old() -> None:
    assert only(a_book(Clock(10.0)).measured([a_reading(2, 1, 99_000)])).seconds == 0.0


def test_a_record_without_a_timestamp_is_as_old_as_we_have_seen_it_wait() -> None:
    clock = Clock(100.0)
    book = a_book(clock)
    assert only(book.measured([a_reading(5, 3)])).seconds == 0.0
    clock.seconds = 130.0
    assert only(book.measured([a_reading(9, 3)])).seconds == 30.0
    clock.seconds = 140.0
    assert only(book.measured([a_reading(9, 4)])).seconds == 0.0  # another record waits now
    book.measured([a_reading(9, 9)])
    clock.seconds = 200.0
    assert only(book.measured([a_reading(10, 9)])).seconds == 0.0


def test_acknowledged_records_are_counted_from_one_measurement_to_the_next() -> None:
    book = a_book()
    assert only(book.measured([a_reading(50, 20)])).committed_records == 0
    assert only(book.measured([a_reading(60, 45)])).committed_records == 25
    assert only(book.measured([a_reading(60, 45)])).committed_records == 0


def test_acknowledgements_of_a_partition_that_was_away_in_between_are_not_ours() -> None:
    book = a_book()
    book.measured([a_reading(50, 20)])
    book.assign([])
    book.assign([HERE])
    assert only(book.measured([a_reading(90, 80)])).committed_records == 0


def test_offsets_set_back_by_hand_count_nothing() -> None:
    book = a_book()
    book.measured([a_reading(50, 40)])
    assert only(book.measured([a_reading(50, 0)])).committed_records == 0
    assert only(book.measured([a_reading(50, 10)])).committed_records == 10


def test_a_reading_of_a_revoked_partition_is_thrown_away() -> None:
    book = a_book()
    book.assign([])
    assert book.measured([a_reading(50, 20)]).partitions == ()


async def test_the_watch_measures_soon_after_an_assignment_and_not_before() -> None:
    told = Told()
    asked: list[frozenset[tuple[str, int]]] = []

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        asked.append(places)
        return [a_reading(7, 3)]

    watch = LagWatch(told.tell, every_seconds=3_600.0)
    async with running(watch.run(probe)):
        await asyncio.sleep(0.01)
        assert told.nothing_yet
        watch.note(PartitionsAssigned("intake", (HERE,)))
        assert await told.next() == [LagMeasured((PartitionLag(*HERE, 4, 0.0, 0),))]
    assert asked == [frozenset({HERE})]


async def test_a_standby_without_partitions_still_asks_whether_kafka_answers() -> None:
    told = Told()
    asked: list[frozenset[tuple[str, int]]] = []

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        asked.append(places)
        return []

    watch = LagWatch(told.tell, every_seconds=0.01)
    watch.note(PartitionsAssigned("dedup", ()))
    async with running(watch.run(probe)):
        assert await told.next(2) == [LagMeasured(()), LagMeasured(())]
    assert set(asked) == {frozenset()}


async def test_a_broker_that_fails_or_hangs_is_told_and_asked_again() -> None:
    told = Told()
    asked = 0

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise ConnectionError("no route")
        if asked == 2:
            await asyncio.Event().wait()
        return [a_reading(7, 3)]

    watch = LagWatch(told.tell, every_seconds=0.01, answer_seconds_max=0.05)
    watch.note(PartitionsAssigned("intake", (HERE,)))
    async with running(watch.run(probe)):
        failed, hung, answered = await told.next(3)
    assert failed == LagUnknown("ConnectionError: no route")
    assert isinstance(hung, LagUnknown)
    assert isinstance(answered, LagMeasured)


async def test_a_partition_revoked_while_the_broker_is_asked_is_not_told() -> None:
    told = Told()
    watch = LagWatch(told.tell, every_seconds=0.01)

    async def probe(places: frozenset[tuple[str, int]]) -> Iterable[Reading]:
        watch.note(PartitionsRevoked("intake", (HERE,)))
        return [a_reading(7, 3)]

    watch.note(PartitionsAssigned("intake", (HERE,)))
    async with running(watch.run(probe)):
        assert await told.next() == [LagMeasured(())]
