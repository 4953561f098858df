"""What a stage hands to the loop: letters to send, records set aside, facts to tell.

A letter names its topic logically ("claims"); the outbox adds the prefix and picks the partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from service.facts import Fact
from service.records import Article, Origin, RawRecord, Reason, Trace

Headers = list[tuple[str, bytes]]

CE_ID: Final = "ce_id"
CE_ID_AT: Final = 1
"""Where it stands among the headers of an event."""

FRAME_BYTES: Final = 16_384
"""Room for a record's key, headers and frame: the topic's limit counts them too."""


class Letter(Struct, frozen=True, gc=False):
    """One Kafka record on its way.

    `common` are its headers, but for the id of the event, `event_id`, in ASCII. `partition` is given for internal
    topics that are laid out by us; otherwise the key decides, by the hash every Kafka client uses by default
    (murmur2), so that keys go where other producers put them.
    """

    topic: str
    key: bytes | None
    value: bytes | None
    common: Headers = []
    partition: int | None = None
    event_id: str = ""

    @property
    def headers(self) -> Headers:
        """All of them, in the order in which they are sent."""
        if not self.event_id:
            return self.common
        return [*self.common[:CE_ID_AT], (CE_ID, self.event_id.encode("ascii")), *self.common[CE_ID_AT:]]


class Bundle(Struct, frozen=True, gc=False):
    """Records that differ in value and event only, in order: the claims of an article, which has twenty.

    `event_ids` are of one length. What the records share is found, looked up and written once.
    """

    topic: str
    key: bytes | None
    values: list[bytes]
    common: Headers
    event_ids: list[str]
    partition: int | None = None

    def letters(self) -> Iterator[Letter]:
        """Each of them."""
        for value, event_id in zip(self.values, self.event_ids, strict=True):
            yield Letter(self.topic, self.key, value, self.common, self.partition, event_id)


Post = Letter | Bundle
"""What goes to one place under one key."""


def each(post: Iterable[Post]) -> Iterator[Letter]:
    """The letters, one by one."""
    for piece in post:
        if isinstance(piece, Bundle):
            yield from piece.letters()
        else:
            yield piece


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

    letters: Sequence[Post]
    set_aside: Sequence[SetAside] = ()
    facts: Sequence[Fact] = ()
    segment: Letter | None = None
    tally: Sequence[tuple[int, Reason | None]] = ()
    traces: tuple[Trace, ...] = ()


def traces_of(articles: Iterable[Article]) -> tuple[Trace, ...]:
    """The traces that a batch has a part in."""
    return tuple(article.trace for article in articles if article.trace is not None)
