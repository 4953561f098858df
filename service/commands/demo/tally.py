"""What went in and what came out, counted from records alone: distinct places in, distinct `ce_id` out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import msgspec

from service.records import Claim, ClaimThread, Duplicate, Enriched, Reason
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIM_THREADS,
    CLAIMS,
    STORIES,
)

Place = tuple[int, int]
"""Partition and offset in articles.raw."""

ANSWERS: Final = {ARTICLES_ENRICHED: "enriched", ARTICLES_DUPLICATES: "duplicates", ARTICLES_DEAD: "dead"}
"""Topics of which exactly one gets an answer to each raw record."""

_enriched = msgspec.json.Decoder(Enriched)
_duplicate = msgspec.json.Decoder(Duplicate)
_claim = msgspec.json.Decoder(Claim)
_thread = msgspec.json.Decoder(ClaimThread)


@dataclass(frozen=True, slots=True)
class Published:
    """Hold a record of an output topic; `topic` is its logical name."""

    topic: str
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None

    def header(self, name: str) -> str:
        """Return the last header of this name, "" without one: a dead letter carries those of its record first."""
        values = [value for key, value in self.headers if key == name]
        return values[-1].decode("utf-8", "replace") if values else ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Hold a dead letter, as the demo shows it."""

    reason: str
    detail: str
    stage: str


Answer = Enriched | Duplicate | SetAside


@dataclass(slots=True)
class Tally:
    """Count records; a record that comes again counts as repeated only."""

    fed: set[Place] = field(default_factory=set)
    answers: dict[Place, Answer] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    threads: dict[str, ClaimThread] = field(default_factory=dict)  # by id, each as it was last
    repeated: int = 0
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def note_fed(self, place: Place) -> None:
        """Note a raw record of articles.raw."""
        self.fed.add(place)

    def note(self, record: Published) -> tuple[Place, Answer] | None:
        """Note an output record. Return the raw record that it answers and the answer; None for claims, threads
        and stories, which answer nothing, and for an id that has been seen before."""
        ids = self._ids.setdefault(record.topic, set())
        event = record.header("ce_id")
        if event in ids:
            self.repeated += 1
            return None
        ids.add(event)
        if record.topic == CLAIMS:
            self.claims.append(_claim.decode(record.value or b""))
            return None
        if record.topic == CLAIM_THREADS:
            thread = _thread.decode(record.value or b"")
            self.threads[thread.thread_id] = thread
            return None
        if record.topic == STORIES:
            return None
        place, answer = _answer(record)
        self.answers[place] = answer
        return place, answer

    def count(self, topic: str) -> int:
        """Count the distinct records of an output topic."""
        return len(self._ids.get(topic, ()))

    @property
    def is_balanced(self) -> bool:
        """Return whether every raw record has one answer, and there are no other answers."""
        return len(self.fed) == sum(map(self.count, ANSWERS)) and self.fed == set(self.answers)

    @property
    def claims_due(self) -> int:
        """Count the claims in the enriched articles; their own topic must have as many."""
        articles = [answer for answer in self.answers.values() if isinstance(answer, Enriched)]
        return len({(claim.claim_id, claim.revision) for article in articles for claim in article.claims})

    @property
    def is_complete(self) -> bool:
        """Return whether all expected records have come."""
        return self.is_balanced and self.count(CLAIMS) == self.claims_due

    def unanswered(self) -> list[Place]:
        """List the raw records without an answer, in order."""
        return sorted(self.fed - set(self.answers))

    def our_faults(self) -> list[SetAside]:
        """List the dead letters that the feeder did not cause."""
        ours = (Reason.BUG.value, Reason.TIMEOUT.value)
        return [
            answer
            for answer in self.answers.values()
            if isinstance(answer, SetAside) and answer.reason in ours
        ]

    def as_record(self) -> dict[str, int]:
        """Return the counts as one JSON object."""
        outs = {name: self.count(topic) for topic, name in ANSWERS.items()}
        return {
            "in": len(self.fed),
            **outs,
            "claims": self.count(CLAIMS),
            "threads": len(self.threads),
            "repeated": self.repeated,
        }

    def sum_line(self) -> str:
        """Write the sum that has to hold, with "≠" if it does not."""
        outs = " + ".join(f"{name} {self.count(topic)}" for topic, name in ANSWERS.items())
        return f"in {len(self.fed)} {'=' if self.is_balanced else '≠'} {outs}"


def _answer(record: Published) -> tuple[Place, Answer]:
    value = record.value or b""
    if record.topic == ARTICLES_ENRICHED:
        enriched = _enriched.decode(value)
        return (enriched.origin.partition, enriched.origin.offset), enriched
    if record.topic == ARTICLES_DUPLICATES:
        duplicate = _duplicate.decode(value)
        return (duplicate.origin.partition, duplicate.origin.offset), duplicate
    place = int(record.header("__streams.errors.partition")), int(record.header("__streams.errors.offset"))
    reason, stage = record.header("copydesk.dlq.reason"), record.header("copydesk.dlq.stage")
    return place, SetAside(reason, record.header("__streams.errors.message"), stage)
