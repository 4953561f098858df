"""What tests of the whole path may ask for."""

from __future__ import annotations

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.pipeline.app import warm_up
from service.stages import STAGES
from tests.broker.house import House


@pytest.fixture(scope="session")
def compiled() -> None:
    """Compile here once what every worker would otherwise compile for itself."""
    for stage in STAGES:
        warm_up(stage)


@pytest.fixture
async def house(kafka: EmbeddedKafka, topic_prefix: str, compiled: None) -> House:
    made = House(kafka, topic_prefix)
    await made.open()
    return made
