"""A stage waits for its broker, and leaves with one clear line when it must."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from deploy.kafka.certificates import make_certificates
from deploy.kafka.embedded import EmbeddedKafka
from service.exit_codes import ExitCode
from service.kafka.arrival import await_broker
from service.settings import KafkaSettings
from tests.broker.processes import ending, stage_worker


async def test_a_broker_that_comes_late_is_awaited_with_one_line(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    kafka = KafkaSettings(bootstrap_servers=own_kafka.bootstrap_servers)
    await asyncio.to_thread(own_kafka.stop)
    waiting = asyncio.ensure_future(asyncio.to_thread(await_broker, kafka))
    await asyncio.sleep(2.5)
    assert not waiting.done()
    await asyncio.to_thread(own_kafka.start)
    await waiting
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == [
        "broker_awaited"
    ]


def test_a_broker_that_never_comes_ends_the_stage_with_69(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit) as ended:
        await_broker(KafkaSettings(bootstrap_servers="127.0.0.1:1"), seconds_max=0.0)
    assert ended.value.code == ExitCode.UNAVAILABLE
    assert "nobody listens at 127.0.0.1:1" in str(caplog.records[-1].__dict__["error"])


def refused(kafka: EmbeddedKafka, **env: str) -> str:
    """What a worker says that the broker turns away: one line, no trace, and the password nowhere."""
    settings = {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": kafka.sasl_bootstrap_servers,
        "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "COPYDESK_KAFKA__SASL_MECHANISM": "SCRAM-SHA-512",
        "COPYDESK_KAFKA__SASL_USERNAME": "desk",
        "COPYDESK_KAFKA__SASL_PASSWORD": "a-good-password",
        "COPYDESK_KAFKA__SSL_CA_FILE": str(kafka.ca_file),
        **env,
    }
    with ending(stage_worker("intake", settings)) as (worker,):
        assert worker.wait() == ExitCode.UNAVAILABLE
        assert "Traceback" not in worker.output
        assert settings["COPYDESK_KAFKA__SASL_PASSWORD"] not in worker.output
        (line,) = [line for line in worker.output.splitlines() if "stage_stopped" in line]
        return line


@pytest.mark.broker
def test_a_certificate_that_has_expired_ends_the_stage_at_once(tmp_path: Path) -> None:
    make_certificates(tmp_path / "tls", days=0)
    with EmbeddedKafka(tmp_path, secure=True, users={"desk": "a-good-password"}) as kafka:
        line = refused(kafka)
    assert "is out of date" in line
    assert "has expired" in line


def test_a_wrong_password_ends_the_stage_at_once_and_is_not_shown(secure_kafka: EmbeddedKafka) -> None:
    line = refused(secure_kafka, COPYDESK_KAFKA__SASL_PASSWORD="not-this-one")
    assert "kafka.sasl_username or kafka.sasl_password is wrong" in line


def test_an_authority_that_did_not_sign_the_broker_ends_the_stage_at_once(
    secure_kafka: EmbeddedKafka, tmp_path: Path
) -> None:
    make_certificates(tmp_path)
    line = refused(secure_kafka, COPYDESK_KAFKA__SSL_CA_FILE=str(tmp_path / "ca.pem"))
    assert "is not signed by an authority in kafka.ssl_ca_file" in line
