"""Compare the wording of two claims as the stage of threads does: by the stems of the words that tell something.

And write what a program is told as a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from service.desk.reading import Part
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, words_of

WORDS_MAX: Final = 12
"""Maximum number of words that are named."""


_CLOSING: Final = "\"'”’»)]"
"""What may stand behind the stop of a sentence."""


def words_only_in(text: str, other: str) -> list[str]:
    """Return the words of a text whose stems another text has not, twelve at most.

    >>> words_only_in("The pier never closed", "The pier is closing")
    ['never']
    """
    known = {code >> HASH_SHIFT for code in words_of(other).codes.tolist()}
    words = words_of(text)
    found: dict[int, str] = {}
    for code, start in zip(words.codes.tolist(), words.starts, strict=True):
        stem = code >> HASH_SHIFT
        if code & CONTENT and stem not in known and stem not in found:
            found[stem] = _word_at(text, start)
    return list(found.values())[:WORDS_MAX]


def with_words_marked(text: str, words: Collection[str]) -> list[Part]:
    """Cut a text into parts; `hit` where one of the words stands.

    >>> with_words_marked("nobody honest should pretend", ["honest"])
    [Part(text='nobody ', hit=False), Part(text='honest', hit=True), Part(text=' should pretend', hit=False)]
    """
    if not words:
        return [Part(text)]
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pieces = re.split(rf"\b({listed})\b", text)
    return [Part(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]


def _word_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def sentence(text: str) -> str:
    """Write what a program is told as a sentence for a person.

    >>> sentence("there is no article a"), sentence("is the broker running?")
    ('There is no article a.', 'Is the broker running?')
    >>> sentence("it says “not here.”"), sentence("")
    ('It says “not here.”', '')
    """
    is_whole = not text or text.rstrip(_CLOSING).endswith((".", "?", "!", "…"))
    return f"{text[:1].upper()}{text[1:]}{'' if is_whole else '.'}"
