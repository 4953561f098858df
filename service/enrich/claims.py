"""A text -> its claims: who said what, and which figures, each with its exact place."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from service.enrich.attributions import reader
from service.enrich.doc import Asked, Doc, moment
from service.enrich.finders import find_in
from service.enrich.reading_end import READ_CHARS_MAX, part_to_read
from service.languages.en import ENGLISH
from service.records import DateMention, Finding

EXTRACTOR_VERSION = "1.1"
"""Names what produced a claim. The minor part changes with what is found; the major part enters the ids of claims, and
changes only if the same words in the same place have to count as another claim."""


class Findings(Struct, frozen=True):
    """What a text holds: claims by start, and every date, in or outside a claim."""

    claims: tuple[Finding, ...]
    dates: tuple[DateMention, ...]
    language: str = ENGLISH.tag  # as read, BCP 47; "und": only marked passages were looked for
    until: int | None = None  # where reading stopped, of a text too long or too dense; None: all was read


def warm_up() -> None:
    """Load the model and compile what is not compiled yet, so that the first article is not the slow one."""
    story = (
        'The harbour made $3.2 million in 2023, up 4 percent, Ada Brandt, its director, said on Tuesday. "We grew," '
        'she told reporters. "Nobody expected it." According to the ministry, fees will rise. '
    )
    find_claims(4 * story, published_at="2024-01-10T00:00:00Z")  # long enough for weights to be fetched first
    for one_word in ("Storms", "said"):  # its columns lie otherwise in memory, which takes other machine code
        find_claims(one_word)


def find_claims(
    text: str,
    *,
    published_at: str | None = None,
    language: str | None = None,
    chars_max: int = READ_CHARS_MAX,
    confidence_min: float = 0.0,
) -> Findings:
    """Find the claims of `text`. A text that is not English yields marked passages without speakers only.

    Relative dates are resolved against `published_at` (RFC 3339); no clock is asked.

    At most `chars_max` characters are read, and fewer of a text that is nothing but figures or claims: `until`.

    A claim's `text` is the slice from its start to its end: where "he said" interrupts a quotation, the
    interruption stands in `text`, and `segments` has the pieces that were said. Quotation marks belong to the
    content. Every quantity of the text stands in exactly one claim.

    Claims below `confidence_min` are left out, and the others are what they would be with them.
    """
    return find_all_claims([Asked(text, published_at, language)], chars_max, confidence_min)[0]


def find_all_claims(
    asked: Sequence[Asked], chars_max: int = READ_CHARS_MAX, confidence_min: float = 0.0
) -> list[Findings]:
    """Find the claims of many texts. Sixteen of ordinary length cost a fifth less than sixteen calls.

    All of them are in memory at once, at some kilobytes for every kilobyte of text: `batches` limits how many.
    """
    docs = [read_doc(one, chars_max, confidence_min) for one in asked]
    return [
        Findings(tuple(claims), doc.dates, doc.language.tag, doc.until)
        for doc, claims in zip(docs, find_in(docs), strict=True)
    ]


def read_doc(asked: Asked, chars_max: int = READ_CHARS_MAX, confidence_min: float = 0.0) -> Doc:
    """Scan a text, once where it is read whole."""
    part = part_to_read(asked.text, reader(), chars_max, asked.language)
    return Doc(
        text=part.text,
        points=part.points,
        words=part.words,
        numbers=part.numbers,
        language=part.language,
        published_at=moment(asked.published_at),
        until=part.until,
        read=part.read,
        confidence_min=confidence_min,
    )
