"""Unpack what feeders compressed, up to a bound.

A topic's limit counts a batch as it is sent: 2 MiB of zstd may hold 60 GiB of zeros.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Final

import cramjam
import numpy as np
import zstandard
from aiokafka.codec import snappy_decode

UNPACKED_BYTES_MAX: Final = 64 * 1024 * 1024
"""Maximum size of one unpacked record batch, in bytes. News packs to a quarter, markup to a tenth: 2 MiB are 20."""

GZIP: Final = 31
"""zlib's `wbits` for a gzip header."""

PIECE_BYTES: Final = 4 * 1024 * 1024
"""Maximum size of what zlib unpacks at once, in bytes."""

Unpacked = bytes | memoryview


class UnpacksTooLarge(Exception):  # noqa: N818 - it is what happened
    """A batch is larger than `UNPACKED_BYTES_MAX` once unpacked."""


def bounded_gzip(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> Unpacked:
    """Unpack gzip. Raises `UnpacksTooLarge` having unpacked no more than `bytes_max`.

    Piece by piece: zlib keeps all pieces until they are joined, so that a batch is in memory twice.
    """
    unpacker, left = zlib.decompressobj(GZIP), bytes(payload)
    buffer, size = _room(bytes_max), 0
    while piece := unpacker.decompress(left, min(PIECE_BYTES, bytes_max + 1 - size)):
        buffer[size : size + len(piece)] = piece
        size, left = size + len(piece), unpacker.unconsumed_tail
        if size > bytes_max:
            break
    return _within(buffer[:size], bytes_max)


def bounded_zstd(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> Unpacked:
    """Unpack zstd; see `bounded_gzip`."""
    with zstandard.ZstdDecompressor().stream_reader(bytes(payload), read_across_frames=True) as reader:
        return _within(reader.read(bytes_max + 1), bytes_max)


def bounded_lz4(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> Unpacked:
    """Unpack lz4; see `bounded_gzip`."""
    buffer = _room(bytes_max)
    try:
        size = cramjam.lz4.decompress_into(bytes(payload), buffer)
    except cramjam.DecompressionError as error:
        if "whole buffer" in str(error):
            raise UnpacksTooLarge(f"more than {bytes_max} bytes") from None
        raise
    return _within(buffer[:size], bytes_max)


def bounded_snappy(payload: Any, bytes_max: int = UNPACKED_BYTES_MAX) -> Unpacked:
    """Unpack snappy, which packs to a twentieth at best: its bound is that of what was sent."""
    return _within(snappy_decode(bytes(payload)), bytes_max)


def _room(bytes_max: int) -> memoryview:
    """Return room for one byte more than allowed. It costs only what is written to it; a bytearray is filled first."""
    return np.empty(bytes_max + 1, np.uint8).data


def _within(unpacked: Unpacked, bytes_max: int) -> Unpacked:
    if len(unpacked) > bytes_max:
        raise UnpacksTooLarge(f"more than {bytes_max} bytes")
    return unpacked


UNPACK: Final[dict[int, Callable[..., Unpacked]]] = {
    0: bytes,
    1: bounded_gzip,
    2: bounded_snappy,
    3: bounded_lz4,
    4: bounded_zstd,
}
"""Kafka's number of a codec -> how to unpack it."""
