"""Word classes from plain articles: words that stand in the same company share a class.

Positive pointwise mutual information with the commonest words two places to either side, a truncated SVD (Halko,
Martinsson, Tropp 2011), k-means. Words leave as hashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from service.enrich.quotes.codepoints import Int32s, classes, folds, points_of
from service.enrich.quotes.columns import WORD
from service.enrich.quotes.cutting import cut
from service.enrich.quotes.vocabulary import Vocabulary
from service.enrich.quotes.words import describe_words

WORDS_MAX = 25_000
SEEN_MIN = 8
CONTEXTS = 1_500
DIMENSIONS = 100
SIZES = (48, 256, 1024)
ARTICLE_CHARS = 6_000
OFFSETS = {-2: 0.6, -1: 1.0, 1: 1.0, 2: 0.6}
"""Where a context word stands, and how much that place counts."""

Matrix = npt.NDArray[np.float32]


def word_classes(texts: Iterable[str], seed: int = 0) -> dict[int, tuple[int, int, int]]:
    """Word hash -> coarse, middle and fine class."""
    bare = Vocabulary()
    streams = [_hashes(text[:ARTICLE_CHARS], bare) for text in texts]
    counts = Counter[int]()
    for stream in streams:
        counts.update(stream.tolist())
    words = [word for word, seen in counts.most_common(WORDS_MAX) if seen >= SEEN_MIN]
    random = np.random.default_rng(seed)
    vectors = _embed(_numbered(streams, words), len(words), random)
    coarse, middle, fine = (_k_means(vectors, size, random) for size in SIZES)
    return {w: (int(a), int(b), int(d)) for w, a, b, d in zip(words, coarse, middle, fine, strict=True)}


def _hashes(text: str, bare: Vocabulary) -> Int32s:
    points, nothing = points_of(text), np.zeros((0, 3), np.int32)
    starts, ends, of = cut(points, classes(), nothing)
    rows = np.empty((len(starts), 24), np.int32)
    describe_words(points, classes(), folds(), nothing, starts, ends, of, bare.keys, bare.values, rows)
    return rows[:, WORD].copy()


def _numbered(streams: list[Int32s], words: list[int]) -> Int32s:
    """All texts in one array of word numbers, -1 for a rare word and between texts."""
    order = np.argsort(words)
    ordered = np.array(words)[order]
    gap = np.full(2, -1, np.int32)
    parts: list[Int32s] = []
    for stream in streams:
        at = np.minimum(np.searchsorted(ordered, stream), len(ordered) - 1)
        parts += [np.where(ordered[at] == stream, order[at], -1).astype(np.int32), gap]
    return np.concatenate(parts)


def _embed(ids: Int32s, words: int, random: np.random.Generator) -> Matrix:
    contexts = min(CONTEXTS, words)
    blocks = [
        _associations(ids, offset, words, contexts) * np.float32(share) for offset, share in OFFSETS.items()
    ]
    table = np.hstack(blocks)
    basis = random.standard_normal((table.shape[1], DIMENSIONS + 10)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(table.T @ (table @ basis))
    left, values, _ = np.linalg.svd(table @ basis, full_matrices=False)
    vectors = left[:, :DIMENSIONS] * np.sqrt(values[:DIMENSIONS])
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), np.float32)


def _associations(ids: Int32s, offset: int, words: int, contexts: int) -> Matrix:
    here, there = ids[2:-2], ids[2 + offset : len(ids) - 2 + offset]
    both = (here >= 0) & (there >= 0) & (there < contexts)
    pairs = here[both].astype(np.int64) * contexts + there[both]
    table = np.bincount(pairs, minlength=words * contexts).reshape(words, contexts).astype(np.float32)
    total = table.sum()
    rows = table.sum(1, keepdims=True)
    columns = table.sum(0) ** 0.75
    columns *= total / columns.sum()
    with np.errstate(divide="ignore"):
        table = np.log(table * total / (rows * columns + 1e-9))
    return np.asarray(np.maximum(table, 0), np.float32)


def _k_means(
    vectors: Matrix, size: int, random: np.random.Generator, rounds: int = 25
) -> npt.NDArray[np.int64]:
    size = min(size, len(vectors))
    centres = vectors[random.choice(len(vectors), size, replace=False)]
    nearest = np.zeros(len(vectors), np.int64)
    for _ in range(rounds):
        nearest = np.argmax(vectors @ centres.T - 0.5 * (centres**2).sum(1), axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        held = np.bincount(nearest, minlength=size)
        empty = held == 0
        centres = np.asarray(sums / np.maximum(held, 1)[:, None], np.float32)
        centres[empty] = vectors[random.choice(len(vectors), int(empty.sum()))]
    return nearest
