"""What dedup decided on one envelope <-> packed rows: verdicts for the outputs, and what memory took up.

A segment is written before the outputs are. It answers for the envelope when that comes again, and read in order
the segments of a collection rebuild its memory without deciding anything. Columns, not rows, so that a rebuild
handles a segment with a few array operations.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from service.dedup.index.fact_filter import FILTER_WORDS, Filters
from service.dedup.index.index import (
    ENTRY_COLUMNS,
    ENTRY_FEATURES,
    ENTRY_ID_BYTES,
    ENTRY_SMALL,
    ENTRY_SUMS,
    ENTRY_WORDS,
    Columns,
    Entry,
)
from service.dedup.index.lookup import WORD_SAMPLE
from service.dedup.verdict import CHANGES, SHARE_STEPS, Verdict
from service.records import GOES_ON, Relation
from service.sketch.fact_bits import Features
from service.sketch.hashing import Hashes, Mask
from service.sketch.sketch import ALGORITHM_VERSION, Words

SEGMENT_VERSION: Final = 3

OUTCOMES: Final = (
    Relation.NEW,
    Relation.REVISION,
    Relation.CONTAINS,
    Relation.OVERLAPS,
    Relation.EXACT,
    Relation.NEAR_DUPLICATE,
    Relation.PART_OF,
    Relation.UPDATE,
)
REDELIVERED: Final = 100
BUG: Final = 101
SUPPRESSED: Final = frozenset(OUTCOMES) - GOES_ON
CODES: Final = {relation: code for code, relation in enumerate(OUTCOMES)}

(
    ID_HASH,
    CONTENT,
    RAW_OFFSET,
    PARTITION,
    SECONDS,
    ANSWERED_BY,
    REVISION,
    SAMPLE_SIZE,
    CANDIDATES,
    ID_BYTES,
    MATCH_BYTES,
    BUG_BYTES,
    SIMILARITY,
    CONTAINMENT,
    COVERAGE,
    NOVELTY,
    TOPIC,
    OUTCOME,
    IS_STORED,
    IS_KNOWN,
    AS_FED,
    META,
    CLUSTER_BYTES,
    NEW_FACTS,
    CHANGED,
) = range(25)
COLUMNS: Final = 25
"""Columns of decided articles.

ID_HASH and CONTENT are 64 bits of the article id's and the content's hash. SECONDS is the timestamp of the raw
record, 0 = none. ANSWERED_BY is the serial number of the article remembered for this one. *_BYTES are lengths in
`Decided.names`. SIMILARITY to NOVELTY are in SHARE_STEPS. TOPIC counts `Segment.topics`. IS_STORED: it has an entry;
IS_KNOWN: its id is remembered; AS_FED: `Article.as_fed`. META: see dedup/metadata.py. NEW_FACTS counts
`Decided.new_facts`. CHANGED: bits of `CHANGES`.
"""

NAME_COLUMNS: Final = [ID_BYTES, MATCH_BYTES, BUG_BYTES, CLUSTER_BYTES]

_ARTICLE: Final = np.dtype(
    "<i8 <i8 <i8 <i4 <u4 <u4 <u4 <u4 <u4 <u4 <u4 <u4 <u2 <u2 <u2 <u2 <u2 u1 u1 u1 u4 <i8 <u4 <u2 u1".replace(
        " ", ","
    )
)
_ENTRY: Final = np.dtype("<u4,<u4,<u4,u1,u1,u1,<u4,u1,u1,<u2,u1,<i8,u1,u1,<u4")
"""Columns of an entry as they are packed."""
_ENTRY_2: Final = np.dtype(_ENTRY.descr[:ENTRY_SUMS] + _ENTRY.descr[ENTRY_SUMS + 1 :])
"""Entries of segments of version 2: without sums of facts, which count as unknown."""
READABLE: Final = (2, SEGMENT_VERSION)


Shorts = npt.NDArray[np.uint16]


class Decided(NamedTuple):
    """Decided articles as columns; the stored ones among them have an entry each."""

    articles: Columns
    names: bytes  # per article its id, the id of its match, the text of a bug, the id of its cluster if another's
    entries: Columns
    features: Hashes  # of all entries; the lower 48 bits count
    written: Mask  # per feature: whether it went into the table
    words: Words  # of all entries
    entry_ids: bytes  # article ids of the entries
    filters: Filters  # of the entries
    small: Features  # words of all entries that the collection learns
    new_facts: Shorts  # of all articles: numbers of their new features


NOTHING_STORED: Final = Decided(
    np.zeros((0, COLUMNS), np.int64),
    b"",
    np.zeros((0, ENTRY_COLUMNS), np.int64),
    np.zeros(0, np.uint64),
    np.zeros(0, np.bool_),
    np.zeros(0, np.uint16),
    b"",
    np.zeros((0, FILTER_WORDS), np.uint64),
    np.zeros(0, np.uint32),
    np.zeros(0, np.uint16),
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
    as_fed: int,
    meta: int,
    entry: Entry | None,
) -> Decided:
    """Return one decided article as columns of one row."""
    usual = verdict.match_id if verdict.relation in SUPPRESSED else article_id
    cluster = "" if verdict.cluster_id == usual else verdict.cluster_id
    id_bytes, match_bytes, bug_bytes, cluster_bytes = (
        text.encode("utf-8", "surrogatepass")
        for text in (article_id, verdict.match_id or "", verdict.bug or "", cluster)
    )
    row = (
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
        as_fed,
        meta,
        len(cluster_bytes),
        len(verdict.new_facts),
        sum(1 << CHANGES.index(name) for name in verdict.changed),
    )
    articles = np.fromiter(row, np.int64, COLUMNS).reshape(1, COLUMNS)
    names = id_bytes + match_bytes + bug_bytes + cluster_bytes
    new_facts = np.array(verdict.new_facts, np.uint16)
    if entry is None:
        return NOTHING_STORED._replace(articles=articles, names=names, new_facts=new_facts)
    fixed = (
        entry.threshold,
        entry.base,
        entry.features.size,
        entry.words.size,
        entry.sample_size,
        entry.borrowed,
        len(id_bytes),
        entry.facts.hashes,
        entry.facts.run_rate,
        entry.facts.words,
        entry.facts.negations,
        entry.facts.sums,
        entry.facts.small.size,
        entry.notice,
        entry.head,
    )
    entries = np.fromiter(fixed, np.int64, len(fixed)).reshape(1, len(fixed))
    return Decided(
        articles,
        names,
        entries,
        entry.features,
        entry.written,
        entry.words,
        id_bytes,
        entry.facts.bits.reshape(1, FILTER_WORDS),
        entry.facts.small,
        new_facts,
    )


def _outcome(verdict: Verdict) -> int:
    if verdict.relation is not None:
        return CODES[verdict.relation]
    return REDELIVERED if verdict.redelivered else BUG


def joined(parts: Sequence[Decided]) -> Decided:
    """Return several decided articles, one after the other."""
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
        return tuple(_verdicts(self.decided))

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
        if p.version not in READABLE or p.algorithm != ALGORITHM_VERSION:
            raise ValueError(
                f"segment of version {p.version}, algorithm {p.algorithm}; "
                f"this code reads versions {READABLE[0]} to {READABLE[-1]}, algorithm {ALGORITHM_VERSION}"
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
    entries = (
        _unpacked(p.entries, _ENTRY)
        if p.version == SEGMENT_VERSION
        else np.insert(_unpacked(p.entries, _ENTRY_2), ENTRY_SUMS, 0, axis=1)
    )
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


def _verdicts(decided: Decided) -> Iterator[Verdict]:
    names, at, facts_at = decided.names, 0, 0
    for row in decided.articles.tolist():
        texts = []
        for column in NAME_COLUMNS:
            texts.append(names[at : at + row[column]].decode("utf-8", "surrogatepass"))
            at += row[column]
        new_facts = decided.new_facts[facts_at : facts_at + row[NEW_FACTS]].tolist()
        facts_at += row[NEW_FACTS]
        yield _verdict(row, tuple(new_facts), *texts)


def _verdict(
    row: list[int], new_facts: tuple[int, ...], article_id: str, match_id: str, bug: str, cluster_id: str
) -> Verdict:
    outcome = row[OUTCOME]
    relation = OUTCOMES[outcome] if outcome < len(OUTCOMES) else None
    return Verdict(
        relation=relation,
        cluster_id=cluster_id or (match_id if relation in SUPPRESSED else article_id),
        redelivered=outcome == REDELIVERED,
        bug=bug if outcome == BUG else None,
        revision=row[REVISION],
        match_id=match_id or None,
        similarity=row[SIMILARITY] / SHARE_STEPS,
        containment=row[CONTAINMENT] / SHARE_STEPS,
        coverage=row[COVERAGE] / SHARE_STEPS,
        novelty=row[NOVELTY] / SHARE_STEPS,
        sample_size=row[SAMPLE_SIZE],
        candidates=row[CANDIDATES],
        new_facts=new_facts,
        changed=tuple(name for bit, name in enumerate(CHANGES) if row[CHANGED] >> bit & 1),
    )
