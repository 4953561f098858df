"""One short run of the fault suite; `make test-faults` has the long ones."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from deploy.kafka.cluster import EmbeddedCluster
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


@pytest.mark.broker
async def test_nothing_is_lost_or_changed_while_nodes_of_a_cluster_are_killed_cut_off_and_rolled(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "aiokafka")
    for stage in STAGES:
        warm_up(stage)
    with EmbeddedCluster(tmp_path) as cluster:
        plan = ("leader", "too_few", "cut_off", "roll")
        report = await one_run(cluster, seed=363, articles=150, deeds=plan, workers=1)
    assert report.found == [], report.words
    assert len(report.deeds) == len(plan)
