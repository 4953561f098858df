"""Estimates -> verdict: new, a revision, a duplicate of what, containing what, part of what.

The relation asks what is *new in the article*, not how alike two texts are: an article of which a quarter or more
is new goes on, however much else it repeats. Shares are estimates from samples of about 30 shingles; near one half
their standard error is .09.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from service.core.index import Estimate
from service.core.records import GOES_ON, Relation

NOTHING_NEW_MIN: Final = 0.72
"""So much of the article stands in the match: it says nothing much new."""
WHOLE_MIN: Final = 0.62
"""So much of the match stands in the article: it is there as a whole."""
REWORDED_MIN: Final = 0.80
"""So many of the article's words are words of the match: it is the same in other words."""
REWORDED_WHOLE_MIN: Final = 0.75
"""The same, of the match's words: it is not an excerpt either."""

SHARE_STEPS: Final = 10_000
"""Shares are kept in steps of a ten-thousandth, so that a stored verdict is the decided one to the last bit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What dedup says of one article.

    `relation` is None for a raw record that came again (`redelivered`) and for an article that our own code
    failed on (`bug` says how). `match_id` is the earlier article, always one that went on, and `cluster_id` the
    head of the cluster: the match of a duplicate, else the article itself; so clusters never chain.
    `containment` is the share of this article that stands in the match, `coverage` the share of the match that
    stands in this article. `sample_size` counts the shingles behind the estimates: 0 where nothing is estimated.
    """

    relation: Relation | None
    cluster_id: str
    redelivered: bool = False
    bug: str | None = None
    revision: int = 1
    match_id: str | None = None
    similarity: float = 0.0
    containment: float = 0.0
    coverage: float = 0.0
    novelty: float = 1.0
    sample_size: int = 0
    candidates: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether the article has something new in it."""
        return self.relation in GOES_ON


class Judgement(NamedTuple):
    """How an article stands to the earlier one that shares most with it."""

    relation: Relation
    similarity: float
    containment: float
    coverage: float
    novelty: float
    sample_size: int


EXACTLY: Final = Judgement(Relation.EXACT, 1.0, 1.0, 1.0, 0.0, 0)
NEW: Final = Judgement(Relation.NEW, 0.0, 0.0, 0.0, 1.0, 0)


def judge(estimate: Estimate | None) -> Judgement:
    """The relation that follows from an estimate."""
    if estimate is None:
        return NEW
    containment = estimate.votes / estimate.probed
    coverage = estimate.votes / estimate.sample
    union = estimate.sample + estimate.probed - estimate.votes
    words_known = estimate.words_shared / max(1, estimate.words_probed)
    words_covered = estimate.words_shared / max(1, estimate.words_sample)
    relation = _relation(containment, coverage)
    novelty = 1 - containment
    if relation in GOES_ON and words_known >= REWORDED_MIN:
        whole = words_covered >= REWORDED_WHOLE_MIN
        relation = Relation.NEAR_DUPLICATE if whole else Relation.PART_OF
        novelty = 1 - words_known
    return Judgement(
        relation,
        in_steps(estimate.votes / union),
        in_steps(containment),
        in_steps(coverage),
        in_steps(novelty),
        round(union),
    )


def _relation(containment: float, coverage: float) -> Relation:
    if containment >= NOTHING_NEW_MIN:
        return Relation.NEAR_DUPLICATE if coverage >= WHOLE_MIN else Relation.PART_OF
    if coverage >= WHOLE_MIN and coverage >= containment:
        return Relation.CONTAINS
    return Relation.OVERLAPS


def in_steps(share: float) -> float:
    """A share, rounded to what a segment keeps of it."""
    return round(share * SHARE_STEPS) / SHARE_STEPS
