"""Trained weights -> bytes in buckets of two slots. Only the features that matter most are kept."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.enrich.quotes.crf import TAG_BITS, WAYS, WEIGHTS, Weights
from service.enrich.quotes.labelling import ZERO
from service.enrich.quotes.templates import FEATURE_BITS, UInt64s
from train.chain import Trained

BUCKET_BITS = 16
LIMIT = 127


def pack(trained: Trained, features_max: int, bucket_bits: int = BUCKET_BITS) -> Weights:
    """The `features_max` features of most weight, measured by how often they were seen too.

    Weights are taken relative to label 0: a constant over labels changes nothing. Where a bucket is full, what
    matters less is dropped.
    """
    if FEATURE_BITS - bucket_bits >= TAG_BITS:
        raise ValueError(f"{bucket_bits} bits of bucket leave a tag of more than {TAG_BITS} bits")
    relative = trained.weights[:, 1:] - trained.weights[:, :1]
    centred = trained.weights - trained.weights.mean(1, keepdims=True)
    matters = np.abs(centred).max(1) * np.sqrt(trained.seen)
    order = np.argsort(-matters, kind="stable")[:features_max]
    scale = float(np.abs(relative[order]).max()) / LIMIT or 1.0
    small = np.clip(np.rint(relative[order] / scale), -LIMIT, LIMIT).astype(np.int16)
    return Weights(_fill(trained.features[order].astype(np.int64), small, bucket_bits), scale)


@compiled
def _fill(features: npt.NDArray[np.int64], small: npt.NDArray[np.int16], bucket_bits: int) -> UInt64s:
    slots = np.zeros(WAYS << bucket_bits, np.uint64)
    for row in range(len(features)):
        bucket = (features[row] & ((1 << bucket_bits) - 1)) * WAYS
        packed = np.uint64((features[row] >> bucket_bits) + 1)
        for y in range(WEIGHTS):
            weight = np.int64(small[row, y]) if y < small.shape[1] else np.int64(0)
            packed |= np.uint64(weight + ZERO) << np.uint64(8 * (y + 2))
        for way in range(WAYS):
            if slots[bucket + way] == 0:
                slots[bucket + way] = packed
                break
    return slots
