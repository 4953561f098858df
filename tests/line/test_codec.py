"""Records as JSON, and their CloudEvents headers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.line.codec import JSON_BYTES, enriched_letters, event_id, rfc3339
from service.records import Claim, ClaimKind, DedupNote, Enriched, Origin, Span, Trace

ORIGIN = Origin("articles.raw", 3, 42, 1_700_000_000_123)


def an_enriched(*claims: Claim) -> Enriched:
    return Enriched(
        article_id="mill",
        collection="default",
        text="The mill reopened.",
        content_hash="0" * 32,
        dedup=DedupNote("new", "mill"),
        claims=claims,
        dates=(),
        origin=ORIGIN,
    )


def a_claim(claim_id: str, text: str = "The mill") -> Claim:
    span = Span(0, 8)
    return Claim(
        kind=ClaimKind.QUOTE,
        text=text,
        start=0,
        end=8,
        segments=(span,),
        sentence=span,
        claim_id=claim_id,
        article_id="mill",
        cluster_id="mill",
    )


def test_an_event_id_names_the_raw_record() -> None:
    first = event_id("enriched", "mill", "0" * 32, ORIGIN)
    assert first == event_id("enriched", "mill", "0" * 32, ORIGIN)
    fed_again = Origin("articles.raw", 3, 43, 1_700_000_000_123)
    others = {
        event_id("duplicate", "mill", "0" * 32, ORIGIN),
        event_id("enriched", "mill", "1" * 32, ORIGIN),
        event_id("enriched", "mill", "0" * 32, fed_again),
    }
    assert first not in others
    assert len(others) == 3


def test_an_event_id_does_not_depend_on_the_timestamp() -> None:
    later = Origin("articles.raw", 3, 42, 1)
    assert event_id("enriched", "mill", "0", ORIGIN) == event_id("enriched", "mill", "0", later)


def test_enriched_and_its_claims_share_the_key_and_carry_cloudevents_headers() -> None:
    letters = enriched_letters(
        an_enriched(a_claim("c1"), a_claim("c2")), Trace("00-ab-cd-01", "v=1"), "enrich"
    )
    assert [letter.topic for letter in letters] == ["articles.enriched", "claims", "claims"]
    assert {letter.key for letter in letters} == {b"mill"}
    headers = [dict(letter.headers) for letter in letters]
    assert [h["ce_id"] for h in headers[1:]] == [b"c1", b"c2"]
    for h in headers:
        assert h["ce_specversion"] == b"1.0"
        assert h["ce_source"] == b"/copydesk/enrich"
        assert h["content-type"] == b"application/json"
        assert h["ce_time"] == b"2023-11-14T22:13:20.123Z"
        assert (h["traceparent"], h["tracestate"]) == (b"00-ab-cd-01", b"v=1")
    assert headers[0]["ce_type"] == b"copydesk.enriched.v1"
    names = [name for name, _ in letters[1].headers]
    assert names[:6] == ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_dataschema"]
    assert names[6:] == ["content-type", "ce_time", "traceparent", "tracestate"]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")), max_size=3))
@example(["one\nline\r\nmore\x0b\x0c\x85\u2028", '"\\', ""])
@example(["a" * JSON_BYTES, "b", "ü" * JSON_BYTES])
def test_values_are_what_plain_encoding_makes(texts: list[str]) -> None:
    enriched = an_enriched(*(a_claim(str(number), text) for number, text in enumerate(texts)))
    values = [letter.value for letter in enriched_letters(enriched, None, "enrich")]
    assert values == [msgspec.json.encode(record) for record in (enriched, *enriched.claims)]
    assert len(values[0] or b"") == max(len(value or b"") for value in values)


@given(st.integers(-(10**13), 10**14))
@example(-1)
@example(1_700_000_000_999)
def test_times_are_those_of_the_calendar(timestamp_ms: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=timestamp_ms)
    assert rfc3339(timestamp_ms) == moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("timestamp_ms", "text"), [(0, "1970-01-01T00:00:00.000Z"), (10**18, None), (-(10**18), None)]
)
def test_impossible_timestamps_make_no_time(timestamp_ms: int, text: str | None) -> None:
    assert rfc3339(timestamp_ms) == text
