"""Define what a stage hands to the loop: letters to send, records set aside, observations.

A letter names its topic logically ("claims"); the outbox adds the prefix and picks the partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from service.observations import Observation
from service.records import Article, Origin, Prepared, RawRecord, Reason, Trace

Headers = list[tuple[str, bytes]]

FRAME_BYTES: Final = 16_384
"""Bytes of a record's key, headers and frame, which count against the limit of its topic."""


class Letter(Struct, frozen=True, gc=False):
    """Hold one Kafka record to send.

    `partition` is given for internal topics that are laid out by us. Otherwise the key decides, by the hash that every
    Kafka client uses by default (murmur2), so that a key goes where other producers put it.
    """

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = []
    partition: int | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that becomes a dead letter.

    `origin` is the place of the raw record. `record` is that record where the stage has it at hand (intake);
    later stages leave it out and the loop fetches it, falling back on `article` once the log has dropped it.
    """

    origin: Origin
    reason: Reason
    detail: str
    exception: str
    record: RawRecord | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one batch.

    `segment` must be on the broker before any of `letters` is sent. `tally` has an entry for each article read,
    in order: the partition it was read from, and why it was set aside, or None. `traces` are those of the articles.
    """

    letters: Sequence[Letter]
    set_aside: Sequence[SetAside] = ()
    observations: Sequence[Observation] = ()
    segment: Letter | None = None
    tally: Sequence[tuple[int, Reason | None]] = ()
    traces: tuple[Trace, ...] = ()


def traces_of(articles: Iterable[Article | Prepared]) -> tuple[Trace, ...]:
    """Collect the traces of a batch of articles."""
    return tuple(article.trace for article in articles if article.trace is not None)
