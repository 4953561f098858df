"""A map of bounded size against a dictionary that does the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.dedup.index.recent_keys import ABSENT, find, forget, put, slots_for


@given(st.lists(st.integers(-20, 20), max_size=200), st.integers(1, 12))
def test_it_finds_the_last_place_of_every_key_still_on_the_ring(written: list[int], places: int) -> None:
    slots, keys = slots_for(places), np.zeros(places, np.int64)
    for n, key in enumerate(written):
        place = n % places
        if n >= places:
            forget(slots, keys, place)
        put(slots, keys, key, place)
        # A key whose newest place fell off is forgotten, even if an older one had been overwritten before.
        newest = {k: i for i, k in enumerate(written[: n + 1])}
        alive = {k: i % places for k, i in newest.items() if i > n - places}
        for k in range(-20, 21):
            assert find(slots, keys, k) == alive.get(k, ABSENT)


def test_a_full_ring_leaves_slots_free() -> None:
    slots, keys = slots_for(1_000), np.zeros(1_000, np.int64)
    for n in range(10_000):
        if n >= 1_000:
            forget(slots, keys, n % 1_000)
        put(slots, keys, n * 7919, n % 1_000)
    assert np.count_nonzero(slots) == 1_000
    assert find(slots, keys, 9_000 * 7919) == 0
    assert find(slots, keys, 8_999 * 7919) == ABSENT
