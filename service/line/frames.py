"""Bytes <-> a zstd frame that states its unpacked size."""

from __future__ import annotations

from typing import Final

import zstandard

LEVEL: Final = 1
"""Level of compression: higher ones cost more CPU than the bytes are worth."""

_zip = zstandard.ZstdCompressor(level=LEVEL)
_unzip = zstandard.ZstdDecompressor()


def zipped(content: bytes) -> bytes:
    """Pack bytes into a frame."""
    return _zip.compress(content)


def unzipped(frame: bytes) -> bytes:
    """Unpack a frame. Raises: ValueError. The caller has checked the size it states, or packed it itself."""
    try:
        return _unzip.decompress(frame)
    except zstandard.ZstdError as error:
        raise ValueError(f"does not unpack: {error}") from error
