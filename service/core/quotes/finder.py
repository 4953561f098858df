"""Text -> attributions with resolved speakers, and the sentences of the text."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from service.core.quotes.found import Attribution, Offsets
from service.core.quotes.language import is_english
from service.core.quotes.marks import find_passages
from service.core.quotes.rules import find_by_rules
from service.core.quotes.speakers import Resolver
from service.core.quotes.tokens import Tokens, tokenise
from service.core.quotes.types import TypeTable
from service.core.records import Speaker

FOREIGN_WORDS_MIN = 5
"""In a text that is not English, shorter passages are titles and scare quotes as often as speech."""
FOREIGN_CONFIDENCE = 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a text: attributions in text order with their speakers, and sentence starts."""

    attributions: list[tuple[Attribution, Speaker | None]]
    sentences: list[Offsets]
    english: bool

    def sentence_at(self, offset: int) -> Offsets:
        """The sentence that holds `offset`."""
        place = bisect.bisect_right(self.sentences, (offset, 1 << 62)) - 1
        return self.sentences[max(place, 0)]


class Finder:
    """Keeps the type table between texts. One per process: not for two threads at once."""

    def __init__(self) -> None:
        self._types = TypeTable()

    def read(self, text: str, language: str | None = None) -> Reading:
        """All attributions of `text`; speakers only where it is English."""
        tokens = tokenise(text, self._types)
        english = is_english(text, language)
        sentences = sentence_offsets(tokens)
        if not english:
            reading = Reading([], sentences, english)
            marked = [(found, None) for found in _marked_only(text, reading)]
            return Reading([*marked], sentences, english)
        resolver = Resolver(tokens)
        found = [(attribution, resolver.resolve(attribution)) for attribution in find_by_rules(tokens)]
        return Reading(found, sentences, english)


def sentence_offsets(tokens: Tokens) -> list[Offsets]:
    """Start and end of every sentence that is not a mere line break, in order."""
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    numbers = tokens.sentences.tolist()
    found: list[Offsets] = []
    first = 0
    for token in range(1, len(numbers) + 1):
        if token < len(numbers) and numbers[token] == numbers[first]:
            continue
        last = token - 1
        while last > first and tokens.text[starts[last]].isspace():
            last -= 1
        if not tokens.text[starts[first]].isspace():
            found.append((starts[first], ends[last]))
        first = token
    return found


def _marked_only(text: str, reading: Reading) -> list[Attribution]:
    return [
        Attribution(
            segments=((passage.start, passage.end),),
            speaker=None,
            cue=None,
            sentence=reading.sentence_at(passage.start),
            marked=True,
            speech=True,
            confidence=FOREIGN_CONFIDENCE,
            method="marks",
        )
        for passage in find_passages(text)
        if passage.closed and text.count(" ", passage.start, passage.end) + 1 >= FOREIGN_WORDS_MIN
    ]
