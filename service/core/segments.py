"""What dedup decided on one envelope <-> packed rows: verdicts for the outputs, and what memory took up.

A segment is written before the outputs are. It answers for the envelope when that comes again, and read in order
the segments of a collection rebuild its memory without deciding anything. Columns, not rows, so that a rebuild
handles a segment with a few array operations.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np

from service.core.hashing import Hashes
from service.core.index import ENTRY, Entry, Mask, Rows
from service.core.records import GOES_ON, Relation
from service.core.sketch import ALGORITHM_VERSION, Words
from service.core.verdict import SHARE_STEPS, Verdict

SEGMENT_VERSION: Final = 1

OUTCOMES: Final = (
    Relation.NEW,
    Relation.REVISION,
    Relation.CONTAINS,
    Relation.OVERLAPS,
    Relation.EXACT,
    Relation.NEAR_DUPLICATE,
    Relation.PART_OF,
)
REDELIVERED: Final = 100
BUG: Final = 101
SUPPRESSED: Final = frozenset(OUTCOMES) - GOES_ON
CODES: Final = {relation: code for code, relation in enumerate(OUTCOMES)}

ARTICLE: Final = np.dtype(
    [
        ("id_hash", "<u8"),
        ("content", "<u8"),  # the first 64 bits of the content hash
        ("raw_offset", "<i8"),
        ("partition", "<i4"),
        ("seconds", "<u4"),  # timestamp of the raw record, 0 = none
        ("answered_by", "<u4"),  # serial number of the article remembered for this one
        ("revision", "<u4"),
        ("sample_size", "<u4"),
        ("candidates", "<u4"),
        ("id_bytes", "<u4"),
        ("match_bytes", "<u4"),
        ("bug_bytes", "<u4"),
        ("similarity", "<u2"),  # this and the next three in SHARE_STEPS
        ("containment", "<u2"),
        ("coverage", "<u2"),
        ("novelty", "<u2"),
        ("topic", "<u2"),
        ("outcome", "u1"),
        ("is_stored", "?"),  # has an entry
        ("is_known", "?"),  # its id is remembered
        ("is_altered", "?"),  # cleaning took words away
        ("spare", "u1", (4,)),
    ]
)
"""One decided article; every field lies at a multiple of its size."""


class Decided(NamedTuple):
    """Decided articles as columns; the stored ones among them have an entry each."""

    articles: Rows  # of ARTICLE
    names: bytes  # per article its id, the id of its match, the text of a bug
    entries: Rows  # of ENTRY
    features: Hashes  # of all entries; the lower 48 bits count
    written: Mask  # per feature: whether it went into the table
    words: Words  # of all entries
    entry_ids: bytes  # article ids of the entries


NOTHING_STORED: Final = Decided(
    np.zeros(0, ARTICLE),
    b"",
    np.zeros(0, ENTRY),
    np.zeros(0, np.uint64),
    np.zeros(0, np.bool_),
    np.zeros(0, np.uint16),
    b"",
)


def decided_row(
    *,
    verdict: Verdict,
    article_id: str,
    id_hash: int,
    content: int,
    topic: int,
    partition: int,
    raw_offset: int,
    seconds: int,
    answered_by: int,
    is_known: bool,
    is_altered: bool,
    entry: Entry | None,
) -> Decided:
    """One decided article as columns of one row."""
    id_bytes, match_bytes, bug_bytes = (
        text.encode("utf-8", "surrogatepass")
        for text in (article_id, verdict.match_id or "", verdict.bug or "")
    )
    articles = np.zeros(1, ARTICLE)
    articles[0] = (
        id_hash,
        content,
        raw_offset,
        partition,
        seconds,
        answered_by,
        verdict.revision,
        verdict.sample_size,
        verdict.candidates,
        len(id_bytes),
        len(match_bytes),
        len(bug_bytes),
        round(verdict.similarity * SHARE_STEPS),
        round(verdict.containment * SHARE_STEPS),
        round(verdict.coverage * SHARE_STEPS),
        round(verdict.novelty * SHARE_STEPS),
        topic,
        _outcome(verdict),
        entry is not None,
        is_known,
        is_altered,
        (0,) * 4,
    )
    names = id_bytes + match_bytes + bug_bytes
    if entry is None:
        return NOTHING_STORED._replace(articles=articles, names=names)
    entries = np.zeros(1, ENTRY)
    entries[0] = (
        entry.threshold,
        entry.base,
        entry.features.size,
        len(id_bytes),
        entry.sample_size,
        entry.borrowed,
        entry.words.size,
        0,
    )
    return Decided(articles, names, entries, entry.features, entry.written, entry.words, id_bytes)


def _outcome(verdict: Verdict) -> int:
    if verdict.relation is not None:
        return CODES[verdict.relation]
    return REDELIVERED if verdict.redelivered else BUG


def joined(parts: Sequence[Decided]) -> Decided:
    """Several decided articles, one after the other."""
    columns = tuple(zip(*parts, strict=True)) or tuple((nothing,) for nothing in NOTHING_STORED)
    return Decided(
        *(b"".join(c) if isinstance(c[0], bytes) else np.concatenate(c) for c in columns)  # type: ignore[arg-type]
    )


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
        """One per article of the envelope, in its order."""
        return tuple(_verdicts(self.decided.articles, self.decided.names))

    def pack(self) -> bytes:
        """As bytes: a checksum, then the columns."""
        d = self.decided
        packed = _Packed(
            version=SEGMENT_VERSION,
            algorithm=ALGORITHM_VERSION,
            offset=self.offset,
            first_serial=self.first_serial,
            topics=list(self.topics),
            articles=d.articles.tobytes(),
            names=d.names,
            entries=d.entries.tobytes(),
            features_low=d.features.astype("<u4").tobytes(),
            features_high=(d.features >> np.uint64(32)).astype("<u2").tobytes(),
            written=d.written.tobytes(),
            words=d.words.astype("<u2").tobytes(),
            entry_ids=d.entry_ids,
        )
        payload = _encoder.encode(packed)
        return zlib.crc32(payload).to_bytes(4, "little") + payload

    @staticmethod
    def unpack(packed: bytes) -> Segment:
        """The segment from its bytes. Raises ValueError where it is damaged or of another version."""
        payload = memoryview(packed)[4:]
        if len(packed) < 4 or zlib.crc32(payload).to_bytes(4, "little") != packed[:4]:
            raise ValueError(f"segment of {len(packed)} bytes is damaged: its checksum does not fit")
        try:
            p = _decoder.decode(payload)
        except msgspec.MsgspecError as error:
            raise ValueError(f"segment cannot be read: {error}") from error
        if (p.version, p.algorithm) != (SEGMENT_VERSION, ALGORITHM_VERSION):
            raise ValueError(
                f"segment of version {p.version}, algorithm {p.algorithm}; "
                f"this code reads version {SEGMENT_VERSION}, algorithm {ALGORITHM_VERSION}"
            )
        low = np.frombuffer(p.features_low, "<u4").astype(np.uint64)
        high = np.frombuffer(p.features_high, "<u2").astype(np.uint64)
        decided = Decided(
            articles=np.frombuffer(p.articles, ARTICLE),
            names=p.names,
            entries=np.frombuffer(p.entries, ENTRY),
            features=low | high << np.uint64(32),
            written=np.frombuffer(p.written, np.bool_),
            words=np.frombuffer(p.words, "<u2"),
            entry_ids=p.entry_ids,
        )
        _check(decided)
        return Segment(p.offset, p.first_serial, tuple(p.topics), decided)


def _check(decided: Decided) -> None:
    articles, entries = decided.articles, decided.entries
    named = sum(int(articles[column].sum()) for column in ("id_bytes", "match_bytes", "bug_bytes"))
    consistent = (
        named == len(decided.names)
        and int(articles["is_stored"].sum()) == entries.size
        and int(entries["feature_count"].sum()) == decided.features.size == decided.written.size
        and int(entries["word_count"].sum()) == decided.words.size
        and int(entries["id_bytes"].sum()) == len(decided.entry_ids)
    )
    if not consistent:
        raise ValueError("segment contradicts itself: its columns do not fit together")


def _verdicts(articles: Rows, names: bytes) -> Iterator[Verdict]:
    at = 0
    for row in articles:
        texts = []
        for column in ("id_bytes", "match_bytes", "bug_bytes"):
            end = at + int(row[column])
            texts.append(names[at:end].decode("utf-8", "surrogatepass"))
            at = end
        yield _verdict(row, *texts)


def _verdict(row: Any, article_id: str, match_id: str, bug: str) -> Verdict:
    outcome = int(row["outcome"])
    relation = OUTCOMES[outcome] if outcome < len(OUTCOMES) else None
    return Verdict(
        relation=relation,
        cluster_id=match_id if relation in SUPPRESSED else article_id,
        redelivered=outcome == REDELIVERED,
        bug=bug if outcome == BUG else None,
        revision=int(row["revision"]),
        match_id=match_id or None,
        similarity=int(row["similarity"]) / SHARE_STEPS,
        containment=int(row["containment"]) / SHARE_STEPS,
        coverage=int(row["coverage"]) / SHARE_STEPS,
        novelty=int(row["novelty"]) / SHARE_STEPS,
        sample_size=int(row["sample_size"]),
        candidates=int(row["candidates"]),
    )
