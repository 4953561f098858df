"""Ids by serial number, dropped in blocks."""

from __future__ import annotations

import pytest

from service.dedup.index.article_ids import BLOCK, ArticleIds


def filled(first: int, count: int) -> ArticleIds:
    ids = ArticleIds()
    for serial in range(first, first + count):
        ids.append(serial, f"id-{serial}-é".encode())
    return ids


def test_every_id_comes_back() -> None:
    ids = filled(0, 2 * BLOCK + 5)
    for serial in (0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 4):
        assert ids.get(serial) == f"id-{serial}-é"


def test_a_log_may_begin_anywhere() -> None:
    assert filled(BLOCK + 17, 3).get(BLOCK + 18) == f"id-{BLOCK + 18}-é"


def test_old_blocks_are_dropped_whole_and_their_memory_is_given_back() -> None:
    ids = filled(0, 3 * BLOCK)
    before = ids.bytes
    ids.drop_before(BLOCK + 1)
    assert ids.get(BLOCK) == f"id-{BLOCK}-é"
    with pytest.raises(KeyError):
        ids.get(BLOCK - 1)
    assert 0.6 * before < ids.bytes < 0.7 * before
    ids.drop_before(3 * BLOCK)
    assert ids.bytes == 0
