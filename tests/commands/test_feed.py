"""`copydesk feed`: what reaches the raw topic, and what a person is told about the rest."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.background import in_background
from service.commands.feed import feed
from service.commands.feed.resume import bytes_of, state_for
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.settings import Settings
from tests.commands.kit import at, command, json_lines, make_topics, own_environment, run
from tests.kit_kafka import Received, admin_client, read_all, read_at_least


def a_file(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


async def fed(kafka: EmbeddedKafka, prefix: str) -> list[Received]:
    return await read_all(kafka.bootstrap_servers, f"{prefix}articles.raw")


async def test_articles_arrive_with_their_own_bytes_under_their_ids(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    line = b'{"body" : "The bridge is open.", "id":"a-1"}'
    a_file(tmp_path, "1.jsonl", line + b"\n" + b'{"body":"No id."}\n')
    a_file(tmp_path, "2.txt", b"The bridge is closed.")
    await feed([str(tmp_path)], assignments=at(kafka, topic_prefix))
    found = {record.value: record.key for record in await fed(kafka, topic_prefix)}
    assert found == {
        line: b"a-1",
        b'{"body":"No id."}': None,
        b'{"id":"2","body":"The bridge is closed."}': b"2",
    }
    assert f"3 of 3 records delivered to {topic_prefix}articles.raw" in capsys.readouterr().err


async def test_records_of_one_key_keep_their_order(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    await make_topics(kafka, topic_prefix)
    lines = [json.dumps({"id": f"a-{n % 7}", "body": f"version {n}"}).encode() for n in range(5_000)]
    await feed([a_file(tmp_path, "a.jsonl", b"\n".join(lines))], assignments=at(kafka, topic_prefix))
    records = await fed(kafka, topic_prefix)
    assert len(records) == 5_000
    for key in range(7):
        own = [record.value for record in records if record.key == f"a-{key}".encode()]
        assert own == lines[key::7]


async def test_what_cannot_be_read_is_named_and_the_rest_is_sent(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    path = a_file(tmp_path, "a.jsonl", b'{"id":"1"}\nnot json\n{"id":"2"}\n')
    missing = str(tmp_path / "missing.txt")
    capsys.readouterr()
    with pytest.raises(CommandFailed, match="2 not read") as failure:
        await feed([path, missing], as_json=True, assignments=at(kafka, topic_prefix))
    assert failure.value.code == ExitCode.FAILED
    (report,) = json_lines(capsys.readouterr().out)
    assert (report["sent"], report["delivered"]) == (2, 2)
    assert [(u["source"], u["line"]) for u in report["unread"]] == [(missing, None), (path, 2)]


async def test_record_too_large_for_the_topic_takes_no_other_with_it(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The feeder's setting allows more than the topic: only asking the broker can tell."""
    await make_topics(kafka, topic_prefix, "topics.raw_bytes_max=100000")
    small = b"".join(b'{"id":"%d"}\n' % n for n in range(300))
    path = a_file(tmp_path, "a.jsonl", small + b'{"id":"big","body":"%s"}\n' % (b"x" * 150_000) + small)
    capsys.readouterr()
    with pytest.raises(CommandFailed, match="1 not delivered"):
        await feed([path], as_json=True, assignments=at(kafka, topic_prefix))
    (report,) = json_lines(capsys.readouterr().out)
    assert (report["sent"], report["delivered"]) == (601, 600)
    assert report["undelivered"][0]["place"] == f"{path}:301"
    assert "takes 100000" in report["undelivered"][0]["why"]
    assert len(await fed(kafka, topic_prefix)) == 600


async def test_raw_lines_arrive_as_they_stand(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    await make_topics(kafka, topic_prefix)
    path = a_file(tmp_path, "a.jsonl", b"not json\n\xff\xfe\n[1]\n")
    await feed([path], raw=True, assignments=at(kafka, topic_prefix))
    assert {record.value for record in await fed(kafka, topic_prefix)} == {b"not json", b"\xff\xfe", b"[1]"}


async def test_limit_counts_records(kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path) -> None:
    await make_topics(kafka, topic_prefix)
    path = a_file(tmp_path, "a.jsonl", b'{"id":"1"}\n' * 50)
    await feed([path], limit=20, assignments=at(kafka, topic_prefix))
    assert len(await fed(kafka, topic_prefix)) == 20


async def test_dry_run_shows_how_records_would_be_read_and_needs_no_broker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, "a.jsonl", b'{"id":"one","body":"The bridge is open.","desk":"x"}\n{}\n')
    nobody = ["kafka.bootstrap_servers=127.0.0.1:1"]
    await feed([path], dry_run=True, as_json=True, assignments=nobody)
    first, second = json_lines(capsys.readouterr().out)
    assert (first["key"], first["source"], first["line"], first["bytes"]) == ("one", path, 1, 52)
    assert (first["article_id"], first["extra"], first["reason"]) == ("one", {"desk": "x"}, None)
    assert (second["key"], second["reason"]) == (None, "no_text")
    await feed([path], dry_run=True, limit=1, assignments=nobody)
    shown = capsys.readouterr()
    assert "The bridge is open." in shown.out
    assert "1 would be articles, 0 dead letters; nothing was sent" in shown.err


async def test_missing_topic_is_said_at_once(kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.txt", b"text")
    with pytest.raises(CommandFailed, match="copydesk topics create"):
        await feed([path], assignments=at(kafka, topic_prefix))


async def test_topics_are_not_made_by_feeding(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandFailed):
        await feed([a_file(tmp_path, "a.txt", b"text")], assignments=at(kafka, topic_prefix))
    async with admin_client(kafka.bootstrap_servers) as admin:
        assert not [name for name in await admin.list_topics() if name.startswith(topic_prefix)]


async def test_line_from_a_pipe_is_sent_before_the_pipe_ends_and_ctrl_c_reports(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    options = [option for value in at(kafka, topic_prefix) for option in ("--set", value)]
    process = await asyncio.create_subprocess_exec(
        *command("feed", "-", *options), stdin=PIPE, stderr=PIPE, env=own_environment()
    )
    try:
        assert process.stdin is not None
        process.stdin.write(b'{"id":"1"}\n')
        await process.stdin.drain()
        await read_at_least(kafka.bootstrap_servers, f"{topic_prefix}articles.raw", 1)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        errors = await process.stderr.read()
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode == ExitCode.INTERRUPTED
    assert errors.decode() == f"copydesk: 1 of 1 records delivered to {topic_prefix}articles.raw\n"


async def test_a_folder_tells_what_was_skipped(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    a_file(tmp_path, "a.txt", b"The bridge is open.")
    skipped = a_file(tmp_path, "scan.pdf", b"")
    await feed([str(tmp_path)], assignments=at(kafka, topic_prefix))
    assert f"skipped {skipped}: is of no kind that is read (.pdf)" in capsys.readouterr().err


def numbered(*numbers: int) -> bytes:
    return b"".join(b'{"id":"%d","body":"Version %d of it."}\n' % (n, n) for n in range(*numbers))


async def stopped_by(number: int, kafka: EmbeddedKafka, prefix: str, *paths: str) -> str:
    """Feed at a slow pace until records have arrived, stop the process with a signal; return what it said."""
    options = [option for value in at(kafka, prefix) for option in ("--set", value)]
    process = await asyncio.create_subprocess_exec(
        *command("feed", *paths, "--rate", "200", *options), stderr=PIPE, env=own_environment()
    )
    try:
        await read_at_least(kafka.bootstrap_servers, f"{prefix}articles.raw", 350)
        process.send_signal(number)
        _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return errors.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
async def test_a_feed_that_was_stopped_goes_on_without_losing_a_record(
    number: int,
    kafka: EmbeddedKafka,
    topic_prefix: str,
    tmp_path: Path,
) -> None:
    await make_topics(kafka, topic_prefix)
    paths = [
        a_file(tmp_path, "a.jsonl", numbered(100)),
        a_file(tmp_path, "b.jsonl", numbered(100, 2_000) + b"broken\n" + numbered(2_000, 5_000)),
    ]
    said = await stopped_by(number, kafka, topic_prefix, *paths)
    if number == signal.SIGINT:
        delivered, total = map(int, re.findall(r"(\d+) of about (\d+) records delivered", said)[0])
        assert 350 <= delivered < 5_000
        assert abs(total - 5_000) < 500
        assert "the same command with --resume goes on from there" in said
    before = len(await fed(kafka, topic_prefix))
    with pytest.raises(CommandFailed, match="1 not read"):
        await feed(paths, resume=True, assignments=at(kafka, topic_prefix))
    values = [record.value for record in await fed(kafka, topic_prefix)]
    assert set(values) == set(numbered(5_000).splitlines())
    assert 350 <= before < 5_000
    sent_twice = len(values) - 5_000
    assert sent_twice < (100 if number == signal.SIGINT else 500)
    with pytest.raises(CommandFailed, match="no earlier run of this command stopped"):
        await feed(paths, resume=True, assignments=at(kafka, topic_prefix))


async def test_a_feed_that_was_stopped_when_all_was_read_ahead_goes_on_too(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    await make_topics(kafka, topic_prefix)
    path = a_file(tmp_path, "a.jsonl", numbered(900))
    said = await stopped_by(signal.SIGINT, kafka, topic_prefix, path)
    assert "the same command with --resume goes on from there" in said
    await feed([path], resume=True, assignments=at(kafka, topic_prefix))
    values = [record.value for record in await fed(kafka, topic_prefix)]
    assert set(values) == set(numbered(900).splitlines())


async def test_a_file_that_changed_is_not_gone_on_with(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path
) -> None:
    await make_topics(kafka, topic_prefix)
    first, second = a_file(tmp_path, "a.jsonl", numbered(10)), a_file(tmp_path, "b.jsonl", numbered(10))
    settings = at(kafka, topic_prefix)
    await feed([first, second], limit=15, assignments=settings)
    a_file(tmp_path, "b.jsonl", numbered(10).replace(b"Version", b"Edition"))
    with pytest.raises(CommandFailed, match=r"b\.jsonl was changed since"):
        await feed([first, second], resume=True, assignments=settings)
    a_file(tmp_path, "b.jsonl", numbered(12))
    a_file(tmp_path, "a.jsonl", numbered(11))
    with pytest.raises(CommandFailed, match="were added, removed or changed since"):
        await feed([first, second], resume=True, assignments=settings)


async def test_a_file_that_grew_is_fed_from_where_the_run_stopped(
    kafka: EmbeddedKafka, topic_prefix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    await make_topics(kafka, topic_prefix)
    path = a_file(tmp_path, "a.jsonl", numbered(10))
    settings = at(kafka, topic_prefix)
    await feed([path], limit=4, assignments=settings)
    a_file(tmp_path, "a.jsonl", numbered(12))
    capsys.readouterr()
    await feed([path], resume=True, assignments=settings)
    assert f"12 of 12 records delivered to {topic_prefix}articles.raw" in capsys.readouterr().err
    assert len(await fed(kafka, topic_prefix)) == 12


async def test_standard_input_is_not_gone_on_with() -> None:
    with pytest.raises(CommandFailed, match="--resume goes on with files only"):
        await feed(["-"], resume=True, assignments=["kafka.bootstrap_servers=127.0.0.1:1"])


def test_commands_that_read_otherwise_have_states_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    states = {
        state_for(Settings(), topic, paths, raw=raw).path
        for topic in ("a", "b") for paths in (["x"], ["x", "y"]) for raw in (False, True)
    }  # fmt: skip
    assert len(states) == 8


def test_broker_that_is_not_there_ends_with_its_own_status(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.txt", b"text")
    ended = run("feed", path, COPYDESK_KAFKA__BOOTSTRAP_SERVERS="127.0.0.1:1")
    assert ended.returncode == ExitCode.UNAVAILABLE
    assert ended.stderr.decode() == (
        "copydesk: nobody listens at 127.0.0.1:1: is the broker running, and is kafka.bootstrap_servers right?\n"
    )


def test_files_that_are_not_there_are_named_before_the_broker_is_asked_for(tmp_path: Path) -> None:
    there = a_file(tmp_path, "a.txt", b"The bridge is open.")
    missing = str(tmp_path / "b.txt")
    nowhere = "127.0.0.1:1"
    alone = run("feed", missing, COPYDESK_KAFKA__BOOTSTRAP_SERVERS=nowhere)
    assert alone.returncode == ExitCode.FAILED
    assert b"b.txt: there is no such file" in alone.stderr
    assert b"nobody listens" not in alone.stderr
    both = run("feed", missing, there, COPYDESK_KAFKA__BOOTSTRAP_SERVERS=nowhere)
    assert both.returncode == ExitCode.UNAVAILABLE
    assert both.stderr.index(b"b.txt: there is no such file") < both.stderr.index(b"nobody listens")


def test_name_of_a_file_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = a_file(tmp_path, "\x1b[2Jgone.jsonl", b"nope\n")
    ended = run("feed", path, "--dry-run")
    assert ended.returncode == ExitCode.FAILED
    assert b"\x1b" not in ended.stderr
    assert b"\\x1b[2Jgone.jsonl:1: is not JSON" in ended.stderr


def test_size_is_known_where_nothing_comes_from_a_pipe(tmp_path: Path) -> None:
    plain = a_file(tmp_path, "a.txt", b"12345")
    assert bytes_of([plain]) == 5
    assert bytes_of([plain, "-"]) is None
    assert bytes_of([plain, a_file(tmp_path, "b.jsonl.gz", b"123")]) == 8


async def test_reading_in_the_background_keeps_order_and_passes_errors_on() -> None:
    def numbers() -> Iterator[int]:
        yield from range(10_000)
        raise OSError("the disk is gone")

    seen: list[int] = []

    async def read_all_numbers() -> None:
        async for chunk in in_background(numbers(), ahead_max=100):
            assert 0 < len(chunk) <= 101
            seen.extend(chunk)

    with pytest.raises(OSError, match="the disk is gone"):
        await read_all_numbers()
    assert seen == list(range(10_000))
