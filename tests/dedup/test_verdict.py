"""Estimates and the relation that follows: what is new in the article decides."""

from __future__ import annotations

import pytest

from service.dedup.index.lookup import Estimate
from service.dedup.verdict import SHARE_STEPS, Verdict, is_scattered, judge
from service.records import Relation


def estimate(
    containment: float, coverage: float, *, known: float = 1.0, covered: float = 1.0, runs: int = 2
) -> Estimate:
    """32 shingles remembered, and shares as they are given, as far as whole numbers allow."""
    votes = round(32 * coverage)
    return Estimate(
        serial=7,
        votes=votes,
        sample=32.0,
        probed=max(votes, round(votes / containment)),
        words_shared=round(64 * known),
        words_sample=round(64 * known / covered),
        words_probed=64,
        runs=runs,
        candidates=1,
    )


@pytest.mark.parametrize(
    ("containment", "coverage", "known", "relation"),
    [
        (1.0, 1.0, 1.0, Relation.NEAR_DUPLICATE),
        (0.8, 0.8, 0.85, Relation.NEAR_DUPLICATE),
        (1.0, 0.3, 1.0, Relation.PART_OF),
        (0.3, 1.0, 0.4, Relation.CONTAINS),
        (0.5, 0.5, 0.6, Relation.OVERLAPS),
        (0.3, 0.4, 0.5, Relation.OVERLAPS),
        (0.65, 0.6, 0.7, Relation.OVERLAPS),  # the match is whole, but more of it is known than covered
        (0.8, 0.9, 0.6, Relation.CONTAINS),  # shingles say nothing new, words do: it goes on
    ],
)
def test_the_relation_follows_from_what_is_new(
    containment: float, coverage: float, known: float, relation: Relation
) -> None:
    assert judge(estimate(containment, coverage, known=known)).relation is relation


def test_no_match_is_new() -> None:
    judgement = judge(None)
    assert (judgement.relation, judgement.novelty, judgement.sample_size) == (Relation.NEW, 1.0, 0)


def test_the_same_words_in_another_order_are_no_news() -> None:
    judgement = judge(estimate(0.3, 0.3, known=0.98))
    assert judgement.relation is Relation.NEAR_DUPLICATE
    assert judgement.novelty < 0.05
    assert judgement.containment == pytest.approx(0.3, abs=0.02)  # what stands there verbatim
    assert judge(estimate(0.3, 0.3, known=0.98, covered=0.5)).relation is Relation.PART_OF


def test_misread_words_all_over_are_no_news_but_a_new_passage_is() -> None:
    # 16 of 32 shingles shared: a random order makes 17 runs, one new block in the middle three.
    assert judge(estimate(0.5, 0.5, known=0.75, runs=16)).relation is Relation.NEAR_DUPLICATE
    assert judge(estimate(0.5, 0.5, known=0.75, runs=3)).relation is Relation.OVERLAPS
    assert judge(estimate(0.5, 0.5, known=0.6, runs=16)).relation is Relation.OVERLAPS


def test_a_sample_too_small_to_tell_is_not_called_scattered() -> None:
    few = Estimate(7, 3, 5.0, 6, 50, 60, 64, 6, 1)
    assert not is_scattered(few)
    none_missing = Estimate(7, 32, 32.0, 32, 64, 64, 64, 1, 1)
    assert not is_scattered(none_missing)


def test_shares_are_kept_in_steps() -> None:
    judgement = judge(Estimate(7, 20, 31.7, 29, 60, 64, 64, 3, 1))
    for share in judgement[1:5]:
        assert share == round(share * SHARE_STEPS) / SHARE_STEPS
        assert 0 <= share <= 1
    assert judgement.sample_size == round(31.7 + 29 - 20)


def test_only_what_has_something_new_goes_on() -> None:
    on = {r for r in Relation if Verdict(r, "c").goes_on}
    assert on == {
        Relation.NEW,
        Relation.REVISION,
        Relation.CONTAINS,
        Relation.OVERLAPS,
        Relation.UPDATE,
    }
    assert not Verdict(None, "c", redelivered=True).goes_on
