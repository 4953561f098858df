"""What stands in four clusters is boilerplate, and stays it."""

from __future__ import annotations

import numpy as np

from service.dedup.index.boilerplate_memory import BOILERPLATE_CLUSTERS, BoilerplateMemory, learn, mark_plain

FEATURE = np.uint64(0x1234_5678_9ABC_DEF0)


def memory(*features: np.uint64, slot_bits: int = 22) -> BoilerplateMemory:
    made = BoilerplateMemory(slot_bits)
    for feature in features:
        learn(*made.counters, feature)
    return made


def is_boilerplate(made: BoilerplateMemory, feature: np.uint64) -> bool:
    plain = np.empty(3, np.bool_)
    mark_plain(*made.counters, np.array([feature ^ np.uint64(1), feature, feature], np.uint64), plain)
    assert plain[0]
    assert plain[1] == plain[2]
    return not plain[1]


def test_a_shingle_is_boilerplate_from_its_fourth_cluster_on() -> None:
    assert not is_boilerplate(memory(*[FEATURE] * (BOILERPLATE_CLUSTERS - 1)), FEATURE)
    assert is_boilerplate(memory(*[FEATURE] * BOILERPLATE_CLUSTERS), FEATURE)
    assert is_boilerplate(memory(*[FEATURE] * 1_000), FEATURE)


def test_only_the_bits_that_segments_keep_count() -> None:
    made = memory(*[FEATURE] * 4)
    assert is_boilerplate(made, FEATURE ^ np.uint64(1 << 60))
    assert not is_boilerplate(made, FEATURE ^ np.uint64(1 << 40))


def test_boilerplate_is_not_worn_down_by_others_and_what_is_rare_is() -> None:
    others = [np.uint64(n * 0x9E37_79B9_7F4A_7C15 % 2**64) for n in range(1, 200)]
    assert is_boilerplate(memory(*[FEATURE] * 4, *others, slot_bits=1), FEATURE)
    rare = memory(*[FEATURE] * 3, *others, FEATURE, slot_bits=1)
    assert not is_boilerplate(rare, FEATURE)
