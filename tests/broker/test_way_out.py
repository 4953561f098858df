"""SIGTERM while no broker answers: nothing can be delivered or committed, so a worker leaves at once."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.exit_codes import ExitCode
from service.stages import STAGES
from tests.broker.house import House, stream
from tests.broker.processes import ending

SECONDS_MAX = 5.0


@pytest.mark.parametrize("away", ["killed", "frozen"])
async def test_a_stop_without_a_broker_takes_less_than_five_seconds_and_one_line(
    own_kafka: EmbeddedKafka, topic_prefix: str, compiled: None, away: str
) -> None:
    house = House(own_kafka, topic_prefix)
    await house.open()
    await house.feed(list(stream(200)))
    with ending(*(house.worker(stage) for stage in STAGES)) as crew:
        await house.all_out(100)
        if away == "killed":
            await asyncio.to_thread(own_kafka.kill)
        else:
            os.kill(own_kafka.pid, signal.SIGSTOP)
        await asyncio.sleep(3.0)
        said = [len(worker.output.splitlines()) for worker in crew]
        started = time.monotonic()
        for worker in crew:
            worker.send(signal.SIGTERM)
        assert [worker.wait(20) for worker in crew] == [ExitCode.UNAVAILABLE] * len(crew)
        assert time.monotonic() - started < SECONDS_MAX
        for worker, before in zip(crew, said, strict=True):
            [line] = worker.output.splitlines()[before:]
            assert "stage_stopped" in line
    if away == "frozen":
        os.kill(own_kafka.pid, signal.SIGCONT)
    else:
        await asyncio.to_thread(own_kafka.start)
    with ending(*(house.worker(stage) for stage in STAGES)):
        await house.all_out(200)
        assert len(await house.counted()) == 200
