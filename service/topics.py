"""The logical names of all topics, and what they are called on the broker."""

from __future__ import annotations

from service.settings import KafkaSettings, Settings

ARTICLES_RAW = "articles.raw"
ARTICLES_SKETCHED = "articles.sketched"
ARTICLES_UNIQUE = "articles.unique"
ARTICLES_ENRICHED = "articles.enriched"
ARTICLES_DUPLICATES = "articles.duplicates"
CLAIMS = "claims"
ARTICLES_DEAD = "articles.dead"
DEDUP_SEGMENTS = "dedup.segments"
CLAIMS_PREPARED = "claims.prepared"
THREADS_SEGMENTS = "threads.segments"
CLAIM_THREADS = "claim.threads"
STORIES = "stories"

ALL_TOPICS = (
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    ARTICLES_ENRICHED,
    ARTICLES_DUPLICATES,
    CLAIMS,
    ARTICLES_DEAD,
    DEDUP_SEGMENTS,
    CLAIMS_PREPARED,
    THREADS_SEGMENTS,
    CLAIM_THREADS,
    STORIES,
)
"""Topics in the order in which an article passes them."""

INTERNAL = frozenset({ARTICLES_SKETCHED, ARTICLES_UNIQUE, DEDUP_SEGMENTS, CLAIMS_PREPARED, THREADS_SEGMENTS})
"""Topics between the stages: binary records that no other program reads."""

SEGMENT_LOGS = frozenset({DEDUP_SEGMENTS, THREADS_SEGMENTS})
"""Topics to which a stage writes its verdicts before it acts on them."""

BY_COLLECTION = frozenset({ARTICLES_SKETCHED, CLAIMS_PREPARED}) | SEGMENT_LOGS
"""Topics with one partition for each collection, by its position in `intake.collections`."""


MAY_BE_COMPACTED = frozenset({ARTICLES_ENRICHED, ARTICLES_DUPLICATES, CLAIM_THREADS, STORIES})
"""Topics whose records have the key of what they are about, so that who wants only the newest may compact them."""


def topic_name(settings: Settings | KafkaSettings, logical: str) -> str:
    """Return the name on the broker: `kafka.topic_prefix` in front of one of `ALL_TOPICS`.

    >>> topic_name(KafkaSettings(topic_prefix="test."), CLAIMS)
    'test.claims'
    """
    if logical not in ALL_TOPICS:
        raise ValueError(f"{logical!r} is none of our topics: {', '.join(ALL_TOPICS)}")
    kafka = settings.kafka if isinstance(settings, Settings) else settings
    return kafka.topic_prefix + logical
