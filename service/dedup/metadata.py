"""Metadata of an article in 64 bits: enough to name what differs between two versions."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

LANES: Final = (("title", 16), ("source", 16), ("published_at", 16), ("url", 14), ("notice", 2))
"""Names of the fields, with the bits of each."""


def metadata_of(
    title: str | None, source: str | None, published_at: str | None, url: str | None, notice: int
) -> int:
    """Pack short hashes of the fields into a signed 64-bit integer; an absent field is 0."""
    packed = 0
    for (_, bits), value in zip(LANES, (title, source, published_at, url), strict=False):
        packed = packed << bits | _short(value, bits)
    packed = packed << 2 | notice
    return packed - (1 << 64) if packed >> 63 else packed


def _short(value: str | None, bits: int) -> int:
    if not value:
        return 0
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=2).digest()
    return max(1, int.from_bytes(digest, "big") >> (16 - bits))


def is_of_another_source(before: int, after: int) -> bool:
    """Return whether two versions name different sources, or only one of them any."""
    return "source" in changes(before, after)


def changes(before: int, after: int) -> tuple[str, ...]:
    """Name the fields that differ."""
    differ, shift, names = (before ^ after) & (1 << 64) - 1, 64, []
    for name, bits in LANES:
        shift -= bits
        if differ >> shift & (1 << bits) - 1:
            names.append(name)
    return tuple(names)
