"""`copydesk topics`: makes what is missing, shows what differs, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands import topics
from service.commands.shared import CommandFailed
from service.contracts.layout import Difference, FoundTopic, differences
from service.contracts.topic_specs import topic_specs
from service.exit_codes import ExitCode
from service.settings import Settings
from service.topics import ALL_TOPICS, BY_COLLECTION
from tests.kit_kafka import admin_client, eventually

SPEC = topic_specs(Settings())[0]


def found(
    partitions: int = SPEC.partitions, replicas: int = 1, config: Mapping[str, str] = SPEC.config
) -> FoundTopic:
    return FoundTopic(partitions, replicas, config)


def at(kafka: EmbeddedKafka, prefix: str, *more: str) -> list[str]:
    return [f"kafka.bootstrap_servers={kafka.bootstrap_servers}", f"kafka.topic_prefix={prefix}", *more]


def shown(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {line["topic"]: line for line in lines}


async def topics_there(kafka: EmbeddedKafka, prefix: str) -> set[str]:
    async with admin_client(kafka.bootstrap_servers) as admin:
        return {name.removeprefix(prefix) for name in await admin.list_topics() if name.startswith(prefix)}


def test_topic_as_wanted_has_no_differences() -> None:
    more = {**SPEC.config, "segment.bytes": "1073741824"}
    assert differences(SPEC, 1, found(config=more)) == ()


def test_every_difference_is_named_with_both_values() -> None:
    config = {**SPEC.config, "retention.ms": "1000"}
    del config["max.message.bytes"]
    assert differences(SPEC, 3, found(partitions=2, config=config)) == (
        Difference("partitions", "2", "4"),
        Difference("replication_factor", "1", "3"),
        Difference("retention.ms", "1000", "604800000"),
        Difference("max.message.bytes", "unset", "2097152"),
    )


async def test_topics_are_made_as_the_table_says(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await topics.create(as_json=True, assignments=at(kafka, topic_prefix))
    assert {line["state"] for line in shown(capsys).values()} == {"created"}
    assert await topics_there(kafka, topic_prefix) == set(ALL_TOPICS)
    await topics.diff(as_json=True, assignments=at(kafka, topic_prefix))
    assert {line["state"] for line in shown(capsys).values()} == {"exists"}


async def test_making_topics_twice_makes_only_what_is_missing(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await topics.create(assignments=at(kafka, topic_prefix))
    async with admin_client(kafka.bootstrap_servers) as admin:
        await admin.delete_topics([f"{topic_prefix}claims"])

    async def it_is_gone() -> bool:
        return "claims" not in await topics_there(kafka, topic_prefix)

    await eventually(it_is_gone)
    capsys.readouterr()
    await topics.create(as_json=True, assignments=at(kafka, topic_prefix))
    states = {name: line["state"] for name, line in shown(capsys).items()}
    assert states.pop(f"{topic_prefix}claims") == "created"
    assert set(states.values()) == {"exists"}


async def test_dry_run_and_diff_make_nothing(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await topics.create(dry_run=True, as_json=True, assignments=at(kafka, topic_prefix))
    assert {line["state"] for line in shown(capsys).values()} == {"missing"}
    with pytest.raises(CommandFailed, match=f"{len(ALL_TOPICS)} of {len(ALL_TOPICS)} topics") as failure:
        await topics.diff(assignments=at(kafka, topic_prefix))
    assert failure.value.code == ExitCode.FAILED
    assert await topics_there(kafka, topic_prefix) == set()


async def test_existing_topics_are_compared_and_left_alone(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await topics.create(assignments=at(kafka, topic_prefix))
    capsys.readouterr()
    wanted = at(kafka, topic_prefix, "topics.partitions=6", "topics.output_retention_days=1")
    with pytest.raises(
        CommandFailed, match=f"{len(ALL_TOPICS) - len(BY_COLLECTION)} of {len(ALL_TOPICS)} topics differ"
    ) as failure:
        await topics.create(as_json=True, assignments=wanted)
    assert failure.value.code == ExitCode.FAILED
    printed = capsys.readouterr()
    claims = json.loads(next(line for line in printed.out.splitlines() if f'"{topic_prefix}claims"' in line))
    assert claims["state"] == "differs"
    assert claims["differences"] == [
        {"what": "partitions", "found": "4", "wanted": "6"},
        {"what": "retention.ms", "found": "2592000000", "wanted": "86400000"},
    ]
    assert f"{topic_prefix}claims is left as it is: partitions is 4, wanted 6" in printed.err
    await topics.diff(assignments=at(kafka, topic_prefix))  # still as they were made


async def test_partitions_of_new_collections_are_added_where_they_are_missing(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await topics.create(assignments=at(kafka, topic_prefix))
    three = at(kafka, topic_prefix, "intake.collections=default,news,sport", "topics.partitions=6")
    capsys.readouterr()
    await topics.extend(dry_run=True, as_json=True, assignments=three)
    assert [(line["had"], line["has"]) for line in shown(capsys).values()] == [(1, 1)] * len(BY_COLLECTION)
    await topics.extend(as_json=True, assignments=three)
    assert {name.removeprefix(topic_prefix): line["has"] for name, line in shown(capsys).items()} == (
        dict.fromkeys(BY_COLLECTION, 3)
    )
    await topics.extend(assignments=three)
    assert "nothing to add" in capsys.readouterr().err
    collections = at(kafka, topic_prefix, "intake.collections=default,news,sport")
    await topics.diff(assignments=collections)  # raises where another topic was changed too


async def test_partitions_are_not_added_to_topics_that_do_not_exist(
    kafka: EmbeddedKafka, topic_prefix: str
) -> None:
    with pytest.raises(CommandFailed, match="copydesk topics create"):
        await topics.extend(assignments=at(kafka, topic_prefix))


async def test_what_the_broker_refuses_is_said_once(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    with pytest.raises(CommandFailed, match="replication factor of 3") as failure:
        await topics.create(assignments=at(kafka, topic_prefix, "topics.replication_factor=3"))
    assert str(failure.value).count("replication factor of 3") == 1


async def test_absent_broker_ends_with_its_own_exit_code(free_port: int) -> None:
    with pytest.raises(CommandFailed, match="nobody listens") as failure:
        await topics.diff(assignments=[f"kafka.bootstrap_servers=127.0.0.1:{free_port}"])
    assert failure.value.code == ExitCode.UNAVAILABLE


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on: bound for a moment, then given back."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
