"""Statements that nothing will be said: `Kestrel said it would not comment`, `she had no comment`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.not_said import BEFORE_COMMENT
from service.languages.en.reporting import CONJUNCTIONS, HAVE, NOT, SUBORDINATING, VERB_MARKS

NO_COMMENT_TOKENS_MAX = 12
"""Maximum length of a statement that says nothing, in tokens: a longer one tells why."""

ADD, COMMENT, COMMENTING, COMMENTS = map(word_hash, ("add", "comment", "commenting", "comments"))
_SILENT = frozenset({COMMENT, COMMENTING, COMMENTS})
_THAT, _NOTHING, _TO = word_hash("that"), word_hash("nothing"), word_hash("to")
_HAVE, _NOT, _MARKS = word_hashes(HAVE), word_hashes(NOT), word_hashes(VERB_MARKS)
_BEFORE_COMMENT = word_hashes(BEFORE_COMMENT)
_GOES_ON = word_hashes(CONJUNCTIONS | SUBORDINATING | {",", ";", ":", "until", "but"})
"""Words behind which a reason or something else is told."""


def is_no_comment(view: View, piece: Range) -> bool:
    """Tell whether a statement is that its speaker says nothing, and holds nothing more."""
    first, end = piece
    if end - first > NO_COMMENT_TOKENS_MAX:
        return False
    first += view.hashes[first] == _THAT
    words = view.hashes[first + 1 : end].tolist()
    if (
        view.kinds[first] != c.PRONOUN
        or not words
        or words[0] not in _MARKS
        or not _GOES_ON.isdisjoint(words)
    ):
        return False
    if words[1:4] == [_NOTHING, _TO, ADD] or (words[0] in _HAVE and words[1:4] == [_NOTHING, _TO, COMMENT]):
        return True
    at = next((at for at, word in enumerate(words) if word in _SILENT), 0)
    denied = next((place for place in range(at - 1, -1, -1) if words[place] in _NOT), -1)
    return denied >= 0 and _BEFORE_COMMENT.issuperset(words[denied + 1 : at])
