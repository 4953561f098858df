"""What we change about the consumer that Faust makes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.consumer import AIOKafkaConsumer
from faust.transport.drivers import aiokafka as driver

from service.edge.transport import FETCH_WAIT_MS, PatientThread


async def test_a_fetch_that_finds_nothing_is_soon_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles in one partition wait for a fetch of another one, and Faust's 1.5 s would be their latency."""
    consumer = AIOKafkaConsumer(fetch_max_wait_ms=1_500)

    def as_faust_makes_it(_: Any, __: Any) -> AIOKafkaConsumer:
        return consumer

    monkeypatch.setattr(driver.AIOKafkaConsumerThread, "_create_worker_consumer", as_faust_makes_it)
    made = PatientThread._create_worker_consumer(object.__new__(PatientThread), SimpleNamespace())
    assert made is consumer
    assert isinstance(made._client, AIOKafkaClient)
    assert made._fetch_max_wait_ms == FETCH_WAIT_MS < 500
    await consumer.stop()
