"""Proves from the topics alone that nothing was lost, invented or changed; each check says what it found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from service.stages import STAGES
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
)
from tests.broker.house import COUNTED
from tests.faults.evidence import Evidence, Form, Place, places_of
from tests.faults.watch import Sample

ANSWERS = {
    "intake": (ARTICLES_SKETCHED, ARTICLES_DEAD),
    "dedup": (ARTICLES_UNIQUE, ARTICLES_DUPLICATES, ARTICLES_DEAD),
    "enrich": (ARTICLES_ENRICHED, ARTICLES_DEAD),
}
"""Where a stage's answer for an article stands; threads answers for none."""

SHOWN = 3

Heard = dict[str, dict[Place, tuple[int, int]]]
"""Logical topic -> raw record -> partition and offset of the first record that answers for it."""


def violations(evidence: Evidence, samples: Iterable[Sample], expected: set[Form], fed: int) -> list[str]:
    """List the broken promises, a sentence each."""
    heard = first_heard(evidence)
    return [
        *_all_fed(evidence, fed),
        *_one_end_each(evidence),
        *_repeated_in_one_form(evidence),
        *_as_undisturbed(evidence, expected),
        *_in_order(evidence),
        *_never_ahead(evidence, samples, heard),
    ]


def first_heard(evidence: Evidence) -> Heard:
    """Where each raw record is first answered for, topic by topic."""
    heard: Heard = defaultdict(dict)
    for logical, records in evidence.topics.items():
        if logical in (ARTICLES_RAW, "claims"):
            continue
        for record in records:
            for place in places_of(logical, record):
                heard[logical].setdefault(place, (record.partition, record.offset))
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


def _never_ahead(evidence: Evidence, samples: Iterable[Sample], heard: Heard) -> Iterator[str]:
    """Whatever lay below a committed offset had been answered before that offset was seen."""
    carried = {
        stage: [
            (record.partition, record.offset, places_of(STAGES[stage].source, record))
            if STAGES[stage].source != ARTICLES_RAW
            else (record.partition, record.offset, [(record.partition, record.offset)])
            for record in evidence.topics[STAGES[stage].source]
        ]
        for stage in ANSWERS
    }
    for sample in samples:
        if sample.stage not in ANSWERS:
            continue
        ends = {logical: sample.ends[logical] for logical in ANSWERS[sample.stage] if logical in sample.ends}
        for partition, offset, places in carried[sample.stage]:
            if offset >= sample.committed.get(partition, 0):
                continue
            late = [place for place in places if not _answered(place, ends, heard)]
            if late:
                yield (
                    f"{sample.stage} had committed {sample.committed} when {late[:SHOWN]} "
                    f"from {partition}@{offset} had no answer yet"
                )
                return


def _answered(place: Place, ends: dict[str, dict[int, int]], heard: Heard) -> bool:
    for logical, end in ends.items():
        at = heard[logical].get(place)
        if at is not None and at[1] < end.get(at[0], 0):
            return True
    return False
