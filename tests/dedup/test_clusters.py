"""Clusters: the head, then the newest others, as far as they are remembered."""

from __future__ import annotations

import numpy as np

from service.dedup.index.clusters import MEMBERS_MAX, Clusters


def remembered(heads: list[int], capacity: int = 64) -> Clusters:
    clusters = Clusters(capacity)
    clusters.remember(0, np.array(heads, np.int64))
    return clusters


def test_a_cluster_has_its_head_and_its_others_older_ones_first() -> None:
    clusters = remembered([0, 0, 1, 2, 1])
    for serial in (0, 2, 4):
        assert clusters.head(serial, 0) == 0
        assert clusters.members(serial, 0) == [0, 2, 4]
    assert clusters.members(3, 0) == [1, 3]


def test_only_the_newest_members_are_listed() -> None:
    clusters = remembered([0] + [1] * 50)
    assert clusters.members(3, 0) == [0, *range(51 - MEMBERS_MAX, 51)]


def test_who_is_forgotten_is_no_member() -> None:
    clusters = remembered([0, 1, 1, 1])
    assert clusters.members(3, 0) == [0, 1, 2, 3]
    assert clusters.members(3, 1) == [3]


def test_a_ring_that_goes_round_joins_nobody_to_a_stranger() -> None:
    clusters = remembered([0, 1, 1, 0], capacity=4)
    clusters.remember(4, np.array([1], np.int64))  # takes the place of its head
    assert clusters.head(4, 1) == 4
    assert clusters.members(4, 1) == [4]
    clusters.remember(5, np.array([5, 5], np.int64))
    assert clusters.members(6, 3) == [4, 5, 6]
    assert clusters.members(3, 3) == [3]


def test_one_by_one_or_together_makes_no_difference() -> None:
    heads = [0, 1, 1, 0, 4, 1, 4, 0, 8]
    together, one_by_one = remembered(heads, 6), Clusters(6)
    for serial, head in enumerate(heads):
        one_by_one.remember(serial, np.array([head], np.int64))
    for serial in range(3, 9):
        assert together.members(serial, 3) == one_by_one.members(serial, 3)
