"""Who a statement is about is not who makes it: `Tom Ellis, the prosecutor said, had lied`."""

from __future__ import annotations

from service.enrich.quotes.found import Attribution
from service.languages.en.reporting import PREPOSITIONS
from service.records import Speaker

_CONCLUDED = ("pronoun", "role")
"""Ways to a name that only guess who of the article is meant."""


def unless_spoken_of(text: str, attribution: Attribution, speaker: Speaker) -> Speaker:
    """Take the name from a speaker who stands behind the subject that the name belongs to."""
    if speaker.name is None or speaker.resolved_by not in _CONCLUDED or attribution.marked:
        return speaker
    first, end = attribution.segments[0]
    if len(attribution.segments) < 2 or not end <= speaker.start < attribution.segments[1][0]:
        return speaker
    last = speaker.name.split()[-1]
    if not any(_is_named(part.split(), last) for part in text[first:end].split(",")):
        return speaker
    return Speaker(speaker.start, speaker.end, speaker.text, kind=speaker.kind)


def _is_named(words: list[str], last: str) -> bool:
    """Tell whether words are a person's name, with a title or without: not `the firm of Tom Ellis`."""
    return words[-1:] == [last] and PREPOSITIONS.isdisjoint(map(str.lower, words))
