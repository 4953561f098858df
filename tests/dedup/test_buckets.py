"""The table of shingles against lists that do the same: every place of a bucket counts, whoever reads it."""

from __future__ import annotations

from collections import defaultdict, deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dedup.index.buckets import (
    FREQUENT,
    WAYS,
    Buckets,
    bucket_of,
    buckets_for,
    holders,
    mark_held,
    write,
)

TAGS = (0x0001, 0x0002, 0x0003, 0x0100, 0x7FFF, 0x8000, 0x8001, 0xFFFE, 0xFFFF)
"""Where arithmetic on four tags at once could go wrong: neighbours, borrows, highest bits."""


def a_shingle(tag: int, bucket: int = 0, rest: int = 0) -> np.uint64:
    """A shingle of this tag in this bucket of 16."""
    return np.uint64(rest << 48 | tag << 32 | bucket << 28)


def held(table: Buckets, *features: np.uint64) -> list[bool]:
    marks = np.empty(len(features), np.bool_)
    mark_held(table.tags, np.array(features, np.uint64), marks)
    return [bool(mark) for mark in marks]


def found(table: Buckets, feature: np.uint64, floor: int = 0) -> list[int]:
    out = np.empty(FREQUENT, np.uint32)
    return [int(serial) for serial in out[: holders(table.tags, table.serials, feature, floor, out)]]


def test_an_empty_table_holds_nothing() -> None:
    table = buckets_for(1)
    features = [a_shingle(tag, bucket) for tag in (0, *TAGS) for bucket in range(16)]
    assert held(table, *features) == [False] * len(features)
    assert [found(table, feature) for feature in features] == [[]] * len(features)


@pytest.mark.parametrize("way", range(WAYS))
@pytest.mark.parametrize("others", ["none", "some"])
def test_a_shingle_is_held_in_whichever_place_of_its_bucket_it_stands(way: int, others: str) -> None:
    """Alone, or with others all around it."""
    table, wanted = buckets_for(1), a_shingle(0x8000, 3)
    for place in range(WAYS):
        if place == way:
            write(*table, wanted, 1_000)
        elif others == "some":
            write(*table, a_shingle(0x0101 + place, 3), place)
        else:
            table.cursors[3] = place + 1
    assert held(table, wanted, a_shingle(0x8000, 2), a_shingle(0x8000, 4)) == [True, False, False]
    assert found(table, wanted) == [1_000]


@pytest.mark.parametrize("stored", TAGS)
def test_no_other_tag_of_the_bucket_is_taken_for_it(stored: int) -> None:
    for way in range(WAYS):
        table = buckets_for(1)
        table.cursors[5] = way
        write(*table, a_shingle(stored, 5), 1)
        assert held(table, *(a_shingle(tag, 5) for tag in TAGS)) == [tag == stored for tag in TAGS]
        assert [bool(found(table, a_shingle(tag, 5))) for tag in TAGS] == [tag == stored for tag in TAGS]


def test_marks_stand_in_the_order_of_what_was_asked_and_replace_what_was_there() -> None:
    table = buckets_for(1)
    write(*table, a_shingle(7, 1), 1)
    write(*table, a_shingle(7, 9), 2)
    marks = np.ones(5, np.bool_)
    asked = [a_shingle(7, bucket) for bucket in (0, 1, 2, 9, 10)]
    mark_held(table.tags, np.array(asked, np.uint64), marks)
    assert marks.tolist() == [False, True, False, True, False]


def test_buckets_share_shingles_out_evenly_and_have_room_to_spare() -> None:
    table = buckets_for(64_000)
    buckets = len(table.tags)
    assert buckets * WAYS == 80_000
    spread = [int(bucket_of(np.uint64(low), buckets)) for low in (*range(0, 1 << 32, 1 << 18), (1 << 32) - 1)]
    assert spread == sorted(spread)
    assert set(spread) == set(range(buckets))
    assert bucket_of(np.uint64(0x7777_7777_0000_0000), buckets) == 0


SHINGLES = st.builds(
    a_shingle, st.sampled_from((0, *TAGS)), st.sampled_from((0, 7, 15)), st.sampled_from((0, 0xABCD))
)


@given(st.lists(SHINGLES, max_size=120), st.integers(0, 120))
def test_it_does_what_a_list_of_the_last_sixteen_does(written: list[np.uint64], floor: int) -> None:
    table = buckets_for(1)
    rings: defaultdict[int, deque[tuple[int, int]]] = defaultdict(lambda: deque(maxlen=WAYS))

    def of(feature: np.uint64) -> tuple[int, int]:
        return int(feature) >> 28 & 0xF, max(1, int(feature) >> 32 & 0xFFFF)

    for serial, feature in enumerate(written):
        write(*table, feature, serial)
        bucket, tag = of(feature)
        rings[bucket].append((tag, serial))
    asked = [a_shingle(tag, bucket) for tag in (0, *TAGS) for bucket in (0, 1, 7, 15)]
    for feature, mark in zip(asked, held(table, *asked), strict=True):
        bucket, tag = of(feature)
        serials = {serial for stored, serial in rings[bucket] if stored == tag}
        assert mark == bool(serials)
        alive = {serial for serial in serials if serial >= floor}
        answer = found(table, feature, floor)
        assert len(answer) == len(set(answer)) == min(FREQUENT, len(alive))
        assert set(answer) <= alive
