"""Letters of one partition as Kafka record batches, message format v2, for aiokafka's producer.

https://kafka.apache.org/documentation/#recordbatch

aiokafka's own builder writes every header of every record anew, and works out checksums by table. An article has
twenty claims, whose eight headers differ in one; here what letters share is laid out once, compiled code writes what
stands around the values, these are copied once, into their batch, and the checksum is the processor's.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import google_crc32c
import numpy as np
from aiokafka.codec import gzip_encode, lz4_encode, snappy_encode, zstd_encode

from service.kafka.wire import NULL, NUMBER_BYTES, PIECES, RECORD_BYTES, write_around, write_varint
from service.line.records_out import CE_ID, CE_ID_AT, Bundle, Headers, Post

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
KEPT_HEADERS: Final = 1_024
"""So many headers of up to so many bytes are not written anew for each record."""
_kept: Final[dict[tuple[str, bytes], bytes]] = {}


class RecordBatch:
    """Some records, ready but for the producer's number. Stands where aiokafka's `BatchBuilder` does."""

    def __init__(self, records: bytes, count: int, compression: str) -> None:
        """`records` are those of a batch in Kafka's format, of now."""
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
        return b"".join((FRAME.pack(0, length, UNKNOWN, FORMAT, checksum), details, records))


def record_batches(post: Iterable[Post], bytes_max: int, compression: str) -> Iterator[RecordBatch]:
    """All letters, in order, in batches of at most `bytes_max` before they are packed, or of one larger record."""
    values, around_bytes, laid_out = _laid_out(post)
    out, ends = np.empty(around_bytes, np.uint8), np.empty(len(values) + 1, np.int64)
    first = 0
    while first < len(values):
        count = write_around(out, ends, first, len(values), bytes_max - HEAD_BYTES, *laid_out)
        cuts = [0, *ends[: count + 1].tolist()]
        around = out[: cuts[-1]].tobytes()
        pieces = [b""] * (2 * count + 1)
        pieces[::2] = [around[start:end] for start, end in pairwise(cuts)]
        pieces[1::2] = values[first : first + count]
        yield RecordBatch(b"".join(pieces), count, compression)
        first += count


def _laid_out(post: Iterable[Post]) -> tuple[list[bytes], int, tuple[Any, ...]]:
    """All values, room for what stands around them, and what `write_around` reads.

    Neighbours that share key and headers have one frame.
    """
    values: list[bytes] = []
    sizes: list[int] = []
    ids: list[str] = []
    pieces: list[bytes] = []
    counts: list[int] = []
    numbers: list[tuple[int, int]] = []  # of the frame, and bytes of an id
    frame, common, key, size = -1, None, None, NULL
    for piece in post:
        if isinstance(piece, Bundle):
            values += piece.values
            sizes += map(len, piece.values)
            ids += piece.event_ids
            id_size, count = len(piece.event_ids[0]), len(piece.event_ids)
        else:
            values.append(piece.value or b"")
            sizes.append(NULL if piece.value is None else len(piece.value))
            ids.append(piece.event_id)
            id_size, count = len(piece.event_id), 1
        if piece.common is not common or id_size != size or piece.key != key:
            common, key, size, frame = piece.common, piece.key, id_size, frame + 1
            pieces += (_sized(key), *_around_id(common, id_size))
        counts.append(count)
        numbers.append((frame, id_size))
    frame_of, id_sizes = np.array(numbers, np.int64).T.repeat(counts, axis=1)
    written_ids = "".join(ids).encode("ascii")
    if len(written_ids) != id_sizes.sum():
        raise ValueError("the ids of a bundle are not of one length")
    lengths = np.array(list(map(len, pieces)), np.int64).reshape(-1, PIECES)
    around_bytes = int(lengths.sum(axis=1)[frame_of].sum()) + len(written_ids) + RECORD_BYTES * len(values)
    frames = _bytes(b"".join(pieces))
    return (
        values,
        around_bytes,
        (np.array(sizes, np.int64), _bytes(written_ids), id_sizes, frames, lengths, frame_of),
    )


def _around_id(headers: Headers, id_size: int) -> tuple[bytes, bytes]:
    """What stands before the id of the event, and behind it; all of it before where there is none."""
    each = [_kept.get(header) or _header(header) for header in headers]
    if not id_size:
        return _number(len(each)) + b"".join(each), b""
    return _before_id(len(each) + 1, tuple(each[:CE_ID_AT]), id_size), b"".join(each[CE_ID_AT:])


@lru_cache(maxsize=64)
def _before_id(count: int, headers: tuple[bytes, ...], id_size: int) -> bytes:
    return b"".join((_number(count), *headers, _sized(CE_ID.encode()), _number(id_size)))


def _header(header: tuple[str, bytes]) -> bytes:
    """Kept, as most are the same in all records of a kind; not those of strangers that dead letters carry, if large."""
    name, value = header
    written = _sized(name.encode()) + _sized(value)
    if len(written) <= KEPT_BYTES:
        if len(_kept) >= KEPT_HEADERS:
            _kept.clear()
        _kept[header] = written
    return written


def _sized(data: bytes | None) -> bytes:
    return _number(NULL) if data is None else _number(len(data)) + data


@lru_cache(maxsize=1_024)
def _number(number: int) -> bytes:
    digits = np.empty(NUMBER_BYTES, np.uint8)
    return digits[: write_varint(digits, 0, number)].tobytes()


def _bytes(data: bytes) -> Any:
    return np.frombuffer(data, np.uint8)
