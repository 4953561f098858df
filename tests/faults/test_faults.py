"""One short run of the fault suite; `make test-faults` has the long ones."""

from __future__ import annotations

import logging

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.pipeline.app import warm_up
from service.stages import STAGES
from tests.faults.run import one_run


async def test_nothing_is_lost_or_changed_while_workers_and_the_broker_are_killed(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "aiokafka")  # our own clients meet the same faults
    for stage in STAGES:
        warm_up(stage)
    report = await one_run(own_kafka, seed=2, articles=300, deeds=5)
    assert report.found == [], report.words
    assert report.deeds
    assert report.samples
