"""The settings by section, frozen; config/default.toml has their units and reasons."""

from __future__ import annotations

from typing import Any, Final, Literal, get_type_hints

from msgspec import Struct

from service.settings.kinds import (
    Bytes,
    Count,
    CountOrNone,
    Days,
    DaysOrNone,
    Port,
    Seconds,
    Share,
    TopicPart,
)

SECRETS = frozenset({"kafka.sasl_password", "kafka.ssl_key_password", "store.url", "desk.password"})
"""Settings whose values are never shown: not in a repr, an error, a log, or `config show`."""


def shown(key: str, value: object) -> object:
    """Return the value of a setting, or ``***`` for a secret that is set."""
    return "***" if key in SECRETS and value else value


class KafkaSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of brokers and names."""

    bootstrap_servers: str = "127.0.0.1:9092"
    topic_prefix: TopicPart = ""
    group_prefix: TopicPart = "copydesk-"
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = ""
    sasl_username: str = ""
    sasl_password: str = ""  # secret
    ssl_ca_file: str = ""
    ssl_cert_file: str = ""
    ssl_key_file: str = ""
    ssl_key_password: str = ""  # secret
    session_timeout_seconds: Seconds = 10.0
    heartbeat_interval_seconds: Seconds = 1.0
    commit_interval_seconds: Seconds = 0.5
    shutdown_seconds_max: Seconds = 20.0
    group_instance_id: str = ""
    compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = "none"
    isolation_level: Literal["read_committed", "read_uncommitted"] = "read_committed"
    take_over: bool = False

    def __repr__(self) -> str:
        values = {key: shown(f"kafka.{key}", getattr(self, key)) for key in self.__struct_fields__}
        return f"KafkaSettings({', '.join(f'{key}={value!r}' for key, value in values.items())})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [(key, shown(f"kafka.{key}", getattr(self, key))) for key in self.__struct_fields__]


class TopicsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the topics that `copydesk topics create` creates (service/contracts/topic_specs.py lists them)."""

    replication_factor: Count = 1
    partitions: Count = 4  # of raw, unique and all outputs; sketched and segments have one per collection
    raw_bytes_max: Bytes = 2_097_152
    output_bytes_max: Bytes = 16_777_216
    internal_retention_days: Days = 7.0
    output_retention_days: Days = 30.0


RAW_FACTOR_MAX: Final = 8
"""Maximum size of a record, and of a text before cleaning, as a multiple of `text_bytes_max`: pages carry markup."""


class IntakeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of reading raw records."""

    cleaning: Literal["full", "off"] = "full"
    collections: tuple[str, ...] = ("default",)  # the position is the partition of articles.sketched
    default_collection: str = "default"
    fields: tuple[str, ...] = ()  # "title = kop.tekst": paths of a site's own, in front of those of the table
    summaries: Literal["refuse", "take"] = "refuse"  # of a record that has a summary and no text
    key_is_id: bool = True  # the key of a record that names no id
    trust: Literal["none", "source"] = (
        "none"  # who may change an article: whoever names its id, or its source alone
    )
    local_ids_below: CountOrNone = 1_000  # smaller numbers are ids of their source only
    text_bytes_max: Bytes = 1_048_576  # of the clean text, in UTF-8
    batch_articles: Count = 200
    batch_wait_seconds: Seconds = 0.1
    envelope_bytes: Bytes = 1_048_576  # aim, compressed

    @property
    def record_bytes_max(self) -> int:
        """Return the maximum size of a record, and of a text before cleaning, in bytes."""
        return RAW_FACTOR_MAX * self.text_bytes_max


class DedupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of what dedup remembers, and how long."""

    enabled: bool = True
    capacity_articles: Count = 1_000_000  # per collection
    window_days: Days = 7.0  # in log time


class EnrichSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of claims."""

    read_chars_max: Count = 100_000  # of the clean text; of one too dense with figures or quotations fewer
    claims_max: Count = 2_000  # per article
    confidence_min: Share = 0.3


class ThreadsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of claim threads and stories."""

    enabled: bool = True
    capacity_claims: Count = 2_000_000  # facets per collection
    window_days: Days = 14.0  # in days of publication


class DeadLetterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of dead letters: beyond them a stage stops, and a person has to look."""

    bug_ratio_max: Share = 0.01  # over the last 10,000 records, once 1,000 are seen
    in_a_row_max: Count = 1_000  # per partition, any reason but `no_value`
    replays_max: CountOrNone = 3


class StoreSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `copydesk store` keeps the outputs."""

    url: str = "sqlite:///var/copydesk.db"  # secret where it holds a password
    batch_records: Count = 500
    keep_days: DaysOrNone = 0.0  # 0: keep for ever


class DeskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where `copydesk desk` serves its page, and who may see it."""

    host: str = "127.0.0.1"
    port: Port = 8470
    password: str = ""  # secret
    proxy_header: str = ""

    def __repr__(self) -> str:
        password = shown("desk.password", self.password)
        return f"DeskSettings({self.host!r}, {self.port}, {password!r}, {self.proxy_header!r})"


class TelemetrySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of metrics, health and logs."""

    host: str = "127.0.0.1"
    port: Port = 0  # 0: not served; worker STAGE adds 0, 1, 2 for intake, dedup, enrich under `run`
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"
    follow: str = ""  # id of an article: each of its steps is logged, by every stage
    spans: bool = False  # OpenTelemetry; needs the packages of the extra `otel`


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, by section."""

    kafka: KafkaSettings = KafkaSettings()
    topics: TopicsSettings = TopicsSettings()
    intake: IntakeSettings = IntakeSettings()
    dedup: DedupSettings = DedupSettings()
    enrich: EnrichSettings = EnrichSettings()
    threads: ThreadsSettings = ThreadsSettings()
    dead_letters: DeadLetterSettings = DeadLetterSettings()
    store: StoreSettings = StoreSettings()
    desk: DeskSettings = DeskSettings()
    telemetry: TelemetrySettings = TelemetrySettings()


def field_types() -> dict[str, Any]:
    """Map ``section.key`` to the type of each setting, bounds included, in the order of declaration."""
    return {
        f"{section}.{key}": kind
        for section, section_type in get_type_hints(Settings).items()
        for key, kind in get_type_hints(section_type, include_extras=True).items()
        if key in section_type.__struct_fields__
    }
