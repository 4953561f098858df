"""Decided articles of one envelope <-> a packed segment.

A segment is written before the outputs are. It answers for the envelope when that comes again, and read in order
the segments of a collection rebuild its memory without deciding anything.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from service.dedup.decided import (
    IS_STORED,
    NAME_COLUMNS,
    NEW_FACTS,
    Decided,
    verdicts,
)
from service.dedup.index.fact_filter import FILTER_WORDS
from service.dedup.index.index import (
    ENTRY_FEATURES,
    ENTRY_ID_BYTES,
    ENTRY_SLUG,
    ENTRY_SMALL,
    ENTRY_SUMS,
    ENTRY_WORDS,
    Columns,
)
from service.dedup.index.lookup import WORD_SAMPLE
from service.dedup.verdict import Verdict
from service.sketch.sketch import ALGORITHM_VERSION

SEGMENT_VERSION: Final = 4

_ARTICLE: Final = np.dtype(
    "<i8 <i8 <i8 <i4 <u4 <u4 <u4 <u4 <u4 <u4 <u4 <u4 <u2 <u2 <u2 <u2 <u2 u1 u1 u1 u4 <i8 <u4 <u2 u1".replace(
        " ", ","
    )
)
_ENTRY: Final = np.dtype("<u4,<u4,<u4,u1,u1,u1,<u4,u1,u1,<u2,u1,<i8,u1,u1,<u4,<u4")
"""Columns of an entry as they are packed."""
LACKING: Final = {2: (ENTRY_SUMS, ENTRY_SLUG), 3: (ENTRY_SLUG,), SEGMENT_VERSION: ()}
"""Columns of entries that segments of a version lack: sums of facts, slugs. They count as unknown."""


class _Packed(msgspec.Struct, array_like=True):
    version: int
    algorithm: int
    offset: int
    first_serial: int
    topics: list[str]
    articles: bytes
    names: bytes
    entries: bytes
    features_low: bytes
    features_high: bytes
    written: bytes
    words: bytes
    entry_ids: bytes
    filters: bytes
    small: bytes
    new_facts: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


@dataclass(frozen=True, slots=True)
class Segment:
    """The verdicts on one envelope, and what they did to memory."""

    offset: int
    first_serial: int
    topics: tuple[str, ...]
    decided: Decided

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Return one per article of the envelope, in its order."""
        return tuple(verdicts(self.decided))

    def pack(self) -> bytes:
        """Return as bytes: a checksum, then the columns."""
        d = self.decided
        packed = _Packed(
            version=SEGMENT_VERSION,
            algorithm=ALGORITHM_VERSION,
            offset=self.offset,
            first_serial=self.first_serial,
            topics=list(self.topics),
            articles=_packed(d.articles, _ARTICLE),
            names=d.names,
            entries=_packed(d.entries, _ENTRY),
            features_low=d.features.astype("<u4").tobytes(),
            features_high=(d.features >> np.uint64(32)).astype("<u2").tobytes(),
            written=d.written.tobytes(),
            words=d.words.astype("<u2").tobytes(),
            entry_ids=d.entry_ids,
            filters=d.filters.astype("<u8").tobytes(),
            small=d.small.astype("<u4").tobytes(),
            new_facts=d.new_facts.astype("<u2").tobytes(),
        )
        payload = _encoder.encode(packed)
        return zlib.crc32(payload).to_bytes(4, "little") + payload

    @staticmethod
    def unpack(packed: bytes) -> Segment:
        """Return the segment from its bytes. Raises ValueError where it is damaged or of another version."""
        payload = memoryview(packed)[4:]
        if len(packed) < 4 or zlib.crc32(payload).to_bytes(4, "little") != packed[:4]:
            raise ValueError(f"segment of {len(packed)} bytes is damaged: its checksum does not fit")
        try:
            p = _decoder.decode(payload)
        except msgspec.MsgspecError as error:
            raise ValueError(f"segment cannot be read: {error}") from error
        if p.version not in LACKING or p.algorithm != ALGORITHM_VERSION:
            raise ValueError(
                f"segment of version {p.version}, algorithm {p.algorithm}; "
                f"this code reads versions {min(LACKING)} to {SEGMENT_VERSION}, algorithm {ALGORITHM_VERSION}"
            )
        try:
            decided = _decided(p)
        except ValueError as error:
            raise ValueError(f"segment contradicts itself: {error}") from error
        return Segment(p.offset, p.first_serial, tuple(p.topics), decided)


def _packed(columns: Columns, wire: np.dtype[np.void]) -> bytes:
    rows = np.empty(columns.shape[0], wire)
    for column, name in enumerate(wire.names or ()):
        rows[name] = columns[:, column]
    return rows.tobytes()


def _unpacked(packed: bytes, wire: np.dtype[np.void]) -> Columns:
    rows = np.frombuffer(packed, wire)
    columns = np.empty((rows.size, len(wire.names or ())), np.int64)
    for column, name in enumerate(wire.names or ()):
        columns[:, column] = rows[name]
    return columns


def _decided(p: _Packed) -> Decided:
    low = np.frombuffer(p.features_low, "<u4").astype(np.uint64)
    high = np.frombuffer(p.features_high, "<u2").astype(np.uint64)
    if low.size != high.size:
        raise ValueError(f"{low.size} lower and {high.size} upper halves of features")
    lacking = LACKING[p.version]
    packed = [field for column, field in enumerate(_ENTRY.descr) if column not in lacking]
    entries = _unpacked(p.entries, np.dtype(packed))
    for column in lacking:
        entries = np.insert(entries, column, 0, axis=1)
    decided = Decided(
        articles=_unpacked(p.articles, _ARTICLE),
        names=p.names,
        entries=entries,
        features=low | high << np.uint64(32),
        written=np.frombuffer(p.written, np.bool_),
        words=np.frombuffer(p.words, "<u2"),
        entry_ids=p.entry_ids,
        filters=np.frombuffer(p.filters, "<u8").reshape(-1, FILTER_WORDS),
        small=np.frombuffer(p.small, "<u4"),
        new_facts=np.frombuffer(p.new_facts, "<u2"),
    )
    _check(decided)
    return decided


def _check(decided: Decided) -> None:
    articles, entries = decided.articles, decided.entries
    consistent = (
        articles[:, NAME_COLUMNS].sum() == len(decided.names)
        and articles[:, IS_STORED].sum() == entries.shape[0]
        and entries[:, ENTRY_FEATURES].sum() == decided.features.size == decided.written.size
        and entries[:, ENTRY_WORDS].sum() == decided.words.size
        and entries[:, ENTRY_ID_BYTES].sum() == len(decided.entry_ids)
        and decided.filters.shape[0] == entries.shape[0]
        and entries[:, ENTRY_SMALL].sum() == decided.small.size
        and articles[:, NEW_FACTS].sum() == decided.new_facts.size
        and (entries[:, ENTRY_WORDS] <= WORD_SAMPLE).all()
    )
    if not consistent:
        raise ValueError("its columns do not fit together")
