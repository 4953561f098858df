"""Settings that are fine alone and wrong together: each rule yields the setting to look at and a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from service.settings.sections import KafkaSettings, Settings

DEAD_LETTER_EXTRA_BYTES = 65_536
"""Maximum size that headers add to a dead letter, in bytes."""

ENRICHED_PER_TEXT = 4
"""Number of times that the text has to fit into an enriched record: once, and again in claims, escaped as JSON."""

HEARTBEATS_PER_SESSION = 3
"""Minimum number of heartbeats per session timeout, as Kafka advises: two may be lost."""

FIELDS = "text title url source published_at id language status summary".split()
"""Fields of an article for which a site may name paths of its own (`service/intake/shapes/paths.py` reads them)."""

Disagreement = tuple[str, str]


def disagreements(settings: Settings) -> Iterator[Disagreement]:
    """Yield what is wrong between settings: (section.key, sentence that starts with it)."""
    yield from _servers(settings.kafka)
    yield from _security(settings.kafka)
    yield from _timing(settings.kafka)
    yield from _collections(settings)
    yield from _fields(settings)
    yield from _sizes(settings)


def _servers(kafka: KafkaSettings) -> Iterator[Disagreement]:
    for server in kafka.bootstrap_servers.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and colon and port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
            yield (
                "kafka.bootstrap_servers",
                f'kafka.bootstrap_servers has "{server.strip()}"; each must be host:port, with commas between',
            )


def _security(kafka: KafkaSettings) -> Iterator[Disagreement]:
    protocol, mechanism = kafka.security_protocol, kafka.sasl_mechanism
    if protocol.startswith("SASL_"):
        yield from _sasl(kafka)
    elif mechanism:
        yield (
            "kafka.sasl_mechanism",
            f"kafka.sasl_mechanism is {mechanism}, but kafka.security_protocol is {protocol}; "
            "it must be SASL_SSL (or SASL_PLAINTEXT) for anybody to log in",
        )
    if not protocol.endswith("SSL"):
        for key in ("ssl_ca_file", "ssl_cert_file", "ssl_key_file"):
            if getattr(kafka, key):
                yield (
                    f"kafka.{key}",
                    f"kafka.{key} is set, but kafka.security_protocol is {protocol}; "
                    "it must be SSL or SASL_SSL, or the connection would not be encrypted",
                )
    if kafka.ssl_key_file and not kafka.ssl_cert_file:
        yield (
            "kafka.ssl_key_file",
            "kafka.ssl_key_file is set without kafka.ssl_cert_file; a key needs its certificate",
        )


def _sasl(kafka: KafkaSettings) -> Iterator[Disagreement]:
    if not kafka.sasl_mechanism:
        yield (
            "kafka.sasl_mechanism",
            f"kafka.sasl_mechanism is empty; with {kafka.security_protocol} it must be "
            "SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN",
        )
    if kafka.sasl_mechanism == "PLAIN" and kafka.security_protocol == "SASL_PLAINTEXT":
        yield (
            "kafka.sasl_mechanism",
            "kafka.sasl_mechanism is PLAIN over SASL_PLAINTEXT, which shows the password to the network; "
            "use SASL_SSL or a SCRAM mechanism",
        )
    for key in ("sasl_username", "sasl_password"):
        if not getattr(kafka, key):
            yield f"kafka.{key}", f"kafka.{key} is empty; {kafka.security_protocol} needs it"


def _timing(kafka: KafkaSettings) -> Iterator[Disagreement]:
    longest = kafka.session_timeout_seconds / HEARTBEATS_PER_SESSION
    if kafka.heartbeat_interval_seconds >= longest:
        yield (
            "kafka.heartbeat_interval_seconds",
            f"kafka.heartbeat_interval_seconds is {kafka.heartbeat_interval_seconds:g}; it must be less than a "
            f"third of kafka.session_timeout_seconds ({kafka.session_timeout_seconds:g}), so that two may be lost",
        )


def _collections(settings: Settings) -> Iterator[Disagreement]:
    names, default = settings.intake.collections, settings.intake.default_collection
    if not names:
        yield "intake.collections", "intake.collections is empty; it must name at least one collection"
    elif len(set(names)) < len(names) or "" in names:
        yield (
            "intake.collections",
            "intake.collections must name each collection once; the position is its partition",
        )
    elif default not in names:
        yield (
            "intake.default_collection",
            f'intake.default_collection is "{default}"; it must be one of intake.collections: {", ".join(names)}',
        )


def _fields(settings: Settings) -> Iterator[Disagreement]:
    for assignment in settings.intake.fields:
        name, equals, path = (part.strip() for part in assignment.partition("="))
        if not (equals and name in FIELDS and all(path.split("."))):
            yield (
                "intake.fields",
                f'intake.fields has "{assignment}"; each must be "FIELD = path", with FIELD one of {", ".join(FIELDS)}',
            )


def _sizes(settings: Settings) -> Iterator[Disagreement]:
    output = settings.topics.output_bytes_max
    for key, needed, why in (
        ("topics.raw_bytes_max", settings.topics.raw_bytes_max + DEAD_LETTER_EXTRA_BYTES, "a dead letter"),
        ("intake.text_bytes_max", settings.intake.text_bytes_max * ENRICHED_PER_TEXT, "an enriched record"),
    ):
        if needed > output:
            section, _, name = key.partition(".")
            value = getattr(getattr(settings, section), name)
            yield (
                key,
                f"{key} is {value}; {why} may then need {needed} bytes, and topics.output_bytes_max ({output}) "
                "must not be less",
            )
