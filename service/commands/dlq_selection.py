"""Which dead letters a person means, and which of them may go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.kafka.browsing import Found
from service.line import dead_letter_headers as dlq

Place = tuple[int, int]
"""Partition and offset in the topic of dead letters."""


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
    candidates: dict[Place, int] = field(default_factory=dict)  # -> timestamp in ms
    replaced: set[str] = field(default_factory=set)  # places, as text
    left: Counter[str] = field(default_factory=Counter)  # why -> how many stay

    def look_at(self, letter: Found) -> None:
        """Take note of one letter."""
        if place := replaced_by(letter):
            self.replaced.add(place)
        if not self.wanted.takes(letter):
            return
        if why := self._why_not(letter):
            self.left[why] += 1
        else:
            self.candidates[letter.partition, letter.offset] = letter.timestamp_ms or 0

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

    def chosen(self, topic: str, limit: int | None) -> set[Place]:
        """Choose the dead letters to send back: the oldest ones, at most `limit`."""
        own = [place for place in self.candidates if f"{topic}-{place[0]}-{place[1]}" not in self.replaced]
        if again := len(self.candidates) - len(own):
            self.left["went back and died again: their last copy stands for them"] = again
        return set(sorted(own, key=lambda place: (self.candidates[place], place))[:limit])


def replaced_by(letter: Found) -> str | None:
    """Return the place of the earlier dead letter that this one replaces: it was sent back from there and failed again.

    The earlier one stays in the topic, which nothing deletes from.
    """
    return letter.header(dlq.REPLAYED_FROM)


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
