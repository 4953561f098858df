"""The embedded broker itself: it answers, it keeps what it was given, it does not outlive its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import aiokafka.errors
import pytest
from aiokafka.helpers import create_ssl_context

from deploy.kafka.embedded import (
    HERE,
    HOST,
    EmbeddedKafka,
    KafkaError,
    answers,
    make_certificates,
    running_pid,
)
from tests.kit_kafka import Sent, admin_client, create_topics, eventually, produce, read_all

EMBEDDED = [sys.executable, str(HERE / "embedded.py")]

NOW_MS = int(time.time() * 1000)  # a record from long ago may be deleted while the test looks


async def test_what_was_sent_is_read_back_whole_and_in_order(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    topic = topic_prefix + "letters"
    await create_topics(kafka.bootstrap_servers, {topic: 2})
    sent = [
        Sent(b"first", key=b"k", headers=(("h", b"1"),), partition=1, timestamp_ms=NOW_MS),
        Sent(None, key=b"k", partition=1),
        Sent(b"other", partition=0),
    ]
    assert await produce(kafka.bootstrap_servers, topic, sent) == [0, 1, 0]
    received = await read_all(kafka.bootstrap_servers, topic)
    assert [(r.partition, r.offset, r.key, r.value) for r in received] == [
        (0, 0, None, b"other"),
        (1, 0, b"k", b"first"),
        (1, 1, b"k", None),
    ]
    assert received[1].header("h") == "1"
    assert received[1].timestamp_ms == NOW_MS


async def test_topics_are_not_created_by_a_mistyped_name(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    with pytest.raises(aiokafka.errors.UnknownTopicOrPartitionError):
        await read_all(kafka.bootstrap_servers, topic_prefix + "nobody-made-this", request_timeout_ms=1000)
    async with admin_client(kafka.bootstrap_servers) as admin:
        assert not [topic for topic in await admin.list_topics() if topic.startswith(topic_prefix)]


async def test_records_survive_kill_and_restart_on_the_same_port(own_kafka: EmbeddedKafka) -> None:
    bootstrap, first_pid = own_kafka.bootstrap_servers, own_kafka.pid
    await create_topics(bootstrap, {"kept": 1})
    await produce(bootstrap, "kept", [b"before the kill"])
    own_kafka.kill()
    assert not answers(HOST, int(bootstrap.rpartition(":")[2]))
    own_kafka.start()
    assert own_kafka.bootstrap_servers == bootstrap
    assert own_kafka.pid != first_pid
    await produce(bootstrap, "kept", [b"before the restart"])
    own_kafka.restart()
    assert own_kafka.bootstrap_servers == bootstrap
    values = [record.value for record in await read_all(bootstrap, "kept")]
    assert values == [b"before the kill", b"before the restart"]


def test_broker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    home = tmp_path / "orphan"
    parent = subprocess.Popen(
        [*EMBEDDED, "run", "--home", str(home), "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline().rpartition(":")[2])
        assert answers(HOST, port)
        assert running_pid(home) is not None
        parent.kill()

    async def gone() -> bool:
        return running_pid(home) is None and not answers(HOST, port)

    asyncio.run(eventually(gone))


def test_ctrl_c_stops_the_broker_and_is_no_error(tmp_path: Path) -> None:
    home = tmp_path / "interrupted"
    with subprocess.Popen(
        [*EMBEDDED, "run", "--home", str(home), "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().startswith(HOST)
        parent.send_signal(signal.SIGINT)
        assert parent.wait() == 0
    assert running_pid(home) is None
    assert "shut down completed" in (home / "broker.log").read_text()


def test_start_status_and_stop_are_commands_that_need_no_parent(tmp_path: Path) -> None:
    def embedded(command: str) -> subprocess.CompletedProcess[str]:
        arguments = [*EMBEDDED, command, "--home", str(tmp_path / "detached"), "--port", "0"]
        return subprocess.run(arguments, capture_output=True, text=True, check=False)

    assert embedded("status").returncode == 3
    started = embedded("start")
    try:
        assert started.returncode == 0, started.stderr
        assert answers(HOST, int(started.stdout.rpartition(":")[2]))
        assert embedded("status").stdout == started.stdout
        again = embedded("start")
        assert (again.returncode, again.stdout) == (0, started.stdout)
    finally:
        assert embedded("stop").returncode == 0
    assert embedded("status").returncode == 3
    assert embedded("stop").returncode == 0


def test_two_brokers_in_one_home_are_refused(kafka: EmbeddedKafka) -> None:
    with pytest.raises(KafkaError, match=f"a broker .pid {kafka.pid}. runs in"):
        EmbeddedKafka(kafka.home).start()
    assert running_pid(kafka.home) == kafka.pid


def test_a_failed_start_shows_the_end_of_the_log_and_leaves_nothing_behind(tmp_path: Path) -> None:
    broker = EmbeddedKafka(tmp_path, properties={"num.network.threads": "0"})
    with pytest.raises(KafkaError, match=r"num\.network\.threads"):
        broker.start()
    assert not broker.is_running
    assert running_pid(tmp_path) is None


def test_a_taken_port_that_was_asked_for_is_an_error_that_names_it(
    kafka: EmbeddedKafka, tmp_path: Path
) -> None:
    with pytest.raises(KafkaError, match=f"port {kafka.port} on 127.0.0.1 is taken"):
        EmbeddedKafka(tmp_path, kafka.port).start()


def test_an_open_port_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as mute:
        assert mute.stdout is not None
        assert not answers(HOST, int(mute.stdout.readline()), seconds_max=0.2)
        mute.communicate("\n")


def tls(kafka: EmbeddedKafka) -> dict[str, Any]:
    return {"security_protocol": "SSL", "ssl_context": create_ssl_context(cafile=str(kafka.ca_file))}


def sasl(kafka: EmbeddedKafka, mechanism: str, password: str = "a-good-password") -> dict[str, Any]:
    return {
        "security_protocol": "SASL_SSL",
        "ssl_context": create_ssl_context(cafile=str(kafka.ca_file)),
        "sasl_mechanism": mechanism,
        "sasl_plain_username": "desk",
        "sasl_plain_password": password,
    }


async def test_records_travel_over_tls(secure_kafka: EmbeddedKafka, topic_prefix: str) -> None:
    topic, security = topic_prefix + "sealed", tls(secure_kafka)
    await create_topics(secure_kafka.tls_bootstrap_servers, {topic: 1}, **security)
    await produce(secure_kafka.tls_bootstrap_servers, topic, [b"sealed"], **security)
    received = await read_all(secure_kafka.tls_bootstrap_servers, topic, **security)
    assert [record.value for record in received] == [b"sealed"]


async def test_tls_port_does_not_talk_in_plain_text(secure_kafka: EmbeddedKafka) -> None:
    port = int(secure_kafka.tls_bootstrap_servers.rpartition(":")[2])
    assert not answers(HOST, port)


async def test_broker_takes_a_client_certificate(secure_kafka: EmbeddedKafka) -> None:
    context = create_ssl_context(
        cafile=str(secure_kafka.ca_file),
        certfile=str(secure_kafka.client_cert_file),
        keyfile=str(secure_kafka.client_key_file),
    )
    async with admin_client(
        secure_kafka.tls_bootstrap_servers, security_protocol="SSL", ssl_context=context
    ) as admin:
        assert len((await admin.describe_cluster())["brokers"]) == 1


async def test_certificate_of_an_unknown_authority_is_refused(
    secure_kafka: EmbeddedKafka, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_certificates(tmp_path / "other")
    context = create_ssl_context(cafile=str(tmp_path / "other" / "ca.pem"))
    assert context.verify_mode is ssl.CERT_REQUIRED
    with pytest.raises(aiokafka.errors.KafkaConnectionError):
        async with admin_client(
            secure_kafka.tls_bootstrap_servers, security_protocol="SSL", ssl_context=context
        ):
            pass
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-512"])
async def test_right_password_opens(secure_kafka: EmbeddedKafka, topic_prefix: str, mechanism: str) -> None:
    topic, security = topic_prefix + "guarded", sasl(secure_kafka, mechanism)
    await create_topics(secure_kafka.sasl_bootstrap_servers, {topic: 1}, **security)
    await produce(secure_kafka.sasl_bootstrap_servers, topic, [b"guarded"], **security)
    received = await read_all(secure_kafka.sasl_bootstrap_servers, topic, **security)
    assert [record.value for record in received] == [b"guarded"]


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-512"])
async def test_wrong_password_does_not(
    secure_kafka: EmbeddedKafka, mechanism: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises((aiokafka.errors.KafkaConnectionError, aiokafka.errors.AuthenticationFailedError)):
        async with admin_client(
            secure_kafka.sasl_bootstrap_servers, **sasl(secure_kafka, mechanism, "a-bad-password")
        ):
            pass
    assert "Authentication failed" in caplog.text


def test_files_with_secrets_are_for_their_owner_only(secure_kafka: EmbeddedKafka) -> None:
    assert os.stat(secure_kafka.home / "server.properties").st_mode & 0o077 == 0
    assert os.stat(secure_kafka.ca_file.parent).st_mode & 0o077 == 0
