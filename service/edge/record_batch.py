"""Letters of one partition as Kafka record batches, message format v2, for aiokafka's producer.

https://kafka.apache.org/documentation/#recordbatch

aiokafka's own builder writes every header of every record anew, and works out checksums by table. An article has
twenty claims, whose eight headers differ in one; here records are written by compiled code, what letters share is
laid out once, and the checksum is the processor's.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import google_crc32c
import numpy as np
from aiokafka.codec import gzip_encode, lz4_encode, snappy_encode, zstd_encode

from service.core.wire import NULL, NUMBER_BYTES, PIECES, RECORD_BYTES, write_records, write_varint
from service.edge.letters import CE_ID, CE_ID_AT, Headers, Letter

FRAME: Final = struct.Struct(">qiibI")
"""First offset (the broker's to give), length of what follows it, leader's epoch, format, checksum of all behind it."""
DETAILS: Final = struct.Struct(">hiqqqhii")
"""Attributes, last offset - first, first and last time, producer, its epoch, number of the first record, count."""
HEAD_BYTES: Final = FRAME.size + DETAILS.size
UNCOUNTED_BYTES: Final = 12
"""The first offset and the length itself."""
FORMAT: Final = 2
UNKNOWN: Final = -1
NOBODY: Final = (UNKNOWN, UNKNOWN, UNKNOWN)
"""Producer, epoch and number of a batch that is not idempotent."""

CODECS: Final[dict[str, tuple[int, Callable[[bytes], bytes]]]] = {
    "gzip": (1, gzip_encode),
    "snappy": (2, snappy_encode),
    "lz4": (3, lz4_encode),
    "zstd": (4, zstd_encode),
}
"""`kafka.compression` -> its number among the attributes of a batch, and what packs."""

KEPT_BYTES: Final = 128
"""A header of this size is not written anew for each record."""


class RecordBatch:
    """Some records, ready but for the producer's number. Stands where aiokafka's `BatchBuilder` does."""

    def __init__(self, records: bytes, count: int, compression: str) -> None:
        """`records` are as `write_records` makes them, of now."""
        self._records = records
        self._count = count
        self._compression = compression
        self._time_ms = int(time.time() * 1_000)
        self._producer = NOBODY
        self._bytes: bytes | None = None

    def record_count(self) -> int:
        """How many."""
        return self._count

    def closed(self) -> bool:
        """Nothing can be added."""
        return True

    def _set_producer_state(self, producer: int, epoch: int, first: int) -> None:
        """Called by aiokafka before it sends."""
        self._producer = (producer, epoch, first)

    def _build(self) -> bytes:
        """Called by aiokafka when it sends, and when it sends again."""
        if self._bytes is None:
            self._bytes = self._packed()
            self._records = b""
        return self._bytes

    def _packed(self) -> bytes:
        codec, records = 0, self._records
        if self._compression in CODECS:
            number, pack = CODECS[self._compression]
            packed = pack(records)
            if len(packed) < len(records):
                codec, records = number, packed
        now, last = self._time_ms, self._count - 1
        details = DETAILS.pack(codec, last, now, now, *self._producer, self._count)
        checksum = google_crc32c.extend(google_crc32c.value(details), records)
        length = HEAD_BYTES - UNCOUNTED_BYTES + len(records)
        return FRAME.pack(0, length, UNKNOWN, FORMAT, checksum) + details + records


def room(bytes_max: int) -> Any:
    """Where `record_batches` writes batches of so many bytes, to be kept: fresh memory costs as much as the writing."""
    return np.empty(bytes_max - HEAD_BYTES, np.uint8)


def record_batches(letters: Sequence[Letter], into: Any, compression: str) -> Iterator[RecordBatch]:
    """All letters, in order, in batches that fit `into` before they are packed, or of one larger record."""
    laid_out, largest = _laid_out(letters)
    first = 0
    while first < len(letters):
        written = into
        count, size = write_records(written, first, len(letters), *laid_out)
        if not count:
            written = np.empty(largest, np.uint8)
            count, size = write_records(written, first, first + 1, *laid_out)
            assert count, "there was room"
        yield RecordBatch(written[:size].tobytes(), count, compression)
        first += count


def _laid_out(letters: Sequence[Letter]) -> tuple[tuple[Any, ...], int]:
    """What `write_records` reads, and more bytes than any of the records will have."""
    values = [letter.value for letter in letters]
    sizes = [NULL if value is None else len(value) for value in values]
    ids = [letter.event_id for letter in letters]
    id_sizes = list(map(len, ids))
    pieces, frame_of = _frames(letters, id_sizes)
    lengths = np.array(list(map(len, pieces)), np.int64).reshape(-1, PIECES)
    largest = max(sizes) + max(id_sizes) + int(lengths.sum(axis=1).max()) + RECORD_BYTES
    return (
        _bytes(b"".join([value or b"" for value in values])),
        np.array(sizes, np.int64),
        _bytes("".join(ids).encode("ascii")),
        np.array(id_sizes, np.int64),
        _bytes(b"".join(pieces)),
        lengths,
        np.array(frame_of, np.int64),
    ), largest


def _frames(letters: Sequence[Letter], id_sizes: Sequence[int]) -> tuple[list[bytes], list[int]]:
    """The pieces of all frames, and which frame each letter has: one for neighbours that share key and headers."""
    pieces: list[bytes] = []
    frame_of: list[int] = []
    frame, common, key, size = -1, None, None, NULL
    for letter, id_size in zip(letters, id_sizes, strict=True):
        if letter.common is not common or id_size != size or letter.key != key:
            common, key, size, frame = letter.common, letter.key, id_size, frame + 1
            pieces += (_sized(key), *_around_id(common, id_size))
        frame_of.append(frame)
    return pieces, frame_of


def _around_id(headers: Headers, id_size: int) -> tuple[bytes, bytes]:
    """What stands before the id of the event, and behind it; all of it before where there is none."""
    each = [_header(*header) for header in headers]
    if not id_size:
        return _number(len(each)) + b"".join(each), b""
    before = [_number(len(each) + 1), *each[:CE_ID_AT], _sized(CE_ID.encode()), _number(id_size)]
    return b"".join(before), b"".join(each[CE_ID_AT:])


def _header(name: str, value: bytes | None) -> bytes:
    """Kept, as most are the same in all records of a kind; not those of strangers that dead letters carry, if large."""
    if len(name) + len(value or b"") <= KEPT_BYTES:
        return _kept_header(name, value)
    return _sized(name.encode()) + _sized(value)


@lru_cache(maxsize=1_024)
def _kept_header(name: str, value: bytes | None) -> bytes:
    return _sized(name.encode()) + _sized(value)


def _sized(data: bytes | None) -> bytes:
    return _number(NULL) if data is None else _number(len(data)) + data


@lru_cache(maxsize=1_024)
def _number(number: int) -> bytes:
    digits = np.empty(NUMBER_BYTES, np.uint8)
    return digits[: write_varint(digits, 0, number)].tobytes()


def _bytes(data: bytes) -> Any:
    return np.frombuffer(data, np.uint8)
