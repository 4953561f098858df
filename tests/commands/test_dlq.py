"""`copydesk dlq`: what was set aside is counted, shown exactly, and sent back once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.dlq import list_, replay, show
from service.commands.dlq_selection import Replayable, Wanted, parse_place
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.kafka.browsing import Found
from service.line.dead_letter_headers import (
    CUT,
    REPLAYED_FROM,
    REPLAYS,
    dead_letter_headers,
    replays_of,
)
from service.records import Origin, Reason
from tests.commands.kit import AN_HOUR_AGO_MS, at, json_lines, let_producers_stamp, make_topics, moment, run
from tests.kit_kafka import Received, Sent, produce, read_all

START_MS = AN_HOUR_AGO_MS
OWN = (("traceparent", b"00-1-2-01"), ("tag", b"\xff"))


def a_letter(
    prefix: str,
    number: int,
    reason: Reason = Reason.NO_TEXT,
    stage: str = "intake",
    headers: tuple[tuple[str, bytes], ...] = OWN,
    topic: str = "articles.raw",
) -> Sent:
    """A record as a stage sets it aside."""
    return Sent(
        b'{"number": %d}\xff\x00' % number,
        key=b"key %d" % number,
        headers=tuple(
            dead_letter_headers(
                headers,
                stage=stage,
                reason=reason,
                detail=f"detail {number}",
                exception="Rejected",
                origin=Origin(f"{prefix}{topic}", 0, number, START_MS),
                replays=replays_of(headers),
            )
        ),
        partition=number % 4,
        timestamp_ms=START_MS + number * 1_000,
    )


async def set_aside(kafka: EmbeddedKafka, prefix: str, *letters: Sent) -> None:
    await let_producers_stamp(kafka, prefix, "articles.dead")
    await produce(kafka.bootstrap_servers, f"{prefix}articles.dead", letters)


async def raw(kafka: EmbeddedKafka, prefix: str) -> list[Received]:
    return await read_all(kafka.bootstrap_servers, f"{prefix}articles.raw")


async def test_list_counts_by_stage_and_reason_before_it_names_the_last_ones(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    letters = [a_letter(topic_prefix, n) for n in range(5)]
    letters += [a_letter(topic_prefix, n, Reason.BUG, "enrich") for n in range(5, 7)]
    await set_aside(kafka, topic_prefix, *letters)
    capsys.readouterr()
    await list_(as_json=True, limit=3, assignments=at(kafka, topic_prefix))
    summary, *records = json_lines(capsys.readouterr().out)
    assert summary == {
        "total": 7,
        "summary": [
            {"stage": "intake", "reason": "no_text", "count": 5},
            {"stage": "enrich", "reason": "bug", "count": 2},
        ],
    }
    assert len(records) == 3
    await list_(assignments=at(kafka, topic_prefix))
    shown = capsys.readouterr().out
    assert shown.index("all") < shown.index(f"{topic_prefix}articles.dead-0-0")


async def test_list_takes_filters(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(
        kafka,
        topic_prefix,
        a_letter(topic_prefix, 0),
        a_letter(topic_prefix, 1, Reason.BUG, "dedup"),
        a_letter(topic_prefix, 2, Reason.BUG, "enrich"),
    )
    settings = at(kafka, topic_prefix)
    capsys.readouterr()
    for filters, numbers in (
        ({"reason": [Reason.BUG]}, {"key 1", "key 2"}),
        ({"reason": [Reason.BUG], "stage": ["dedup"]}, {"key 1"}),
        ({"since": moment(START_MS + 2_000)}, {"key 2"}),
    ):
        await list_(as_json=True, assignments=settings, **filters)
        _, *records = json_lines(capsys.readouterr().out)
        assert {record["key"] for record in records} == numbers


async def test_show_gives_the_original_bytes_and_all_headers(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 2))
    options = [option for value in at(kafka, topic_prefix) for option in ("--set", value)]
    place = f"{topic_prefix}articles.dead-2-0"
    assert run("dlq", "show", place, "--value", *options).stdout == b'{"number": 2}\xff\x00'
    shown = run("dlq", "show", place, *options).stdout.decode()
    assert "copydesk.dlq.reason: no_text\n" in shown
    assert "tag: \\xff\n" in shown
    assert shown.endswith('{"number": 2}\\xff\\x00\n')


async def test_place_where_nothing_stands_is_said(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await make_topics(kafka, topic_prefix)
    for place in ("0-7", "9-0", f"{topic_prefix}articles.dead-1-0"):
        with pytest.raises(CommandFailed, match="there is no record"):
            await show(place, assignments=at(kafka, topic_prefix))


@pytest.mark.parametrize(
    "place", ["", "7", "a-b", "articles.dead-1-", "articles.dead-x-1", "articles.raw-1-1"]
)
def test_place_that_is_none_is_a_usage_error(place: str) -> None:
    with pytest.raises(CommandFailed) as failure:
        parse_place(place, "articles.dead")
    assert failure.value.code == ExitCode.USAGE


def test_topic_with_dashes_is_read_from_the_right() -> None:
    assert parse_place("my-desk.articles.dead-3-44", "my-desk.articles.dead") == (3, 44)


async def test_replay_sends_key_value_and_headers_back_with_one_count_more(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 3))
    await replay(assignments=at(kafka, topic_prefix))
    (record,) = await raw(kafka, topic_prefix)
    assert (record.key, record.value) == (b"key 3", b'{"number": 3}\xff\x00')
    place = f"{topic_prefix}articles.dead-3-0".encode()
    assert record.headers == (*OWN, (REPLAYS, b"1"), ("copydesk.dlq.replayed_from", place))


async def test_replay_takes_filters_limit_and_the_oldest_first(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    letters = [a_letter(topic_prefix, n, Reason.BUG if n % 2 else Reason.NO_TEXT) for n in range(12)]
    await set_aside(kafka, topic_prefix, *reversed(letters))
    await replay(reason=[Reason.BUG], limit=3, assignments=at(kafka, topic_prefix))
    assert {record.key for record in await raw(kafka, topic_prefix)} == {b"key 1", b"key 3", b"key 5"}


async def test_dry_run_sends_nothing(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, *(a_letter(topic_prefix, n) for n in range(4)))
    await replay(dry_run=True, assignments=at(kafka, topic_prefix))
    assert "4 would go back" in capsys.readouterr().err
    assert await raw(kafka, topic_prefix) == []


async def test_record_that_went_back_too_often_stays(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    tired = a_letter(topic_prefix, 1, headers=((REPLAYS, b"3"),))
    await set_aside(kafka, topic_prefix, tired, a_letter(topic_prefix, 2, headers=((REPLAYS, b"2"),)))
    capsys.readouterr()
    await replay(as_json=True, assignments=at(kafka, topic_prefix))
    (report,) = json_lines(capsys.readouterr().out)
    assert (report["chosen"], report["delivered"]) == (1, 1)
    assert list(report["left"].values()) == [1]
    assert [record.key for record in await raw(kafka, topic_prefix)] == [b"key 2"]


async def test_record_that_died_again_goes_back_once_not_twice(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 1))
    await replay(assignments=at(kafka, topic_prefix))
    (first,) = await raw(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 1, headers=first.headers))
    capsys.readouterr()
    await replay(as_json=True, assignments=at(kafka, topic_prefix))
    (report,) = json_lines(capsys.readouterr().out)
    assert report["delivered"] == 1
    await list_(as_json=True, assignments=at(kafka, topic_prefix))
    summary, *listed = json_lines(capsys.readouterr().out)
    assert summary["total"] == 1
    assert [record["replays"] for record in listed] == [1]
    assert sorted(replays_of(record.headers) for record in await raw(kafka, topic_prefix)) == [1, 2]


async def test_record_of_another_desk_is_not_sent_to_our_topic(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 1, topic="elsewhere"))
    await replay(assignments=at(kafka, topic_prefix))
    assert await raw(kafka, topic_prefix) == []


async def test_record_without_a_value_goes_back_without_one(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await make_topics(kafka, topic_prefix)
    letter = a_letter(topic_prefix, 1)
    await set_aside(kafka, topic_prefix, Sent(None, key=b"k", headers=letter.headers, partition=0))
    await replay(assignments=at(kafka, topic_prefix))
    assert [(record.key, record.value) for record in await raw(kafka, topic_prefix)] == [(b"k", None)]


def test_record_with_neither_key_nor_value_stays() -> None:
    """Other producers can write one; aiokafka cannot send it."""
    found = Replayable("articles.raw", 3, Wanted())
    headers = a_letter("", 1).headers
    found.look_at(Found("articles.dead", 0, 0, None, None, None, headers))
    assert found.chosen(None) == set()
    assert dict(found.left) == {"have neither key nor value": 1}


def test_record_that_was_cut_stays() -> None:
    """What is left of it is no record anybody fed."""
    found = Replayable("articles.raw", 3, Wanted())
    letter = a_letter("", 1)
    found.look_at(Found("articles.dead", 0, 0, None, b"k", b"v", (*letter.headers, (CUT, b"value 9"))))
    assert found.chosen(None) == set()
    assert found.left.total() == 1


def test_unknown_reason_is_a_usage_error_that_names_the_known_ones(tmp_path: Path) -> None:
    ended = run("dlq", "list", "--reason", "no_txt")
    assert ended.returncode == ExitCode.USAGE
    assert b"unknown_collection" in ended.stderr


async def test_a_feeder_cannot_claim_that_his_record_replaces_somebody_elses(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 1))
    (victim,) = await read_all(kafka.bootstrap_servers, f"{topic_prefix}articles.dead")
    place = f"{topic_prefix}articles.dead-{victim.partition}-{victim.offset}"
    forged = ((REPLAYED_FROM, place.encode()), (REPLAYS, b"3"))
    await set_aside(kafka, topic_prefix, a_letter(topic_prefix, 2, headers=forged))
    await list_(as_json=True, assignments=at(kafka, topic_prefix))
    capsys.readouterr()
    await replay(assignments=at(kafka, topic_prefix))
    assert victim.value in {record.value for record in await raw(kafka, topic_prefix)}
