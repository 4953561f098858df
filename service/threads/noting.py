"""Take verdicts into the counts of threads and stories: from the verdicts alone, so a rebuild counts the same."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from service.sketch.claims.facet_words import CLAIM, HEAD_COLUMNS
from service.threads.copies import named
from service.threads.index.kept import telling
from service.threads.index.verdict_columns import (
    LINK_KIND,
    LINK_REASONS,
    LINK_THREAD,
    OPENS,
    RELATED,
    RELATION,
    REPEATS,
    THREAD,
)
from service.threads.pairs import DENIED
from service.threads.same_figure import DISPUTED
from service.threads.segments import Decided, verdicts_of
from service.threads.thread import Dispute, Member, Thread, is_linked
from service.threads.thread_memory import Known, Memory, StoryState, join_story
from service.threads.verdicts import Happened, happened_to, links_of


def note(memory: Memory, decided: Decided) -> tuple[list[Happened], StoryState | None]:
    """Take the verdicts on an article into the counts of its threads and its story: from the verdicts alone.

    Return what happened to threads, and the story if the article is new there.
    """
    if decided.copy_of is not None:
        return _reprint(memory, decided, decided.copy_of), None
    number = memory.next_article
    verdicts = verdicts_of(decided)
    known = _known(decided)
    memory.remember(known)
    story = _join_story(memory, decided, known)
    rows = verdicts.tolist() if decided.replaces else []
    facets = telling(verdicts).tolist()
    happened: list[Happened] = []
    if facets:
        claims = np.frombuffer(decided.heads, np.uint32).reshape(-1, HEAD_COLUMNS)[:, CLAIM]
        told = [(facet, verdicts[facet].tolist(), int(claims[facet])) for facet in facets]
        happened += _joined(memory, decided, told)
    happened += _withdraw(memory, decided, number, {row[THREAD] for row in rows})
    return happened, story


def _known(decided: Decided) -> Known:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(decided.speakers))}
    cluster_id = None if decided.cluster_id == decided.article_id else decided.cluster_id
    return Known(
        decided.article_id,
        cluster_id,
        decided.reported_by,
        decided.published_at,
        decided.claim_ids,
        tuple(numbers),
        array("H", [numbers[name] for name in decided.speakers]).tobytes(),
    )


def _join_story(memory: Memory, decided: Decided, known: Known) -> StoryState | None:
    """Count an article in its story; return that if it joined it and is new there."""
    if decided.opens_story:
        memory.open_story(decided.key, known)
        return None
    story = memory.story(decided.story)
    if story is None:
        story = StoryState(decided.key.hex(), decided.article_id)
    memory.story_states[decided.story] = story
    return story if join_story(story, known) else None


def _joined(memory: Memory, decided: Decided, told: Sequence[tuple[int, list[int], int]]) -> list[Happened]:
    """Count an article in the threads of its facets, and link those; return what is new."""
    joined = {row[THREAD] for _, row, _ in told if row[RELATION] != OPENS}
    values = iter(decided.figures_of)
    happened = []
    for facet, row, claim in told:
        event = _join(memory, decided, row, claim)
        event = _link(memory, decided, row, joined, values) or event
        if event is not None:
            thread = memory.threads[row[THREAD]]
            happened.append(happened_to(thread, event, facet, claim))
    return happened


def _join(memory: Memory, decided: Decided, row: list[int], claim: int) -> str | None:
    """Count an article in the thread of one of its facets; return the event, None where nothing is new."""
    if row[THREAD] < 0 or row[RELATION] == OPENS:
        return None
    thread = memory.thread(row[THREAD])
    if thread is None:
        return None
    member = Member(decided.reported_by, decided.cluster_id, decided.speakers[claim])
    if not thread.join(decided.article_id, member, decided.published_at):
        return None
    memory.carry(decided.article_id, thread.number)
    return "repeated" if row[RELATION] == REPEATS else "variant"


def _link(
    memory: Memory, decided: Decided, row: list[int], joined: set[int], values: Iterator[float]
) -> str | None:
    """Link a facet's thread with others; return the most telling event."""
    events = []
    for link in links_of(row):
        value, kind, other = next(values), link[LINK_KIND], link[LINK_THREAD]
        theirs = memory.thread(other)
        if theirs is None or other == row[THREAD]:
            continue
        if kind != RELATED and (other in joined or decided.article_id in theirs.members):
            continue  # an article that says both disputes nothing
        own = memory.thread(row[THREAD])
        if own is None:
            continue
        event = _linked(own, theirs, kind, Dispute(other, theirs.thread_id, value, link[LINK_REASONS]))
        if event is not None:
            events.append(event)
    return min(events, key=("disputed", "denies", "related").index) if events else None


def _reprint(memory: Memory, decided: Decided, copy_of: str) -> list[Happened]:
    """Note a copy; published threads of its original tell of an outlet that is new among the first twenty."""
    original, is_new = memory.copies.note(decided.article_id, copy_of, decided.reported_by)
    happened: list[Happened] = []
    if not is_new:
        return happened
    for number in sorted(memory.threads_of.get(original, ())):
        thread = memory.threads[number]
        outlets = memory.copies.of(thread.members)
        is_first = outlets.count(decided.reported_by) == 1 and decided.reported_by in named(outlets)
        if thread.sequence > 1 and is_first:
            happened.append(happened_to(thread, "reprinted"))
    return happened


def _withdraw(memory: Memory, decided: Decided, article: int, now: set[int]) -> list[Happened]:
    """Take articles whose claims are replaced out of the threads that the new claims did not join."""
    happened = []
    for article_id in decided.replaces:
        memory.withdraw(article_id, article)
        memory.copies.forget(article_id)
        for number in sorted(memory.threads_of.get(article_id, ())):
            thread = memory.threads.get(number)
            if thread is None or (number in now and article_id == decided.article_id):
                continue
            memory.leave(article_id, number)
            if thread.leave(article_id) and thread.sequence > 1:
                happened.append(happened_to(thread, "withdrawn"))
    return happened


def _linked(own: Thread, theirs: Thread, kind: int, dispute: Dispute) -> str | None:
    """Link two threads both ways; return the event, None where they were linked before or have links enough."""
    if kind == DISPUTED:
        if is_linked(own.disputes, theirs.number):
            return None
        own.disputes = (*own.disputes, dispute)
        return "disputed"
    mine, other = (own.denies, theirs.denies) if kind == DENIED else (own.related, theirs.related)
    if is_linked(mine, theirs.number):
        return None
    mine = (*mine, (theirs.number, theirs.thread_id))
    if not is_linked(other, own.number):
        other = (*other, (own.number, own.thread_id))
    if kind == DENIED:
        own.denies, theirs.denies = mine, other
        return "denies"
    own.related, theirs.related = mine, other
    return "related"
