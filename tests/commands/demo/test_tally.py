"""The sum of the demo is counted, and says so when it does not hold."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from service.commands.demo.tally import Published, SetAside, Tally
from service.contracts.headers import dead_letter_headers_schema
from service.records import (
    Claim,
    ClaimKind,
    ClaimThread,
    DedupNote,
    Duplicate,
    Enriched,
    Origin,
    Span,
    ThreadClaim,
    ThreadDispute,
    ThreadFigure,
)
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIMS


def a_claim(claim_id: str = "c1", text: str = "Rain") -> Claim:
    return Claim(
        kind=ClaimKind.QUOTE,
        text=text,
        start=0,
        end=len(text),
        segments=(Span(0, len(text)),),
        sentence=Span(0, len(text)),
        claim_id=claim_id,
        article_id="a",
        cluster_id="a",
    )


def published(topic: str, event: str, value: Any) -> Published:
    return Published(topic, b"key", (("ce_id", event.encode()),), msgspec.json.encode(value))


def a_thread(
    thread_id: str,
    *,
    kind: Literal["quotation", "figure"] = "figure",
    reports: int = 2,
    text: str = "Rain",
    figure: str = "",
    disputes: tuple[str, ...] = (),
) -> ClaimThread:
    return ClaimThread(
        thread_id=thread_id,
        sequence=2,
        kind=kind,
        event="disputed" if disputes else "repeated",
        collection="default",
        article_id="a",
        story_id="a",
        claim=ThreadClaim("c1", "a", "a", ClaimKind.QUOTE, text),
        sureness=1.0,
        by=("words",),
        articles=reports,
        reports=reports,
        figure=ThreadFigure(figure, 1.0) if figure else None,
        disputes=tuple([ThreadDispute(one, 1.0, ("period",)) for one in disputes]),
    )


def enriched(offset: int, *claims: Claim) -> Published:
    article = Enriched(
        article_id="a",
        collection="default",
        text="Rain.",
        content_hash="0" * 32,
        dedup=DedupNote("new", "a"),
        claims=claims,
        dates=(),
        origin=Origin("articles.raw", 0, offset),
    )
    return published(ARTICLES_ENRICHED, f"enriched-{offset}", article)


def duplicate(offset: int) -> Published:
    copy = Duplicate(
        article_id="b",
        collection="default",
        content_hash="0" * 32,
        duplicate_of="a",
        cluster_id="a",
        relation="exact",
        similarity=1,
        containment=1,
        coverage=1,
        sample_size=0,
        novelty=0,
        origin=Origin("articles.raw", 0, offset),
    )
    return published(ARTICLES_DUPLICATES, f"duplicate-{offset}", copy)


def dead(offset: int, reason: str = "no_text") -> Published:
    texts = dict.fromkeys(dead_letter_headers_schema()["properties"], "-") | {
        "ce_id": f"dead-{offset}",
        "__streams.errors.partition": "0",
        "__streams.errors.offset": str(offset),
        "copydesk.dlq.reason": reason,
    }
    return Published(ARTICLES_DEAD, None, tuple((name, text.encode()) for name, text in texts.items()), None)


def tally_of(fed: int, *records: Published) -> Tally:
    tally = Tally()
    for offset in range(fed):
        tally.note_fed((0, offset))
    for record in records:
        tally.note(record)
    return tally


def test_sum_holds_when_every_record_has_its_answer() -> None:
    tally = tally_of(3, enriched(0), duplicate(1), dead(2))
    assert tally.is_balanced
    assert tally.sum_line() == "in 3 = enriched 1 + duplicates 1 + dead 1"


def test_record_without_an_answer_breaks_the_sum_and_is_named() -> None:
    tally = tally_of(3, enriched(0), duplicate(1))
    assert not tally.is_balanced
    assert tally.sum_line() == "in 3 ≠ enriched 1 + duplicates 1 + dead 0"
    assert tally.unanswered() == [(0, 2)]


def test_second_answer_to_one_record_breaks_the_sum() -> None:
    assert not tally_of(1, enriched(0), dead(0)).is_balanced


def test_two_answers_do_not_make_up_for_a_missing_one() -> None:
    tally = tally_of(2, enriched(0), dead(0))
    assert not tally.is_balanced
    assert tally.sum_line().startswith("in 2 ≠")


def test_repeated_delivery_is_counted_apart() -> None:
    tally = tally_of(1, enriched(0), enriched(0))
    assert tally.is_balanced
    assert tally.repeated == 1


def test_ids_are_compared_within_a_topic() -> None:
    same_id = published(CLAIMS, "enriched-0", a_claim())
    tally = tally_of(1, enriched(0, a_claim()), same_id)
    assert tally.count(CLAIMS) == 1
    assert tally.is_complete


def test_claims_that_did_not_come_yet_are_waited_for() -> None:
    tally = tally_of(1, enriched(0, a_claim("c1"), a_claim("c2")), published(CLAIMS, "c1", a_claim("c1")))
    assert tally.is_balanced
    assert not tally.is_complete
    assert tally.claims_due == 2


def test_headers_of_the_original_do_not_hide_ours() -> None:
    letter = dead(0)
    forwarded = Published(letter.topic, None, (("ce_id", b"theirs"), *letter.headers), None)
    assert forwarded.header("ce_id") == "dead-0"


def test_our_own_faults_are_told_from_the_feeders() -> None:
    tally = tally_of(2, dead(0), dead(1, "bug"))
    assert tally.our_faults() == [SetAside("bug", "-", "-")]
