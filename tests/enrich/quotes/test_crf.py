"""The chain against enumeration, and packed weights against the weights they were packed from."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np

from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.crf import WEIGHTS, Crf
from service.enrich.quotes.inference import Floats, odds
from service.enrich.quotes.templates import Template, feature_ids, templates_of
from train.chain import Trained
from train.packing import pack

LABELS, COLUMNS = 3, 3
SPEC: tuple[Template, ...] = (((0, 0),), ((1, -1),), ((0, 0), (2, 1)), ((0, -1), (1, 0), (2, 0)))


def a_crf(attributes: Int32s, spec: tuple[Template, ...] = SPEC) -> tuple[Crf, Floats]:
    """A CRF with random weights for the features of `attributes`, and the scores [tokens, labels] they add up to."""
    random = np.random.default_rng(3)
    bounds = np.array([0], np.int32), np.array([len(attributes)], np.int32)
    ids = feature_ids(attributes, *bounds, templates_of(spec).arrays)
    features = np.unique(ids)
    weights = random.integers(-60, 61, (len(features), LABELS)).astype(np.float32) / 64
    transitions: Floats = np.asarray(random.random((LABELS + 1, LABELS)), np.float32)
    trained = Trained(
        np.asarray(features, np.int32),
        np.ones(len(features), np.int32),
        np.asarray(weights, np.float32),
        transitions,
    )
    crf = Crf(spec, pack(trained, len(features)), trained.transitions)
    scores: Floats = weights[np.searchsorted(features, ids)].sum(1)
    return crf, scores - scores[:, :1]


def enumerated(scores: Floats, transitions: Floats) -> tuple[list[int], Floats]:
    """Best labelling and posteriors by trying all labellings."""
    length = len(scores)
    posteriors = np.zeros((length, LABELS))
    best: tuple[float, list[int]] = (-np.inf, [])
    for labels in product(range(LABELS), repeat=length):
        steps = sum(transitions[a, b] for a, b in pairwise(labels))
        total = float(
            transitions[LABELS, labels[0]] + steps + sum(scores[i, y] for i, y in enumerate(labels))
        )
        best = max(best, (total, list(labels)))
        for i, y in enumerate(labels):
            posteriors[i, y] += np.exp(total)
    return best[1], (posteriors / posteriors.sum(1, keepdims=True)).astype(np.float32)


def test_labels_and_posteriors_are_those_of_enumeration() -> None:
    words = np.array([11, 12, 13, 11, 14, 12], np.int32)
    attributes = np.stack([words, words % 5, np.arange(6, dtype=np.int32) % 2], 1)
    crf, scores = a_crf(attributes)
    labels, posteriors = crf.tag(attributes, np.array([0], np.int32), np.array([6], np.int32))
    wanted_labels, wanted = enumerated(scores, crf.transitions)
    assert labels.tolist() == wanted_labels
    assert np.abs(posteriors - wanted).max() < 0.02  # weights are rounded to bytes


def test_tokens_in_no_sequence_keep_the_first_label() -> None:
    attributes = np.full((4, COLUMNS), 7, np.int32)
    crf, _ = a_crf(attributes)
    labels, posteriors = crf.tag(attributes, np.array([1], np.int32), np.array([2], np.int32))
    assert labels[[0, 2, 3]].tolist() == [0, 0, 0]
    assert posteriors[[0, 2, 3], 0].tolist() == [1.0, 1.0, 1.0]


def test_a_feature_never_trained_scores_nothing() -> None:
    crf, _ = a_crf(np.full((4, COLUMNS), 7, np.int32), (((0, 0),), ((1, 0), (2, 0))))
    unseen = np.full((1, COLUMNS), 99, np.int32)
    _, posteriors = crf.tag(unseen, np.array([0], np.int32), np.array([1], np.int32))
    start = np.exp(crf.transitions[LABELS])
    assert np.allclose(posteriors[0], start / start.sum(), atol=1e-5)


def scores_of(crf: Crf, attributes: Int32s) -> Floats:
    """What the features of every token add up to, above label 0; each token is a sequence of its own."""
    lows = np.arange(len(attributes), dtype=np.int32)
    _, posteriors = crf.tag(attributes, lows, lows + 1)
    scores: Floats = np.log(posteriors / posteriors[:, :1])
    return scores


def trained_on(features: list[int], weights: Int32s) -> Trained:
    """Whole weights above label 0, the largest 127, so that packing rounds nothing; no transition matters."""
    spread = np.concatenate([np.zeros((len(features), 1)), weights / 32], 1).astype(np.float32)
    labels = spread.shape[1]
    seen, transitions = np.ones(len(features), np.int32), np.zeros((labels + 1, labels), np.float32)
    return Trained(np.array(features, np.int32), seen, spread, transitions)


def test_a_feature_is_found_in_either_slot_of_its_bucket() -> None:
    """And a third of the same bucket, which was never trained, is taken for neither."""
    words = np.arange(20_000, dtype=np.int32)[:, None]
    bounds = np.array([0], np.int32), np.array([len(words)], np.int32)
    spec: tuple[Template, ...] = (((0, 0),),)
    ids = feature_ids(words, *bounds, templates_of(spec).arrays)[:, 0]
    buckets, counts = np.unique(ids & 0xFFFF, return_counts=True)
    three = np.flatnonzero(ids & 0xFFFF == buckets[counts >= 3][0])[:3]
    weights = np.array([[127, -3, 20, 64, -90, 1], [-50, 60, 5, -2, 33, 7]], np.int32)
    for first, second, never in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        trained = trained_on([int(ids[three[first]]), int(ids[three[second]])], weights)
        crf = Crf(spec, pack(trained, 2), trained.transitions)
        scores = scores_of(crf, words[three[[first, second, never]]])[:, 1:]
        assert np.allclose(scores, [*(weights / 32), np.zeros(WEIGHTS)], atol=1e-4)


def test_the_weights_of_all_features_of_a_token_add_up_for_every_label() -> None:
    """Six labels in three lanes and two sums, positive and negative, more than one byte could hold."""
    random = np.random.default_rng(7)
    attributes = random.integers(0, 3, (30, 8)).astype(np.int32)
    spec: tuple[Template, ...] = tuple(((column, 0),) for column in range(8))
    bounds = np.array([0], np.int32), np.array([len(attributes)], np.int32)
    ids = feature_ids(attributes, *bounds, templates_of(spec).arrays)
    features = np.unique(ids)
    weights = random.integers(-127, 128, (len(features), WEIGHTS)).astype(np.int32)
    weights[:, 2], weights[:, 3], weights[0, 0] = 127, -127, 127
    known = len(features) - 4  # what was never trained adds nothing and is not counted
    crf = Crf(spec, pack(trained_on(features.tolist(), weights), len(features)), np.zeros((8, 7), np.float32))
    fewer = Crf(
        spec,
        pack(trained_on(features[:known].tolist(), weights[:known]), known),
        np.zeros((8, 7), np.float32),
    )
    for tagger, count in ((crf, len(features)), (fewer, known)):
        trained = np.concatenate([weights[:count], np.zeros((len(features) - count, WEIGHTS), np.int32)])
        wanted = trained[np.searchsorted(features, ids)].sum(1) / 32
        assert np.abs(wanted).max() > 2 * 127 / 32
        assert np.allclose(scores_of(tagger, attributes)[:, 1:], wanted, atol=1e-3)


def test_sequences_of_one_text_do_not_see_each_other() -> None:
    """Many texts, for which the weights are fetched first, are labelled as their sequences one by one."""
    random = np.random.default_rng(5)
    attributes = random.integers(0, 4, (400, COLUMNS)).astype(np.int32)
    crf, _ = a_crf(attributes)
    lows = np.arange(0, 400, 8, dtype=np.int32)
    (labels, posteriors), halved = crf.tag_all(
        [(attributes, lows, lows + 8), (attributes[:200], lows[:25], lows[:25] + 8)]
    )
    assert np.array_equal(halved[0], labels[:200])
    assert np.array_equal(halved[1], posteriors[:200])
    for low in lows:
        one = attributes[low : low + 8]
        alone, sure = crf.tag(one, np.array([0], np.int32), np.array([8], np.int32))
        assert labels[low : low + 8].tolist() == alone.tolist()
        assert np.array_equal(posteriors[low : low + 8], sure)


def test_odds_are_the_exponential() -> None:
    scores = np.random.default_rng(1).normal(0, 20, (500, 7)).astype(np.float32)
    wanted = np.exp((scores - scores.max(1, keepdims=True)).astype(np.float64))
    assert np.allclose(odds(scores), wanted, rtol=2e-6, atol=1e-37)
