"""What a broker has, compared with the table of topics. Knows no Kafka."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from service.contracts.topic_specs import DAY_MS, TopicSpec

State = Literal["created", "exists", "differs", "missing"]


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """Hold a topic as the broker describes it; `config` may have more settings than the table."""

    partitions: int
    replication_factor: int
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Name one property that differs from the table."""

    what: str
    found: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.what} is {self.found}, wanted {self.wanted}"


def differences(spec: TopicSpec, replication_factor: int, found: FoundTopic) -> tuple[Difference, ...]:
    """Compare an existing topic with `spec`; return the differences."""
    pairs = [
        ("partitions", str(found.partitions), str(spec.partitions)),
        ("replication_factor", str(found.replication_factor), str(replication_factor)),
        *((name, found.config.get(name, "unset"), wanted) for name, wanted in spec.config.items()),
    ]
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def layout_in_words(spec: TopicSpec) -> str:
    """Describe the layout of a topic for a person.

    >>> from service.contracts.topic_specs import topic_specs
    >>> from service.settings import Settings
    >>> layout_in_words(topic_specs(Settings())[0])
    '4 partitions, kept 7 days, records up to 2 MiB'
    """
    parts = "1 partition" if spec.partitions == 1 else f"{spec.partitions} partitions"
    return f"{parts}, kept {spec.retention_ms / DAY_MS:g} days, records up to {spec.max_message_bytes / 2**20:g} MiB"
