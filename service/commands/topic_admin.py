"""Ask a broker how the topics stand, make missing ones, add partitions for new collections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from service.commands.shared import CommandFailed, reach_broker
from service.contracts.layout import Difference, FoundTopic, State, differences
from service.contracts.topic_specs import TopicSpec, topic_specs
from service.exit_codes import ExitCode
from service.settings import Settings
from service.topics import ALL_TOPICS, BY_COLLECTION, topic_name

if TYPE_CHECKING:
    from aiokafka.admin import AIOKafkaAdminClient

ALREADY_EXISTS: Final = 36
"""Kafka's error code TOPIC_ALREADY_EXISTS: another client made the topic in the meantime."""

REQUEST_TIMEOUT_MS: Final = 15_000
"""Maximum time the broker may take for one answer, in milliseconds."""

LED_SECONDS_MAX: Final = 15
"""Maximum time until each new partition has a leader, in seconds."""

ONE_PER_COLLECTION: Final = tuple(topic for topic in ALL_TOPICS if topic in BY_COLLECTION)
"""Topics with one partition for each collection: their partitions may be added to at any time, as no key chooses
between them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one topic stands on the broker.

    `name` has the configured prefix. `partitions` is the number that was found, None where the topic is missing.
    """

    name: str
    spec: TopicSpec
    state: State
    differences: tuple[Difference, ...] = ()
    partitions: int | None = None


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Connect an admin client.

    Raises:
        CommandFailed: with UNAVAILABLE, if no broker accepts the connection or it is lost.
    """
    from aiokafka.admin import AIOKafkaAdminClient
    from aiokafka.errors import KafkaError

    from service.kafka.security import client_options, explain_connection_error

    await reach_broker(settings)
    client = AIOKafkaAdminClient(**client_options(settings.kafka), request_timeout_ms=REQUEST_TIMEOUT_MS)
    try:
        await client.start()
        yield client
    except (KafkaError, OSError) as error:
        raise CommandFailed(explain_connection_error(error, settings), ExitCode.UNAVAILABLE) from error
    finally:
        await client.close()


async def create_topics(
    client: AIOKafkaAdminClient, settings: Settings, *, dry_run: bool = False
) -> list[Standing]:
    """Create the missing topics and return how each topic stands now; with `dry_run` they stay "missing".

    Raises:
        CommandFailed: names the topics that the broker refused to create.
    """
    from aiokafka.admin import NewTopic

    standings = await standings_of(client, settings)
    missing = [standing for standing in standings if standing.state == "missing"]
    if dry_run or not missing:
        return standings
    factor = settings.topics.replication_factor
    new = [NewTopic(s.name, s.spec.partitions, factor, topic_configs=s.spec.config) for s in missing]
    made = _made(await client.create_topics(new))
    await _until_led(client, {standing.name for standing in missing})
    standings = await standings_of(client, settings)
    return [replace(s, state="created", differences=()) if s.name in made else s for s in standings]


def _made(response: Any) -> set[str]:
    """Return the names of the topics that this request created; another client may have created the others."""
    from aiokafka.errors import for_code

    refused: dict[str, list[str]] = {}
    for name, code, message, *_ in response.topic_errors:
        if code not in (0, ALREADY_EXISTS):
            refused.setdefault(message or for_code(code).__name__, []).append(name)
    if refused:
        reasons = [f"{', '.join(names)}: {reason}" for reason, names in refused.items()]
        raise CommandFailed("the broker refused to create " + "; ".join(reasons))
    return {name for name, code, *_ in response.topic_errors if code == 0}


async def _until_led(client: AIOKafkaAdminClient, names: set[str]) -> None:
    """Wait until the broker names a leader for each partition; until then it refuses producers."""
    for _ in range(LED_SECONDS_MAX * 20):
        led = {topic["topic"] for topic in await client.describe_topics() if _is_led(topic)}
        if names <= led:
            return
        await asyncio.sleep(0.05)
    raise CommandFailed(
        f"created, but without a leader after {LED_SECONDS_MAX} s: {', '.join(sorted(names - led))}"
    )


async def standings_of(client: AIOKafkaAdminClient, settings: Settings) -> list[Standing]:
    """Compare every topic of the table with the broker; creates none."""
    specs = {topic_name(settings, spec.name): spec for spec in topic_specs(settings)}
    found = await _found(client, list(specs))
    standings = []
    for name, spec in specs.items():
        if name not in found:
            standings.append(Standing(name, spec, "missing"))
            continue
        differ = differences(spec, settings.topics.replication_factor, found[name])
        state: State = "differs" if differ else "exists"
        standings.append(Standing(name, spec, state, differ, found[name].partitions))
    return standings


async def _found(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, FoundTopic]:
    # Describe all topics, not ours by name: asking for a name may create it (auto.create.topics.enable).
    described = {topic["topic"]: topic for topic in await client.describe_topics()}
    here = [name for name in names if name in described]
    configs = await _configs(client, here) if here else {}
    return {
        name: FoundTopic(
            partitions=len(described[name]["partitions"]),
            replication_factor=min(len(partition["replicas"]) for partition in described[name]["partitions"]),
            config=configs[name],
        )
        for name in here
    }


def _is_led(topic: dict[str, Any]) -> bool:
    partitions = topic["partitions"]
    return bool(partitions) and all(partition["leader"] >= 0 for partition in partitions)


async def _configs(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, dict[str, str]]:
    from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
    from aiokafka.errors import for_code

    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    configs: dict[str, dict[str, str]] = {}
    for response in await client.describe_configs(resources):
        for code, message, _type, name, entries in response.resources:
            if code:
                raise for_code(code)(f"{name}: {message}")
            configs[name] = {entry[0]: entry[1] for entry in entries}
    return configs


async def add_partitions(
    client: AIOKafkaAdminClient, settings: Settings, *, dry_run: bool = False
) -> list[tuple[Standing, int]]:
    """Give each collection a partition of its own; return the topics that lacked some, with how many they had.

    Raises:
        CommandFailed: if a topic is missing.
    """
    from aiokafka.admin import NewPartitions

    standings = [s for s in await standings_of(client, settings) if s.spec.name in ONE_PER_COLLECTION]
    if missing := [standing.name for standing in standings if standing.partitions is None]:
        raise CommandFailed(f"there is no topic {missing[0]}; `copydesk topics create` creates it")
    short = [(s, have) for s in standings if (have := s.partitions or 0) < s.spec.partitions]
    if short and not dry_run:
        await client.create_partitions({s.name: NewPartitions(s.spec.partitions) for s, _ in short})
        await _until_extended(client, {s.name: s.spec.partitions for s, _ in short})
    return short


async def _until_extended(client: AIOKafkaAdminClient, wanted: dict[str, int]) -> None:
    """Wait until the broker shows every new partition with a leader."""
    for _ in range(LED_SECONDS_MAX * 20):
        described = {topic["topic"]: topic for topic in await client.describe_topics()}
        if all(
            len(described[name]["partitions"]) >= count and _is_led(described[name])
            for name, count in wanted.items()
        ):
            return
        await asyncio.sleep(0.05)
    raise CommandFailed(f"added, but without a leader after {LED_SECONDS_MAX} s: {', '.join(sorted(wanted))}")
