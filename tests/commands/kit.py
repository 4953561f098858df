"""What tests of the commands share: settings for a broker, and `copydesk` as its own process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.kafka.embedded import EmbeddedKafka
from service.commands import topics
from tests.kit_kafka import admin_client

AN_HOUR_AGO_MS = (int(time.time()) - 3_600) * 1_000
"""For records sent to a broker: it deletes what is older than its topic keeps, at any moment of a test."""


def moment(timestamp_ms: int) -> str:
    """As --since takes it and --json shows it, without the milliseconds."""
    return datetime.fromtimestamp(timestamp_ms / 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def at(kafka: EmbeddedKafka, prefix: str, *more: str) -> list[str]:
    """`--set` values that lead to this broker and to topics of the test's own."""
    return [f"kafka.bootstrap_servers={kafka.bootstrap_servers}", f"kafka.topic_prefix={prefix}", *more]


async def make_topics(kafka: EmbeddedKafka, prefix: str, *more: str) -> None:
    """All topics under this prefix."""
    await topics.create(as_json=True, assignments=at(kafka, prefix, *more))


CONFIG_SECONDS = 1.5
"""Seconds after which a broker is taken to follow a changed configuration of a topic; it says nothing when it does."""


async def let_producers_stamp(kafka: EmbeddedKafka, prefix: str, logical: str) -> None:
    """Keep the timestamps that producers send to a topic, in place of the broker's."""
    configs = {"message.timestamp.type": "CreateTime"}
    async with admin_client(kafka.bootstrap_servers) as admin:
        answers = await admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, prefix + logical, configs)]
        )
        assert all(code == 0 for answer in answers for code, *_ in answer.resources), answers
    await asyncio.sleep(CONFIG_SECONDS)


def command(*arguments: str) -> list[str]:
    """`copydesk` with these arguments, to be started."""
    return [sys.executable, "-W", "error", "-m", "service", *arguments]


def own_environment(**variables: str) -> dict[str, str]:
    """This environment without what whoever runs the tests has set: settings, and how Python buffers."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "PYTHONUNBUFFERED"))}
    return kept | variables


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """`copydesk` run to its end."""
    return subprocess.run(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=own_environment(**variables),
        timeout=120,
        check=False,
    )


def json_lines(text: str | bytes) -> list[dict[str, Any]]:
    """Return what a `--json` command printed."""
    return [json.loads(line) for line in text.splitlines()]
