"""Let aiokafka's consumers read all record batches through service/kafka/batch_reader.py, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from aiokafka.consumer import fetcher
from aiokafka.record.legacy_records import LegacyRecordBatch

from service.kafka.batch_reader import ReadBatches, warm_up
from service.kafka.unpacking import UNPACKED_BYTES_MAX

FETCH_BYTES_MAX: Final = 8 * 1024 * 1024
"""Maximum memory of the records of one partition and fetch, in bytes, but for a first one that is larger: what comes
after them is fetched again. A fetch of 2 MiB may hold a thousand batches of 64 MiB, or nine million empty records."""

RECORD_BYTES: Final = 400
"""Memory that a record takes besides its key, value and headers, in bytes, until it is acknowledged."""

HEADER_BYTES: Final = 150
"""Memory that a header takes besides its name and value, in bytes."""


class BoundedRecords(fetcher.PartitionRecords):
    """The records of one partition and fetch, until they take `FETCH_BYTES_MAX`."""

    _records: ReadBatches
    next_fetch_offset: int

    def _unpack_records(self) -> Iterator[Any]:
        self._records.offset_from = self.next_fetch_offset
        taken = 0
        for record in super()._unpack_records():
            before, taken = taken, taken + memory_of(record)
            if before and taken > FETCH_BYTES_MAX:
                self.next_fetch_offset = record.offset  # it is fetched again
                return
            yield record


def memory_of(record: Any) -> int:
    """Estimate the memory that a record takes, in bytes."""
    size = RECORD_BYTES + len(record.key or b"") + len(record.value or b"")
    for name, value in record.headers:
        size += HEADER_BYTES + len(name) + len(value or b"")
    return size


def is_bounded() -> bool:
    """Return whether the batches of this process are read in bounded memory."""
    return vars(fetcher)["PartitionRecords"] is BoundedRecords


def bound_unpacking(record_bytes_max: int = UNPACKED_BYTES_MAX) -> None:
    """Read all batches of this process in bounded memory from now on; compiles what reads them.

    Of a record with more than `record_bytes_max` only what a dead letter keeps is read.
    """
    warm_up()
    vars(fetcher)["MemoryRecords"] = partial(
        ReadBatches, legacy=LegacyRecordBatch, record_bytes_max=record_bytes_max
    )
    vars(fetcher)["PartitionRecords"] = BoundedRecords
