"""The trace context of a raw record stands on everything made from it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from service.enrich import enrich
from service.line.records_out import Letter
from service.observations import BatchDone, Observation
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import RawRecord
from service.settings import Settings
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIMS

STORY = " ".join(
    f"“Berth {n} will be dredged by June,” harbour master Ada Lorne said of ward {n}." for n in range(9)
)


def traceparent(number: int) -> str:
    return f"00-{number + 1:032x}-{number + 1:016x}-01"


def fed(number: int, body: str) -> RawRecord:
    value = json.dumps({"id": f"a{number}", "body": body}).encode()
    headers = (("traceparent", traceparent(number).encode()), ("tracestate", b"wire=7"))
    return raw_record(number, value, headers=headers)


def traces(letters: Sequence[Letter]) -> set[tuple[str, str, str]]:
    headers = [dict(letter.headers) for letter in letters]
    pairs = zip(letters, headers, strict=True)
    return {(one.topic, h["traceparent"].decode(), h["tracestate"].decode()) for one, h in pairs}


async def test_every_output_carries_the_trace_of_its_own_raw_record() -> None:
    pipeline = MemoryPipeline(Settings())
    out = await pipeline.feed([fed(0, STORY), fed(1, STORY), fed(2, " ")])
    assert traces(out) == {
        (ARTICLES_ENRICHED, traceparent(0), "wire=7"),
        (CLAIMS, traceparent(0), "wire=7"),
        (ARTICLES_DUPLICATES, traceparent(1), "wire=7"),
        (ARTICLES_DEAD, traceparent(2), "wire=7"),
    }


@pytest.mark.parametrize("is_gone", [False, True])
async def test_a_late_dead_letter_carries_it_too_also_when_the_raw_record_is_gone(
    is_gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise IndexError("oops")

    monkeypatch.setattr(enrich, "find_all_claims", broken)
    pipeline = MemoryPipeline(Settings())
    if is_gone:
        monkeypatch.setattr(pipeline.originals, "keep", lambda record: None)
    out = await pipeline.feed([fed(4, STORY)])
    assert traces(out) == {(ARTICLES_DEAD, traceparent(4), "wire=7")}


async def test_a_batch_that_is_done_names_the_traces_it_had_a_part_in() -> None:
    observations: list[Observation] = []
    pipeline = MemoryPipeline(Settings(), observations.append)
    await pipeline.feed([fed(0, STORY), fed(1, STORY), raw_record(2, b'{"text": "The mill is shut."}')])
    named = {
        one.stage: [t.traceparent for t in one.traces] for one in observations if isinstance(one, BatchDone)
    }
    both = [traceparent(0), traceparent(1)]
    assert named == {"intake": both, "dedup": both, "enrich": both[:1], "threads": both[:1]}
