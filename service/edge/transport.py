"""Faust's Kafka transport with five of its defaults put right.

* Offsets are committed before partitions are given away: Faust forgets the acks of revoked partitions first
  (https://github.com/faust-streaming/faust/issues/502), so whatever was not committed yet was done twice.
* The producer is idempotent with acks=all; Faust asks for that only inside its transactions.
* Its clients wait between questions that nobody answers (service/edge/patience.py).
* Records travel in runs, each of them one event (service/edge/runs.py).
* A fetch that finds nothing comes back after FETCH_WAIT_MS; Faust lets it stay 1.5 s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import faust
from faust.transport.drivers import aiokafka as driver

from service.edge.patience import be_patient
from service.edge.runs import RunConsumer
from service.settings import KafkaSettings

FETCH_WAIT_MS: Final = 100
"""A client has one fetch at a time under way, for the partitions it has read empty. What comes meanwhile into another
partition waits until that fetch is back: half of all articles waited for a second where one partition was quiet."""


class PatientThread(driver.AIOKafkaConsumerThread):
    """Waits while the broker is away, and not for what does not come."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        be_patient(consumer._client)
        consumer._fetch_max_wait_ms = (
            FETCH_WAIT_MS  # Faust has no setting for it; read when the consumer starts
        )
        return consumer


class CommitFirst(RunConsumer):
    """Commits what was acknowledged before the group takes partitions away."""

    def _new_consumer_thread(self) -> driver.ConsumerThread:
        return PatientThread(self, loop=self.loop, beacon=self.beacon)

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Called in a rebalance, before others may read these partitions."""
        await self.commit()
        await super().on_partitions_revoked(revoked)


class Idempotent(driver.Producer):
    """Survives broker restarts without loss or repetition."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    def _new_producer(self, transactional_id: str | None = None) -> Any:
        producer = super()._new_producer(transactional_id)
        be_patient(producer.client)
        return producer


class GuardedTransport(driver.Transport):
    """The aiokafka transport with both guards, and runs of at most `run_records` records."""

    Consumer = CommitFirst
    Producer = Idempotent
    run_records: int = 1


def credentials(kafka: KafkaSettings, options: Mapping[str, Any]) -> Any:
    """The client options of service/edge/security.py as Faust wants them; None for PLAINTEXT."""
    context = options.get("ssl_context")
    if kafka.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            mechanism=kafka.sasl_mechanism,
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context is not None else None
