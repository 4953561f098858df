"""Which dead letters a person means, and which of them may go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import blake2b

from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.kafka.browsing import Found
from service.line import dead_letter_headers as dlq

Place = tuple[int, int]
"""Partition and offset in the topic of dead letters."""

Identity = tuple[str, bytes]
"""Place of a dead letter, as text, and a digest of its record."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold the filters; an empty one takes all."""

    reasons: Collection[str] = ()
    stages: Collection[str] = ()

    def takes(self, letter: Found) -> bool:
        """Return whether the filters take this dead letter."""
        return (not self.reasons or letter.header(dlq.REASON) in self.reasons) and (
            not self.stages or letter.header(dlq.STAGE) in self.stages
        )


@dataclass(slots=True)
class Replayable:
    """Look at every dead letter once, then choose which ones to send back.

    A letter that was sent back and died again stands in the topic twice. Only its last copy goes back:
    otherwise each replay would double what is in the topic.
    """

    raw_topic: str
    replays_max: int
    wanted: Wanted
    candidates: dict[Place, tuple[int, Identity]] = field(default_factory=dict)  # -> timestamp in ms
    replaced: set[Identity] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)  # why -> how many stay

    def look_at(self, letter: Found) -> None:
        """Take note of one letter."""
        if earlier := replaced_by(letter):
            self.replaced.add(earlier)
        if not self.wanted.takes(letter):
            return
        if why := self._why_not(letter):
            self.left[why] += 1
        else:
            self.candidates[letter.partition, letter.offset] = letter.timestamp_ms or 0, identity_of(letter)

    def _why_not(self, letter: Found) -> str | None:
        if letter.header(dlq.TOPIC) != self.raw_topic:
            return f"did not come from {self.raw_topic}"
        if dlq.replays_of(letter.headers) >= self.replays_max:
            return f"went back {self.replays_max} times already (dead_letters.replays_max)"
        if letter.header(dlq.CUT):
            return "do not carry all of their record (copydesk.dlq.cut), for it was too large"
        if letter.key is None and letter.value is None:
            return "have neither key nor value"
        return None

    def chosen(self, limit: int | None) -> set[Place]:
        """Choose the letters to send back: the oldest ones, at most `limit`."""
        own = [place for place, (_, identity) in self.candidates.items() if identity not in self.replaced]
        if again := len(self.candidates) - len(own):
            self.left["went back and died again: their last copy stands for them"] = again
        return set(sorted(own, key=lambda place: (self.candidates[place][0], place))[:limit])


def identity_of(letter: Found, place: str | None = None) -> Identity:
    """Identify a letter by its place (or another place) and by a digest of its key and value."""
    parts = (letter.key, letter.value)
    digest = blake2b(repr([part and blake2b(part).digest() for part in parts]).encode(), digest_size=16)
    return place or letter.place, digest.digest()


def replaced_by(letter: Found) -> Identity | None:
    """Return the earlier dead letter that this one replaces: it was sent back from there and failed again.

    The earlier one stays in the topic, which nothing deletes from. A feeder may send any header, so a letter replaces
    only one with the same key and value: it stands for nobody else's record.
    """
    place = letter.header(dlq.REPLAYED_FROM)
    return identity_of(letter, place) if place else None


def parse_place(text: str, topic: str) -> Place:
    """Read ``TOPIC-PARTITION-OFFSET`` or ``PARTITION-OFFSET``. Raises CommandFailed (USAGE).

    >>> parse_place("articles.dead-2-17", "articles.dead")
    (2, 17)
    """
    name, _, numbers = ("-" + text).rpartition("-")
    name, _, partition = name.rpartition("-")
    name = name.removeprefix("-")
    if not (partition.isascii() and partition.isdigit() and numbers.isascii() and numbers.isdigit()):
        raise CommandFailed(f"{text} is no place; write {topic}-PARTITION-OFFSET", ExitCode.USAGE)
    if name not in ("", topic):
        raise CommandFailed(f"{text} is not in {topic}", ExitCode.USAGE)
    return int(partition), int(numbers)
