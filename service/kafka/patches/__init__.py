"""Change what no public interface of Faust, mode and aiokafka lets us change. README.md lists every patch."""

from __future__ import annotations

from service.kafka.patches.bounded_unpacking import bound_unpacking
from service.kafka.patches.gate import check


def apply(record_bytes_max: int) -> None:
    """Check the installed libraries, and patch what is patched for the whole process. Raises: `LibrariesDiffer`.

    Of a record with more than `record_bytes_max` only the beginning is read (bounded_unpacking.py).
    """
    check()
    bound_unpacking(record_bytes_max)
