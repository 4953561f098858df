"""A text -> its claims: who said what, and which figures, each with its exact place."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from service.enrich.dates import find_dates
from service.enrich.figures import find_quantities
from service.enrich.heap import keep_freed_memory
from service.enrich.quotes.finder import Finder, Reading
from service.enrich.quotes.flags import Flags
from service.enrich.quotes.found import Attribution
from service.enrich.quotes.model import load
from service.enrich.quotes.view import Offsets
from service.enrich.reading_end import READ_CHARS_MAX, Part, part_to_read
from service.records import DateMention, Finding, Mention, Quantity, Span, Speaker

EXTRACTOR_VERSION = "1.0"
"""Its major part enters the ids of claims: it changes when the same text may yield other claims."""

FIGURE_CONFIDENCE = 0.9
"""Share of figures read right on news sentences; the same for all of them."""


class Findings(Struct, frozen=True):
    """What a text holds: claims by start, and every date, in or outside a claim."""

    claims: tuple[Finding, ...]
    dates: tuple[DateMention, ...]
    english: bool = True  # False: only figures and marked passages were looked for, and no speakers
    until: int | None = None  # where reading stopped, of a text too long or too dense; None: all was read


class _Dates:
    """The dates of a text, asked for by place."""

    def __init__(self, mentions: tuple[DateMention, ...]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> tuple[DateMention, ...]:
        first = bisect.bisect_left(self._starts, start)
        last = bisect.bisect_left(self._starts, end, first)
        if first == last:
            return ()
        return tuple([mention for mention in self._mentions[first:last] if mention.end <= end])


class Asked(NamedTuple):
    """A text to read: its time of publication (RFC 3339) and its language, where they are known."""

    text: str
    published_at: str | None = None
    language: str | None = None


@cache
def _finder() -> Finder:
    return Finder(load())


def warm_up() -> None:
    """Load the model and compile what is not compiled yet, so that the first article is not the slow one."""
    keep_freed_memory()
    find_claims(
        'The harbour made $3.2 million in 2023, up 4 percent, Ada Brandt, its director, said on Tuesday. "We grew," '
        'she told reporters. "Nobody expected it." According to the ministry, fees will rise.',
        published_at="2024-01-10T00:00:00Z",
    )


def find_claims(
    text: str,
    *,
    published_at: str | None = None,
    language: str | None = None,
    chars_max: int = READ_CHARS_MAX,
) -> Findings:
    """Claims of `text`. `published_at` (RFC 3339) is what "Tuesday" is resolved against; no clock is asked.

    At most `chars_max` characters are read, and fewer of a text that is nothing but figures or quotations: `until`.

    A claim's `text` is the slice from its start to its end: where "he said" interrupts a quotation, the
    interruption stands in `text`, and `segments` has the pieces that were said. Quotation marks belong to the
    content. Every quantity of the text stands in exactly one claim.
    """
    return find_all_claims([Asked(text, published_at, language)], chars_max)[0]


def find_all_claims(asked: Sequence[Asked], chars_max: int = READ_CHARS_MAX) -> list[Findings]:
    """`find_claims` for many texts. Sixteen of ordinary length cost a fifth less than sixteen calls.

    All of them are in memory at once, at some kilobytes for every kilobyte of text: `batches` makes such as fit.
    """
    finder = _finder()
    parts = [part_to_read(one.text, finder.vocabulary, chars_max) for one in asked]
    figures = [_figures(part.tokens.text, one.published_at) for part, one in zip(parts, asked, strict=True)]
    readings = finder.read_all([(part.tokens, one.language) for part, one in zip(parts, asked, strict=True)])
    return [
        _findings(part, reading, *found)
        for part, reading, found in zip(parts, readings, figures, strict=True)
    ]


def _figures(text: str, published_at: str | None) -> tuple[tuple[DateMention, ...], list[Quantity]]:
    dates = tuple(find_dates(text, _moment(published_at)))
    return dates, sorted(find_quantities(text), key=lambda q: (q.start, q.end))


def _findings(
    part: Part, reading: Reading, dates: tuple[DateMention, ...], quantities: list[Quantity]
) -> Findings:
    text = part.tokens.text
    said, free = _share_out(quantities, [attribution for attribution, _ in reading.attributions])
    flags, when = Flags(text), _Dates(dates)
    claims = [
        _said_claim(text, attribution, speaker, said[number], when, flags)
        for number, (attribution, speaker) in enumerate(reading.attributions)
    ]
    claims += _figure_claims(text, free, reading, when, flags)
    claims.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
    return Findings(tuple(claims), dates, reading.english, part.until)


def _moment(published_at: str | None) -> datetime | None:
    if published_at is None:
        return None
    try:
        moment = datetime.fromisoformat(published_at)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _share_out(
    quantities: list[Quantity], attributions: list[Attribution]
) -> tuple[list[tuple[Quantity, ...]], list[Quantity]]:
    """Quantities by the attribution in whose words they stand, and those that stand in none."""
    pieces = sorted((s, e, n) for n, a in enumerate(attributions) for s, e in a.segments)
    said: list[list[Quantity]] = [[] for _ in attributions]
    free: list[Quantity] = []
    for quantity in quantities:
        place = bisect.bisect_right(pieces, (quantity.start, 1 << 62, 0)) - 1
        if place >= 0 and quantity.end <= pieces[place][1]:
            said[pieces[place][2]].append(quantity)
        else:
            free.append(quantity)
    return [tuple(found) for found in said], free


def _said_claim(
    text: str,
    attribution: Attribution,
    speaker: Speaker | None,
    quantities: tuple[Quantity, ...],
    dates: _Dates,
    flags: Flags,
) -> Finding:
    start, end = attribution.start, attribution.end
    cue = "" if attribution.cue is None else text[slice(*attribution.cue)]
    negated, hedged = flags.of(attribution.segments, cue)
    return Finding(
        kind="quote" if attribution.marked else "statement",
        text=text[start:end],
        start=start,
        end=end,
        segments=tuple(Span(s, e) for s, e in attribution.segments),
        sentence=Span(*attribution.sentence),
        speaker=speaker,
        cue=None if attribution.cue is None else Mention(*attribution.cue, cue),
        quantities=quantities,
        dates=dates.within(start, end),
        negated=negated,
        hedged=hedged,
        confidence=round(attribution.confidence, 3),
        method=attribution.method,
    )


def _figure_claims(
    text: str, quantities: list[Quantity], reading: Reading, dates: _Dates, flags: Flags
) -> list[Finding]:
    """One claim for each sentence with quantities that nobody is said to have said."""
    by_sentence: dict[Offsets, list[Quantity]] = {}
    for quantity in quantities:
        by_sentence.setdefault(reading.sentence_at(quantity.start), []).append(quantity)
    return [_figure_claim(text, sentence, found, dates, flags) for sentence, found in by_sentence.items()]


def _figure_claim(
    text: str, sentence: Offsets, quantities: list[Quantity], dates: _Dates, flags: Flags
) -> Finding:
    start = min(sentence[0], quantities[0].start)
    end = max(sentence[1], *(quantity.end for quantity in quantities))
    negated, hedged = flags.of([(start, end)], "")
    return Finding(
        kind="figure",
        text=text[start:end],
        start=start,
        end=end,
        segments=(Span(start, end),),
        sentence=Span(start, end),
        quantities=tuple(quantities),
        dates=dates.within(start, end),
        negated=negated,
        hedged=hedged,
        confidence=FIGURE_CONFIDENCE,
        method="rule: figure",
    )
