"""The partition a key belongs to, as every Kafka client has it by default."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from service.compiled import compiled


@lru_cache(maxsize=4096)
def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of a key as Kafka's default partitioner chooses it (murmur2, positive, modulo)."""
    return (int(murmur2(key)) & 0x7FFFFFFF) % partitions


@compiled
def murmur2(key: bytes) -> int:
    """Hash a key as Kafka's clients do to choose a partition: unsigned, as `org.apache.kafka.common.utils.Utils`."""
    factor, length = np.uint32(0x5BD1E995), len(key)
    found = np.uint32(0x9747B28C) ^ np.uint32(length)
    whole = length - length % 4
    for at in range(0, whole, 4):
        word = np.uint32(key[at]) | np.uint32(key[at + 1]) << np.uint32(8)
        word |= np.uint32(key[at + 2]) << np.uint32(16) | np.uint32(key[at + 3]) << np.uint32(24)
        word = np.uint32(word * factor)
        word = np.uint32((word ^ word >> np.uint32(24)) * factor)
        found = np.uint32(found * factor) ^ word
    for at in range(length - 1, whole - 1, -1):
        found ^= np.uint32(key[at]) << np.uint32(8 * (at - whole))
    if whole < length:
        found = np.uint32(found * factor)
    found = np.uint32((found ^ found >> np.uint32(13)) * factor)
    return int(found ^ found >> np.uint32(15))
