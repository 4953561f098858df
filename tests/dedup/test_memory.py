"""Log time, the floor, contents and ids: what a collection remembers besides shingles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.dedup.decided import Decided, decided_row, joined
from service.dedup.index.known_ids import KnownId
from service.dedup.index.memory import Memory
from service.dedup.verdict import Verdict
from service.records import Relation
from service.sketch.sketch import sketch


def row(
    memory: Memory, name: str, *, seconds: int = 0, content: int = 0, key: int = 0, revision: int = 1
) -> Decided:
    """A stored article."""
    made = sketch(f"{name} " * 5)
    _, plain, _ = memory.index.look_up(made, memory.floor)
    return decided_row(
        verdict=Verdict(Relation.NEW, name, revision=revision),
        article_id=name,
        id_hash=key,
        content=content,
        topic=0,
        partition=0,
        raw_offset=memory.next_serial,
        seconds=seconds,
        answered_by=memory.next_serial,
        is_known=True,
        as_fed=5 if name == "trimmed" else 0,
        meta=9,
        entry=memory.index.entry(made, plain, memory.floor),
    )


def fed(capacity: int, window: int, times: list[int]) -> Iterator[Memory]:
    """The memory after each of these articles."""
    memory = Memory(capacity, window)
    for n, seconds in enumerate(times):
        memory.remember(("raw",), row(memory, f"a{n}", seconds=seconds, content=100 + n, key=200 + n))
        yield memory


def last(capacity: int, window: int, times: list[int]) -> Memory:
    *_, memory = fed(capacity, window, times)
    return memory


def test_what_is_older_than_the_window_is_invisible() -> None:
    memory = last(10, 100, [1_000, 1_050, 1_100])
    assert memory.floor == 0
    memory.advance(1_101)
    assert memory.floor == 1
    assert not memory.is_visible(0)
    assert memory.with_content(100) is None
    assert memory.with_content(101) == 1
    assert memory.evicted == 0


def test_log_time_never_goes_back() -> None:
    memory = last(10, 100, [1_000, 1_200, 900])
    assert memory.floor == 1  # the late one is as old as the log was when it came
    memory.advance(1_290)
    assert memory.floor == 1
    memory.advance(1_301)
    assert memory.floor == 3


def test_articles_without_a_time_last_as_long_as_the_first_one_with_a_time() -> None:
    memory = last(10, 100, [0, 0, 1_000, 0])
    assert memory.floor == 0
    memory.advance(1_100)
    assert memory.floor == 0
    memory.advance(1_101)
    assert memory.floor == 4
    assert last(10, 100, [0] * 5).floor == 0


def test_a_full_memory_lets_the_oldest_go_and_counts_them() -> None:
    memory = last(3, 100, [1_000] * 5)
    assert (memory.floor, memory.next_serial, memory.evicted) == (2, 5, 2)
    assert [memory.with_content(100 + n) for n in range(5)] == [None, None, 2, 3, 4]
    assert [memory.article_id(n) for n in (2, 3, 4)] == ["a2", "a3", "a4"]


def test_the_same_content_twice_points_to_the_newer_one() -> None:
    memory = Memory(3, 100)
    for n in range(4):
        memory.remember(("raw",), row(memory, f"a{n}", content=7 if n < 2 else n))
    assert memory.with_content(7) == 1  # the older one has left its place


def test_what_cleaning_took_words_away_from_is_remembered() -> None:
    memory = Memory(3, 100)
    memory.remember(("raw",), row(memory, "trimmed"))
    memory.remember(("raw",), row(memory, "whole"))
    assert (memory.is_as_fed(0, 5), memory.is_as_fed(1, 0)) == (True, True)
    assert (memory.is_as_fed(0, 6), memory.is_as_fed(0, 0), memory.is_as_fed(1, 0x10000)) == (False,) * 3


def test_the_last_version_of_an_id_is_known() -> None:
    memory = Memory(3, 100)
    memory.remember(("raw",), row(memory, "a", key=-5, content=1))
    memory.remember(("raw",), row(memory, "a", key=-5, content=2, revision=2))
    assert memory.known_ids.get(-5) == KnownId(content=2, answered_by=1, revision=2, meta=9)
    assert memory.known_ids.get(5) is None


def test_many_at_once_leave_the_same_memory_as_one_by_one() -> None:
    times = [1_000 + 40 * n for n in range(12)]
    one_by_one = last(5, 100, times)
    source = Memory(5, 100)
    rows = []
    for n, seconds in enumerate(times):
        rows.append(row(source, f"a{n}", seconds=seconds, content=100 + n, key=200 + n))
        source.remember(("raw",), rows[-1])
    at_once = Memory(5, 100)
    at_once.remember(("raw",), joined(rows))
    for memory in (one_by_one, at_once):
        assert (memory.floor, memory.next_serial, memory.evicted) == (source.floor, 12, source.evicted)
        assert [memory.with_content(100 + n) for n in range(12)] == [
            source.with_content(100 + n) for n in range(12)
        ]
        assert [memory.known_ids.get(200 + n) for n in range(12)] == [
            source.known_ids.get(200 + n) for n in range(12)
        ]


def test_a_log_whose_beginning_is_gone_starts_where_it_does_and_a_hole_is_refused() -> None:
    memory = Memory(3, 100)
    memory.start_at(70)
    memory.remember(("raw",), row(memory, "a", content=9))
    assert (memory.floor, memory.next_serial, memory.with_content(9)) == (70, 71, 70)
    assert memory.article_id(70) == "a"
    with pytest.raises(ValueError, match="expected serial number 71, found 75: a segment is missing"):
        memory.start_at(75)


def test_memory_in_use_is_told_and_stays_below_600_bytes_an_article() -> None:
    memory = Memory(100_000, 100)
    assert memory.bytes / 100_000 < 600
    before = memory.bytes
    memory.remember(("raw",), row(memory, "a"))
    assert memory.bytes > before
