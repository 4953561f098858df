"""What dedup decided on articles, as columns: verdicts for the outputs, and what memory takes up.

Columns, not rows, so that a rebuild handles a segment with a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.dedup.index.fact_filter import FILTER_WORDS, Filters
from service.dedup.index.index import ENTRY_COLUMNS, Columns, Entry
from service.dedup.verdict import CHANGES, SHARE_STEPS, Verdict
from service.records import GOES_ON, Relation
from service.sketch.fact_bits import Features
from service.sketch.hashing import Hashes, Mask
from service.sketch.sketch import Words

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
        entry.slug,
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


def verdicts(decided: Decided) -> Iterator[Verdict]:
    """Read the verdicts on decided articles, in their order."""
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
