"""The samples are what they say, and end as the demo promises."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest

import service.samples
from service import contracts
from service.commands.demo.tally import Published, SetAside, Tally
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.reading import Unreadable, read_articles
from service.records import Duplicate, Enriched
from service.samples import Sample, load_samples
from service.settings import Settings
from service.topics import ARTICLES_RAW


@pytest.fixture(scope="module")
def samples() -> tuple[Sample, ...]:
    return load_samples()


async def fed_in_memory(samples: tuple[Sample, ...]) -> tuple[Tally, list[Published]]:
    pipeline, tally, records = MemoryPipeline(Settings()), Tally(), []
    for offset, sample in enumerate(samples):
        tally.note_fed((0, offset))
        for letter in await pipeline.feed([raw_record(offset, sample.value)]):
            records.append(Published(letter.topic, letter.key, tuple(letter.headers), letter.value))
            tally.note(records[-1])
    return tally, records


def answer_to(tally: Tally, samples: tuple[Sample, ...], note: str) -> Enriched | Duplicate | SetAside:
    (offset,) = (i for i, sample in enumerate(samples) if note in sample.note)
    return tally.answers[0, offset]


def test_there_are_43_and_each_says_what_it_is(samples: tuple[Sample, ...]) -> None:
    assert len(samples) == 43
    assert all(sample.note and sample.slug for sample in samples)


def test_articles_among_them_keep_the_input_contract(samples: tuple[Sample, ...]) -> None:
    fit = 0
    for sample in samples:
        try:
            value = msgspec.json.decode(sample.value)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            continue
        fit += contracts.validator(ARTICLES_RAW).is_valid(value)
    assert fit == 27 + 11 + 1  # the one for an unknown collection is well-formed too


async def test_43_in_are_28_enriched_10_duplicates_and_5_dead(samples: tuple[Sample, ...]) -> None:
    tally, _ = await fed_in_memory(samples)
    assert tally.sum_line() == "in 43 = enriched 28 + duplicates 10 + dead 5"
    assert tally.is_complete
    relations = Counter(a.relation for a in tally.answers.values() if isinstance(a, Duplicate))
    assert set(relations) == {"exact", "near_duplicate", "part_of"}
    reasons = [a.reason for a in tally.answers.values() if isinstance(a, SetAside)]
    assert sorted(reasons) == ["invalid_json", "invalid_utf8", "no_text", "too_deep", "unknown_collection"]


async def test_each_kind_of_reuse_is_recognised(samples: tuple[Sample, ...]) -> None:
    tally, _ = await fed_in_memory(samples)
    correction = answer_to(tally, samples, "a correction")
    assert isinstance(correction, Enriched)
    assert (correction.dedup.status, correction.dedup.revision) == ("correction", 2)
    roundup = answer_to(tally, samples, "a round-up")
    assert isinstance(roundup, Enriched)
    assert [(r.relation, r.article_id) for r in roundup.dedup.related] == [("contains", "tg-bridge")]
    borrowing = answer_to(tally, samples, "a feature that borrows")
    assert isinstance(borrowing, Enriched)
    assert [(r.relation, r.article_id) for r in borrowing.dedup.related] == [("overlaps", "led-rate-0211")]
    excerpt = answer_to(tally, samples, "three paragraphs from the middle")
    assert isinstance(excerpt, Duplicate)
    assert (excerpt.relation, excerpt.duplicate_of) == ("part_of", "cp-1006-mayor")
    other_paper = answer_to(tally, samples, "not a copy")
    assert isinstance(other_paper, Enriched)
    assert other_paper.dedup.related == ()


@pytest.mark.parametrize("note", ["a page scraped twice", "a body that stands twice"])
async def test_of_a_doubled_body_one_copy_stays(samples: tuple[Sample, ...], note: str) -> None:
    tally, _ = await fed_in_memory(samples)
    article = answer_to(tally, samples, note)
    assert isinstance(article, Enriched)
    assert "doubled_body" in article.repairs
    sentences = [line for line in article.text.splitlines() if line]
    assert len(sentences) == len(set(sentences)) > 3
    assert ".The" not in article.text


async def test_every_record_that_comes_out_keeps_its_contract(samples: tuple[Sample, ...]) -> None:
    _, records = await fed_in_memory(samples)
    assert len(records) > 43
    for record in records:
        assert contracts.problems(record.topic, record.headers, record.value) == [], record.topic


async def test_claims_name_speakers_and_carry_figures(samples: tuple[Sample, ...]) -> None:
    """Some of what any reader would find in the texts; not what our rules happen to find."""
    tally, _ = await fed_in_memory(samples)
    speakers = {claim.speaker.name or claim.speaker.text for claim in tally.claims if claim.speaker}
    for name in (
        "Helena Marsh",
        "Ludmila Kessler",
        "Beatriz Holm",
        "Joaquin Ferrell",
        "Renata Voss",
        "Edda Brandt",
    ):
        assert any(name in speaker for speaker in speakers), name
    money = {(q.value, q.currency) for claim in tally.claims for q in claim.quantities if q.currency}
    assert money >= {(281_500_000.0, "USD"), (45_000_000.0, "EUR"), (1_400_000_000.0, "USD")}
    percents = {q.value for claim in tally.claims for q in claim.quantities if q.unit == "percent"}
    assert percents >= {4.25, 12.0, 81.0, 53.7}


def test_the_articles_can_be_processed_as_a_file(samples: tuple[Sample, ...]) -> None:
    unread: list[Unreadable] = []
    read = list(read_articles([Path(service.samples.__file__).with_name("wire.jsonl")], unread.append))
    assert unread == []
    assert [record.value for record in read] == [
        s.value for s in samples if s.value in {r.value for r in read}
    ]
    assert len(read) == 27 + 11
