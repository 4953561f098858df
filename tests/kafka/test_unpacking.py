"""What feeders compressed is unpacked whole up to a bound, and not beyond it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import codec

from service.kafka.unpacking import UnpacksTooLarge, bounded_gzip, bounded_lz4, bounded_zstd

TEXT = b"The ferry sails again on Friday. " * 200

CODECS: list[tuple[Callable[[bytes], bytes], Callable[[bytes, int], bytes | memoryview]]] = [
    (codec.gzip_encode, bounded_gzip),
    (codec.lz4_encode, bounded_lz4),
    (codec.zstd_encode, bounded_zstd),
]


@pytest.mark.parametrize(("pack", "unpack"), CODECS)
def test_what_is_as_large_as_the_bound_is_unpacked_whole(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes | memoryview]
) -> None:
    assert unpack(pack(TEXT), len(TEXT)) == TEXT
    assert unpack(pack(TEXT), 1 << 26) == TEXT
    assert unpack(pack(b""), 10) == b""


@pytest.mark.parametrize(("pack", "unpack"), CODECS)
def test_one_byte_beyond_the_bound_is_refused(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes | memoryview]
) -> None:
    with pytest.raises(UnpacksTooLarge):
        unpack(pack(TEXT), len(TEXT) - 1)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize(("pack", "unpack"), CODECS)
def test_a_batch_is_in_memory_once_while_it_is_unpacked(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes | memoryview]
) -> None:
    size = 48 * 1024 * 1024
    packed = pack(bytes(size))
    before = memory_of_process("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    unpacked = unpack(packed, 1 << 26)
    assert len(unpacked) == size
    assert memory_of_process("VmHWM") - before < 1.5 * size


def memory_of_process(kind: str) -> int:
    """Memory of this process in bytes: now, or at most since it was asked to forget."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith(kind))
