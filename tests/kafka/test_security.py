"""How brokers are reached, and what is said when they are not."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer, errors
from msgspec.structs import replace

from deploy.kafka.embedded import EmbeddedKafka, make_certificates
from service.kafka.security import (
    BrokerUnavailable,
    client_options,
    explain_connection_error,
    reach_broker,
)
from service.settings import KafkaSettings, Settings, SettingsError


def over_tls(kafka: EmbeddedKafka) -> KafkaSettings:
    return KafkaSettings(
        bootstrap_servers=kafka.tls_bootstrap_servers, security_protocol="SSL", ssl_ca_file=str(kafka.ca_file)
    )


def over_sasl(kafka: EmbeddedKafka) -> KafkaSettings:
    return KafkaSettings(
        bootstrap_servers=kafka.sasl_bootstrap_servers,
        security_protocol="SASL_SSL",
        ssl_ca_file=str(kafka.ca_file),
        sasl_mechanism="SCRAM-SHA-512",
        sasl_username="desk",
        sasl_password="a-good-password",
    )


async def refusal(kafka: KafkaSettings, seconds_max: float = 20.0) -> str:
    with pytest.raises(BrokerUnavailable) as failure:
        await reach_broker(kafka, seconds_max)
    return str(failure.value)


# --- reaching one


async def test_broker_in_plain_text_is_reached(kafka: EmbeddedKafka) -> None:
    cluster = await reach_broker(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    assert cluster.brokers == (kafka.bootstrap_servers,)


async def test_second_server_is_asked_when_the_first_is_down(kafka: EmbeddedKafka) -> None:
    assert await reach_broker(KafkaSettings(bootstrap_servers=f"127.0.0.1:1, {kafka.bootstrap_servers}"))


async def test_broker_behind_tls_is_reached_with_and_without_a_certificate_of_our_own(
    secure_kafka: EmbeddedKafka,
) -> None:
    assert await reach_broker(over_tls(secure_kafka))
    own = replace(
        over_tls(secure_kafka),
        ssl_cert_file=str(secure_kafka.client_cert_file),
        ssl_key_file=str(secure_kafka.client_key_file),
    )
    assert await reach_broker(own)


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
async def test_records_are_sent_over_sasl(
    secure_kafka: EmbeddedKafka, topic_prefix: str, mechanism: str
) -> None:
    from tests.kit_kafka import create_topics

    await create_topics(secure_kafka.bootstrap_servers, {f"{topic_prefix}letters": 1})
    settings = replace(over_sasl(secure_kafka), sasl_mechanism=mechanism)
    producer = AIOKafkaProducer(**client_options(settings))
    try:
        await producer.start()
        await producer.send_and_wait(f"{topic_prefix}letters", b"hello")
    finally:
        await producer.stop()


# --- refusals, in words


async def test_wrong_password_is_named_and_not_shown(secure_kafka: EmbeddedKafka) -> None:
    said = await refusal(replace(over_sasl(secure_kafka), sasl_password="hunter2"))
    assert said.startswith(
        f'{secure_kafka.sasl_bootstrap_servers} refused user "desk": kafka.sasl_username or'
    )
    assert "hunter2" not in said


async def test_mechanism_the_broker_does_not_offer_is_named(secure_kafka: EmbeddedKafka) -> None:
    said = await refusal(replace(over_sasl(secure_kafka), sasl_mechanism="SCRAM-SHA-256"))
    assert "does not offer kafka.sasl_mechanism SCRAM-SHA-256" in said


async def test_foreign_authority_is_named(secure_kafka: EmbeddedKafka, tmp_path: Path) -> None:
    make_certificates(tmp_path)
    said = await refusal(replace(over_tls(secure_kafka), ssl_ca_file=str(tmp_path / "ca.pem")))
    assert f"is not signed by an authority in kafka.ssl_ca_file ({tmp_path / 'ca.pem'})" in said
    said = await refusal(replace(over_tls(secure_kafka), ssl_ca_file=""))
    assert "is not signed by an authority this system trusts" in said


def test_certificates_and_host_names_are_always_checked() -> None:
    context = client_options(KafkaSettings(security_protocol="SSL"))["ssl_context"]
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


async def test_tls_against_a_plain_listener_is_named(secure_kafka: EmbeddedKafka) -> None:
    said = await refusal(replace(over_tls(secure_kafka), bootstrap_servers=secure_kafka.bootstrap_servers))
    assert "kafka.security_protocol is SSL" in said or "kafka.security_protocol suit it" in said


async def test_plain_text_against_a_tls_listener_is_named(secure_kafka: EmbeddedKafka) -> None:
    said = await refusal(KafkaSettings(bootstrap_servers=secure_kafka.tls_bootstrap_servers))
    assert "kafka.security_protocol is PLAINTEXT" in said


async def test_nobody_and_nowhere_have_a_sentence_each() -> None:
    said = (await refusal(KafkaSettings(bootstrap_servers="127.0.0.1:1,nowhere.invalid:9092"))).splitlines()
    assert said[0].startswith("nobody listens at 127.0.0.1:1")
    assert said[1].startswith("the host name of nowhere.invalid:9092 is unknown")


def test_innermost_cause_is_the_one_explained() -> None:
    outer = errors.KafkaConnectionError("Unable to bootstrap")
    outer.__cause__ = ConnectionRefusedError(111, "refused")
    assert explain_connection_error(outer, Settings()).startswith("nobody listens at 127.0.0.1:9092")


def test_wrong_host_name_is_not_called_a_wrong_authority() -> None:
    mismatch = ssl.SSLCertVerificationError("bad")
    mismatch.verify_code = 62
    mismatch.verify_message = "Hostname mismatch"
    assert "is for another host name" in explain_connection_error(mismatch, Settings())


def test_unforeseen_error_is_still_one_sentence() -> None:
    said = explain_connection_error(errors.UnknownError("odd"), Settings())
    assert said.startswith("127.0.0.1:9092 could not be reached: UnknownError")


# --- files


def test_missing_file_is_refused_by_setting_and_name(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.pem")
    for settings in (
        KafkaSettings(security_protocol="SSL", ssl_ca_file=missing),
        KafkaSettings(security_protocol="SSL", ssl_cert_file=missing),
    ):
        with pytest.raises(
            SettingsError, match=r"kafka\.ssl_\w+_file names .*none\.pem, which cannot be read"
        ):
            client_options(settings)


def test_file_that_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.pem"
    odd.write_text("hello", encoding="utf-8")
    with pytest.raises(SettingsError, match="holds no PEM certificate"):
        client_options(KafkaSettings(security_protocol="SSL", ssl_ca_file=str(odd)))
    with pytest.raises(SettingsError, match="cannot be used"):
        client_options(KafkaSettings(security_protocol="SSL", ssl_cert_file=str(odd)))


def test_options_without_tls_or_login_hold_neither() -> None:
    assert client_options(KafkaSettings(bootstrap_servers="a:1, b:2")) == {
        "bootstrap_servers": ["a:1", "b:2"],
        "security_protocol": "PLAINTEXT",
    }
