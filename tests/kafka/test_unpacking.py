"""What feeders compressed is unpacked whole up to a bound, and not beyond it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aiokafka import codec

from service.kafka.unpacking import UnpacksTooLarge, bounded_gzip, bounded_lz4, bounded_zstd

TEXT = b"The ferry sails again on Friday. " * 200

CODECS: list[tuple[Callable[[bytes], bytes], Callable[[bytes, int], bytes]]] = [
    (codec.gzip_encode, bounded_gzip),
    (codec.lz4_encode, bounded_lz4),
    (codec.zstd_encode, bounded_zstd),
]


@pytest.mark.parametrize(("pack", "unpack"), CODECS)
def test_what_is_as_large_as_the_bound_is_unpacked_whole(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes]
) -> None:
    assert unpack(pack(TEXT), len(TEXT)) == TEXT
    assert unpack(pack(TEXT), 1 << 26) == TEXT
    assert unpack(pack(b""), 10) == b""


@pytest.mark.parametrize(("pack", "unpack"), CODECS)
def test_one_byte_beyond_the_bound_is_refused(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes, int], bytes]
) -> None:
    with pytest.raises(UnpacksTooLarge):
        unpack(pack(TEXT), len(TEXT) - 1)
