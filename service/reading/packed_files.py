"""Open a file that may be packed, and tell how far it has been read on the disk."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

import zstandard

from service.reading.files import packing_of

WINDOW_BYTES_MAX: Final = 128 * 1024 * 1024
"""Maximum window of a zstd frame, in bytes: what `zstd --long` writes at its default."""


class Opened(NamedTuple):
    """A file being read: its bytes, unpacked, and the file as it lies on the disk."""

    stream: BinaryIO
    packed: BinaryIO

    def position(self) -> int:
        """Return how many bytes were read from the disk."""
        return self.packed.tell()


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a file for reading what is packed in it."""
    with path.open("rb") as packed, unpacked(packed, packing_of(path)) as stream:
        yield Opened(stream, packed)


@contextmanager
def unpacked(packed: BinaryIO, packing: str) -> Iterator[BinaryIO]:
    """Read what is packed in a stream as `.gz` or `.zst` say, or the stream itself."""
    with ExitStack() as open_files:
        stream = packed
        if packing == ".gz":
            stream = cast(BinaryIO, open_files.enter_context(gzip.open(packed, "rb")))
        elif packing == ".zst":
            unpacking = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES_MAX)
            reader = unpacking.stream_reader(packed, read_across_frames=True, closefd=False)
            stream = open_files.enter_context(io.BufferedReader(cast(io.RawIOBase, reader)))
        yield stream
