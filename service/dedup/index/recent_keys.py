"""A bounded map from 64-bit keys to the places of a ring: what falls off the ring is forgotten.

Open addressing with linear probing; deleting moves later entries up, so no grave stones pile up (Knuth, TAOCP 3,
6.4, algorithm R). It costs four bytes for each slot; the keys themselves lie in the owner's ring.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.hashing import mix

SLOTS_PER_PLACE: Final = 1.4
ABSENT: Final = -1

Slots = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.int64]


def slots_for(places: int, per_place: float = SLOTS_PER_PLACE) -> Slots:
    """Return an empty table for a ring of this number of places."""
    return np.zeros(int(places * per_place) + 8, np.uint32)


@compiled
def _home(key: int, slots: int) -> int:
    return int(np.int64((mix(np.uint64(key)) >> np.uint64(32)) * np.uint64(slots) >> np.uint64(32)))


@compiled
def find(slots: Slots, keys: Keys, key: int) -> int:
    """Return the place that holds `key`, or ABSENT."""
    at = _home(key, slots.size)
    while slots[at] != 0:
        place = int(slots[at]) - 1
        if keys[place] == key:
            return place
        at = at + 1 if at + 1 < slots.size else 0
    return ABSENT


@compiled
def forget(slots: Slots, keys: Keys, place: int) -> None:
    """Drop the entry of a place, if it still is the one of its key."""
    at = _home(keys[place], slots.size)
    while slots[at] != place + 1:
        if slots[at] == 0:
            return
        at = at + 1 if at + 1 < slots.size else 0
    hole = at
    while True:
        at = at + 1 if at + 1 < slots.size else 0
        if slots[at] == 0:
            break
        home = _home(keys[np.int64(slots[at]) - 1], slots.size)
        stays = hole < home <= at if hole < at else home > hole or home <= at
        if not stays:
            slots[hole] = slots[at]
            hole = at
    slots[hole] = 0


@compiled
def put(slots: Slots, keys: Keys, key: int, place: int) -> None:
    """Write `key` into a place of the ring (forget what it held before) and point to it from now on."""
    at = _home(key, slots.size)
    while slots[at] != 0:
        if keys[np.int64(slots[at]) - 1] == key:
            break
        at = at + 1 if at + 1 < slots.size else 0
    slots[at] = place + 1
    keys[place] = key
