"""Long statements: the model looks only so far from the cue, and the sentence goes on."""

from __future__ import annotations

from service.enrich.quotes.candidates import WINDOW_TOKENS
from service.enrich.quotes.checks.interrupted import without_stop
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.subjects import is_finite_saying, is_noun_phrase, subject_end
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import CONJUNCTIONS

SEEN_TOKENS = WINDOW_TOKENS - 1
"""Distance from the cue, in tokens, from which a piece may have been cut for no other reason."""
SPEAKER_TOKENS_MAX = 8
"""Maximum length of another speaker's phrase behind a long piece, in tokens."""

_COMMA, _JOINING = word_hash(","), word_hashes(CONJUNCTIONS)


def whole(view: View, piece: Range, cue: Range) -> Range:
    """Go on to the edge of the sentence where a long piece ends only because the model looks no further."""
    first, end = piece
    if first > cue[0] - SEEN_TOKENS and end < cue[1] + SEEN_TOKENS:
        return piece
    low, high = sentence_range(view, cue[0])
    if first <= cue[0] - SEEN_TOKENS and low < first:
        plain = not any(is_finite_saying(view, token) for token in range(low, first))
        return (low, end) if plain else piece
    if end < cue[1] + SEEN_TOKENS or end >= high:
        return piece
    other = next((at for at in range(end, high) if _opens_saying(view, at, high)), without_stop(view, high))
    return first, max(end, other)


def _opens_saying(view: View, joint: int, high: int) -> bool:
    """Tell whether somebody speaks behind a comma or an "and": `..., | Roth said`, `... | and Roth said`."""
    if view.hashes[joint] != _COMMA and view.hashes[joint] not in _JOINING:
        return False
    near = range(joint + 1, min(high, joint + 1 + SPEAKER_TOKENS_MAX))
    verb = next((token for token in near if is_finite_saying(view, token)), -1)
    return verb > 0 and is_noun_phrase(view, (joint + 1, subject_end(view, verb)))
