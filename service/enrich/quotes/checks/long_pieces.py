"""Long statements: the model looks only so far from the cue, and the sentence goes on."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.candidates import WINDOW_TOKENS
from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.checks.interrupted import without_stop
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.subjects import are_nominal, is_finite_saying, is_noun_phrase, subject_end
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import CONJUNCTIONS, CONTRASTING, MEDIA, RELATIVES

SEEN_TOKENS = WINDOW_TOKENS - 1
"""Distance from the cue, in tokens, from which a piece may have been cut for no other reason."""
SPEAKER_TOKENS_MAX = 8
"""Maximum length of another speaker's phrase behind a long piece, in tokens."""
OTHERS_MAX = 4
"""Number of speakers behind what is said of whom it is asked whether they end it."""
BARE_TOKENS_MAX = 3
"""Maximum length of speakers without an article, in tokens."""
_PLAIN = (c.LOWER, c.TITLE, c.CUES)

_COMMA, _SEMICOLON, _THAT = word_hash(","), word_hash(";"), word_hash("that")
_JOINING, _NO_SPEAKERS = word_hashes(CONJUNCTIONS | CONTRASTING), word_hashes({"that", *RELATIVES})


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
    return first, max(end, before_another(view, (first, without_stop(view, high)), end))


def before_another(view: View, content: Range, after: int) -> int:
    """Find where another speaks or a clause stands apart: `that it is void |, and Roth said ...`; its end if nowhere.

    Looks from the token `after` on, and for another speaker only behind a clause: `that Roth and Falk said nothing`.
    """
    first, end = content
    others = 0
    for at in range(after, end):
        if view.hashes[at] == _SEMICOLON and view.hashes[at + 1] != _THAT:
            return at
        if others < OTHERS_MAX and _opens_saying(view, at, end):
            others += 1
            if is_clause(view, (first + (view.hashes[first] == _THAT), at)):
                return at
    return end


def _opens_saying(view: View, joint: int, high: int) -> bool:
    """Tell whether somebody speaks behind a comma or an "and": `..., | Roth said`, `... | and Roth said`."""
    if view.hashes[joint] != _COMMA and view.hashes[joint] not in _JOINING:
        return False
    subject = joint + 1 + (view.hashes[joint] == _COMMA and view.hashes[joint + 1] in _JOINING)
    if view.hashes[subject] in _NO_SPEAKERS:
        return False
    near = range(subject, min(high, subject + SPEAKER_TOKENS_MAX))
    verb = next((token for token in near if is_finite_saying(view, token)), -1)
    speaker = subject, subject_end(view, verb)
    return verb > 0 and (is_noun_phrase(view, speaker) or _is_bare(view, speaker))


def _is_bare(view: View, speaker: Range) -> bool:
    """Tell whether a stretch names speakers without an article: `opposition leaders`, `police`, `state media`."""
    first, end = speaker
    if not first < end <= first + BARE_TOKENS_MAX or any(
        view.is_capital(token) for token in range(first, end)
    ):
        return False
    plain = are_nominal(view, first, end) and all(view.kinds[token] in _PLAIN for token in range(first, end))
    return view.lows[end - 1] in MEDIA or (plain and kind_of_noun(view.lows[end - 1]) is not None)
