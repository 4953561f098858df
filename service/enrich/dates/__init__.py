"""Dates: what a text says about when, resolved against its day of publication."""

from __future__ import annotations

import datetime as dt

from service.enrich.dates.mentions import Marked, mark_dates
from service.enrich.dates.resolve import resolve
from service.enrich.lexer.number_tokens import Tokens
from service.records import DateMention


def find_dates(text: str, published_at: dt.datetime | None) -> list[DateMention]:
    """Find the date mentions of a text, sorted, never overlapping; relative ones are None without `published_at`."""
    tokens = Tokens(text)
    return dates_in(tokens, mark_dates(tokens), published_at)


def dates_in(tokens: Tokens, marked: Marked, published_at: dt.datetime | None) -> list[DateMention]:
    """Resolve the marked mentions of a text."""
    today = published_at.date() if published_at is not None else None
    found = []
    text = tokens.text
    for mention in marked.mentions:
        start, end = tokens.start[mention.first], tokens.end[mention.last - 1]
        value = resolve(mention.expression, today)
        found.append(DateMention(start, end, text[start:end], mention.type, value))
    return found
