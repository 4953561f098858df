"""Where settings come from: default file, own file, environment, command line; later ones win.

Knows nothing of our settings but their types by ``section.key``. All problems are collected, one
sentence each, so that a file with three mistakes is mended once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from service.settings.kinds import convert, wanted

PREFIX = "COPYDESK_"
CONFIG_VARIABLE = "COPYDESK_CONFIG"
FILE_SUFFIX = "_file"

SERVICE_LINK = re.compile(r"(?!.*__)COPYDESK[A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]*[A-Z0-9])?)")
SERVICE_LINK_ADDRESS = re.compile(r"(?!.*__)COPYDESK[A-Z0-9_]*_PORT(_\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)?")
"""Variables that Kubernetes adds to every pod's environment for services whose names start with copydesk:
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables"""


class SettingsError(Exception):
    """Report that settings are wrong; `problems` has one sentence for each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Given:
    """Hold one value as it was given: `name` as it was written, and `source`, the place."""

    key: str  # section.key; without a dot where no section could be read
    value: object
    name: str
    source: str


@dataclass(slots=True)
class Reading:
    """Gather converted values and their sources by section.key, and the problems."""

    types: Mapping[str, Any]
    secrets: frozenset[str]
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, givens: Iterable[Given]) -> None:
        """Convert and keep all that one source gives, over what earlier ones gave."""
        secrets_seen: set[str] = set()
        for given in givens:
            key, value = given.key, given.value
            if key not in self.types and key.removesuffix(FILE_SUFFIX) in self.secrets:
                key, value = key.removesuffix(FILE_SUFFIX), self._secret_in_file(given)
            if key in self.secrets and value != "":
                if key in secrets_seen:
                    self._problem(given, f"is set twice, as itself and as {FILE_SUFFIX}; keep one of them")
                secrets_seen.add(key)
            elif key in secrets_seen:
                continue
            if value is not None:
                self._keep(key, value, given)

    def _keep(self, key: str, value: object, given: Given) -> None:
        if key not in self.types:
            self._problem(given, f"is not a setting{self._nearest(given)}")
            return
        try:
            self.values[key] = convert(value, self.types[key])
            self.sources[key] = given.name if given.source == "environment" else given.source
        except ValueError:
            shown = "of the wrong type" if key in self.secrets else _shown(value)
            self._problem(given, f"is {shown}; it {wanted(self.types[key])}")

    def _secret_in_file(self, given: Given) -> str | None:
        path = Path(str(given.value))
        try:
            return path.read_text(encoding="utf-8").rstrip("\r\n")  # editors and `echo` end a file with one
        except (OSError, UnicodeDecodeError) as error:
            self._problem(given, f"names {path}, which cannot be read: {_why(error)}")
            return None

    def _problem(self, given: Given, what: str) -> None:
        self.problems.append(f"{given.name} {what} ({given.source})")

    def _nearest(self, given: Given) -> str:
        in_environment = given.source == "environment"
        sections = list(dict.fromkeys(key.partition(".")[0] for key in self.types))
        choices = list(self.types) if "." in given.key or in_environment else sections
        close = get_close_matches(given.key, choices, n=1)
        if not close:
            return (
                f"; the sections are {', '.join(sections)}"
                if given.key.partition(".")[0] not in sections
                else ""
            )
        return f"; did you mean {variable_name(close[0]) if in_environment else close[0]}?"


def from_file(path: Path, sections: Iterable[str]) -> Iterator[Given]:
    """Yield every setting of a TOML file. Raises SettingsError if it cannot be read or is not TOML."""
    known = set(sections)
    for section, table in _toml(path).items():
        if not isinstance(table, dict) or section not in known:
            yield Given(section, table, section, str(path))
            continue
        for key, value in table.items():
            yield Given(f"{section}.{key}", value, f"{section}.{key}", str(path))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"settings file {path} is not valid TOML: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"settings file {path} cannot be read: {_why(error)}") from None


def from_environment(env: Mapping[str, str]) -> Iterator[Given]:
    """Yield every ``COPYDESK_SECTION__KEY``; unknown names too, so that they are refused with the rest."""
    for name in sorted(env):
        if name.startswith(PREFIX) and name != CONFIG_VARIABLE and not _is_service_link(name, env[name]):
            key = name.removeprefix(PREFIX).lower().replace("__", ".", 1)
            yield Given(key, env[name], name, "environment")


def _is_service_link(name: str, value: str) -> bool:
    if SERVICE_LINK.fullmatch(name):
        return True
    found = SERVICE_LINK_ADDRESS.fullmatch(name)
    return bool(found and (found[2] or "://" in value))


def from_overrides(overrides: Mapping[str, object]) -> Iterator[Given]:
    """Yield the settings of the command line."""
    for key, value in overrides.items():
        yield Given(key, value, key, "command line")


def variable_name(key: str) -> str:
    """Return the name of a setting in the environment.

    >>> variable_name("kafka.topic_prefix")
    'COPYDESK_KAFKA__TOPIC_PREFIX'
    """
    return PREFIX + key.upper().replace(".", "__")


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _why(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
