"""Copies that dedup recognised: who reprints a claim, and that nobody reports it for that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.dedup.stage import DedupStage
from service.line.segment_log import MemorySegmentLog
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import Duplicate, Origin, Prepared
from service.settings import Settings, ThreadsSettings
from service.sketch.claims.copied import prepared_copy
from service.threads.collection import Collection
from service.threads.copies import COPIES_MAX, OUTLETS_MAX, Copies
from service.threads.segments import Segment
from service.topics import CLAIM_THREADS, CLAIMS_PREPARED
from tests.dedup.test_stage import envelopes
from tests.threads.articles import QUAY, SECOND, SETTINGS, Text, of_kind, prepared, records
from tests.threads.test_collection import state


def duplicate(article_id: str, of: str, source: str | None = "Port News", **fields: Any) -> Duplicate:
    given: dict[str, Any] = {"relation": "near_duplicate", "source": source} | fields
    return Duplicate(
        article_id=article_id,
        collection="default",
        content_hash="0" * 32,
        duplicate_of=of,
        cluster_id="quay",
        similarity=0.9,
        containment=0.9,
        coverage=0.9,
        sample_size=64,
        novelty=0.0,
        origin=Origin("articles.raw", 1, sum(map(ord, article_id))),
        **given,
    )


def copy(article_id: str, of: str, source: str | None = "Port News") -> Prepared:
    found = prepared_copy(duplicate(article_id, of, source), None)
    assert found is not None
    return found


def fed(*articles: Prepared | Text, into: Collection | None = None) -> list[dict[str, Any]]:
    """Decide on articles one after the other; return the records of quotations."""
    collection = into or Collection("default", SETTINGS)
    ready = [one if isinstance(one, Prepared) else prepared(one, n) for n, one in enumerate(articles)]
    return of_kind("quotation", records([collection.decide(n, [one]) for n, one in enumerate(ready)]))


def test_a_copy_adds_who_reprinted_and_no_report() -> None:
    first, second = fed(QUAY, SECOND, copy("c1", "quay"))
    assert (first["copies"], first["reprinted_by"]) == (0, [])
    assert (second["event"], second["claim"], second["article_id"]) == ("reprinted", None, "c1")
    assert (second["articles"], second["reports"], second["copies"]) == (2, 2, 1)
    assert second["reprinted_by"] == ["Port News"]
    assert second["story_id"] == Collection("", SETTINGS).decide(0, [prepared(QUAY, 0)]).decided[0].key.hex()
    assert second["latest_seen"] == first["latest_seen"]


def test_a_copy_that_comes_before_its_original_counts_as_well() -> None:
    (record,) = fed(copy("c1", "quay"), QUAY, SECOND)
    assert (record["reports"], record["copies"], record["reprinted_by"]) == (2, 1, ["Port News"])


def test_a_copy_of_a_copy_is_one_of_the_original() -> None:
    last = fed(QUAY, SECOND, copy("c1", "quay"), copy("c2", "c1", "Skerry Post"))[-1]
    assert (last["copies"], last["reprinted_by"]) == (2, ["Port News", "Skerry Post"])


def test_the_same_outlet_is_counted_again_and_told_once() -> None:
    found = fed(QUAY, SECOND, copy("c1", "quay"), copy("c2", "quay"), copy("c3", "second"))
    assert [record["event"] for record in found] == ["repeated", "reprinted"]
    third = Text("third", SECOND.body, source="Skerry Post", day="2025-06-06")
    found = fed(QUAY, SECOND, copy("c1", "quay"), copy("c2", "quay"), copy("c3", "second"), third)
    assert (found[-1]["copies"], found[-1]["reprinted_by"]) == (3, ["Port News"])


def test_a_copy_that_is_withdrawn_or_revised_no_longer_counts() -> None:
    gone = Text("c1", "", withdraws="c1")
    third = Text("third", SECOND.body, source="Skerry Post", day="2025-06-06")
    assert fed(QUAY, SECOND, copy("c1", "quay"), gone, third)[-1]["copies"] == 0


@pytest.mark.parametrize(
    "one", [duplicate("c1", "quay", relation="part_of"), duplicate("quay", "quay", relation="exact")]
)
def test_an_excerpt_and_an_article_fed_again_are_no_reprints(one: Duplicate) -> None:
    assert prepared_copy(one, None) is None


def test_a_revision_that_opens_a_thread_counts_in_it() -> None:
    empty = QUAY._replace(body="The quay at Merrow is to be closed.")
    revised = QUAY._replace(revision=2)
    (record,) = fed(empty, revised, SECOND)
    assert (record["articles"], record["reports"]) == (2, 2)


def test_a_rebuilt_collection_knows_the_same_copies() -> None:
    live, rebuilt = Collection("default", SETTINGS), Collection("default", SETTINGS)
    articles = [
        copy("c0", "quay"),
        prepared(QUAY, 0),
        prepared(SECOND, 1),
        copy("c1", "c0"),
        copy("c2", "second"),
    ]
    segments = [live.decide(n, [one]) for n, one in enumerate(articles)]
    for segment in segments:
        rebuilt.apply(Segment.unpack(segment.pack()))
    assert state(rebuilt) == state(live)
    assert live.memory.copies.original_of == {"c0": "quay", "c1": "quay", "c2": "second"}


def test_what_is_kept_of_copies_has_bounds() -> None:
    copies = Copies(limit=500)
    for n in range(2_000):
        copies.note(f"c{n}", "quay" if n < 1_000 else f"a{n % 400}", f"outlet {n}")
    assert len(copies.by_original.get("quay", {})) <= COPIES_MAX
    assert len(copies.original_of) <= 500
    assert sum(map(len, copies.by_original.values())) == len(copies.original_of)


def test_names_of_reprinters_have_a_bound() -> None:
    many = [copy(f"c{n}", "quay", f"Outlet {n}") for n in range(OUTLETS_MAX + 10)]
    found = fed(QUAY, SECOND, *many)
    assert len(found) == 1 + OUTLETS_MAX
    assert len(found[-1]["reprinted_by"]) == OUTLETS_MAX


async def test_dedup_tells_threads_of_copies_and_only_while_it_runs() -> None:
    bodies = (QUAY.body, SECOND.body, f"{QUAY.body}\n\n(c) Port News")
    values = [
        json.dumps({"id": f"a{n}", "source": source, "body": body}).encode()
        for n, (body, source) in enumerate(
            zip(bodies, ("Tarrow Gazette", "Halvik", "Port News"), strict=True)
        )
    ]
    pipeline = MemoryPipeline(Settings())
    told = [
        letter for n, value in enumerate(values) for letter in await pipeline.feed([raw_record(n, value)])
    ]
    last = [json.loads(letter.value or b"") for letter in told if letter.topic == CLAIM_THREADS][-1]
    assert (last["event"], last["article_id"], last["reprinted_by"]) == ("reprinted", "a2", ["Port News"])
    log = MemorySegmentLog()
    for is_on in (True, False):
        settings = Settings(threads=ThreadsSettings(enabled=is_on))
        stage = DedupStage(settings, log, lambda _: None, partition_of=lambda topic, key: 0)
        (envelope,) = envelopes(1, size=3)
        outcome = stage.decide([envelope], await stage.prepare([envelope]))
        assert (CLAIMS_PREPARED in {letter.topic for letter in outcome.letters}) is is_on
