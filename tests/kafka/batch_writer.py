"""Record batches written byte by byte, so that they may hold what no client library would send.

https://kafka.apache.org/documentation/#recordbatch
"""

from __future__ import annotations

import asyncio
import itertools
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiokafka.codec import gzip_encode, lz4_encode, snappy_encode, zstd_encode
from aiokafka.record.util import calc_crc32c

CODECS: dict[int, Callable[[bytes], bytes]] = {
    0: bytes,
    1: gzip_encode,
    2: snappy_encode,
    3: lz4_encode,
    4: zstd_encode,
}
TRANSACTIONAL, CONTROL = 0x10, 0x20
NOW_MS = 1_760_000_000_000
PRODUCE, VERSION = 0, 7
NOT_YET = frozenset({3, 5, 6})
"""Unknown topic, no leader, not the leader: a topic that was made a moment ago."""
ASKED_MAX = 100

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Raw:
    """A record to write; header names are bytes, and `header_bytes` with `header_count` stands in for `headers`."""

    value: bytes | None
    key: bytes | None = None
    headers: tuple[tuple[bytes, bytes | None], ...] = ()
    time_delta: int = 0
    header_bytes: bytes | None = None
    header_count: int = 0


def varint(number: int) -> bytes:
    """Write a zigzag varint.

    >>> varint(-1), varint(150)
    (b'\\x01', b'\\xac\\x02')
    """
    rest, out = (number << 1) ^ (number >> 63), bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([*out, rest])


def sized(data: bytes | None) -> bytes:
    """Write nullable bytes behind their length."""
    return varint(-1) if data is None else varint(len(data)) + data


def record(raw: Raw, number: int) -> bytes:
    """Write one record, `number` records behind the first of its batch."""
    headers, count = raw.header_bytes, raw.header_count
    if headers is None:
        headers, count = b"".join(sized(name) + sized(value) for name, value in raw.headers), len(raw.headers)
    body: bytes = b"\0" + varint(raw.time_delta) + varint(number) + sized(raw.key) + sized(raw.value)
    body += varint(count) + headers
    return varint(len(body)) + body


def batch(
    records: Sequence[Raw],
    *,
    codec: int = 0,
    first_time: int = NOW_MS,
    attributes: int = 0,
    producer: tuple[int, int, int] = (-1, -1, -1),
) -> bytes:
    """Write a batch of some records."""
    body = b"".join(record(raw, number) for number, raw in enumerate(records))
    latest = first_time + max((raw.time_delta for raw in records), default=0)
    return batch_of(
        body,
        len(records),
        codec=codec,
        times=(first_time, latest),
        attributes=attributes,
        producer=producer,
    )


def batch_of(
    body: bytes,
    count: int,
    *,
    codec: int = 0,
    times: tuple[int, int] = (NOW_MS, NOW_MS),
    attributes: int = 0,
    producer: tuple[int, int, int] = (-1, -1, -1),
    base_offset: int = 0,
) -> bytes:
    """Write a batch around the bytes of its records."""
    head = struct.pack(">hiqqqhii", attributes | codec, count - 1, *times, *producer, count)
    checked = head + CODECS[codec](body)
    length = 4 + 1 + 4 + len(checked)
    return struct.pack(">qiibI", base_offset, length, -1, 2, calc_crc32c(checked)) + checked


async def send(bootstrap: str, topic: str, partition: int, data: bytes) -> int:
    """Hand a batch to the broker as it is; returns the error code of Kafka's answer, 0 where it was taken.

    A broker that does not know the topic yet, or not that it leads it, is asked again.
    """
    for _ in range(ASKED_MAX):
        code = await _send_once(bootstrap, topic, partition, data)
        if code not in NOT_YET:
            break
        await asyncio.sleep(0.2)
    return code


async def _send_once(bootstrap: str, topic: str, partition: int, data: bytes) -> int:
    host, _, port = bootstrap.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        request = struct.pack(">hhi", PRODUCE, VERSION, next(_numbers)) + _string("batch-writer")
        request += struct.pack(">hhi", -1, -1, 30_000)  # no transaction, acks=all, milliseconds
        request += struct.pack(">i", 1) + _string(topic) + struct.pack(">ii", 1, partition)
        request += struct.pack(">i", len(data)) + data
        writer.write(struct.pack(">i", len(request)) + request)
        await writer.drain()
        (size,) = struct.unpack(">i", await reader.readexactly(4))
        answer = await reader.readexactly(size)
        behind_topic = 4 + 4 + 2 + len(topic.encode()) + 4 + 4
        (code,) = struct.unpack_from(">h", answer, behind_topic)
        return int(code)
    finally:
        writer.close()
        await writer.wait_closed()


def _string(text: str) -> bytes:
    return struct.pack(">h", len(text.encode())) + text.encode()
