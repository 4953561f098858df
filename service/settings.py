"""Every setting, frozen and checked once; a bad value is refused in one sentence.

Defaults, units and reasons stand in config/default.toml; a file and the environment
(``COPYDESK_KAFKA__BOOTSTRAP_SERVERS``) override them. Secrets may come from files (``*_FILE``).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class KafkaSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How to reach the brokers, and what our topics are called."""

    bootstrap_servers: str = "127.0.0.1:9092"
    topic_prefix: str = ""
    group_prefix: str = "copydesk-"
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = ""
    sasl_username: str = ""
    sasl_password: str = ""  # secret
    ssl_ca_file: str = ""
    ssl_cert_file: str = ""
    ssl_key_file: str = ""
    ssl_key_password: str = ""  # secret
    session_timeout_seconds: float = 10.0
    heartbeat_interval_seconds: float = 1.0
    commit_interval_seconds: float = 0.5
    shutdown_seconds_max: float = 20.0
    group_instance_id: str = ""


class TopicsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How `copydesk topics create` makes the topics (service/contracts/topics.py has their list)."""

    replication_factor: int = 1
    partitions: int = 4  # of raw, unique and all outputs; sketched and segments have one per collection
    raw_bytes_max: int = 2_097_152
    output_bytes_max: int = 16_777_216
    internal_retention_days: float = 7.0
    output_retention_days: float = 30.0


class IntakeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How raw records are read."""

    cleaning: Literal["full", "off"] = "full"
    collections: tuple[str, ...] = ("default",)  # the position is the partition of articles.sketched
    default_collection: str = "default"
    text_bytes_max: int = 1_048_576  # of the clean text, in UTF-8
    batch_articles: int = 100
    batch_wait_seconds: float = 0.1
    envelope_bytes: int = 262_144  # aim, compressed


class DedupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How much is remembered, and for how long."""

    enabled: bool = True
    capacity_articles: int = 1_000_000  # per collection
    window_days: float = 7.0  # in log time


class EnrichSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How claims are read."""

    claims_max: int = 2_000  # per article
    confidence_min: float = 0.0


class DeadLetterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many dead letters are too many: then the stage stops and a person has to come."""

    bug_ratio_max: float = 0.01  # over the last 10,000 records, once 1,000 are seen
    in_a_row_max: int = 1_000  # per partition, any reason
    replays_max: int = 3


class TelemetrySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where metrics and health are served, and how logs look."""

    host: str = "127.0.0.1"
    port: int = 0  # 0: not served; worker STAGE adds 0, 1, 2 for intake, dedup, enrich under `run`
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    kafka: KafkaSettings = KafkaSettings()
    topics: TopicsSettings = TopicsSettings()
    intake: IntakeSettings = IntakeSettings()
    dedup: DedupSettings = DedupSettings()
    enrich: EnrichSettings = EnrichSettings()
    dead_letters: DeadLetterSettings = DeadLetterSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
