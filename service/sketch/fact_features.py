"""Tokens of title and text -> features."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.fact_bits import (
    F_AUXILIARY,
    F_DOUBTFUL,
    F_NAME,
    F_NEGATION,
    F_RECKONED,
    F_REVERSING,
    F_RUN,
    F_SUBJECT,
    HASH_BITS,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    Features,
)
from service.sketch.fact_characters import Kinds
from service.sketch.fact_columns import (
    DOUBTFUL,
    FIGURE,
    GAP,
    GAP_LINE,
    GAP_SENTENCE,
    GLUED,
    HASH,
    KIND,
    LETTERS,
    NAME,
    ORDINARY,
    SENTENCE,
    TOKEN_COLUMNS,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_dates import is_may
from service.sketch.fact_figures import put_figure
from service.sketch.fact_furniture import mark_furniture
from service.sketch.fact_hashes import (
    NAME_LETTERS_MIN,
    SMALL_KEPT,
    headline_features,
    pair_hash,
    sentence_feature,
    short_hash,
    small_words,
)
from service.sketch.fact_lists import is_among_results, is_result, listed_word, put_list_features
from service.sketch.fact_marks import mark_headline, mark_ordinary, mark_shouted_lead, mark_site
from service.sketch.fact_names import leads_name, may_be_name
from service.sketch.fact_opposites import put_opposite
from service.sketch.fact_places import Owners, set_flags, spans_of
from service.sketch.fact_scan import LETTERS_AT_ONCE, encode
from service.sketch.fact_short_words import is_told, put_word
from service.sketch.fact_tokens import fact_tokens
from service.sketch.fact_words import (
    AUXILIARY,
    NEGATION,
    OPPOSITE,
    REVERSING,
    STOP,
    Classes16,
    Values,
)
from service.sketch.hashing import Classes, CodePoints, Hashes

RUNS_AIM: Final = 120
"""Number of two-word runs to keep of a text; of longer texts one in up to RUN_RATE_MAX."""
RUN_RATE_MAX: Final = 12
SUBJECT_WORDS: Final = 5
"""Words between a name and the reversing word that it may be the subject of."""
SHORT_WORDS: Final = 60
"""A text of fewer words is read with its headline: names, their order and figures decide, and shares do not."""
OPPOSED_WORDS_MAX: Final = 250
"""Number of words of a text from which on opposites are no facts: the filter of a longer one has no room for them."""
TOKENS_MAX: Final = 16_384
"""Maximum number of words and figures of a text that are read for facts."""
SENTENCE_WORDS_MIN: Final = 6
"""Minimum number of words of a sentence that is known as a whole."""
HEADLINE_WORDS_MIN: Final = 3
"""Minimum number of words of a headline that is known as a whole."""
TITLE_CASE_SHARE: Final = 0.6
FEATURES_OF_TOKEN_MAX: Final = 10
"""Maximum number of features of a token."""
FEATURES_MAX: Final = 4_096
"""Maximum number of features of a text: the facts of a longer one are read from its beginning."""


@compiled
def features_of(
    title: CodePoints,
    text: CodePoints,
    with_spans: bool,
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
    owners = np.empty(FEATURES_MAX, np.int32)
    codes = np.empty(max(title.size, text.size) + LETTERS_AT_ONCE, np.uint32)
    ends = np.empty(codes.size, np.int32)
    encode(title, folded, codes, ends)
    head = fact_tokens(title, codes, ends, kinds, digits, folded, hashes, classes, values, heads)
    encode(text, folded, codes, ends)
    body = fact_tokens(text, codes, ends, kinds, digits, folded, hashes, classes, values, tokens)
    capitals = 0
    for i in range(head):
        capitals += heads[i, KIND] == NAME or heads[i, KIND] == DOUBTFUL
    if capitals > TITLE_CASE_SHARE * head:
        for i in range(head):
            if heads[i, KIND] == NAME:
                heads[i, KIND] = DOUBTFUL
    mark_site(title, kinds, heads[:head])
    mark_ordinary(heads[:head], tokens[:body])
    count = _features(heads[:head], IN_TITLE, RUN_RATE_MAX, body < SHORT_WORDS, True, features, owners, 0)
    mark_furniture(text, kinds, tokens[:body])
    mark_headline(heads[:head], tokens[:body])
    mark_shouted_lead(tokens[:body])
    run_rate = min(RUN_RATE_MAX, max(1, body * 6 // (10 * RUNS_AIM)))
    negations, words = 0, 0
    for i in range(body):
        negations += (tokens[i, WORD_CLASS] & NEGATION) != 0
        words += tokens[i, SENTENCE] >= 0
    words = max(words, min(1, body))
    of_title = count
    count = _features(
        tokens[:body], 0, run_rate, words < SHORT_WORDS, words < OPPOSED_WORDS_MAX, features, owners, count
    )
    spans = np.empty((0, 2), np.int64)
    if with_spans:
        spans = np.concatenate(
            (
                spans_of(heads[:head], features[:of_title], owners[:of_title]),
                spans_of(tokens[:body], features[of_title:count], owners[of_title:count]),
            )
        )
    small = np.empty(SMALL_KEPT, np.uint32)
    learned = small_words(tokens[:body], small)
    return (
        features[:count].copy(),
        spans,
        small[:learned].copy(),
        run_rate,
        words,
        negations,
    )


@borrowing
def _features(
    tokens: Numbers,
    flags: int,
    run_rate: int,
    with_order: bool,
    with_opposites: bool,
    features: Features,
    owners: Owners,
    count: int,
) -> int:
    """Append the features of tokens[tokens, TOKEN_COLUMNS]; return how many there are now.

    `with_order`: the order of names is a feature, too, and so is every word. `with_opposites`: so are words that
    have opposites, with what they are said of.
    """
    size = tokens.shape[0]
    name, name_at, first = 0, -99, count
    hashed, listed = -1, -1
    limit = (1 << HASH_BITS) // run_rate
    for i in range(size):
        if count + FEATURES_OF_TOKEN_MAX > features.size:
            break
        kind, bits, h = tokens[i, KIND], tokens[i, WORD_CLASS], tokens[i, HASH]
        of_token = owners[count : count + FEATURES_OF_TOKEN_MAX]
        for j in range(FEATURES_OF_TOKEN_MAX):
            of_token[j] = i  # those of later tokens are overwritten
        after = min(i + 1, size - 1)
        gap = tokens[after, GAP] if i + 1 < size else GAP_SENTENCE
        over = np.uint32(KNOWN_ONLY if gap == GAP_LINE else 0)  # a reprint may break lines elsewhere
        if tokens[i, GAP] == GAP_SENTENCE:
            name_at = -99
        if not flags and tokens[i, SENTENCE] not in (-1, hashed):
            hashed = tokens[i, SENTENCE]
            whole, whole_end = sentence_feature(tokens, i)
            is_ended = whole_end == size or tokens[whole_end, GAP] == GAP_SENTENCE  # no headline, no caption
            if is_ended and whole_end - i >= SENTENCE_WORDS_MIN:
                features[count] = whole
                count += 1
            listed = listed_word(tokens, i, whole_end)
        if kind != WORD or i == listed:
            count = put_list_features(tokens, i, i == listed, bool(flags), features, count)
        if kind in (FIGURE, GLUED):
            count = put_figure(tokens, i, features, count)
            if is_result(tokens, i) and (with_order or is_among_results(tokens, i)):
                scored = F_SUBJECT if with_order else F_RECKONED  # a flash is no table: see `is_compared`
                told = short_hash(pair_hash(tokens[i - 1, HASH], h))
                features[count] = told | np.uint32(scored << KIND_SHIFT)
                count += 1
                name_at = -99
        elif is_may(tokens, i):
            features[count] = short_hash(np.uint64(h)) | np.uint32(F_RECKONED << KIND_SHIFT)
            count += 1
        elif kind != WORD and tokens[i, LETTERS] >= NAME_LETTERS_MIN and may_be_name(kind, bits):
            doubtful = F_NAME if kind == NAME else F_DOUBTFUL
            features[count] = short_hash(np.uint64(h)) | np.uint32(doubtful << KIND_SHIFT)
            if kind == ORDINARY:
                features[count] |= np.uint32(KNOWN_ONLY)
            elif with_order and not flags and name_at >= 0:
                count += 1
                features[count] = short_hash(pair_hash(name, h)) | np.uint32(F_SUBJECT << KIND_SHIFT)
                if kind != NAME:
                    features[count] |= np.uint32(KNOWN_ONLY)
            if kind != ORDINARY and tokens[i, SENTENCE] >= 0:
                name, name_at = h, i
            count += 1
        elif tokens[i, LETTERS] >= NAME_LETTERS_MIN and not bits & STOP and (flags or leads_name(tokens, i)):
            # A headline in capitals, or a surname elsewhere, makes a name of it.
            features[count] = short_hash(np.uint64(h)) | np.uint32(F_NAME << KIND_SHIFT | KNOWN_ONLY)
            count += 1
        if with_opposites and bits & OPPOSITE and kind not in (FIGURE, GLUED) and tokens[i, SENTENCE] >= 0:
            count = put_opposite(tokens, i, features, count)
        if with_order and is_told(tokens, i):
            count = put_word(tokens, i, bool(flags), features, count)
        following = tokens[after, HASH] if gap != GAP_SENTENCE else 0
        if bits & (NEGATION | AUXILIARY | REVERSING) and kind not in (FIGURE, GLUED):
            count = _turns(tokens, i, following, name, name_at, bool(flags), over, features, count)
        # No branch: whether two words are a run that is kept, no processor can foresee.
        run = short_hash(pair_hash(h, following))
        features[count] = run | np.uint32(F_RUN << KIND_SHIFT) | over
        is_run = (kind == WORD) & (tokens[after, KIND] == WORD) & (following != 0) & (flags == 0)
        is_plain = ((bits | tokens[after, WORD_CLASS]) & NEGATION | bits & AUXILIARY) == 0
        count += is_run & is_plain & (run < limit)
    set_flags(tokens, flags, owners, features[:count], first)
    if flags and size >= HEADLINE_WORDS_MIN and count + 2 <= features.size:
        plain, twin = headline_features(tokens)
        features[count], features[count + 1] = plain | np.uint32(flags), twin | np.uint32(flags)
        owners[count] = owners[count + 1] = 0
        count += 2
    return count


@borrowing
def _turns(
    tokens: Numbers,
    i: int,
    following: int,
    name: int,
    name_at: int,
    in_title: bool,
    over: np.uint32,
    features: Features,
    count: int,
) -> int:
    """Append what a negation, an auxiliary or a reversing word tells; return how many features there are now."""
    bits, h = tokens[i, WORD_CLASS], tokens[i, HASH]
    if bits & NEGATION:
        before = tokens[i - 1, HASH] if i and tokens[i, GAP] != GAP_SENTENCE else 0
        if i and tokens[i - 1, SENTENCE] < 0 <= tokens[i, SENTENCE]:  # behind a dateline
            before = 0
        if tokens[i, GAP] == GAP_LINE:
            over = np.uint32(KNOWN_ONLY)
        around = pair_hash(before, int(np.int64(pair_hash(h, following))))
        features[count] = short_hash(around) | np.uint32(F_NEGATION << KIND_SHIFT) | over
        count += 1
    elif bits & AUXILIARY:
        if following:
            features[count] = (
                short_hash(pair_hash(h, following)) | np.uint32(F_AUXILIARY << KIND_SHIFT) | over
            )
            count += 1
    elif bits & REVERSING and not in_title:
        features[count] = short_hash(np.uint64(h)) | np.uint32(F_REVERSING << KIND_SHIFT)
        count += 1
        if i - name_at <= SUBJECT_WORDS:
            features[count] = short_hash(pair_hash(name, h)) | np.uint32(F_SUBJECT << KIND_SHIFT)
            count += 1
    return count
