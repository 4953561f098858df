"""Every setting, frozen and checked once; a bad value is refused in one sentence.

Defaults, units and reasons stand in config/default.toml; a file (``--config`` or ``COPYDESK_CONFIG``), the
environment (``COPYDESK_KAFKA__BOOTSTRAP_SERVERS``) and the command line override them, in this order.
Secrets may come from files (``COPYDESK_KAFKA__SASL_PASSWORD_FILE``) and are never shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

import msgspec

from service.settings.rules import disagreements
from service.settings.sections import (
    SECRETS,
    DeadLetterSettings,
    DedupSettings,
    DeskSettings,
    EnrichSettings,
    IntakeSettings,
    KafkaSettings,
    Settings,
    StoreSettings,
    TelemetrySettings,
    TopicsSettings,
    field_types,
    shown,
)
from service.settings.sources import (
    CONFIG_VARIABLE,
    Reading,
    SettingsError,
    from_environment,
    from_file,
    from_overrides,
)

__all__ = [
    "DEFAULT_FILES",
    "SECRETS",
    "DeadLetterSettings",
    "DedupSettings",
    "DeskSettings",
    "EnrichSettings",
    "IntakeSettings",
    "KafkaSettings",
    "Settings",
    "SettingsError",
    "StoreSettings",
    "TelemetrySettings",
    "TopicsSettings",
    "field_types",
    "load_settings",
    "load_with_sources",
    "shown_values",
]

DEFAULT_FILES = (
    Path(__file__).parents[1] / "default.toml",  # an installed wheel
    Path(__file__).parents[2] / "config" / "default.toml",  # a checkout
)


<<<<<<< HEAD
=======
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

    def __repr__(self) -> str:
        shown = {key: _shown(f"kafka.{key}", getattr(self, key)) for key in self.__struct_fields__}
        return f"KafkaSettings({', '.join(f'{key}={value!r}' for key, value in shown.items())})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [(key, _shown(f"kafka.{key}", getattr(self, key))) for key in self.__struct_fields__]


class TopicsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the topics that `copydesk topics create` creates (service/contracts/topics.py lists them)."""

    replication_factor: Count = 1
    partitions: Count = 4  # of raw, unique and all outputs; sketched and segments have one per collection
    raw_bytes_max: Bytes = 2_097_152
    output_bytes_max: Bytes = 16_777_216
    internal_retention_days: Days = 7.0
    output_retention_days: Days = 30.0


class IntakeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of reading raw records."""

    cleaning: Literal["full", "off"] = "full"
    collections: tuple[str, ...] = ("default",)  # the position is the partition of articles.sketched
    default_collection: str = "default"
    fields: tuple[str, ...] = ()  # "title = kop.tekst": paths of a site's own, in front of those of the table
    summaries: Literal["refuse", "take"] = "refuse"  # of a record that has a summary and no text
    key_is_id: bool = True  # the key of a record that names no id
    local_ids_below: CountOrNone = 1_000  # smaller numbers are ids of their source only
    text_bytes_max: Bytes = 1_048_576  # of the clean text, in UTF-8
    batch_articles: Count = 200
    batch_wait_seconds: Seconds = 0.1
    envelope_bytes: Bytes = 1_048_576  # aim, compressed


class DedupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of what dedup remembers, and how long."""

    enabled: bool = True
    capacity_articles: Count = 1_000_000  # per collection
    window_days: Days = 7.0  # in log time


class EnrichSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of claims."""

    read_chars_max: Count = 100_000  # of the clean text; of one too dense with figures or quotations fewer
    claims_max: Count = 2_000  # per article
    confidence_min: Share = 0.1


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


class TelemetrySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of metrics, health and logs."""

    host: str = "127.0.0.1"
    port: Port = 0  # 0: not served; worker STAGE adds 0, 1, 2 for intake, dedup, enrich under `run`
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"
    spans: bool = False  # OpenTelemetry; needs the packages of the extra `otel`


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, by section."""

    kafka: KafkaSettings = KafkaSettings()
    topics: TopicsSettings = TopicsSettings()
    intake: IntakeSettings = IntakeSettings()
    dedup: DedupSettings = DedupSettings()
    enrich: EnrichSettings = EnrichSettings()
    dead_letters: DeadLetterSettings = DeadLetterSettings()
    store: StoreSettings = StoreSettings()
    telemetry: TelemetrySettings = TelemetrySettings()


>>>>>>> 2f2ea95 (Find the record that ends workers, leave within five seconds without a broker, and test on three brokers)
def load_settings(
    file: Path | None = None,
    env: Mapping[str, str] = os.environ,
    overrides: Mapping[str, object] = MappingProxyType({}),
) -> Settings:
    """Load the settings of this process. Raises SettingsError with one sentence for each problem."""
    return load_with_sources(file, env, overrides)[0]


def load_with_sources(
    file: Path | None = None,
    env: Mapping[str, str] = os.environ,
    overrides: Mapping[str, object] = MappingProxyType({}),
) -> tuple[Settings, dict[str, str]]:
    """Load the settings, and where each ``section.key`` came from: a path, a variable, "command line"."""
    if file is None and env.get(CONFIG_VARIABLE):
        file = Path(env[CONFIG_VARIABLE])
    sections = get_type_hints(Settings)
    reading = Reading(types=field_types(), secrets=SECRETS)
    for path in filter(None, (_default_file(), file)):
        reading.take(from_file(path, sections))
    reading.take(from_environment(env))
    reading.take(from_overrides(overrides))
    if not reading.problems:
        settings = _build(reading.values)
        reading.problems += [f"{what} ({reading.sources[key]})" for key, what in disagreements(settings)]
    if reading.problems:
        raise SettingsError(*reading.problems)
    return settings, reading.sources


def shown_values(settings: Settings) -> dict[str, object]:
    """Map ``section.key`` to the value of each setting; secrets that are set read ``***``."""
    return {key: shown(key, _value(settings, key)) for key in field_types()}


def _value(settings: Settings, key: str) -> object:
    section, _, name = key.partition(".")
    return getattr(getattr(settings, section), name)


def _default_file() -> Path:
    for path in DEFAULT_FILES:
        if path.is_file():
            return path
    raise SettingsError(f"{DEFAULT_FILES[0]} is missing: the installation is incomplete")


def _build(values: Mapping[str, Any]) -> Settings:
    sections: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        section, _, name = key.partition(".")
        sections.setdefault(section, {})[name] = value
    return msgspec.convert(sections, Settings)
