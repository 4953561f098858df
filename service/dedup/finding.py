"""Look up an article in the memory of its collection: how it stands to what is remembered, and what is kept of it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct

from service.dedup.index.fact_store import Comparison, Read
from service.dedup.index.index import Entry
from service.dedup.index.known_ids import KnownId, id_hash, short_content
from service.dedup.index.lookup import NOTHING, WHOLE_MIN, Estimate
from service.dedup.index.memory import Memory
from service.dedup.metadata import changes, is_of_another_source
from service.dedup.verdict import (
    EXACTLY,
    NEW_FACTS_MAX,
    SAME_KNOWN_MIN,
    SAME_WORDS,
    TELLING_SHARE_MAX,
    TOLD_FEATURES_MIN,
    Judgement,
    in_steps,
    is_misread,
    judge,
)
from service.records import GOES_ON, Origin, Relation
from service.sketch.fact_bits import (
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_LISTED,
    F_NAME,
    F_NOUN,
    F_RECKONED,
    F_UNIT,
    IN_TITLE,
    KIND_SHIFT,
)
from service.sketch.fact_features import SHORT_WORDS
from service.sketch.facts import NO_FACTS, Facts
from service.sketch.sketch import Sketch

BESIDE_WORDS: Final = (F_FIGURE, F_RECKONED, F_GLUED, F_NOUN, F_UNIT, F_LISTED)
"""Kinds of features that two texts of the same words may differ in."""


class Incoming(Struct, frozen=True, gc=False):
    """What dedup needs to know of an article."""

    article_id: str
    content_hash: str  # 32 hex digits over the coarse normal form
    origin: Origin
    sketch: Sketch | bytes
    as_fed: int = 0  # see Article.as_fed
    facts: Facts | bytes = b""  # b"": unknown
    meta: int = 0  # see dedup/metadata.py
    notice: int = 0  # code of Article.notice, 0 = none
    about: tuple[str, ...] = ()  # see Article.about
    slug: int = 0  # see dedup/slugs.py
    slugs: tuple[int, ...] = ()


class ForeignSource(Exception):  # noqa: N818 - it is what happened
    """Refuse an article under an id that belongs to another source; the name stands in its verdict (`bug`)."""


class Finding(NamedTuple):
    """An article looked up: its relation, who answers for it, and what would be kept of it."""

    judgement: Judgement
    match: int | None  # serial number
    revision: int
    candidates: int
    entry: Entry | None
    new_facts: tuple[int, ...] = ()
    changed: tuple[str, ...] = ()


class Finder:
    """Look up articles in a memory."""

    def __init__(self, memory: Memory, *, only_same_source: bool) -> None:
        """Take the memory, and whether an article of another source under a known id is refused."""
        self._memory = memory
        self._only_same_source = only_same_source

    def find(self, article: Incoming, key: int, content: int) -> Finding:
        """Look up an article by its text, and by 64 bits of its id and content hash. Raises ForeignSource."""
        memory = self._memory
        sketched = article.sketch if isinstance(article.sketch, Sketch) else Sketch.unpack(article.sketch)
        read = memory.facts.read(_facts(article))
        known = memory.known_ids.get(key)
        if known is not None and self._is_foreign(article, known):
            raise ForeignSource(f"its id {article.article_id!a:.80} is that of an article of another source")
        revision = known.revision + 1 if known else 1  # an id that outlived the window goes on counting
        if known is not None and not memory.is_visible(known.answered_by):
            known = None
        if known is not None and known.content == short_content(content) and known.meta == article.meta:
            return Finding(EXACTLY, known.answered_by, known.revision, 0, None)
        if known is not None and memory.article_id(known.answered_by) == article.article_id:
            return self._revise(article, sketched, read, known, content)
        named = self._named(article) if article.notice else None
        if named is not None:
            return self._notice(article, sketched, read, named, revision)
        same = memory.with_content(content) if sketched.distinct else None
        if same is not None and not self._says_more(article, read, same):
            # Equal only once a footer or a second copy of the body was gone: as good as the same, not the same.
            is_exact = memory.is_as_fed(same, article.as_fed)
            return Finding(EXACTLY if is_exact else SAME_WORDS, same, revision, 0, None)
        found = self._compare(article, sketched, read, revision)
        slugged = memory.with_slug(article.slugs) if article.notice and found.match is None else None
        return found if slugged is None else self._notice(article, sketched, read, slugged, revision)

    def _is_foreign(self, article: Incoming, known: KnownId) -> bool:
        return self._only_same_source and is_of_another_source(known.meta, article.meta)

    def _named(self, article: Incoming) -> int | None:
        """Find the visible article that a notice names by its id."""
        for name in article.about:
            known = self._memory.known_ids.get(id_hash(name))
            if (
                known is not None
                and self._memory.is_visible(known.answered_by)
                and name != article.article_id
                and not self._is_foreign(article, known)
            ):
                return known.answered_by
        return None

    def _notice(self, article: Incoming, sketched: Sketch, read: Read, about: int, revision: int) -> Finding:
        """Link a notice to the article it names, by id or slug, however little of its text it repeats."""
        memory = self._memory
        estimate, plain, _ = memory.index.look_up(sketched, memory.floor, only=about)
        judgement = judge(estimate)._replace(relation=Relation.UPDATE)
        entry = memory.index.entry(sketched, plain, memory.floor, base=about, contains_base=True)
        entry = entry._replace(
            facts=memory.facts.row(read),
            notice=article.notice,
            head=1 + memory.head(about),
            slug=article.slug,
        )
        numbers = _numbers(memory.facts.compare(read, about))
        candidates = estimate.candidates if estimate else 0
        return Finding(judgement, about, revision, candidates, entry, numbers)

    def _says_more(self, article: Incoming, read: Read, serial: int) -> bool:
        """Return whether an article has facts, or a notice, that a remembered one has not."""
        if article.notice and article.notice != self._memory.notice(serial):
            return True
        compared = self._memory.facts.compare(read, serial)
        return compared is not None and compared.score > 0 and _is_beside_words(read, compared)

    def _compare(self, article: Incoming, sketched: Sketch, read: Read, revision: int) -> Finding:
        memory = self._memory
        index, floor = memory.index, memory.floor
        estimate, plain, rivals = index.look_up(sketched, floor)
        compared = None
        if estimate is not None:
            estimate, compared = self._closest(read, sketched, estimate, rivals)
        judgement = judge(estimate)
        match = estimate.serial if estimate else None
        entry: Entry | None = None
        new_facts: tuple[int, ...] = ()
        if compared is not None and judgement.relation in (Relation.OVERLAPS, Relation.CONTAINS):
            judgement = _unless_misread(judgement, compared)
            judgement = _unless_of_the_same(judgement, read, compared)
        if compared is not None and judgement.relation is not Relation.NEAR_DUPLICATE:
            few = estimate is not None and estimate.probed <= TELLING_SHARE_MAX * sketched.features.size
            judgement = _unless_all_known(judgement, compared) if few else judgement
        if match is not None and judgement.relation not in GOES_ON:
            news = article.notice and article.notice != memory.notice(match)
            if news or (compared is not None and compared.score > 0):
                judgement = judgement._replace(relation=Relation.UPDATE)
        if judgement.relation is Relation.UPDATE:
            new_facts = _numbers(compared)
        if judgement.relation in GOES_ON:
            contains = judgement.relation in (Relation.CONTAINS, Relation.UPDATE)
            base = NOTHING if match is None else match
            entry = index.entry(sketched, plain, floor, base=base, contains_base=contains)
            head = (
                1 + memory.head(match) if match is not None and judgement.relation is Relation.UPDATE else 0
            )
            entry = entry._replace(
                facts=memory.facts.row(read), notice=article.notice, head=head, slug=article.slug
            )
        if judgement.relation is Relation.NEW and revision > 1:
            judgement = judgement._replace(relation=Relation.REVISION)
        candidates = estimate.candidates if estimate else 0
        return Finding(judgement, match, revision, candidates, entry, new_facts)

    def _closest(
        self, read: Read, sketched: Sketch, estimate: Estimate, rivals: list[int]
    ) -> tuple[Estimate, Comparison | None]:
        """Return the article with the fewest facts unknown to it.

        Those that share enough are asked, and those of the best one's cluster. Of equals the most alike, then the
        older one. Where all facts are known and one is missing, as a negation is, another article of the same
        length may have just those facts.
        """
        memory = self._memory
        best, best_serial = memory.facts.compare(read, estimate.serial), estimate.serial
        if best is None or _has_all(best):
            return estimate, best
        for serial in dict.fromkeys((*rivals, *memory.cluster(estimate.serial))):
            compared = memory.facts.compare(read, serial) if serial != estimate.serial else None
            if compared is None:
                continue
            if compared.unknown_count < best.unknown_count or (_has_all(compared) and compared.is_as_long):
                best, best_serial = compared, serial
                if _has_all(best):
                    break
        if best_serial == estimate.serial:
            return estimate, best
        other, _, _ = memory.index.look_up(sketched, memory.floor, only=best_serial)
        return (estimate, memory.facts.compare(read, estimate.serial)) if other is None else (other, best)

    def _revise(
        self, article: Incoming, sketched: Sketch, read: Read, known: KnownId, content: int
    ) -> Finding:
        """Return a changed version under an id that went on: it goes on again, and is compared with the last one."""
        memory, last = self._memory, known.answered_by
        index, floor = memory.index, memory.floor
        estimate, plain, _ = index.look_up(sketched, floor, only=last)
        compared = memory.facts.compare(read, last)
        judgement = judge(estimate)._replace(relation=Relation.REVISION)
        changed = changes(known.meta, article.meta)
        if known.content == short_content(content):
            judgement = EXACTLY._replace(relation=Relation.REVISION)
        else:
            changed = ("text", *changed)
        entry = index.entry(sketched, plain, floor, base=last, contains_base=True)
        entry = entry._replace(
            facts=memory.facts.row(read), notice=article.notice, head=1 + memory.head(last), slug=article.slug
        )
        candidates = estimate.candidates if estimate else 0
        return Finding(judgement, None, known.revision + 1, candidates, entry, _numbers(compared), changed)


def _is_beside_words(read: Read, compared: Comparison) -> bool:
    """Return whether a text of the same words has news in its figures, which words do not tell, or in its headline.

    Names that it alone has are words that it alone writes with a capital.
    """
    unknown = read.facts.features[compared.unknown]
    in_figures = np.isin(unknown >> np.uint32(KIND_SHIFT), BESIDE_WORDS)
    return bool((in_figures | (unknown & np.uint32(IN_TITLE) != 0)).any())


def _has_all(compared: Comparison) -> bool:
    """Return whether an article has no fact that the remembered one lacks, and leaves none out that turns it round."""
    return compared.unknown_count == 0 and compared.score <= 0


def _unless_misread(judgement: Judgement, compared: Comparison) -> Judgement:
    """Call a text whose words are misread all over, and that has no new facts, a copy."""
    if compared.score > 0 or not (compared.is_garbled and is_misread(compared.compared, compared.known)):
        return judgement
    is_whole = judgement.coverage >= WHOLE_MIN * judgement.containment
    relation = Relation.NEAR_DUPLICATE if is_whole else Relation.PART_OF
    novelty = min(judgement.novelty, in_steps(1 - compared.known / compared.compared))
    return judgement._replace(relation=relation, novelty=novelty)


def _unless_all_known(judgement: Judgement, compared: Comparison) -> Judgement:
    """Call a text a copy that is as long as its match and whose every fact and every run of words the match has.

    Only where few shingles are left to tell: a report by template has few of its own, and a dateline makes a third of
    them new. Where they are left they know more than the facts: a sentence that begins as a credit does has none.
    """
    is_told = compared.compared >= TOLD_FEATURES_MIN and compared.is_as_long and _has_all(compared)
    return judgement._replace(relation=Relation.NEAR_DUPLICATE, novelty=0.0) if is_told else judgement


def _unless_of_the_same(judgement: Judgement, read: Read, compared: Comparison) -> Judgement:
    """Call a short text an update if it says something new of nobody but those that its match names.

    Of a flash with another figure most shingles are new.
    """
    if read.facts.words >= SHORT_WORDS or not compared.unknown_count:
        return judgement
    kinds = read.facts.features[compared.unknown] >> np.uint32(KIND_SHIFT)
    is_of_others = bool(np.isin(kinds, (F_NAME, F_DOUBTFUL)).any())
    if is_of_others or compared.known < SAME_KNOWN_MIN * compared.compared:
        return judgement
    return judgement._replace(relation=Relation.UPDATE)


def _facts(article: Incoming) -> Facts:
    if isinstance(article.facts, Facts):
        return article.facts
    return Facts.unpack(article.facts) if article.facts else NO_FACTS


def _numbers(compared: Comparison | None) -> tuple[int, ...]:
    """Return numbers of the new features that a verdict names."""
    return () if compared is None else tuple(compared.unknown[:NEW_FACTS_MAX].tolist())
