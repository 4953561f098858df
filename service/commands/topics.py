"""Make the topics, or show where the broker differs from the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    reach_broker,
    read_settings,
    say,
)
from service.contracts.layout import Difference, FoundTopic, State, differences, layout_in_words
from service.contracts.topics import TopicSpec, topic_specs
from service.exit_codes import ExitCode
from service.settings import Settings
from service.topics import topic_name

if TYPE_CHECKING:
    from aiokafka.admin import AIOKafkaAdminClient

ALREADY_EXISTS: Final = 36
"""Kafka's error code TOPIC_ALREADY_EXISTS: somebody else made it just now."""

REQUEST_TIMEOUT_MS: Final = 15_000

LED_SECONDS_MAX: Final = 15
"""How long new topics may take until each partition has a leader."""

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be made; make nothing.")]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one topic stands on the broker; `name` is what the broker calls it."""

    name: str
    spec: TopicSpec
    state: State
    differences: tuple[Difference, ...] = ()


async def create(
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Make the topics that are missing. Existing ones are compared and never changed."""
    settings = read_settings(config, assignments)
    async with admin(settings) as client:
        standings = await create_topics(client, settings, dry_run=dry_run)
    show(standings, as_json=as_json)
    for standing in standings:
        for difference in standing.differences:
            say(f"{standing.name} is left as it is: {difference}")


async def diff(
    as_json: JsonOption = False, config: ConfigOption = None, assignments: SetOption = None
) -> None:
    """Show how each topic stands; exit status 1 where one is missing or laid out otherwise."""
    settings = read_settings(config, assignments)
    async with admin(settings) as client:
        standings = await standings_of(client, settings)
    show(standings, as_json=as_json)
    if wrong := [standing.name for standing in standings if standing.state != "exists"]:
        raise CommandFailed(f"{len(wrong)} of {len(standings)} topics are not as the settings want them")


VERBS = (create, diff)


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """A connected admin client. Raises `CommandFailed` (UNAVAILABLE) when no broker takes us in, or one leaves."""
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
    """Make what is missing and say how each topic stands now. With `dry_run` the missing ones stay "missing".

    Raises `CommandFailed` naming the topics the broker would not make.
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
    return [Standing(s.name, s.spec, "created") if s.name in made else s for s in standings]


def _made(response: Any) -> set[str]:
    """The topics that were made just now; one that somebody else made meanwhile is no error and not ours."""
    from aiokafka.errors import for_code

    refused: dict[str, list[str]] = {}
    for name, code, message, *_ in response.topic_errors:
        if code not in (0, ALREADY_EXISTS):
            refused.setdefault(message or for_code(code).__name__, []).append(name)
    if refused:
        reasons = [f"{', '.join(names)}: {reason}" for reason, names in refused.items()]
        raise CommandFailed("the broker would not make " + "; ".join(reasons))
    return {name for name, code, *_ in response.topic_errors if code == 0}


async def _until_led(client: AIOKafkaAdminClient, names: set[str]) -> None:
    """Return once the broker shows a leader for each: it answers before it has told itself of new topics, and
    a producer that starts in between is refused."""
    for _ in range(LED_SECONDS_MAX * 20):
        led = {topic["topic"] for topic in await client.describe_topics() if _is_led(topic)}
        if names <= led:
            return
        await asyncio.sleep(0.05)
    raise CommandFailed(
        f"made, but without a leader after {LED_SECONDS_MAX} s: {', '.join(sorted(names - led))}"
    )


async def standings_of(client: AIOKafkaAdminClient, settings: Settings) -> list[Standing]:
    """How every topic of the table stands on the broker; asking makes none."""
    specs = {topic_name(settings, spec.name): spec for spec in topic_specs(settings)}
    found = await _found(client, list(specs))
    standings = []
    for name, spec in specs.items():
        if name not in found:
            standings.append(Standing(name, spec, "missing"))
            continue
        differ = differences(spec, settings.topics.replication_factor, found[name])
        standings.append(Standing(name, spec, "differs" if differ else "exists", differ))
    return standings


async def _found(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, FoundTopic]:
    # All topics are described, not ours by name: asking for a name may create it (auto.create.topics.enable).
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


def show(standings: Sequence[Standing], *, as_json: bool) -> None:
    """One line a topic, on stdout."""
    width = max(len(standing.name) for standing in standings)
    for standing in standings:
        if as_json:
            out(json_line(as_record(standing)))
        else:
            out(f"{standing.name:<{width}}  {standing.state:<8}  {_remark(standing)}")


def _remark(standing: Standing) -> str:
    return "; ".join(map(str, standing.differences)) or layout_in_words(standing.spec)


def as_record(standing: Standing) -> dict[str, Any]:
    """A standing as one JSON object."""
    return {
        "topic": standing.name,
        "state": standing.state,
        "partitions": standing.spec.partitions,
        "config": standing.spec.config,
        "differences": [asdict(difference) for difference in standing.differences],
    }
