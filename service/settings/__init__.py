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

from service.settings.origins import (
    CONFIG_VARIABLE,
    Reading,
    SettingsError,
    from_environment,
    from_file,
    from_overrides,
)
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
    ThreadsSettings,
    TopicsSettings,
    field_types,
    shown,
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
    "ThreadsSettings",
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
