"""The bytes of records in a batch, compiled.

Records of message format v2: https://kafka.apache.org/documentation/#record
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.compiled import borrowing, compiled

Bytes = NDArray[np.uint8]
Lengths = NDArray[np.int64]

NULL: Final = -1
"""Length of what is not there."""

PIECES: Final = 3
"""Of a frame: the key, the headers before the id, and those behind it."""

NUMBER_BYTES: Final = 5
"""The most that a number of 32 bits takes."""

RECORD_BYTES: Final = 32
"""More than a record takes besides key, value and headers: numbers, and its attributes."""


@compiled
def write_around(
    out: Bytes,
    ends: Lengths,
    first: int,
    end: int,
    bytes_max: int,
    value_lengths: Lengths,
    ids: Bytes,
    id_lengths: Lengths,
    frames: Bytes,
    frame_lengths: Lengths,
    frame_of: Lengths,
) -> int:
    """Write what stands before, between and behind the values of some records into `out`; how many records.

    They are number `first` and those after it, before number `end`, that take no more than `bytes_max` bytes with their
    values; at least one. `ends[n]` is where value n belongs, and the last one filled is where all ends: it takes one
    more than there are records.

    `ids` holds those of all records, one behind the other. A frame is what surrounds them and neighbours share: three
    pieces, the key with its length, the headers before the id, and those behind it. `frame_lengths` (frames, 3) are the
    lengths of the pieces, `frame_of` says which frame a record has; `value_lengths` may be NULL. All records have the
    time of their batch. Nothing checks that `out` takes RECORD_BYTES for each record, its frame and its id.
    """
    at, id_at, frame_at, frame, size = 0, 0, 0, 0, 0
    for record in range(first):
        id_at += id_lengths[record]
    written = 0
    for record in range(first, end):
        while frame < frame_of[record]:
            frame_at += frame_lengths[frame, 0] + frame_lengths[frame, 1] + frame_lengths[frame, 2]
            frame += 1
        key, before, after = frame_lengths[frame, 0], frame_lengths[frame, 1], frame_lengths[frame, 2]
        value, own = value_lengths[record], id_lengths[record]
        around = 2 + _varint_bytes(written) + _varint_bytes(value) + key + before + own + after
        length = around + max(0, value)
        size += _varint_bytes(length) + length
        if written and size > bytes_max:
            break
        at = write_varint(out, at, length)
        out[at] = out[at + 1] = 0  # attributes, and the time since the first record
        at = write_varint(out, at + 2, written)
        at = _copy(out, at, frames, frame_at, key)
        at = write_varint(out, at, value)
        ends[written] = at
        at = _copy(out, at, frames, frame_at + key, before)
        at = _copy(out, at, ids, id_at, own)
        at = _copy(out, at, frames, frame_at + key + before, after)
        id_at += own
        written += 1
    ends[written] = at
    return written


@borrowing
def _varint_bytes(number: int) -> int:
    rest = _zigzag(number)
    count = 1
    while rest > 0x7F:
        rest >>= 7
        count += 1
    return count


@borrowing
def write_varint(out: Bytes, at: int, number: int) -> int:
    """Write a signed number into `out[at:]`, zigzag, seven bits a byte, the lowest first; where the next byte goes."""
    rest = _zigzag(number)
    while rest > 0x7F:
        out[at] = rest & 0x7F | 0x80
        rest >>= 7
        at += 1
    out[at] = rest
    return at + 1


@borrowing
def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


@borrowing
def _copy(out: Bytes, at: int, source: Bytes, start: int, length: int) -> int:
    """Indices have no sign: one that might be negative is looked at for each byte, which takes thirty times as long."""
    if length <= 0:
        return at
    to, of = np.uint64(at), np.uint64(start)
    for step in range(np.uint64(length)):
        out[to + step] = source[of + step]
    return at + length
