"""Trained weights -> signed bytes in buckets of four; where a bucket is full its weakest features are dropped."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.core.compiled import compiled
from service.core.quotes.crf import FEATURE_BITS, Floats, UInt32s, UInt64s, Weights

BUCKET_BITS = 17
WEIGHT_MIN = 0.01
"""Features whose largest weight is smaller are dropped."""


def pack(weights: Floats, bucket_bits: int = BUCKET_BITS, weight_min: float = WEIGHT_MIN) -> Weights:
    """Weights [features, labels] in 2 ** bucket_bits buckets; a constant over labels changes nothing and goes."""
    centred = weights - weights.mean(1, keepdims=True)
    largest = np.abs(centred).max(1)
    scale = float(largest.max()) / 127 or 1.0
    small = np.clip(np.rint(centred / scale), -127, 127).astype(np.int16)
    chosen = np.nonzero(largest > weight_min)[0]
    order = chosen[np.argsort(-largest[chosen], kind="stable")].astype(np.int64)
    if FEATURE_BITS - bucket_bits > 7:
        raise ValueError(f"{bucket_bits} bits of bucket leave a tag of more than 7 bits")
    tags, values = _fill(order, small, bucket_bits)
    return Weights(tags, values, scale)


@compiled
def _fill(
    order: npt.NDArray[np.int64], small: npt.NDArray[np.int16], bucket_bits: int
) -> tuple[UInt32s, UInt64s]:
    tags = np.zeros(1 << bucket_bits, np.uint32)
    values = np.zeros(4 << bucket_bits, np.uint64)
    for feature in order:
        bucket = feature & ((1 << bucket_bits) - 1)
        tag = np.uint32((feature >> bucket_bits) + 1)
        for slot in range(4):
            shift = np.uint32(8 * slot)
            if (tags[bucket] >> shift) & np.uint32(255) == 0:
                tags[bucket] |= tag << shift
                packed = np.uint64(0)
                for y in range(8):
                    weight = np.int64(small[feature, y]) if y < small.shape[1] else np.int64(0)
                    packed |= np.uint64(weight + 128) << np.uint64(8 * y)
                values[bucket * 4 + slot] = packed
                break
    return tags, values
