"""Turn records of `claim.threads` and `stories` into rows. Pure: knows no database and no Kafka."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from service.line.dead_letter_headers import header_text
from service.records import ClaimThread, Story
from service.store.rows import OutputRecord, Row, decoded, json_text

_THREAD: Final = msgspec.json.Decoder(ClaimThread)
_STORY: Final = msgspec.json.Decoder(Story)


@dataclass(frozen=True, slots=True)
class ThreadRows:
    """The state of a thread after something happened to it, what happened, and its disputes."""

    thread: Row
    record: Row
    disputes: list[Row]


@dataclass(frozen=True, slots=True)
class StoryRows:
    """The state of a story after an article joined it, and that article."""

    story: Row
    article: Row


def thread_rows(record: OutputRecord) -> ThreadRows:
    """Read a record of `claim.threads`. Raises UnreadableRecord."""
    found = decoded(_THREAD, record)
    key = {"collection": found.collection, "thread_id": found.thread_id}
    happened = {
        "event": found.event,
        "article_id": found.article_id,
        "story_id": found.story_id,
        "fed_at": _fed_at(record),
    }
    thread = {
        **key,
        "sequence": found.sequence,
        "kind": found.kind,
        **happened,
        "articles": found.articles,
        "reports": found.reports,
        "copies": found.copies,
        "reprinted_by": json_text(found.reprinted_by),
        "sources": json_text(found.sources),
        "first_seen": found.first_seen,
        "latest_seen": found.latest_seen,
        "disputed": bool(found.disputes),
        "denies": json_text(found.denies),
        "related": json_text(found.related),
    }
    disputes = [
        {
            **key,
            "other_id": one.thread_id,
            "other_value": one.value,
            "reasons": json_text(one.reasons),
        }
        for one in found.disputes
    ]
    row = {**key, "sequence": found.sequence, **happened, **_claim(found), **_figure(found)}
    return ThreadRows(thread, row, disputes)


def story_rows(record: OutputRecord) -> StoryRows:
    """Read a record of `stories`. Raises UnreadableRecord."""
    found = decoded(_STORY, record)
    key = {
        "collection": found.collection,
        "story_id": found.story_id,
        "sequence": found.sequence,
        "article_id": found.article_id,
        "title": found.title,
        "source": found.source,
        "fed_at": _fed_at(record),
    }
    story = {
        **key,
        "opened_by": found.opened_by,
        "articles": found.articles,
        "reports": found.reports,
        "terms": json_text(found.terms),
        "first_seen": found.first_seen,
        "latest_seen": found.latest_seen,
    }
    return StoryRows(story, {**key, "similarity": found.similarity, "published_at": found.published_at})


def _claim(found: ClaimThread) -> Row:
    claim = found.claim
    return {
        "claim_id": claim.claim_id if claim else None,
        "claim_kind": str(claim.kind) if claim else None,
        "text": claim.text if claim else None,
        "speaker": claim.speaker if claim else None,
        "source": claim.source if claim else None,
        "reported_by": claim.reported_by if claim else None,
        "published_at": claim.published_at if claim else None,
        "sureness": found.sureness,
        "joined_by": json_text(found.by),
        "nearest": found.nearest,
        "added": json_text(found.added),
    }


def _figure(found: ClaimThread) -> Row:
    figure = found.figure
    return {
        "figure_text": figure.text if figure else None,
        "value": figure.value if figure else None,
        "value_high": figure.value_high if figure else None,
        "unit": figure.unit if figure else None,
        "currency": figure.currency if figure else None,
        "period": json_text(figure.period if figure else ()),
    }


def _fed_at(record: OutputRecord) -> str:
    return header_text(record.headers, "ce_time") or ""
