"""Figures: the quantities of a text, with unit, currency, scale, comparator and change."""

from __future__ import annotations

from service.enrich.dates.mentions import mark_dates
from service.enrich.figures.quantities import quantities_in
from service.enrich.lexer.number_tokens import Tokens
from service.records import Quantity


def find_quantities(text: str) -> list[Quantity]:
    """Find the quantities of a text, sorted by start, never overlapping; ``text[q.start:q.end] == q.text``."""
    tokens = Tokens(text)
    return quantities_in(tokens, mark_dates(tokens).taken)
