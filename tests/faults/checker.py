"""Proves from the topics alone that nothing was lost, invented or changed; each check says what it found."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from service.stages import STAGES
from service.threads.segments import Segment
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    STORIES,
    THREADS_SEGMENTS,
)
from tests.broker.house import COUNTED
from tests.faults.evidence import Answer, Evidence, Form, Place, answers_of, places_of
from tests.faults.watch import Sample

ANSWERS = {
    "intake": (ARTICLES_SKETCHED, ARTICLES_DEAD),
    "dedup": (ARTICLES_UNIQUE, ARTICLES_DUPLICATES, ARTICLES_DEAD),
    "enrich": (ARTICLES_ENRICHED, ARTICLES_DEAD),
    "threads": (CLAIM_THREADS, STORIES),
}
"""Where the answers of a stage stand: for an article, of threads those that its segment for an envelope holds."""

SHOWN = 3

Heard = dict[str, dict[Answer, tuple[int, int]]]
"""Logical topic -> answer -> partition and offset of the first record that gives it."""


def violations(evidence: Evidence, samples: Iterable[Sample], expected: set[Form], fed: int) -> list[str]:
    """List the broken promises, a sentence each."""
    heard = first_heard(evidence)
    return [
        *_all_fed(evidence, fed),
        *_one_end_each(evidence),
        *_repeated_in_one_form(evidence),
        *_as_undisturbed(evidence, expected),
        *_in_order(evidence),
        *_in_sequence(evidence),
        *_all_joined(evidence),
        *_never_ahead(evidence, samples, heard),
    ]


def first_heard(evidence: Evidence) -> Heard:
    """Return where each answer is first given, topic by topic."""
    heard: Heard = defaultdict(dict)
    for logical, records in evidence.topics.items():
        if logical in (ARTICLES_RAW, CLAIMS, THREADS_SEGMENTS):
            continue
        for record in records:
            for answer in answers_of(logical, record):
                heard[logical].setdefault(answer, (record.partition, record.offset))
    return heard


def repeated(evidence: Evidence) -> int:
    """Return output records beyond the first of their kind: the price of at least once."""
    forms = evidence.forms()
    return len(forms) - len(set(forms))


def articles_again(evidence: Evidence) -> int:
    """Return answers for an article beyond its first: what a rebalance or a crash made some stage do once more."""
    forms = [form for form in evidence.forms() if form[0] in COUNTED]
    return len(forms) - len(set(forms))


def _all_fed(evidence: Evidence, fed: int) -> Iterator[str]:
    found = len(evidence.topics[ARTICLES_RAW])
    if found != fed:
        yield f"{fed} records were fed and {ARTICLES_RAW} holds {found}"


def _one_end_each(evidence: Evidence) -> Iterator[str]:
    ends: dict[Place, set[tuple[str, str | None]]] = defaultdict(set)
    for logical in COUNTED:
        for record in evidence.topics[logical]:
            for place in places_of(logical, record):
                ends[place].add((logical, record.header("ce_id")))
    missing = evidence.raw_places() - set(ends)
    invented = set(ends) - evidence.raw_places()
    twofold = {place: found for place, found in ends.items() if len(found) > 1}
    if missing:
        yield f"{len(missing)} missing: {sorted(missing)[:SHOWN]}"
    if invented:
        yield f"{len(invented)} that nobody fed: {sorted(invented)[:SHOWN]}"
    if twofold:
        yield f"{len(twofold)} with more than one end: {list(twofold.items())[:SHOWN]}"


def _repeated_in_one_form(evidence: Evidence) -> Iterator[str]:
    forms: dict[tuple[str, str], set[Form]] = defaultdict(set)
    for form in evidence.forms():
        event = dict(form[3]).get("ce_id", b"").decode()
        forms[form[0], event].add(form)
    changed = [name for name, found in forms.items() if len(found) > 1]
    if changed:
        yield f"{len(changed)} repeated in another form: {changed[:SHOWN]}"


def _as_undisturbed(evidence: Evidence, expected: set[Form]) -> Iterator[str]:
    found = set(evidence.forms())
    if found != expected:
        more = [(form[0], form[1]) for form in found - expected]
        less = [(form[0], form[1]) for form in expected - found]
        yield (
            f"an undisturbed run has {len(less)} records that are not here, as {less[:SHOWN]}, and lacks "
            f"{len(more)} that are, as {more[:SHOWN]}"
        )


def _in_order(evidence: Evidence) -> Iterator[str]:
    """Check that the outputs of one key come in the order of feeding, repeated records aside."""
    for logical in COUNTED:
        last: dict[bytes | None, Place] = {}
        seen: set[Form] = set()
        for record in evidence.topics[logical]:
            form = (logical, record.key, record.value, record.headers)
            if form in seen:
                continue
            seen.add(form)
            (place,) = places_of(logical, record)
            if place < last.get(record.key, place):
                yield f"{logical}: {place} of key {record.key!r} comes after {last[record.key]}"
                return
            last[record.key] = place


def _in_sequence(evidence: Evidence) -> Iterator[str]:
    """Check that the records of a thread and of a story count on from one to the next, repeated records aside."""
    for logical in (CLAIM_THREADS, STORIES):
        reached: dict[bytes | None, int] = {}
        for record in evidence.topics[logical]:
            sequence = json.loads(record.value or b"")["sequence"]
            before = reached.setdefault(record.key, sequence - 1)
            if sequence > before + 1:
                yield f"{logical}: {sequence} of {record.key!r} comes after {before}"
                return
            reached[record.key] = max(before, sequence)


def _all_joined(evidence: Evidence) -> Iterator[str]:
    """Check that each article that was enriched came to threads, each copy of another too, and nothing else."""
    came = {
        place for record in evidence.topics[CLAIMS_PREPARED] for place in places_of(CLAIMS_PREPARED, record)
    }
    awaited = [(ARTICLES_ENRICHED, record) for record in evidence.topics[ARTICLES_ENRICHED]]
    awaited += [
        (ARTICLES_DUPLICATES, record)
        for record in evidence.topics[ARTICLES_DUPLICATES]
        if _is_copy_of_another(json.loads(record.value or b""))
    ]
    expected = {place for logical, record in awaited for place in places_of(logical, record)}
    if came != expected:
        yield f"{len(came ^ expected)} were enriched or copies and did not come to threads, or the other way round"


def _is_copy_of_another(duplicate: dict[str, Any]) -> bool:
    """Tell whether a duplicate repeats all of another article: an excerpt may lack any claim."""
    return duplicate.get("relation") != "part_of" and duplicate.get("duplicate_of") != duplicate["article_id"]


def _never_ahead(evidence: Evidence, samples: Iterable[Sample], heard: Heard) -> Iterator[str]:
    """Check that whatever lay below a committed offset had been answered before that offset was seen."""
    owed = {stage: list(_owed(evidence, stage)) for stage in ANSWERS}
    for sample in samples:
        ends = {logical: sample.ends[logical] for logical in ANSWERS[sample.stage] if logical in sample.ends}
        for partition, offset, answers in owed[sample.stage]:
            if offset >= sample.committed.get(partition, 0):
                continue
            late = [answer for answer in answers if not _answered(answer, ends, heard)]
            if late:
                yield (
                    f"{sample.stage} had committed {sample.committed} when {late[:SHOWN]} "
                    f"from {partition}@{offset} had no answer yet"
                )
                return


def _owed(evidence: Evidence, stage: str) -> Iterator[tuple[int, int, list[Answer]]]:
    """Yield the place of each record that a stage reads, and what it must answer."""
    source = STAGES[stage].source
    if stage == "threads":
        for record in evidence.topics[THREADS_SEGMENTS]:
            segment = Segment.unpack(record.value or b"")
            events: list[Answer] = [dict(sent.headers)["ce_id"].decode() for sent in segment.sent]
            yield record.partition, segment.offset, events
        return
    for record in evidence.topics[source]:
        place = (record.partition, record.offset)
        yield *place, [place] if source == ARTICLES_RAW else answers_of(source, record)


def _answered(answer: Answer, ends: dict[str, dict[int, int]], heard: Heard) -> bool:
    for logical, end in ends.items():
        at = heard[logical].get(answer)
        if at is not None and at[1] < end.get(at[0], 0):
            return True
    return False
