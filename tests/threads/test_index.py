"""What the index keeps: the newest postings of a key, words as they were, records while there is room."""

from __future__ import annotations

import numpy as np
import pytest

from service.threads.index.packed_words import PACKED_MAX, pack, small_words, unpack
from service.threads.index.postings import FEW, TURN, Postings, mixed, newest, post, postings_for
from service.threads.index.record_ring import BYTES_MIN, RecordRing
from service.threads.index.seen_keys import SeenKeys
from tests.threads.articles import OTHER, QUAY, SECOND, Text, prepared

NEWEST = 24
FEW_BLOCKS = 64
"""Blocks of the smallest index."""


def asked(index: Postings, number: int, following: int) -> list[int]:
    """Return the postings of a key, the newest first."""
    out = np.empty(NEWEST, np.int64)
    held = newest(index.table, index.blocks, mixed(number, 1), following, out, NEWEST)
    return [int(one) for one in out[:held]]


def told(index: Postings, number: int, *threads: int) -> None:
    """Post a key for threads."""
    for thread in threads:
        post(*index, mixed(number, 1), thread)


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, NEWEST, NEWEST + 1, 5 * NEWEST])
def test_the_newest_postings_of_a_key_are_kept(count: int) -> None:
    index = postings_for(1_000, 100, NEWEST)
    told(index, 7, *range(count))
    assert asked(index, 7, count) == list(range(count))[::-1][:NEWEST]
    assert asked(index, 8, count) == []


def test_a_serial_number_beyond_32_bits_comes_back_whole() -> None:
    index = postings_for(1_000, 100, NEWEST)
    first = 2**32 - 2
    told(index, 7, *range(first, first + 4))
    assert asked(index, 7, first + 4) == [first + 3, first + 2, first + 1, first]


def test_a_key_whose_block_another_takes_keeps_its_newest() -> None:
    index = postings_for(10_000, FEW_BLOCKS, NEWEST)
    for number in range(FEW_BLOCKS + 1):
        told(index, number, *range(10 * number, 10 * number + 10))
    following = 10 * FEW_BLOCKS + 10
    assert asked(index, 0, following) == [9, 8, 7, 6]
    assert len(asked(index, 1, following)) == 10
    assert len(asked(index, FEW_BLOCKS, following)) == 10
    told(index, 0, following)
    assert asked(index, 0, following + 1) == [following, 9, 8, 7, 6]


def test_a_block_of_a_forgotten_key_is_used_again() -> None:
    index = postings_for(32, 300, NEWEST)  # at least 256 slots, more blocks
    for number in range(2_000):
        told(index, number, *range(number, number + FEW + 1))
    held = index.table[:, 24:32]
    assert len({int(block) for block in held[held > 0]}) == np.count_nonzero(held)
    assert sum(bool(asked(index, number, 10**6)) for number in range(2_000)) == held.size
    assert len(asked(index, 1_999, 10**6)) == FEW + 1
    assert index.counters[TURN] == 0


@pytest.mark.parametrize("text", [QUAY, SECOND, OTHER])
def test_packed_words_come_back_as_they_were(text: Text) -> None:
    article = prepared(text)
    words = np.frombuffer(article.words, np.uint32)
    for start in range(0, max(1, words.size - 80), 7):
        own = words[start : start + 80]
        packed, out = np.zeros(PACKED_MAX, np.uint8), np.empty(80, np.uint32)
        size = pack(own, small_words(), packed)
        assert size < own.nbytes
        assert unpack(packed, 0, own.size, small_words(), out).tolist() == own.tolist()


def test_a_ring_of_records_forgets_the_oldest_by_count_and_by_size() -> None:
    ring = RecordRing(3, 0)
    for number in range(1, 6):
        ring.add(b"%d" % number)
    assert [ring.get(number) for number in range(7)] == [None, None, None, b"3", b"4", b"5", None]
    large = b"x" * (BYTES_MIN // 2 + 1)
    ring.add(large)
    assert ring.get(6) == large
    ring.add(large)
    assert (ring.get(6), ring.get(7)) == (None, large)
    ring.add(b"x" * (BYTES_MIN + 1))
    assert ring.get(8) is None


def test_a_delivery_is_known_while_there_is_room() -> None:
    seen = SeenKeys(2)
    keys = [bytes([number] * 12) for number in range(3)]
    assert [seen.note(key) for key in (keys[0], keys[0], keys[1], keys[2])] == [False, True, False, False]
    assert not seen.note(keys[0])
    assert seen.note(keys[2])
