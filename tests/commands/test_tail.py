"""`copydesk tail`: which records it shows, from where, and when it ends."""

from __future__ import annotations

import asyncio
import json
import signal
from asyncio.subprocess import PIPE

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.shared import CommandFailed
from service.commands.tail import Output, tail
from service.exit_codes import ExitCode
from tests.commands.kit import (
    AN_HOUR_AGO_MS,
    at,
    command,
    json_lines,
    let_producers_stamp,
    make_topics,
    moment,
    own_environment,
)
from tests.kit_kafka import Sent, admin_client, produce

START_MS = AN_HOUR_AGO_MS

SECONDS_MAX = 60.0
"""Until a line that does not come is a failure rather than a test that hangs."""


async def some_claims(kafka: EmbeddedKafka, prefix: str, count: int) -> None:
    """Claims a second apart, round the partitions."""
    await make_topics(kafka, prefix)
    await let_producers_stamp(kafka, prefix, "claims")
    sent = [
        Sent(
            json.dumps({"claim_id": f"c{n}", "kind": "quote" if n % 3 else "figure"}).encode(),
            key=f"article {n}".encode(),
            headers=(("ce_id", f"c{n}".encode()),),
            partition=n % 4,
            timestamp_ms=START_MS + n * 1_000,
        )
        for n in range(count)
    ]
    await produce(kafka.bootstrap_servers, f"{prefix}claims", sent)


def ids(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line["value"]["claim_id"] for line in json_lines(capsys.readouterr().out)]


async def test_last_ten_of_all_partitions_come_in_the_order_of_time(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_claims(kafka, topic_prefix, 50)
    capsys.readouterr()
    await tail(Output.CLAIMS, as_json=True, follow=False, assignments=at(kafka, topic_prefix))
    assert ids(capsys) == [f"c{n}" for n in range(40, 50)]


async def test_json_line_has_the_whole_record(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_claims(kafka, topic_prefix, 6)
    capsys.readouterr()
    await tail(Output.CLAIMS, as_json=True, follow=False, last=1, assignments=at(kafka, topic_prefix))
    assert json_lines(capsys.readouterr().out) == [
        {
            "topic": f"{topic_prefix}claims",
            "partition": 1,
            "offset": 1,
            "timestamp": f"{moment(START_MS + 5_000)}.000Z",
            "key": "article 5",
            "headers": {"ce_id": "c5"},
            "value": {"claim_id": "c5", "kind": "quote"},
        }
    ]


async def test_beginning_since_where_and_limit_choose_records(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_claims(kafka, topic_prefix, 30)
    capsys.readouterr()
    settings = at(kafka, topic_prefix)

    await tail(Output.CLAIMS, as_json=True, from_beginning=True, follow=False, assignments=settings)
    assert sorted(ids(capsys)) == sorted(f"c{n}" for n in range(30))
    since = moment(START_MS + 25_000) + "Z"
    await tail(Output.CLAIMS, as_json=True, since=since, follow=False, assignments=settings)
    assert sorted(ids(capsys)) == [f"c{n}" for n in range(25, 30)]
    await tail(
        Output.CLAIMS, as_json=True, since=since, where=["kind=figure"], follow=False, assignments=settings
    )
    assert ids(capsys) == ["c27"]
    await tail(Output.CLAIMS, as_json=True, from_beginning=True, limit=4, assignments=settings)
    assert len(ids(capsys)) == 4


async def test_readable_form_names_the_place(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_claims(kafka, topic_prefix, 1)
    capsys.readouterr()
    await tail(Output.CLAIMS, follow=False, assignments=at(kafka, topic_prefix))
    assert f"{moment(START_MS)}.000Z  {topic_prefix}claims-0-0" in capsys.readouterr().out


async def test_large_records_are_read(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    large = [
        Sent(json.dumps({"claim_id": f"c{n}", "text": "x" * 5_000_000}).encode(), partition=0) for n in (0, 1)
    ]
    await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", large)
    capsys.readouterr()
    await tail(Output.CLAIMS, as_json=True, follow=False, assignments=at(kafka, topic_prefix))
    assert ids(capsys) == ["c0", "c1"]


async def test_empty_topic_ends_at_once(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    capsys.readouterr()
    await tail(Output.DEAD, as_json=True, follow=False, assignments=at(kafka, topic_prefix))
    assert capsys.readouterr().out == ""


async def test_missing_topic_is_said(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    with pytest.raises(CommandFailed, match="there is no topic"):
        await tail(Output.CLAIMS, assignments=at(kafka, topic_prefix))


async def test_record_that_comes_is_shown_at_once_and_ctrl_c_ends_quietly(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await some_claims(kafka, topic_prefix, 2)
    options = [option for value in at(kafka, topic_prefix) for option in ("--set", value)]
    process = await asyncio.create_subprocess_exec(
        *command("tail", "claims", "--json", *options), stdout=PIPE, stderr=PIPE, env=own_environment()
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(SECONDS_MAX):
            for n in range(2):
                assert json.loads(await process.stdout.readline())["key"] == f"article {n}"
            await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [Sent(b"{}", key=b"fresh")])
            assert json.loads(await process.stdout.readline())["key"] == "fresh"
        process.send_signal(signal.SIGINT)
        rest, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, rest, errors) == (ExitCode.INTERRUPTED, b"", b"")


async def test_reader_that_leaves_ends_it_quietly(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await some_claims(kafka, topic_prefix, 2)
    options = [option for value in at(kafka, topic_prefix) for option in ("--set", value)]
    process = await asyncio.create_subprocess_exec(
        *command("tail", "claims", "--json", *options), stdout=PIPE, stderr=PIPE, env=own_environment()
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        await process.stdout.readline()
        process.stdout._transport.close()  # type: ignore[attr-defined]  # our end of the pipe
        await produce(kafka.bootstrap_servers, f"{topic_prefix}claims", [Sent(b"{}", key=b"fresh")] * 3)
        assert await process.stderr.read() == b""
        assert await process.wait() == ExitCode.OK
    finally:
        if process.returncode is None:
            process.kill()


async def test_nothing_is_left_behind_on_the_broker(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await some_claims(kafka, topic_prefix, 3)
    async with admin_client(kafka.bootstrap_servers) as admin:
        before = await admin.list_consumer_groups()
        await tail(Output.CLAIMS, as_json=True, follow=False, assignments=at(kafka, topic_prefix))
        assert await admin.list_consumer_groups() == before
