"""What happened to threads and stories -> the records to publish."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, Literal, cast

from service.line.codec import article_headers, event_headers, json_bytes
from service.line.records_out import Headers
from service.records import (
    SCHEMA_MAJOR,
    ClaimThread,
    DisputeReason,
    Prepared,
    PreparedClaim,
    Story,
    ThreadClaim,
    ThreadDispute,
    ThreadEvent,
    ThreadFigure,
    ThreadKind,
    ThreadSource,
)
from service.sketch.claims.claim_facets import FIGURES
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, word_at, words_of
from service.threads import NAME
from service.threads.copies import named
from service.threads.index.verdict_columns import (
    FIGURE_JOINED,
    IN_STORY,
    LINK_KIND,
    LINK_OWN,
    NEAREST,
    SURENESS,
    WHO,
)
from service.threads.said import SURE
from service.threads.same_figure import DISPUTED
from service.threads.segments import Columns, Decided, Sent, verdicts_of
from service.threads.thread import Thread, reasons_of
from service.threads.thread_memory import Memory, StoryState, story_reports
from service.threads.verdicts import Happened, links_of
from service.topics import CLAIM_THREADS, STORIES

KIND_NAMES: Final[tuple[ThreadKind, ...]] = ("quotation", "statement", "figure")
STORY_THREADS_MAX: Final = 50
ADDED_MAX: Final = 12
"""Maximum number of threads and of words that a record names."""

By = Literal["words", "speaker", "story", "figure"]


def records_of(
    article: Prepared,
    decided: Decided,
    happened: Sequence[Happened],
    story: StoryState | None,
    memory: Memory,
) -> list[Sent]:
    """Make the records of an article: its threads, then its story unless it opened that one."""
    if not happened and story is None:
        return []
    verdicts = verdicts_of(decided)
    shared = article_headers(article.article_id, article.origin, article.trace)
    state = memory.story(decided.story) if happened else None
    sent = []
    for one in happened:
        row = verdicts[one.facet].tolist() if one.facet >= 0 else None
        story_id = state.story_id if state is not None else memory.story_of(one.thread.number)
        record = _thread(article, one, row, story_id, memory)
        sent.append(
            _sent(
                decided,
                "thread",
                CLAIM_THREADS,
                record.thread_id,
                record.sequence,
                json_bytes(record),
                shared,
            )
        )
    if story is not None and story.articles > 1:
        threads = list(dict.fromkeys(one.thread.thread_id for one in happened))
        about = _story(article, decided, story, threads)
        sent.append(
            _sent(decided, "story", STORIES, about.story_id, about.sequence, json_bytes(about), shared)
        )
    return sent


def _sent(
    decided: Decided, kind: str, topic: str, key: str, sequence: int, value: bytes, shared: Headers
) -> Sent:
    """Make a record. Its event is one of a delivery: a thread that was forgotten and told anew counts from 1 again."""
    parts = f"{kind}\x1f{SCHEMA_MAJOR}\x1f{key}\x1f{sequence}\x1f{decided.key.hex()}"
    event = blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Sent(topic, key.encode(), value, event_headers(kind, NAME, event, shared))


def _thread(
    article: Prepared, one: Happened, row: list[int] | None, story_id: str, memory: Memory
) -> ClaimThread:
    thread = one.thread
    outlets = memory.copies.of(thread.members)
    claim = article.claims[one.claim] if row is not None else None
    nearest = row[NEAREST] if row is not None else -1
    return ClaimThread(
        thread_id=thread.thread_id,
        sequence=one.sequence,
        kind=KIND_NAMES[thread.kind],
        event=cast(ThreadEvent, one.event),
        collection=article.collection,
        article_id=article.article_id,
        story_id=story_id,
        claim=None if claim is None else _claim(article, claim),
        sureness=1.0 if row is None else row[SURENESS] / SURE,
        by=() if row is None else _by(thread, row),
        nearest=memory.claim_id(nearest),
        added=() if claim is None else _added(claim.text, memory.stems_of(nearest)),
        articles=thread.articles,
        reports=thread.reports,
        copies=len(outlets),
        reprinted_by=named(outlets),
        sources=tuple([ThreadSource(name, count) for name, count in thread.sources]),
        first_seen=thread.first_seen,
        latest_seen=thread.latest_seen,
        figure=_figure(article, one.facet, claim, row)
        if row is not None and claim is not None and thread.kind == FIGURES
        else None,
        disputes=tuple(
            [
                ThreadDispute(
                    dispute.thread_id,
                    dispute.value,
                    tuple(cast(list[DisputeReason], reasons_of(dispute.reasons))),
                )
                for dispute in thread.disputes
            ]
        ),
        denies=tuple([thread_id for _, thread_id in thread.denies]),
        related=tuple([thread_id for _, thread_id in thread.related]),
    )


def _claim(article: Prepared, claim: PreparedClaim) -> ThreadClaim:
    return ThreadClaim(
        claim_id=claim.claim_id,
        article_id=article.article_id,
        cluster_id=article.cluster_id,
        kind=claim.kind,
        text=claim.text,
        speaker=claim.speaker,
        source=article.source,
        reported_by=article.reported_by,
        published_at=article.published_at,
    )


def _by(thread: Thread, row: list[int]) -> tuple[By, ...]:
    found: list[By] = ["figure" if thread.kind == FIGURES else "words"]
    if row[WHO] == 1:
        found.append("speaker")
    if row[IN_STORY]:
        found.append("story")
    return tuple(found)


def _figure(article: Prepared, facet: int, claim: PreparedClaim, row: list[int]) -> ThreadFigure | None:
    """Return the figure meant: the one that disputes another, else the one that joined the thread."""
    disputing = [link[LINK_OWN] for link in links_of(row) if link[LINK_KIND] == DISPUTED]
    value = Columns(article).figure_of(facet, disputing[0] if disputing else row[FIGURE_JOINED])
    figure = next((one for one in claim.figures if one.value == value), None)
    if figure is None:
        return None
    return ThreadFigure(
        figure.text, figure.value, figure.value_high, figure.unit, figure.currency, claim.period
    )


def _added(text: str, stems: frozenset[int] | None) -> tuple[str, ...]:
    """Return the words of a claim whose stems another one has not; nothing where that is forgotten."""
    if stems is None:
        return ()
    words = words_of(text)
    found: dict[int, str] = {}
    for code, start in zip(words.codes.tolist(), words.starts, strict=True):
        stem = code >> HASH_SHIFT
        if code & CONTENT and stem not in stems and stem not in found:
            found[stem] = word_at(text, start)
    return tuple(found.values())[:ADDED_MAX]


def _story(article: Prepared, decided: Decided, story: StoryState, threads: Sequence[str]) -> Story:
    return Story(
        story_id=story.story_id,
        opened_by=story.opened_by,
        sequence=story.sequence,
        event="joined",
        collection=article.collection,
        article_id=article.article_id,
        similarity=round(decided.similarity, 4),
        articles=story.articles,
        reports=story_reports(story),
        title=article.title,
        source=article.source,
        published_at=article.published_at,
        first_seen=story.first_seen,
        latest_seen=story.latest_seen,
        terms=article.terms,
        threads=tuple(threads[:STORY_THREADS_MAX]),
    )
