"""Read record batches that anybody may have written: whatever a batch holds, each of its records is handed out.

aiokafka makes all objects of a record at once and raises for what it cannot read. One record with 20 million empty
headers, 3.7 KB as it was sent, took 4.7 GB of memory; a header name that is not UTF-8 ended the worker, again after
each restart. Here a record that cannot be read arrives with a header that says why, and ends as a dead letter.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from aiokafka.record.util import calc_crc32c
from msgspec import Struct

from service.kafka import record_scan as at
from service.kafka.unpacking import UNPACK, UNPACKED_BYTES_MAX, UnpacksTooLarge
from service.line.dead_letter_headers import CUT
from service.line.dead_letters import within
from service.records import NOT_UNPACKED, Origin, RawRecord

HEADERS_MAX: Final = 1_000
"""Maximum number of headers of a record; each takes some 150 bytes of memory, and a feeder sends a dozen."""

ROWS: Final = 256
"""Number of records that are looked for at a time."""

BATCH_HEADER: Final = struct.Struct(">qiibIhiqqqhii")
LEGACY_BYTES_MIN: Final = 26
"""Size of the smallest batch of any format, in bytes."""

CRC_FROM: Final = struct.calcsize(">qiibI")

CODEC_MASK, LOG_APPEND_TIME, TRANSACTIONAL, CONTROL = 0x07, 0x08, 0x10, 0x20
"""Bits of a batch's attributes."""

Headers = tuple[tuple[str, bytes | None], ...]


class ReadRecord(Struct, frozen=True, gc=False):
    """A record as aiokafka's fetcher takes it."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    checksum: int | None = None


class ReadBatch:
    """A batch of message format v2, with what aiokafka's fetcher asks of one."""

    def __init__(self, data: memoryview, record_bytes_max: int) -> None:
        self._data = data
        self._record_bytes_max = record_bytes_max
        fields = BATCH_HEADER.unpack_from(data)
        self.base_offset: int = fields[0]
        self._crc: int = fields[4]
        attributes: int = fields[5]
        self.next_offset: int = self.base_offset + fields[6] + 1
        self.first_timestamp: int = fields[7]
        self.max_timestamp: int = fields[8]
        self.producer_id: int = fields[9]
        self.record_count: int = fields[12]
        self.codec = attributes & CODEC_MASK
        self.timestamp_type = int(bool(attributes & LOG_APPEND_TIME))
        self.is_transactional = bool(attributes & TRANSACTIONAL)
        self.is_control_batch = bool(attributes & CONTROL)
        self.offset_from = self.base_offset

    def validate_crc(self) -> bool:
        """Tell whether the batch is as it was written."""
        return bool(calc_crc32c(bytes(self._data[CRC_FROM:])) == self._crc)

    def __next__(self) -> ReadRecord:
        return next(iter(self))

    def __iter__(self) -> Iterator[ReadRecord]:
        """Hand out the records from `offset_from` on, those that cannot be read among them."""
        try:
            data = UNPACK[self.codec](self._data[BATCH_HEADER.size :])
        except UnpacksTooLarge as why:
            yield from self._unreadable(self.offset_from, f"unpacks to {why}")
        except MemoryError:
            raise
        except Exception as error:  # each library has errors of its own
            yield from self._unreadable(self.offset_from, f"cannot be unpacked: {type(error).__name__}")
        else:
            yield from self._records(memoryview(data))

    def _records(self, data: memoryview) -> Iterator[ReadRecord]:
        state, rows = np.zeros(2, np.int64), np.empty((ROWS, at.COLUMNS), np.int64)
        numbers = np.frombuffer(data, np.uint8)
        following = self.offset_from
        while True:
            found = at.scan(numbers, state, self.record_count, self.offset_from - self.base_offset, rows)
            filled = found if found >= 0 else -1 - found
            for row in rows[:filled].tolist():
                record = self._record(data, row)
                following = record.offset + 1
                yield record
            if found < 0:
                yield from self._unreadable(following, f"is broken from byte {state[at.AT]} on")
            if found < ROWS:
                return

    def _record(self, data: memoryview, row: list[int]) -> ReadRecord:
        time = self.max_timestamp if self.timestamp_type else self.first_timestamp + row[at.TIME_DELTA]
        offset = self.base_offset + row[at.OFFSET_DELTA]
        size = max(0, row[at.KEY_END] - row[at.KEY]) + max(0, row[at.VALUE_END] - row[at.VALUE])
        key, value, headers = self._parts(data, row)  # views: what is left out is not copied
        if size > self._record_bytes_max:
            key, value, headers = self._cut(key, value, headers, size)
        key, value = (None if part is None else bytes(part) for part in (key, value))
        return ReadRecord(offset, time, self.timestamp_type, key, value, headers)

    def _parts(self, data: memoryview, row: list[int]) -> tuple[Any, Any, Headers]:
        key = data[row[at.KEY] : row[at.KEY_END]] if row[at.KEY_END] >= 0 else None
        value = data[row[at.VALUE] : row[at.VALUE_END]] if row[at.VALUE_END] >= 0 else None
        return key, value, self._headers(data, row)

    def _cut(self, key: Any, value: Any, headers: Headers, size: int) -> tuple[Any, Any, Headers]:
        """Return what a dead letter keeps of a record that its stage would refuse for its size."""
        left, sizes = within(RawRecord(key, value, headers, Origin("", 0, 0)), 0)  # type: ignore[arg-type]  # Headers
        why = not_unpacked(f"the record has {size} bytes; at most {self._record_bytes_max} are read")
        return left.key, left.value, (*why, (CUT, sizes.encode()), *left.headers)

    def _headers(self, data: memoryview, row: list[int]) -> Headers:
        count, size = row[at.HEADER_COUNT], row[at.END] - row[at.HEADERS]
        if count > HEADERS_MAX:
            return not_unpacked(f"the record has {count} headers; at most {HEADERS_MAX} are read")
        if size > self._record_bytes_max:
            return not_unpacked(
                f"the record has {size} bytes of headers; at most {self._record_bytes_max} are read"
            )
        return read_headers(bytes(data[row[at.HEADERS] : row[at.END]]), count) if count else ()

    def _unreadable(self, first: int, why: str) -> Iterator[ReadRecord]:
        count = self.next_offset - self.base_offset
        detail = f"its batch ({count} records from offset {self.base_offset}) {why}"
        headers = not_unpacked(detail)
        for offset in range(first, self.next_offset):
            yield ReadRecord(offset, self.max_timestamp, self.timestamp_type, None, None, headers)


def read_headers(data: bytes, count: int) -> Headers:
    """Read `count` headers; if they are broken, return one that says so. A name that is not UTF-8 is escaped.

    `NOT_UNPACKED` is ours: a feeder's header of that name is left out.
    """
    headers: list[tuple[str, bytes | None]] = []
    byte = 0
    try:
        for _ in range(count):
            name, byte = _sized(data, byte)
            value, byte = _sized(data, byte)
            text = (name or b"").decode("utf-8", "backslashreplace")
            if text != NOT_UNPACKED:
                headers.append((text, value))
    except (IndexError, ValueError):
        return not_unpacked("the headers of the record are broken")
    return tuple(headers)


def not_unpacked(detail: str) -> Headers:
    """Say in a header why a record arrives without some of its parts."""
    return ((NOT_UNPACKED, detail.encode()),)


def _sized(data: bytes, byte: int) -> tuple[bytes | None, int]:
    """Read bytes behind their length. Raises IndexError, ValueError where there are fewer."""
    number = shift = 0
    while True:
        part = data[byte]
        byte += 1
        number |= (part & 0x7F) << shift
        if part < 0x80:
            break
        shift += 7
    size = (number >> 1) ^ -(number & 1)
    if size < 0:
        return None, byte
    if size > len(data) - byte:
        raise ValueError(size)
    return data[byte : byte + size], byte + size


class ReadBatches:
    """The batches of one fetch, with what aiokafka's fetcher asks of them; `offset_from` skips earlier records."""

    def __init__(self, data: bytes, legacy: Any, record_bytes_max: int = UNPACKED_BYTES_MAX) -> None:
        """Take the bytes of one fetch; `legacy(data, magic)` reads a batch of an older message format.

        Of a record with more than `record_bytes_max` only what a dead letter keeps is read; a header says so.
        """
        self._data = memoryview(data)
        self._at = 0
        self._legacy = legacy
        self._record_bytes_max = record_bytes_max
        self.offset_from = 0

    def size_in_bytes(self) -> int:
        """Return the size of what was fetched."""
        return len(self._data)

    def has_next(self) -> bool:
        """Tell whether another batch is there as a whole; a fetch may end within one."""
        return self._end() <= len(self._data)

    def next_batch(self) -> Any:
        """Return the next batch."""
        data = self._data[self._at : self._end()]
        self._at += len(data)
        magic = data[16]
        if magic < 2:
            return self._legacy(data, magic)
        batch = ReadBatch(data, self._record_bytes_max)
        batch.offset_from = max(batch.base_offset, self.offset_from)
        return batch

    def _end(self) -> int:
        if len(self._data) - self._at < LEGACY_BYTES_MIN:
            return len(self._data) + 1
        return self._at + 12 + int(struct.unpack_from(">i", self._data, self._at + 8)[0])


def warm_up() -> None:
    """Compile what finds records, before a consumer joins a group that would wait for it."""
    at.scan(np.zeros(0, np.uint8), np.zeros(2, np.int64), 0, 0, np.empty((ROWS, at.COLUMNS), np.int64))
