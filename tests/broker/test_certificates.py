"""Certificates that expire while a line runs, and new ones that come to lie in their place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.certificates import renew_certificate
from deploy.kafka.embedded import EmbeddedKafka
from service.stages import STAGES
from tests.broker.house import House, stream
from tests.broker.processes import WorkerProcess, ending
from tests.kit_kafka import eventually


@pytest.fixture
def sealed_kafka(tmp_path: Path) -> Iterator[EmbeddedKafka]:
    """Provide a broker of the test's own that takes a client over TLS with a certificate only."""
    required = {"ssl.client.auth": "required"}
    with EmbeddedKafka(tmp_path / "kafka", secure=True, properties=required) as broker:
        yield broker


async def said(crew: list[WorkerProcess], word: str) -> None:
    """Return once every worker has logged a word."""

    async def all_said() -> bool:
        return all(word in worker.output for worker in crew)

    await eventually(all_said, 120)


@pytest.mark.parametrize(
    ("whose", "words"), [("client", "certificate_expired"), ("broker", "certificate has expired")]
)
async def test_a_certificate_that_expires_is_named_and_a_new_one_in_its_place_is_taken(
    sealed_kafka: EmbeddedKafka, topic_prefix: str, compiled: None, whose: str, words: str
) -> None:
    house = House(sealed_kafka, topic_prefix)
    await house.open()
    house.env |= {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": sealed_kafka.tls_bootstrap_servers,
        "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SSL",
        "COPYDESK_KAFKA__SSL_CA_FILE": str(sealed_kafka.ca_file),
        "COPYDESK_KAFKA__SSL_CERT_FILE": str(sealed_kafka.client_cert_file),
        "COPYDESK_KAFKA__SSL_KEY_FILE": str(sealed_kafka.client_key_file),
    }
    folder = sealed_kafka.ca_file.parent
    crew = [house.worker(stage) for stage in STAGES]
    with ending(*crew):
        await house.feed(list(stream(40)))
        await house.all_out(40)
        await house.quiet()
        assert not any(words in worker.output for worker in crew)
        renew_certificate(folder, whose, days=0)
        await asyncio.to_thread(sealed_kafka.restart)  # open connections do not ask for certificates again
        await house.feed(list(stream(80))[40:])
        await said(crew, words)
        renew_certificate(folder, whose)
        if whose == "broker":
            await asyncio.to_thread(sealed_kafka.restart)
        await house.all_out(80)
        await house.quiet()
        assert all(worker.alive for worker in crew)
        assert len(await house.counted()) == 80
