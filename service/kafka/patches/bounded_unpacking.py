"""Record batches that would unpack to more than a worker can hold are read as records that cannot be read.

A topic's limit counts a batch as it is sent: 2 MiB of zstd may hold 60 GiB of zeros. aiokafka unpacks a batch whole,
so one such batch would end every worker that meets it, again after each restart, by want of memory. Here no batch is
unpacked beyond a bound: each of its records arrives without a value, with a header that says why, and ends as a dead
letter.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import cramjam
import numpy as np
import zstandard
from aiokafka.consumer import fetcher
from aiokafka.record import default_records
from aiokafka.structs import ConsumerRecord

from service.records import NOT_UNPACKED

UNPACKED_BYTES_MAX: Final = 64 * 1024 * 1024
"""Of one batch. News packs to a quarter, markup to a tenth: 2 MiB of those are 20."""

GZIP: Final = 31  # zlib's wbits for a gzip header


class UnpacksTooLarge(Exception):  # noqa: N818 - it is what happened
    """A batch is larger than `UNPACKED_BYTES_MAX` once unpacked."""


def bounded_gzip(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> bytes:
    """Unpacked. Raises `UnpacksTooLarge` having unpacked no more than `bytes_max`."""
    return _within(zlib.decompressobj(GZIP).decompress(bytes(payload), bytes_max + 1), bytes_max)


def bounded_zstd(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> bytes:
    """As `bounded_gzip`."""
    with zstandard.ZstdDecompressor().stream_reader(bytes(payload), read_across_frames=True) as reader:
        return _within(reader.read(bytes_max + 1), bytes_max)


def bounded_lz4(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> bytes:
    """As `bounded_gzip`. The buffer costs only what is written to it; a bytearray would be filled with zeros first."""
    buffer = np.empty(bytes_max + 1, np.uint8)
    try:
        size = cramjam.lz4.decompress_into(payload, buffer)  # type: ignore[arg-type]
    except cramjam.DecompressionError as error:
        if "whole buffer" in str(error):
            raise UnpacksTooLarge(f"more than {bytes_max} bytes") from None
        raise
    return _within(buffer[:size].tobytes(), bytes_max)


def _within(unpacked: bytes, bytes_max: int) -> bytes:
    if len(unpacked) > bytes_max:
        raise UnpacksTooLarge(f"more than {bytes_max} bytes")
    return unpacked


BOUNDED: Final[dict[str, Callable[..., bytes]]] = {
    "gzip_decode": bounded_gzip,
    "zstd_decode": bounded_zstd,
    "lz4_decode": bounded_lz4,
}
"""By aiokafka's names. Snappy is left as it is: it packs to a twentieth at best."""


class _Remembering:
    """Batches of one fetch; `last` is the one that was handed out last."""

    def __init__(self, records: Any) -> None:
        self._records = records
        self.last: Any = None

    def has_next(self) -> bool:
        return bool(self._records.has_next())

    def next_batch(self) -> Any:
        self.last = self._records.next_batch()
        return self.last


class BoundedRecords(fetcher.PartitionRecords):
    """Records of one partition and fetch, those of a batch that is too large among them."""

    _records: Any
    next_fetch_offset: int

    def _unpack_records(self) -> Iterator[Any]:
        self._records = _Remembering(self._records)
        while True:
            try:
                yield from super()._unpack_records()
                return
            except UnpacksTooLarge as why:
                yield from self._not_unpacked(self._records.last, str(why))

    def _not_unpacked(self, batch: Any, why: str) -> Iterator[Any]:
        count = batch.next_offset - batch.base_offset
        detail = f"its batch ({count} records from offset {batch.base_offset}) unpacks to {why}"
        for offset in range(max(self.next_fetch_offset, batch.base_offset), batch.next_offset):
            self.next_fetch_offset = offset + 1
            yield ConsumerRecord(
                self._tp.topic,
                self._tp.partition,
                offset,
                batch.max_timestamp,
                batch.timestamp_type,
                None,
                None,
                None,
                -1,
                -1,
                ((NOT_UNPACKED, detail.encode()),),
            )


def bound_unpacking() -> None:
    """From now on no consumer of this process unpacks a batch beyond the bound."""
    module = __import__(default_records.DefaultRecordBatch.__module__, fromlist=["_"])
    vars(module).update(BOUNDED)
    vars(fetcher)["PartitionRecords"] = BoundedRecords
