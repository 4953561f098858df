"""The headers of dead letters: what is added, what comes off again, what stays the feeder's."""

from __future__ import annotations

import pytest

from service.line.dead_letter_headers import (
    CUT,
    DETAIL_CHARS_MAX,
    ERROR_HEADERS,
    REPLAYED_FROM,
    REPLAYS,
    dead_letter_headers,
    header_text,
    replay_headers,
    replays_of,
    strip_error_headers,
)
from service.records import NOT_UNPACKED, Origin, Reason

OWN = [("traceparent", b"00-1-2-01"), ("tag", b"a"), ("tag", b"b"), ("ce_id", b"the feeder's")]


def a_dead_letter(
    own: list[tuple[str, bytes]], detail: str = "no body", replays: int = 0
) -> list[tuple[str, bytes]]:
    return dead_letter_headers(
        own,
        stage="intake",
        reason=Reason.NO_TEXT,
        detail=detail,
        exception="Rejected",
        origin=Origin("articles.raw", 1, 912, 1_750_000_000_000),
        replays=replays,
    )


def test_own_headers_stay_in_order_and_ours_follow() -> None:
    headers = a_dead_letter(OWN)
    assert headers[: len(OWN)] == OWN
    assert dict(headers[len(OWN) :]) == {
        "__streams.errors.exception": b"Rejected",
        "__streams.errors.message": b"no body",
        "__streams.errors.topic": b"articles.raw",
        "__streams.errors.partition": b"1",
        "__streams.errors.offset": b"912",
        "copydesk.dlq.stage": b"intake",
        "copydesk.dlq.reason": b"no_text",
        "copydesk.dlq.attempts": b"1",
        "copydesk.dlq.version": dict(headers)["copydesk.dlq.version"],
        "copydesk.dlq.replays": b"0",
        "copydesk.dlq.timestamp": b"1750000000000",
    }
    assert (ERROR_HEADERS - {CUT, NOT_UNPACKED}) | {REPLAYS} == {name for name, _ in headers[len(OWN) :]}


def test_same_record_makes_the_same_headers() -> None:
    assert a_dead_letter(OWN) == a_dead_letter(OWN)


def test_record_without_a_timestamp_has_no_timestamp_header() -> None:
    headers = dead_letter_headers(
        [],
        stage="dedup",
        reason=Reason.BUG,
        detail="",
        exception="KeyError",
        origin=Origin("t", 0, 0),
        replays=0,
    )
    assert "copydesk.dlq.timestamp" not in dict(headers)


def test_headers_that_look_like_ours_on_a_raw_record_are_not_believed() -> None:
    forged = [("copydesk.dlq.reason", b"bug"), ("__streams.errors.topic", b"elsewhere"), *OWN]
    headers = a_dead_letter(forged)
    assert [name for name, _ in headers].count("copydesk.dlq.reason") == 1
    assert header_text(headers, "__streams.errors.topic") == "articles.raw"


def test_long_or_broken_detail_fits_a_header() -> None:
    message = dict(a_dead_letter([], detail="\ud800" + "x" * 100_000))["__streams.errors.message"]
    assert message.startswith(b"\\ud800xxx")
    assert len(message) < DETAIL_CHARS_MAX + 10


def test_replay_gives_the_record_back_with_one_count_more() -> None:
    ce_of_the_dead_letter = [("ce_id", b"ours"), ("ce_type", b"copydesk.dead_letter.v1")]
    letter = a_dead_letter(OWN, replays=1) + ce_of_the_dead_letter
    back = replay_headers(letter, "articles.dead-2-17")
    assert back == [*OWN, (REPLAYS, b"2"), (REPLAYED_FROM, b"articles.dead-2-17")]


def test_record_that_dies_again_has_each_header_once() -> None:
    once = a_dead_letter(OWN)
    back = replay_headers(once, "articles.dead-0-1")
    again = a_dead_letter(back, replays=replays_of(back))
    assert replays_of(again) == 1
    assert header_text(again, "copydesk.dlq.attempts") == "2"
    assert header_text(again, REPLAYED_FROM) == "articles.dead-0-1"
    third = replay_headers(again, "articles.dead-0-9")
    assert third == [*OWN, (REPLAYS, b"2"), (REPLAYED_FROM, b"articles.dead-0-9")]


def test_count_that_is_no_number_counts_as_none() -> None:
    assert replays_of([(REPLAYS, b"many")]) == replays_of([(REPLAYS, "²".encode())]) == replays_of([]) == 0


@pytest.mark.parametrize("digits", [5, 4_301, 1_000_000])
def test_count_that_nobody_can_have_reached_counts_as_none(digits: int) -> None:
    assert replays_of([(REPLAYS, b"9" * digits)]) == 0


def test_stripping_leaves_the_count() -> None:
    assert [name for name, _ in strip_error_headers(a_dead_letter(OWN))] == [
        *(name for name, _ in OWN),
        REPLAYS,
    ]
