"""One text to read for claims: scanned once, with everything about it that finders share."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from service.enrich.dates import dates_in
from service.enrich.dates.mentions import mark_dates
from service.enrich.figures.quantities import quantities_in
from service.enrich.lexer.number_tokens import Tokens as NumberTokens
from service.enrich.quotes.codepoints import Points
from service.enrich.quotes.flags import Flags
from service.enrich.quotes.identify import Identified
from service.enrich.quotes.read import Read
from service.enrich.quotes.tokens import Tokens as WordTokens
from service.enrich.quotes.view import Sentences
from service.languages.en import ENGLISH
from service.records import DateMention, Quantity

_Placed = TypeVar("_Placed", DateMention, Quantity)


class Asked(NamedTuple):
    """A text to read: its time of publication (RFC 3339) and its language (BCP 47), where they are known."""

    text: str
    published_at: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Doc:
    """A text and its tokens. Finders read it and never change it.

    `text` is the part that is read, `until` where it was cut (None: all is read), `read` what
    the model has read in it already. Claims below `confidence_min` are not asked for. `points` are its code points,
    `words` the tokens of quotations and statements; all offsets count code points of `text`. `numbers`, the tokens of
    figures and dates, are read at once and not kept, so that those of the next text lie in the same memory.
    """

    text: str
    points: Points = field(repr=False)
    words: WordTokens = field(repr=False)
    numbers: InitVar[NumberTokens]
    language: Identified
    published_at: datetime | None = None
    until: int | None = None
    read: Read | None = None
    confidence_min: float = 0.0
    dates: tuple[DateMention, ...] = field(init=False, repr=False)
    quantities: Sequence[Quantity] = field(init=False, repr=False)

    def __post_init__(self, numbers: NumberTokens) -> None:
        marked = mark_dates(numbers)
        dates = dates_in(numbers, marked, self.published_at)
        quantities = sorted(quantities_in(numbers, marked.taken), key=lambda q: (q.start, q.end))
        if self.language.foreign is not None:
            dates = self._in_language(dates)
            quantities = self._in_language(quantities)
        object.__setattr__(self, "dates", tuple(dates))
        object.__setattr__(self, "quantities", quantities)

    def _in_language(self, found: list[_Placed]) -> list[_Placed]:
        """Leave out what stands in a paragraph of another language, where numbers are written in another way."""
        starts, ends = ([], []) if self.language.foreign is None else self.language.foreign.T.tolist()
        places = [bisect.bisect_right(starts, one.start) - 1 for one in found]
        return [one for one, at in zip(found, places, strict=True) if at < 0 or one.start >= ends[at]]

    @property
    def english(self) -> bool:
        """Return whether the text is read as English."""
        return self.language.tag == ENGLISH.tag

    @cached_property
    def sentences(self) -> Sentences:
        """Return where the sentences stand."""
        return Sentences.of(self.words)

    @cached_property
    def flags(self) -> Flags:
        """Return the negations and hedges of the text."""
        return Flags(self.text, self.points)

    @cached_property
    def _date_starts(self) -> list[int]:
        return [mention.start for mention in self.dates]

    def dates_within(self, start: int, end: int) -> tuple[DateMention, ...]:
        """Return the dates that stand in text[start:end]."""
        starts = self._date_starts
        first = bisect.bisect_left(starts, start)
        last = bisect.bisect_left(starts, end, first)
        if first == last:
            return ()
        return tuple([mention for mention in self.dates[first:last] if mention.end <= end])


def moment(published_at: str | None) -> datetime | None:
    """Read an RFC 3339 time; None where it is missing or is none."""
    if published_at is None:
        return None
    try:
        read = datetime.fromisoformat(published_at)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
