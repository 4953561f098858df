"""The twelve topics, said once: `copydesk topics create` and the AsyncAPI document both read this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from service.settings import Settings
from service.settings.rules import DEAD_LETTER_EXTRA_BYTES
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    DEDUP_SEGMENTS,
    STORIES,
    THREADS_SEGMENTS,
)

DAY_MS: Final = 86_400_000

TIMESTAMP_TYPE: Final = "LogAppendTime"
"""Clock that stamps the records of all topics: the broker's. Retention goes by these stamps, so an archive fed with its
dates would be deleted unread, and so would the outputs of a worker whose clock is behind."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """Describe the layout of one topic. `name` is logical; the broker's name has the configured prefix in front."""

    name: str
    direction: Literal["input", "internal", "output"]
    what: str
    key: str
    partitions: int
    partition_rule: str
    retention_ms: int
    max_message_bytes: int
    cleanup_policy: Literal["delete"] = "delete"

    @property
    def config(self) -> dict[str, str]:
        """Return the topic's settings under the names of the broker."""
        return {
            "cleanup.policy": self.cleanup_policy,
            "retention.ms": str(self.retention_ms),
            "max.message.bytes": str(self.max_message_bytes),
            "message.timestamp.type": TIMESTAMP_TYPE,
        }


def topic_specs(settings: Settings) -> tuple[TopicSpec, ...]:
    """List all topics in the order in which an article passes them."""
    return (_raw(settings), *_internal(settings), *_outputs(settings))


def _days(days: float) -> int:
    return round(days * DAY_MS)


def _raw(settings: Settings) -> TopicSpec:
    topics = settings.topics
    return TopicSpec(
        ARTICLES_RAW,
        "input",
        "Raw articles as JSON, from any producer. Only a text is required.",
        "article id, or null",
        topics.partitions,
        "the producer's choice; the same id under one key keeps revisions in order",
        _days(topics.internal_retention_days),
        topics.raw_bytes_max,
    )


def _internal(settings: Settings) -> tuple[TopicSpec, ...]:
    topics = settings.topics
    per_collection = "one per collection, by position in intake.collections"
    return (
        TopicSpec(
            ARTICLES_SKETCHED,
            "internal",
            "intake -> dedup: envelopes of articles with their sketches; the offsets are the order of arrival.",
            "collection",
            len(settings.intake.collections),
            per_collection,
            _days(topics.internal_retention_days),
            topics.output_bytes_max,
        ),
        TopicSpec(
            DEDUP_SEGMENTS,
            "internal",
            "dedup's write-ahead log: per envelope its verdicts and what the index stored.",
            "envelope offset",
            len(settings.intake.collections),
            per_collection,
            segments_retention_ms(settings),
            topics.output_bytes_max,
        ),
        TopicSpec(
            ARTICLES_UNIQUE,
            "internal",
            "dedup -> enrich: envelopes of articles with something new in them.",
            "null",
            topics.partitions,
            "stable hash of the article id, so that an article and its revisions stay in order",
            _days(topics.internal_retention_days),
            topics.output_bytes_max,
        ),
        TopicSpec(
            CLAIMS_PREPARED,
            "internal",
            "enrich, dedup -> threads: envelopes of articles with their claims ready for comparison, and of copies, "
            "which have none; the offsets are the order in which they are compared.",
            "collection",
            len(settings.intake.collections),
            per_collection,
            _days(topics.internal_retention_days),
            topics.output_bytes_max,
        ),
        TopicSpec(
            THREADS_SEGMENTS,
            "internal",
            "write-ahead log of threads: per envelope its verdicts, what memory stored, and what is published.",
            "envelope offset",
            len(settings.intake.collections),
            per_collection,
            _days(settings.threads.window_days + topics.internal_retention_days),
            topics.output_bytes_max,
        ),
    )


def _outputs(settings: Settings) -> tuple[TopicSpec, ...]:
    topics = settings.topics
    by_key = "hash of the key (murmur2, as Kafka clients do by default)"
    retention_ms = _days(topics.output_retention_days)

    def output(name: str, what: str, key: str, size: int = topics.output_bytes_max) -> TopicSpec:
        return TopicSpec(name, "output", what, key, topics.partitions, by_key, retention_ms, size)

    return (
        output(
            ARTICLES_ENRICHED,
            "Articles with something new in them: clean text, dedup note, claims.",
            "article id",
        ),
        output(ARTICLES_DUPLICATES, "Articles with nothing new in them, and what they repeat.", "article id"),
        output(
            CLAIMS,
            "One claim per record: who said what, with figures and the place in the text.",
            "article id",
        ),
        output(
            CLAIM_THREADS,
            "One record whenever something happens to a thread: the same claim in several articles, who reports it, "
            "and which figures disagree with it.",
            "thread id",
        ),
        output(STORIES, "One record whenever an article joins a story.", "story id"),
        output(
            ARTICLES_DEAD,
            "Records set aside: original key, value and headers, and why.",
            "original key",
            max(topics.raw_bytes_max + DEAD_LETTER_EXTRA_BYTES, topics.output_bytes_max),
        ),
    )


def segments_retention_ms(settings: Settings) -> int:
    """Return the window plus the retention of the envelopes, in milliseconds.

    The oldest envelope that can still be read is as old as its topic's retention; to decide it as before, the
    index must reach one window further back. Never compacted: of two segments for one envelope the *first* one
    is the truth, and compaction keeps the last.
    """
    return _days(settings.dedup.window_days + settings.topics.internal_retention_days)
