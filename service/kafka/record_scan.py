"""Find the records of an unpacked record batch, compiled.

Records of message format v2: https://kafka.apache.org/documentation/#record
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.compiled import borrowing, compiled

Bytes = NDArray[np.uint8]
Rows = NDArray[np.int64]

TIME_DELTA, OFFSET_DELTA, KEY, KEY_END, VALUE, VALUE_END, HEADERS, HEADER_COUNT, END = range(9)
"""Columns of a row: deltas to the batch's first time and offset, spans in bytes, and the number of headers.

A missing key or value has the end -1.
"""

COLUMNS: Final = 9
VARINT_BITS_MAX: Final = 63
"""Maximum number of bits that a varint may shift by: ten bytes of seven bits."""

COUNT, AT = range(2)
"""Columns of `state`: the number of records passed over or found so far, and the byte to read on from."""


@compiled
def scan(data: Bytes, state: Rows, records: int, offset_min: int, rows: Rows) -> int:
    """Fill `rows` with the next records of a batch whose offset delta is at least `offset_min`.

    Args: `data`: uint8[bytes], the unpacked records; `state`: int64[2], moved on; `records`: the number of records
    that the batch says it has; `rows`: int64[n, COLUMNS].
    Returns: the number of rows that were filled, fewer than n only at the end of the batch; -1 - that number where
    the bytes after them are no record.
    """
    filled = 0
    while filled < rows.shape[0] and state[COUNT] < records:
        length, at = _varint(data, state[AT])
        end = at + length
        if at < 0 or length < 0 or end > data.size:
            return -1 - filled
        at += 1  # attributes, unused
        time_delta, at = _varint(data, at)
        offset_delta, at = _varint(data, at)
        key, key_end, at = _field(data, at, end)
        value, value_end, at = _field(data, at, end)
        count, at = _varint(data, at)
        if at < 0 or at > end or count < 0:
            return -1 - filled
        state[COUNT] += 1
        state[AT] = end
        if offset_delta < offset_min:
            continue
        row = rows[filled]
        row[TIME_DELTA], row[OFFSET_DELTA] = time_delta, offset_delta
        row[KEY], row[KEY_END], row[VALUE], row[VALUE_END] = key, key_end, value, value_end
        row[HEADERS], row[HEADER_COUNT], row[END] = at, count, end
        filled += 1
    return filled


@borrowing
def _field(data: Bytes, at: int, end: int) -> tuple[int, int, int]:
    """Read a nullable field that ends at `end` or before: its span, and the byte after it (-1: it is broken)."""
    length, at = _varint(data, at)
    if at < 0 or length > end - at:
        return 0, -1, -1
    if length < 0:
        return 0, -1, at
    return at, at + length, at + length


@borrowing
def _varint(data: Bytes, at: int) -> tuple[int, int]:
    """Read a zigzag varint at byte `at`: the number, and the byte after it (-1: it is broken, or `at` is -1)."""
    result, shift = np.uint64(0), 0
    while 0 <= at < data.size and shift <= VARINT_BITS_MAX:
        byte = data[at]
        at += 1
        result |= np.uint64(byte & 0x7F) << np.uint64(shift)
        if byte < 0x80:
            number = np.int64(result >> np.uint64(1)) ^ -np.int64(result & np.uint64(1))
            return int(number), at
        shift += 7
    return 0, -1
