"""Everything threads remembers of one collection: facets, stories, who reported which article."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct

from service.sketch.claims.claim_facets import FIGURES
from service.sketch.claims.claim_words import HASH_SHIFT
from service.sketch.claims.facet_words import WORDS_MAX
from service.sketch.claims.stem_weights import english_weights
from service.threads.copies import Copies
from service.threads.index.deciding import decide_article
from service.threads.index.facet_ring import (
    FLOOR,
    FREQUENT_EACH,
    KEYS_EACH,
    NEXT,
    PHRASES_EACH,
    facets_for,
    figures_of_row,
    words_of_row,
)
from service.threads.index.postings import Places, postings_for
from service.threads.index.quoted_phrases import phrases_for
from service.threads.index.record_ring import RecordRing
from service.threads.index.seen_keys import SeenKeys
from service.threads.index.stories import stories_for
from service.threads.index.taking_up import follow_article
from service.threads.index.thread_candidates import NEWEST_MAX
from service.threads.index.verdict_columns import LINK_FACET, LINK_KIND, LINK_OTHER
from service.threads.same_figure import DISPUTED
from service.threads.segments import CLAIM_ID_BYTES, Columns
from service.threads.thread import Member, Thread, origins

STORIES_PER_FACET: Final = 1 / 60
"""Stories remembered for each facet: an article has some twenty, and every second one opens a story."""
ARTICLES_PER_FACET: Final = 1 / 5
"""Articles remembered for each facet, at most: one without claims is remembered too."""
FIRST_ARTICLE: Final = 1
"""Number of the first article of a log."""
ARTICLE_BYTES_EACH: Final = 26
STORY_BYTES_EACH: Final = 160
"""Bytes for each facet to remember its article by, and for each story to remember what opened it."""
STORY_MEMBERS_MAX: Final = 1_000
"""Maximum number of articles of a story whose ids and reporters are kept; beyond it they are counted only."""
KEY_BYTES: Final = 12
"""Size of the hash by which a delivery is known."""


class Known(Struct, array_like=True, gc=False):
    """What threads needs of an article whose claim opened a thread."""

    article_id: str
    cluster_id: str | None  # None: that of the article
    reported_by: str | None
    published_at: str | None
    claim_ids: bytes = b""
    names: tuple[str | None, ...] = ()  # the different speakers
    speakers: bytes = b""  # uint16 of each claim: the number of its speaker in `names`

    @property
    def cluster(self) -> str:
        """Return the id of its cluster."""
        return self.article_id if self.cluster_id is None else self.cluster_id

    def speaker(self, claim: int) -> str | None:
        """Return the speaker of a claim."""
        return self.names[int.from_bytes(self.speakers[2 * claim : 2 * claim + 2], sys.byteorder)]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Known)


@dataclass(slots=True)
class StoryState:
    """The articles of a story."""

    story_id: str  # of the delivery that opened it: one article may open several stories, one after another
    opened_by: str
    sequence: int = 0
    articles: int = 0
    members: set[str] = field(default_factory=set)
    reporters: dict[str, str | None] = field(default_factory=dict)  # by cluster
    first_seen: str | None = None
    latest_seen: str | None = None


class Memory:
    """The arrays of a collection, and what is kept of its articles, threads and stories."""

    def __init__(self, capacity: int, window_days: int) -> None:
        self.window_days = window_days
        self.facets = facets_for(capacity)
        self.postings = postings_for(int(capacity * KEYS_EACH), int(capacity * FREQUENT_EACH), NEWEST_MAX)
        self.phrases = phrases_for(int(capacity * PHRASES_EACH))
        self.stories = stories_for(max(64, int(capacity * STORIES_PER_FACET)))
        self._articles_max = max(64, int(capacity * ARTICLES_PER_FACET))
        self.articles = RecordRing(self._articles_max, capacity * ARTICLE_BYTES_EACH)
        self.articles.start_at(FIRST_ARTICLE)
        self.openers = RecordRing(len(self.stories.counts), len(self.stories.counts) * STORY_BYTES_EACH)
        self.openers.start_at(0)
        self.threads: dict[int, Thread] = {}
        self.threads_of: dict[str, tuple[int, ...]] = {}
        self.withdrawn: OrderedDict[str, int] = OrderedDict()
        self.seen = SeenKeys(self._articles_max)
        self.story_states: dict[int, StoryState] = {}
        self.copies = Copies(self._articles_max)
        self._swept_at = 0
        self._arrays: tuple[Any, ...] = (*self.facets, *self.postings, self.phrases, *english_weights())

    @property
    def next_article(self) -> int:
        """Return the number of the next article."""
        return self.articles.next

    @property
    def next_facet(self) -> int:
        """Return the serial number of the next facet that is kept."""
        return int(self.facets.counters[NEXT])

    @property
    def floor(self) -> int:
        """Return the serial number of the oldest facet that is remembered."""
        return int(self.facets.counters[FLOOR])

    @property
    def capacity(self) -> int:
        """Return the number of facets that can be remembered."""
        return len(self.facets.rows)

    @property
    def size_bytes(self) -> int:
        """Return the size of the arrays."""
        arrays = self.facets.bytes + self.postings.bytes + self.phrases.bytes + self.stories.bytes
        return arrays + self.articles.size_bytes + self.openers.size_bytes + self.seen.size_bytes

    def start_at(self, facet: int, story: int, article: int) -> None:
        """Begin with these serial numbers: what came before is no longer in the log."""
        self.facets.counters[NEXT] = self.facets.counters[FLOOR] = facet
        self.stories.counters[:] = story
        self.articles.start_at(article)
        self.openers.start_at(story)

    def decide(self, columns: Columns, article: int, story: int, day: int) -> Places:
        """Decide on the facets of an article and remember them; return the verdicts."""
        return decide_article(
            columns.heads, columns.words, columns.keys, columns.figures, article, story, day,
            self.window_days, *self._arrays,
        )  # fmt: skip

    def follow(self, columns: Columns, verdicts: Places, article: int, story: int, day: int) -> None:
        """Remember the facets of an article as was decided before."""
        follow_article(
            columns.heads, columns.words, columns.keys, columns.figures, verdicts, article, story,
            day, *self._arrays,
        )  # fmt: skip

    def remember(self, known: Known) -> None:
        """Remember who reported the next article."""
        self.articles.add(_encoder.encode(known))
        if self.floor - self._swept_at > self.capacity // 8:
            self._sweep()

    def open_story(self, key: bytes, known: Known) -> None:
        """Remember the delivery that opened the next story: nothing else is, until another article joins."""
        opener = Known(known.article_id, known.cluster_id, known.reported_by, known.published_at)
        self.openers.add(key + _encoder.encode(opener))

    def story(self, number: int) -> StoryState | None:
        """Return the state of a story, from its opener alone if nothing joined so far; None where that is forgotten."""
        if number in self.story_states:
            return self.story_states[number]
        record = self.openers.get(number)
        if record is None:
            return None
        known = _decoder.decode(record[KEY_BYTES:])
        state = StoryState(record[:KEY_BYTES].hex(), known.article_id)
        join_story(state, known)
        return state

    def _sweep(self) -> None:
        """Forget threads and stories whose openers are forgotten."""
        floor, oldest_story = self.floor, int(self.stories.counters[1])
        self._swept_at = floor
        for number in [number for number in self.threads if number < floor]:
            for article_id in self.threads.pop(number).members:
                self.leave(article_id, number)
        for number in [number for number in self.story_states if number < oldest_story]:
            del self.story_states[number]

    def carry(self, article_id: str, thread: int) -> None:
        """Note that an article carries a thread."""
        carried = self.threads_of.get(article_id, ())
        if thread not in carried:
            self.threads_of[article_id] = (*carried, thread)

    def leave(self, article_id: str, thread: int) -> None:
        """Note that an article carries a thread no longer."""
        carried = tuple([number for number in self.threads_of.pop(article_id, ()) if number != thread])
        if carried:
            self.threads_of[article_id] = carried

    def withdraw(self, article_id: str, before: int) -> None:
        """Note that claims of an article no longer count if they came before the article of this number."""
        self.withdrawn[article_id] = before
        while len(self.withdrawn) > self._articles_max:
            self.withdrawn.popitem(last=False)

    def thread(self, number: int) -> Thread | None:
        """Return the thread that a facet opened, with its opener in it; None where that is forgotten."""
        found = self.threads.get(number)
        if found is not None:
            return found
        known, claim_id = self._article_of(number), self.claim_id(number)
        if known is None or claim_id is None:
            return None
        row = self.facets.rows[number % self.capacity]
        claim = int(row["number"])
        kind = int(row["kind"])
        thread = Thread(claim_id + "#" * (kind == FIGURES), number, kind)
        self.threads[number] = thread
        if int(row["article"]) >= self.withdrawn.get(known.article_id, 0):
            member = Member(known.reported_by, known.cluster, known.speaker(claim))
            thread.join(known.article_id, member, known.published_at)
            self.carry(known.article_id, number)
        return thread

    def claim_id(self, facet: int) -> str | None:
        """Return the id of the claim that a facet belongs to; None where it is forgotten."""
        known = self._article_of(facet)
        if known is None:
            return None
        claim = int(self.facets.rows[facet % self.capacity]["number"])
        return known.claim_ids[claim * CLAIM_ID_BYTES : (claim + 1) * CLAIM_ID_BYTES].hex()

    def story_of(self, facet: int) -> str:
        """Return the id of the story of a facet, "" where it is forgotten."""
        found = None
        if self.floor <= facet < self.next_facet:
            found = self.story(int(self.facets.rows[facet % self.capacity]["story"]))
        return found.story_id if found is not None else ""

    def stems_of(self, facet: int) -> frozenset[int] | None:
        """Return the stems of a facet; None where it is forgotten."""
        if not self.floor <= facet < self.next_facet:
            return None
        row, scratch = self.facets.rows[facet % self.capacity], np.empty(WORDS_MAX, np.uint32)
        words = words_of_row(row, self.facets.words, self.facets.counters, self.facets.small, scratch)
        return frozenset((words >> HASH_SHIFT).tolist())

    def _article_of(self, facet: int) -> Known | None:
        if not self.floor <= facet < self.next_facet:
            return None
        record = self.articles.get(int(self.facets.rows[facet % self.capacity]["article"]))
        return None if record is None else _decoder.decode(record)

    def disputed_value(self, link: Sequence[int]) -> float:
        """Return the value of the figure that a link of a verdict disputes, 0 for a link of another kind."""
        if link[LINK_KIND] != DISPUTED:
            return 0.0
        row = self.facets.rows[link[LINK_FACET] % self.capacity]
        values = figures_of_row(row, self.facets.figures, self.facets.counters)
        return float(values["value"][link[LINK_OTHER]])


def join_story(state: StoryState, article: Known) -> bool:
    """Take an article into the counts of a story; return whether it is new there."""
    published_at = article.published_at
    if published_at is not None:
        state.first_seen = min(filter(None, (state.first_seen, published_at)))
        state.latest_seen = max(filter(None, (state.latest_seen, published_at)))
    if article.article_id in state.members:
        return False
    state.sequence += 1
    state.articles += 1
    if len(state.members) < STORY_MEMBERS_MAX:
        state.members.add(article.article_id)
        state.reporters.setdefault(article.cluster, article.reported_by)
    return True


def story_reports(state: StoryState) -> int:
    """Return how many origins reported a story by themselves."""
    return origins(state.reporters)


def as_floats(packed: bytes) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return packed values as an array."""
    return np.frombuffer(packed, np.float32)
