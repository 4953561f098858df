"""Title and text -> facts: 32-bit features in the order of the text, by which dedup tells an update from a copy.

A feature is a kind, four flags and 24 bits of a hash. A pure function of title, text and a language's small vocabulary.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from service.compiled import compiled
from service.sketch.fact_tokens import (
    CHARACTER_KINDS,
    DIGIT_VALUES,
    DOUBTFUL,
    END,
    FIGURE,
    GAP,
    GAP_COMMA,
    GAP_LINE,
    GAP_NONE,
    GAP_SENTENCE,
    GLUED,
    HASH,
    KIND,
    LETTERS,
    LINE,
    NAME,
    ORDINARY,
    QUOTED,
    SENTENCE,
    START,
    STEM,
    TOKEN_COLUMNS,
    WORD,
    WORD_CLASS,
    Kinds,
    Numbers,
    dateline_end,
    fact_tokens,
)
from service.sketch.fact_words import (
    AGENCY,
    AUXILIARY,
    COMMON,
    NEGATION,
    REVERSING,
    STEP,
    STOP,
    Classes16,
    FactWords,
    Values,
)
from service.sketch.hashing import CHARACTER_CLASSES, Classes, CodePoints, Hashes, code_points, mix

Features = npt.NDArray[np.uint32]

(F_FIGURE, F_GLUED, F_NOUN, F_NAME, F_DOUBTFUL, F_REVERSING, F_SUBJECT, F_NEGATION, F_AUXILIARY, F_RUN) = (
    range(10)
)
"""Kinds of features.

A figure; one with letters glued to it; a figure and the noun behind it; a name; a capitalised word that may be none; a
reversing word; such a word and the name before it; a negation and its neighbours; an auxiliary and the word behind it;
an
ordinary run of two words.
"""

KIND_SHIFT: Final = 28
IN_TITLE: Final = 1 << 27
STARTS: Final = 1 << 26
"""The first feature of a sentence."""
IN_QUOTES: Final = 1 << 25
KNOWN_ONLY: Final = 1 << 24
"""A feature that an article is remembered by but never asked for: in a dateline, a credit, or across a line's end."""
HASH_BITS: Final = 24
HASH_MASK: Final = (1 << HASH_BITS) - 1

_NO_FLAGS: Final = np.uint32(HASH_MASK | 15 << KIND_SHIFT)

RUNS_AIM: Final = 120
"""Number of two-word runs to keep of a text; of longer texts one in up to RUN_RATE_MAX."""
RUN_RATE_MAX: Final = 12
SMALL_KEPT: Final = 24
"""Maximum number of words written small that an article teaches its collection."""
SUBJECT_WORDS: Final = 5
"""Words between a name and the reversing word that it may be the subject of."""
NOUN_WORDS: Final = 3
NAME_LETTERS_MIN: Final = 3
FIRST_LINES: Final = 3
LAST_LINES: Final = 6
"""Number of lines at either end of a text that are looked at for datelines, bylines and credits."""
CREDIT_WORDS_MAX: Final = 16
FEATURES_MAX: Final = 4_096
"""Maximum number of features of a text: the facts of a longer one are read from its beginning."""
TOKENS_MAX: Final = 16_384
"""Maximum number of words and figures of a text that are read for facts."""
TITLE_CASE_SHARE: Final = 0.6

FACTS_VERSION: Final = 1
_HEADER: Final = struct.Struct("<BBBBHHHH")


class Facts(Struct, frozen=True, eq=False, gc=False):
    """Features of title and text in their order, sampled words written small, and counts."""

    features: Features  # uint32[features]
    small: Features  # uint32[small words]: 24 bits of a hash each
    run_rate: int  # one run in this number was kept
    words: int
    negations: int

    def pack(self) -> bytes:
        """Return as bytes, the same on every machine."""
        header = _HEADER.pack(
            FACTS_VERSION,
            self.run_rate,
            0,
            0,
            self.features.size,
            self.small.size,
            min(self.words, 0xFFFF),
            min(self.negations, 0xFFFF),
        )
        return header + self.features.astype("<u4").tobytes() + self.small.astype("<u4").tobytes()

    @staticmethod
    def unpack(packed: bytes) -> Facts:
        """Return the facts from their bytes. Raises ValueError for anything else."""
        if len(packed) < _HEADER.size or packed[0] != FACTS_VERSION:
            raise ValueError(f"{len(packed)} bytes are no facts of version {FACTS_VERSION}")
        _, run_rate, _, _, features, small, words, negations = _HEADER.unpack_from(packed)
        if len(packed) != _HEADER.size + 4 * (features + small) or not run_rate:
            raise ValueError(f"facts of {features} features and {small} words have {len(packed)} bytes")
        return Facts(
            features=np.frombuffer(packed, "<u4", features, _HEADER.size),
            small=np.frombuffer(packed, "<u4", small, _HEADER.size + 4 * features),
            run_rate=run_rate,
            words=words,
            negations=negations,
        )


NO_FACTS: Final = Facts(np.zeros(0, np.uint32), np.zeros(0, np.uint32), 1, 0, 0)
"""What is known of an article whose facts did not travel with it."""


def facts_of(title: str | None, text: str, words: FactWords, *, raw: str | None = None) -> Facts:
    """Read the facts of an article; `raw` is its text before words were taken away, whose facts are known as well."""
    features, _, small, run_rate, count, negations = _read(title, text, words)
    if raw is not None:
        taken = _not_among(_read(None, _lines_taken(raw, text), words)[0], features)
        features = np.concatenate((features, taken | np.uint32(KNOWN_ONLY)))[:FEATURES_MAX]
    return Facts(features, small, run_rate, count, negations)


def _lines_taken(raw: str, text: str) -> str:
    """Return the lines of a text that are not in it as they were once cleaned: few, and all that is new to read."""
    kept = set(text.split("\n"))
    return "\n".join(
        [line for line in raw.split("\n") if line not in kept and " ".join(line.split()) not in kept]
    )


def fact_spans(title: str | None, text: str, words: FactWords) -> Numbers:
    """Return start and end (exclusive) of the features of `facts_of`: int64[features, 2], in code points."""
    return _read(title, text, words)[1]


def _read(
    title: str | None, text: str, words: FactWords
) -> tuple[Features, Numbers, Features, int, int, int]:
    tables = (CHARACTER_KINDS, DIGIT_VALUES, CHARACTER_CLASSES, *words)
    return _facts(code_points((title or "").replace("\n", " ")), code_points(text), *tables)


@compiled
def _not_among(taken: Features, features: Features) -> Features:
    """Return the features that the others do not have, whatever their flags."""
    out = np.empty(taken.size, np.uint32)
    count = 0
    for one in taken:
        bare = one & _NO_FLAGS
        found = False
        for i in range(features.size):
            found |= (features[i] & _NO_FLAGS) == bare
        if not found:
            out[count] = bare
            count += 1
    return out[:count].copy()


@compiled
def _facts(
    title: CodePoints,
    text: CodePoints,
    kinds: Kinds,
    digits: Kinds,
    folded: Classes,
    hashes: Hashes,
    classes: Classes16,
    values: Values,
) -> tuple[Features, Numbers, Features, int, int, int]:
    heads = np.empty((min(TOKENS_MAX, title.size + 3), TOKEN_COLUMNS), np.int64)
    tokens = np.empty((min(TOKENS_MAX, text.size + 3), TOKEN_COLUMNS), np.int64)
    features = np.empty(FEATURES_MAX, np.uint32)
    spans = np.empty((FEATURES_MAX, 2), np.int64)
    head = fact_tokens(title, kinds, digits, folded, hashes, classes, values, heads)
    body = fact_tokens(text, kinds, digits, folded, hashes, classes, values, tokens)
    capitals = 0
    for i in range(head):
        capitals += heads[i, KIND] == NAME or heads[i, KIND] == DOUBTFUL
    if capitals > TITLE_CASE_SHARE * head:
        for i in range(head):
            if heads[i, KIND] == NAME:
                heads[i, KIND] = DOUBTFUL
    _mark_ordinary(heads[:head], tokens[:body])
    count = _features(heads[:head], IN_TITLE, RUN_RATE_MAX, features, spans, 0)
    _mark_furniture(text, kinds, tokens[:body])
    _mark_headline(heads[:head], tokens[:body])
    run_rate = min(RUN_RATE_MAX, max(1, body * 6 // (10 * RUNS_AIM)))
    count = _features(tokens[:body], 0, run_rate, features, spans, count)
    negations = 0
    for i in range(body):
        negations += (tokens[i, WORD_CLASS] & NEGATION) != 0
    return (
        features[:count].copy(),
        spans[:count].copy(),
        _small_words(tokens[:body]),
        run_rate,
        body,
        negations,
    )


@compiled
def _small_words(tokens: Numbers) -> Features:
    """Return evenly spaced words that are written small."""
    small = np.empty(SMALL_KEPT, np.uint32)
    total, seen, kept = 0, 0, 0
    for i in range(tokens.shape[0]):
        total += _is_small(tokens[i])
    step = max(1, total // SMALL_KEPT)
    phase = (tokens[0, HASH] & 0xFFFF) % step if tokens.shape[0] else 0
    for i in range(tokens.shape[0]):
        if _is_small(tokens[i]):
            if seen % step == phase and kept < SMALL_KEPT:
                small[kept] = _short(np.uint64(tokens[i, HASH]))
                kept += 1
            seen += 1
    return small[:kept].copy()


@compiled
def _is_small(token: Numbers) -> bool:
    return (
        token[KIND] == WORD and token[LETTERS] >= NAME_LETTERS_MIN and not token[WORD_CLASS] & (STOP | COMMON)
    )


@compiled
def _short(h: np.uint64) -> np.uint32:
    return np.uint32(mix(h) >> np.uint64(64 - HASH_BITS))


@compiled
def _pair(a: int, b: int) -> np.uint64:
    return (mix(np.uint64(a)) + np.uint64(b)) * STEP


@compiled
def _mark_furniture(points: CodePoints, kinds: Kinds, tokens: Numbers) -> None:
    """Give tokens of datelines, bylines and credits, in the first and last lines, a negative sentence."""
    size = tokens.shape[0]
    first = 0
    while first < size:
        line = tokens[first, LINE]
        end = first + 1
        while end < size and tokens[end, LINE] == line:
            end += 1
        is_first, is_last = (
            first == 0 or tokens[first, LINE] <= FIRST_LINES,
            tokens[size - 1, LINE] - line < LAST_LINES,
        )
        if is_first:
            start = tokens[first, START]
            while start > 0 and points[start - 1] != 10:
                start -= 1
            behind = dateline_end(points, kinds, start)
            for i in range(first, end):
                if tokens[i, START] < behind:
                    tokens[i, SENTENCE] = -1
        if (is_first or is_last) and end - first <= CREDIT_WORDS_MAX and tokens[first, WORD_CLASS] & AGENCY:
            for i in range(first, end):
                tokens[i, SENTENCE] = -1
        first = end


@compiled
def _mark_headline(heads: Numbers, tokens: Numbers) -> None:
    """Give the tokens of a first line that repeats the headline a negative sentence."""
    size = heads.shape[0]
    if size == 0 or tokens.shape[0] < size or (tokens.shape[0] > size and tokens[size, GAP] < GAP_LINE):
        return
    for i in range(size):
        if tokens[i, HASH] != heads[i, HASH]:
            return
    for i in range(size):
        tokens[i, SENTENCE] = -1


@compiled
def _mark_ordinary(heads: Numbers, tokens: Numbers) -> None:
    """Make doubtful names ordinary that the text writes small somewhere, and never as a name."""
    slots = 64
    for i in range(heads.shape[0] + tokens.shape[0]):
        token = heads[i] if i < heads.shape[0] else tokens[i - heads.shape[0]]
        slots += 2 * (token[KIND] == DOUBTFUL)
    bits = 6
    while 1 << bits < slots:
        bits += 1
    keys, seen = np.zeros(1 << bits, np.int64), np.zeros(1 << bits, np.uint8)
    for turn in range(3):  # note the doubtful ones, see how else they are written, mark
        for i in range(heads.shape[0] + tokens.shape[0]):
            token = heads[i] if i < heads.shape[0] else tokens[i - heads.shape[0]]
            kind, h = token[KIND], token[HASH]
            if kind > DOUBTFUL or (kind != DOUBTFUL and turn != 1):
                continue
            slot = int(np.int64(np.uint64(h) >> np.uint64(64 - bits)))
            while keys[slot] and keys[slot] != h:
                slot = (slot + 1) & ((1 << bits) - 1)
            if turn == 0:
                keys[slot] = h
            elif turn == 1 and keys[slot] and kind != DOUBTFUL:
                seen[slot] |= np.uint8(1 if kind == WORD else 2)
            elif turn == 2 and seen[slot] == 1:
                token[KIND] = ORDINARY


@compiled
def _may_be_name(kind: int, bits: int) -> bool:
    return not bits & (STOP | AGENCY) and (kind == NAME or not bits & COMMON)


@compiled
def _leads_name(tokens: Numbers, i: int) -> bool:
    """Return whether a capitalised word stands before a name, as a given name that is a common word does."""
    return bool(
        tokens[i, KIND] != WORD
        and i + 1 < tokens.shape[0]
        and tokens[i + 1, KIND] == NAME
        and tokens[i + 1, GAP] == GAP_NONE
    )


@compiled
def _features(
    tokens: Numbers, flags: int, run_rate: int, features: Features, spans: Numbers, count: int
) -> int:
    """Append the features of tokens[tokens, TOKEN_COLUMNS]; return how many there are now."""
    size = tokens.shape[0]
    sentence, name, name_at = -1, 0, -99
    limit = (1 << HASH_BITS) // run_rate
    for i in range(size):
        if count + 4 > features.size:
            break
        kind, bits, h = tokens[i, KIND], tokens[i, WORD_CLASS], tokens[i, HASH]
        first_new = count
        gap = tokens[i + 1, GAP] if i + 1 < size else GAP_SENTENCE
        over = np.uint32(KNOWN_ONLY if gap == GAP_LINE else 0)  # a reprint may break lines elsewhere
        if tokens[i, GAP] == GAP_SENTENCE:
            name_at = -99
        if kind in (FIGURE, GLUED):
            features[count] = _short(np.uint64(h)) | np.uint32(
                (F_FIGURE if kind == FIGURE else F_GLUED) << KIND_SHIFT
            )
            count += 1
            if kind == FIGURE:
                noun, across = 0, np.uint32(0)
                for j in range(i + 1, min(size, i + 1 + NOUN_WORDS)):
                    if tokens[j, GAP] in (GAP_COMMA, GAP_SENTENCE):
                        break
                    if tokens[j, GAP] == GAP_LINE:
                        across = np.uint32(KNOWN_ONLY)
                    if not tokens[j, WORD_CLASS] & STOP:
                        noun = tokens[j, STEM]
                        if tokens[j, KIND] != WORD:  # "a 3-2 Harlow win": no noun
                            across = np.uint32(KNOWN_ONLY)
                        break
                features[count] = _short(_pair(h, noun)) | np.uint32(F_NOUN << KIND_SHIFT) | across
                count += 1
        elif kind != WORD and tokens[i, LETTERS] >= NAME_LETTERS_MIN and _may_be_name(kind, bits):
            doubtful = F_NAME if kind == NAME else F_DOUBTFUL
            features[count] = _short(np.uint64(h)) | np.uint32(doubtful << KIND_SHIFT)
            if kind == ORDINARY:
                features[count] |= np.uint32(KNOWN_ONLY)
            else:
                name, name_at = h, i
            count += 1
        elif tokens[i, LETTERS] >= NAME_LETTERS_MIN and not bits & STOP and (flags or _leads_name(tokens, i)):
            # A headline in capitals, or a surname elsewhere, makes a name of it.
            features[count] = _short(np.uint64(h)) | np.uint32(F_NAME << KIND_SHIFT | KNOWN_ONLY)
            count += 1
        if kind not in (FIGURE, GLUED):
            following = tokens[i + 1, HASH] if gap != GAP_SENTENCE else 0
            if bits & NEGATION:
                before = tokens[i - 1, HASH] if i and tokens[i, GAP] != GAP_SENTENCE else 0
                if tokens[i, GAP] == GAP_LINE:
                    over = np.uint32(KNOWN_ONLY)
                features[count] = (
                    _short(_pair(before, int(np.int64(_pair(h, following)))))
                    | np.uint32(F_NEGATION << KIND_SHIFT)
                    | over
                )
                count += 1
            elif bits & AUXILIARY:
                if following:
                    features[count] = (
                        _short(_pair(h, following)) | np.uint32(F_AUXILIARY << KIND_SHIFT) | over
                    )
                    count += 1
            elif bits & REVERSING and not flags:
                features[count] = _short(np.uint64(h)) | np.uint32(F_REVERSING << KIND_SHIFT)
                count += 1
                if i - name_at <= SUBJECT_WORDS:
                    features[count] = _short(_pair(name, h)) | np.uint32(F_SUBJECT << KIND_SHIFT)
                    count += 1
            is_run = kind == WORD and following != 0 and not flags and tokens[i + 1, KIND] == WORD
            if is_run and not (bits | tokens[i + 1, WORD_CLASS]) & NEGATION and not bits & AUXILIARY:
                run = _short(_pair(h, following))
                if run < limit:
                    features[count] = run | np.uint32(F_RUN << KIND_SHIFT) | over
                    count += 1
        for j in range(first_new, count):
            features[j] |= np.uint32(flags | (IN_QUOTES if tokens[i, QUOTED] else 0))
            if tokens[i, SENTENCE] < 0:
                features[j] |= np.uint32(KNOWN_ONLY)
            elif tokens[i, SENTENCE] != sentence:
                sentence = tokens[i, SENTENCE]
                features[j] |= np.uint32(STARTS)
            spans[j, 0], spans[j, 1] = tokens[i, START], tokens[i, END]
            if features[j] >> np.uint32(KIND_SHIFT) >= F_NEGATION and i + 1 < size:
                spans[j, 1] = tokens[i + 1, END]
    return count
