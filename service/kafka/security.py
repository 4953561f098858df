"""How clients reach the brokers (TLS, SASL), and why they did not, in one sentence.

Certificates are always verified, host names too; there is no setting to switch that off.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiokafka import errors
from aiokafka.cluster import ClusterMetadata
from aiokafka.conn import create_conn
from aiokafka.protocol.metadata import MetadataRequest

from service.kafka.newest_context import NewestContext
from service.settings import KafkaSettings, Settings, SettingsError

REACH_SECONDS_MAX: Final = 10.0

OUT_OF_DATE: Final = frozenset({9, 10})
"""OpenSSL's codes of a certificate that is not valid yet, or no longer."""

HOST_NAME_MISMATCH: Final = {62, 64}
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH."""


REFUSALS: Final = (
    ssl.SSLError,
    errors.SaslAuthenticationFailed,
    errors.AuthenticationFailedError,
    errors.UnsupportedSaslMechanismError,
    errors.IllegalSaslStateError,
)
"""What another try would not mend."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the first broker that answered knows: ``host:port`` of all brokers, partitions by topic."""

    brokers: tuple[str, ...]
    partitions: Mapping[str, int]


class BrokerUnavailable(Exception):  # noqa: N818 - it is what happened
    """No broker took us in; the message says why, for a person. `is_refusal`: it was there and turned us away."""

    def __init__(self, message: str, *, is_refusal: bool = False) -> None:
        super().__init__(message)
        self.is_refusal = is_refusal


def client_options(kafka: KafkaSettings) -> dict[str, Any]:
    """Return the options that every aiokafka client is made with.

    Raises: SettingsError for files that are missing or wrong.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": bootstrap_servers(kafka),
        "security_protocol": kafka.security_protocol,
    }
    if kafka.security_protocol.endswith("SSL"):
        files = [name for name in (kafka.ssl_ca_file, kafka.ssl_cert_file, kafka.ssl_key_file) if name]
        options["ssl_context"] = NewestContext(lambda: _ssl_context(kafka), files, kafka.ssl_cert_file)
    if kafka.security_protocol.startswith("SASL_"):
        options["sasl_mechanism"] = kafka.sasl_mechanism
        options["sasl_plain_username"] = kafka.sasl_username
        options["sasl_plain_password"] = kafka.sasl_password
    return options


def reader_options(kafka: KafkaSettings) -> dict[str, Any]:
    """Return what every aiokafka consumer is made with. Raises: see `client_options`."""
    return client_options(kafka) | {"isolation_level": kafka.isolation_level}


def bootstrap_servers(kafka: KafkaSettings) -> list[str]:
    """Return ``host:port`` of each broker to ask first."""
    return [server.strip() for server in kafka.bootstrap_servers.split(",")]


def _ssl_context(kafka: KafkaSettings) -> ssl.SSLContext:
    for key in ("ssl_ca_file", "ssl_cert_file", "ssl_key_file"):
        _require_readable(f"kafka.{key}", getattr(kafka, key))
    try:
        context = ssl.create_default_context(cafile=kafka.ssl_ca_file or None)
    except ssl.SSLError:
        raise SettingsError(
            f"kafka.ssl_ca_file names {kafka.ssl_ca_file}, which holds no PEM certificate"
        ) from None
    if kafka.ssl_cert_file:
        _load_own_certificate(context, kafka)
    return context


def _load_own_certificate(context: ssl.SSLContext, kafka: KafkaSettings) -> None:
    key_file = kafka.ssl_key_file or kafka.ssl_cert_file
    # A callable, for without one OpenSSL asks for the password on the terminal, where a service has nobody
    try:
        context.load_cert_chain(kafka.ssl_cert_file, key_file, password=lambda: kafka.ssl_key_password)
    except ssl.SSLError:
        raise SettingsError(
            f"kafka.ssl_cert_file ({kafka.ssl_cert_file}) and the key in {key_file} cannot be used: they must be "
            "PEM, belong together, and kafka.ssl_key_password must open the key"
        ) from None


def _require_readable(key: str, name: str) -> None:
    if not name:
        return
    try:
        Path(name).open("rb").close()
    except OSError as error:
        raise SettingsError(f"{key} names {name}, which cannot be read: {error.strerror}") from None


async def reach_broker(kafka: KafkaSettings, seconds_max: float = REACH_SECONDS_MAX) -> Cluster:
    """Return once a broker has answered and taken us in, so that a client made next will be as well.

    The clients themselves hide why a connection failed. Raises BrokerUnavailable with a sentence for each
    server, SettingsError for files that are missing or wrong.
    """
    failures = []
    for server in bootstrap_servers(kafka):
        try:
            return await ask_broker(server, kafka, seconds_max)
        except BrokerUnavailable as error:
            failures.append(error)
    raise BrokerUnavailable(
        "\n".join(map(str, failures)), is_refusal=any(failure.is_refusal for failure in failures)
    )


async def ask_broker(server: str, kafka: KafkaSettings, seconds_max: float = REACH_SECONDS_MAX) -> Cluster:
    """Return the cluster as the broker at ``host:port`` sees it. Raises as `reach_broker` does."""
    options = client_options(kafka)
    del options["bootstrap_servers"]
    try:
        async with asyncio.timeout(seconds_max):
            return await _ask(server, options)
    except (OSError, errors.KafkaError) as error:
        refused = any(isinstance(cause, REFUSALS) for cause in _causes(error))
        raise BrokerUnavailable(explain_connection_error(error, kafka, server), is_refusal=refused) from error


async def _ask(server: str, options: dict[str, Any]) -> Cluster:
    host, _, port = server.rpartition(":")
    connection = await create_conn(host.strip("[]"), int(port), **options)
    try:
        metadata = ClusterMetadata()
        metadata.update_metadata(await connection.send(MetadataRequest(None)))
    finally:
        await connection.close()
    return Cluster(
        brokers=tuple(sorted(f"{broker.host}:{broker.port}" for broker in metadata.brokers())),
        partitions={name: len(metadata.partitions_for_topic(name) or ()) for name in metadata.topics()},
    )


def explain_connection_error(exc: BaseException, settings: Settings | KafkaSettings, server: str = "") -> str:
    """Explain in one sentence why a connection failed, for the person who can fix it; never show a password."""
    kafka = settings.kafka if isinstance(settings, Settings) else settings
    where = server or kafka.bootstrap_servers
    for cause in _causes(exc):
        sentence = _explain_tls(cause, kafka, where) or _explain_login(cause, kafka, where)
        if sentence := sentence or _explain_network(cause, kafka, where):
            return sentence
    return f"{where} could not be reached: {type(exc).__name__}: {exc}"


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """Yield the causes of an exception, the innermost first: the outer ones say less."""
    chain: list[BaseException] = []
    cause: BaseException | None = exc
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    yield from reversed(chain)


def _explain_tls(exc: BaseException, kafka: KafkaSettings, where: str) -> str | None:
    if isinstance(exc, ssl.SSLCertVerificationError):
        if exc.verify_code in HOST_NAME_MISMATCH:
            return f"the certificate of {where} is for another host name: {exc.verify_message}"
        if exc.verify_code in OUT_OF_DATE:
            return (
                f"the certificate of {where} is out of date: {exc.verify_message}; renew it, or set the clock"
            )
        signers = f"in kafka.ssl_ca_file ({kafka.ssl_ca_file})" if kafka.ssl_ca_file else "this system trusts"
        return f"the certificate of {where} is not signed by an authority {signers}: {exc.verify_message}"
    if isinstance(exc, ssl.SSLError):
        if exc.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"}:
            return f"{where} does not speak TLS, but kafka.security_protocol is {kafka.security_protocol}"
        return f"TLS with {where} failed: {exc.reason}; if it asks for a certificate, set kafka.ssl_cert_file"
    return None


def _explain_login(exc: BaseException, kafka: KafkaSettings, where: str) -> str | None:
    if isinstance(exc, (errors.SaslAuthenticationFailed, errors.AuthenticationFailedError)):
        return (
            f'{where} refused user "{kafka.sasl_username}": kafka.sasl_username or kafka.sasl_password is wrong, '
            f"or the account was not made for {kafka.sasl_mechanism}"
        )
    if isinstance(exc, errors.UnsupportedSaslMechanismError):
        return f"{where} does not offer kafka.sasl_mechanism {kafka.sasl_mechanism}"
    if isinstance(exc, errors.IllegalSaslStateError):
        return f"{where} asks for no login here, but kafka.security_protocol is {kafka.security_protocol}"
    return None


def _explain_network(exc: BaseException, kafka: KafkaSettings, where: str) -> str | None:
    if isinstance(exc, ConnectionRefusedError):
        return f"nobody listens at {where}: is the broker running, and is kafka.bootstrap_servers right?"
    if isinstance(exc, socket.gaierror):
        return f"the host name of {where} is unknown: is kafka.bootstrap_servers right?"
    if isinstance(exc, (TimeoutError, errors.RequestTimedOutError)):
        return (
            f"{where} did not answer in time: is it a Kafka broker, and does kafka.security_protocol suit it?"
        )
    if isinstance(exc, (ConnectionError, EOFError, errors.KafkaConnectionError)):
        return (
            f"{where} closed the connection: kafka.security_protocol is {kafka.security_protocol}, "
            "and the broker may expect TLS, a login, or a certificate"
        )
    if isinstance(exc, OSError):
        return f"{where} could not be reached: {exc.strerror or exc}"
    return None
