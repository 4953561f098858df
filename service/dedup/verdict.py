"""Estimates -> verdict: new, a revision, a duplicate of what, containing what, part of what.

The relation asks what is *new in the article*, not how alike two texts are: an article of which a quarter or more
is new goes on, however much else it repeats. Shares are estimates from samples of about 30 shingles; near one half
their standard error is .09.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from service.dedup.index.lookup import NOTHING_NEW_MIN, WHOLE_MIN, Estimate
from service.dedup.metadata import LANES
from service.records import GOES_ON, Relation

WORDS_KNOWN_MIN: Final = 0.72
"""Minimum share of the words of a repeat that occur in the match. Shingles and words both have to pass their test."""
REWORDED_MIN: Final = 0.95
"""Minimum share of known words of a text that says the same in another order, whatever its shingles say."""
REWORDED_WHOLE_MIN: Final = 0.70
"""Minimum share of the match's words that occur in such a text: fewer make it an excerpt."""
NOISY_MIN: Final = 0.66
"""Minimum share of known words of a misread copy, whose differences are scattered all over the text."""
SCATTERED_MIN: Final = -2.0
BLOCK_MAX: Final = -2.7
"""Thresholds of the runs test, in standard deviations: differences count as scattered if the score is at least
SCATTERED_MIN and a single new block would score at most BLOCK_MAX."""

MISREAD_FEATURES_MIN: Final = 40
"""Minimum number of features of a text that is taken for a misread copy."""
MISREAD_KNOWN_MIN: Final = 0.4
"""Minimum share of its features that the match has: with one character in twenty misread it is about a half."""
SAME_KNOWN_MIN: Final = 0.5
"""Minimum share of the features of a short text that the match has, where it is an update of just that."""
TELLING_SHARE_MAX: Final = 0.7
"""Maximum share of a text's sampled shingles that are no boilerplate, where facts alone may tell that it is a copy."""
TOLD_FEATURES_MIN: Final = 8
"""Minimum number of features of a text that tell, all of them known, that it says nothing new."""
SHARE_STEPS: Final = 10_000
"""Shares are kept in steps of a ten-thousandth, so that a stored verdict is the decided one to the last bit."""


CHANGES: Final = ("text", *(name for name, _ in LANES))
"""What of an article may differ from its last version, in the order of the bits in a segment."""

NEW_FACTS_MAX: Final = 200
"""Maximum number of new features that a verdict names."""


class Verdict(NamedTuple):
    """What dedup says of one article.

    `relation` is None for a raw record that came again (`redelivered`) and for an article that our own code
    failed on (`bug` says how). `match_id` is the earlier article, always one that went on, and `cluster_id` the
    head of the cluster: the match of a duplicate, else the article itself; so clusters never chain.
    `containment` is the share of this article that stands in the match, `coverage` the share of the match that
    stands in this article. `sample_size` counts the shingles behind the estimates: 0 where nothing is estimated.
    `new_facts` numbers the features (sketch/facts.py) that the match of an update does not have; `changed` says what
    differs between a revision and the last version.
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
    new_facts: tuple[int, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Return whether the article has something new in it."""
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
SAME_WORDS: Final = EXACTLY._replace(relation=Relation.NEAR_DUPLICATE)
NEW: Final = Judgement(Relation.NEW, 0.0, 0.0, 0.0, 1.0, 0)


def judge(estimate: Estimate | None) -> Judgement:
    """Return the relation that follows from an estimate."""
    if estimate is None:
        return NEW
    containment = estimate.votes / estimate.probed
    coverage = estimate.votes / estimate.sample
    union = estimate.sample + estimate.probed - estimate.votes
    words_known = estimate.words_shared / max(1, estimate.words_probed)
    words_covered = estimate.words_shared / max(1, estimate.words_sample)
    relation, novelty = _relation(containment, coverage, words_known), 1 - containment
    if relation in GOES_ON and words_known >= REWORDED_MIN:
        whole = words_covered >= REWORDED_WHOLE_MIN
        relation, novelty = _same(whole), 1 - words_known
    elif relation in GOES_ON and words_known >= NOISY_MIN and is_scattered(estimate):
        whole = estimate.probed >= WHOLE_MIN * estimate.sample
        relation, novelty = _same(whole), 1 - words_known
    return Judgement(
        relation,
        in_steps(estimate.votes / union),
        in_steps(containment),
        in_steps(coverage),
        in_steps(novelty),
        round(union),
    )


def is_scattered(estimate: Estimate) -> bool:
    """Return whether what the match has not is spread over the whole text, as misread words are, and new passages not.

    The runs test of Wald and Wolfowitz (1940, https://doi.org/10.1214/aoms/1177731909): shared and other shingles
    in the order of the text make as many runs as in a random order. False where the sample is too small to tell.
    """
    block = _runs_score(3, estimate)
    return block <= BLOCK_MAX and _runs_score(estimate.runs, estimate) >= SCATTERED_MIN


def is_misread(compared: int, known: int) -> bool:
    """Return whether a garbled text has enough features, and enough of them in common with a match, to be its copy."""
    return compared >= MISREAD_FEATURES_MIN and known >= MISREAD_KNOWN_MIN * compared


def _runs_score(runs: int, estimate: Estimate) -> float:
    """Return standard deviations between a number of runs and its expectation in a random order."""
    return runs_deviation(runs, estimate.votes, estimate.probed - estimate.votes)


def runs_deviation(runs: int, shared: int, other: int) -> float:
    """Return the deviation of a number of runs from its expectation in a random order, in standard deviations."""
    total = shared + other
    expected = 2 * shared * other / total + 1
    variance = (expected - 1) * (expected - 2) / max(1, total - 1)
    return (runs - expected) / math.sqrt(variance) if variance > 0 else 0.0


def _same(whole: bool) -> Relation:
    return Relation.NEAR_DUPLICATE if whole else Relation.PART_OF


def _relation(containment: float, coverage: float, words_known: float) -> Relation:
    if containment >= NOTHING_NEW_MIN and words_known >= WORDS_KNOWN_MIN:
        return _same(coverage >= WHOLE_MIN)
    if coverage >= WHOLE_MIN and coverage >= containment:
        return Relation.CONTAINS
    return Relation.OVERLAPS


def in_steps(share: float) -> float:
    """Note that a share, rounded to what a segment keeps of it."""
    return round(share * SHARE_STEPS) / SHARE_STEPS
