"""`copydesk check` and `copydesk config show`: what is right, what is wrong, and the exit status that says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.check import check
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.settings import Settings, load_settings
from service.topics import ALL_TOPICS, BY_COLLECTION
from tests.commands.kit import AN_HOUR_AGO_MS, at, json_lines, let_producers_stamp, make_topics, run
from tests.kit_kafka import Sent, admin_client, eventually, produce, read_all


async def test_all_is_well_when_the_topics_are_made(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    capsys.readouterr()
    await check(as_json=True, assignments=at(kafka, topic_prefix))
    findings = json_lines(capsys.readouterr().out)
    assert [finding["what"] for finding in findings] == ["settings", "broker", *["topic"] * len(ALL_TOPICS)]
    assert all(finding["ok"] for finding in findings)


async def test_missing_and_different_topics_are_named_and_end_with_1(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    async with admin_client(kafka.bootstrap_servers) as admin:
        await admin.delete_topics([f"{topic_prefix}claims"])

        async def it_is_gone() -> bool:
            return f"{topic_prefix}claims" not in await admin.list_topics()

        await eventually(it_is_gone)
    capsys.readouterr()
    settings = at(kafka, topic_prefix, "intake.collections=default,de")
    with pytest.raises(CommandFailed, match=f"{1 + len(BY_COLLECTION)} of the topics") as failure:
        await check(as_json=True, assignments=settings)
    assert failure.value.code == ExitCode.FAILED
    wrong = {f["name"]: f["detail"] for f in json_lines(capsys.readouterr().out) if not f["ok"]}
    assert wrong == {
        f"{topic_prefix}claims": "missing: `copydesk topics create` makes it",
        **{f"{topic_prefix}{topic}": "partitions is 1, wanted 2" for topic in BY_COLLECTION},
    }


async def test_one_broker_that_does_not_answer_is_named_beside_one_that_does(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    capsys.readouterr()
    servers = f"kafka.bootstrap_servers=127.0.0.1:1,{kafka.bootstrap_servers}"
    with pytest.raises(CommandFailed, match="1 of the brokers") as failure:
        await check(as_json=True, assignments=[*at(kafka, topic_prefix), servers])
    assert failure.value.code == ExitCode.UNAVAILABLE
    brokers = {f["name"]: f["ok"] for f in json_lines(capsys.readouterr().out) if f["what"] == "broker"}
    assert brokers == {"127.0.0.1:1": False, kafka.bootstrap_servers: True}


def test_no_broker_ends_with_69_and_the_reason() -> None:
    ended = run("check", COPYDESK_KAFKA__BOOTSTRAP_SERVERS="127.0.0.1:1")
    assert ended.returncode == ExitCode.UNAVAILABLE
    assert b"nobody listens at 127.0.0.1:1" in ended.stdout


def test_wrong_setting_ends_with_78_and_one_sentence() -> None:
    ended = run("check", COPYDESK_ENRICH__CONFIDENCE_MIN="80")
    assert ended.returncode == ExitCode.CONFIGURATION
    assert ended.stdout == b""
    assert ended.stderr.decode() == (
        'copydesk: COPYDESK_ENRICH__CONFIDENCE_MIN is "80"; it is a share, so it must lie between 0 and 1 '
        "(environment)\n"
    )


def test_shown_settings_are_a_settings_file(tmp_path: Path) -> None:
    shown = run("config", "show", "--set", "intake.collections=default,de", "--set", "dedup.enabled=no")
    tables = tomllib.loads(shown.stdout.decode())
    assert tables["intake"]["collections"] == ["default", "de"]
    assert set(tables) == set(Settings.__struct_fields__)
    file = tmp_path / "desk.toml"
    file.write_bytes(shown.stdout)
    assert load_settings(file, {}).dedup.enabled is False


def test_sources_say_where_a_value_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text("[topics]\npartitions = 8\n", encoding="utf-8")
    ended = run(
        "config",
        "show",
        "--sources",
        "--config",
        str(file),
        "--set",
        "dedup.enabled=no",
        COPYDESK_TELEMETRY__PORT="9",
    )
    lines = ended.stdout.decode().splitlines()
    assert f"partitions = 8  # {file}" in lines
    assert "enabled = false  # command line" in lines
    assert "port = 9  # COPYDESK_TELEMETRY__PORT" in lines
    assert "replication_factor = 1  # default" in lines


def test_secrets_are_not_shown_in_either_form() -> None:
    login = {
        "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "COPYDESK_KAFKA__SASL_MECHANISM": "SCRAM-SHA-512",
        "COPYDESK_KAFKA__SASL_USERNAME": "desk",
        "COPYDESK_KAFKA__SASL_PASSWORD": "hunter2",
    }
    for form in ([], ["--json"], ["--sources"]):
        ended = run("config", "show", *form, **login)
        assert b"***" in ended.stdout
        assert b"hunter2" not in ended.stdout + ended.stderr
    values = {
        line["key"]: line["value"] for line in json_lines(run("config", "show", "--json", **login).stdout)
    }
    assert values["kafka.sasl_password"] == "***"
    assert values["kafka.ssl_key_password"] == ""


def a_sample(folder: Path) -> str:
    path = folder / "sample.jsonl"
    path.write_text(
        '{"guid":"w-1","headline":"The weir","body":"The weir at Ollsby held through the night.","desk":"river"}\n'
        '{"title":"No text"}\n'
        "broken\n",
        encoding="utf-8",
    )
    return str(path)


async def test_a_sample_shows_paths_extra_and_id_and_asks_no_broker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await check(a_sample(tmp_path), 1, assignments=["kafka.bootstrap_servers=127.0.0.1:1"])
    rows = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert ["title", "headline", "The weir"] in rows
    assert ["(extra)", "-", "desk"] in rows
    assert ["id", "from", "guid, as it stands there"] in rows


async def test_a_sample_with_a_dead_letter_or_a_broken_line_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandFailed, match="1 of 3 records can be read as articles") as failure:
        await check(a_sample(tmp_path), as_json=True)
    assert failure.value.code == ExitCode.FAILED
    shown = capsys.readouterr()
    first, second = json_lines(shown.out)
    assert (first["line"], first["article_id"], first["extra"]) == (1, "w-1", {"desk": "river"})
    assert (second["line"], second["reason"]) == (2, "no_text")
    assert "sample.jsonl:3: is not JSON" in shown.err


async def test_a_topic_that_keeps_the_stamps_of_feeders_is_named(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Kafka deletes records by their stamps: those of an archive would be gone before they are read."""
    await make_topics(kafka, topic_prefix)
    await let_producers_stamp(kafka, topic_prefix, "articles.raw")
    capsys.readouterr()
    with pytest.raises(CommandFailed, match="1 of the topics"):
        await check(as_json=True, assignments=at(kafka, topic_prefix))
    wrong = {f["name"]: f["detail"] for f in json_lines(capsys.readouterr().out) if not f["ok"]}
    assert list(wrong) == [f"{topic_prefix}articles.raw"]
    assert (
        "message.timestamp.type is CreateTime, wanted LogAppendTime" in wrong[f"{topic_prefix}articles.raw"]
    )


async def test_the_broker_stamps_records_of_an_archive_as_they_arrive(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    await make_topics(kafka, topic_prefix)
    old = Sent(b"{}", b"k", timestamp_ms=1_000_000_000_000)
    await produce(kafka.bootstrap_servers, f"{topic_prefix}articles.raw", [old])
    (record,) = await read_all(kafka.bootstrap_servers, f"{topic_prefix}articles.raw")
    assert record.timestamp_ms > AN_HOUR_AGO_MS
