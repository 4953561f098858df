"""The English vocabulary of facts as a table."""

from __future__ import annotations

from functools import cache

from service.languages import headlines
from service.languages.en import fact_units
from service.languages.en import facts as english
from service.languages.en.fact_opposites import OPPOSITES
from service.sketch.fact_words import (
    AGENCY,
    AUXILIARY,
    COMMON,
    CREDIT,
    DATE,
    GLUED_UNIT,
    NEGATION,
    NUMBER,
    OPPOSITE,
    ORDINAL_END,
    OUTLET,
    REVERSING,
    SCALE,
    SERIES,
    STOP,
    UNIT,
    FactWords,
    fact_words,
)


@cache
def english_facts() -> FactWords:
    """Build the table once in a process."""
    return fact_words(
        [
            (STOP, english.STOP),
            (AUXILIARY, english.AUXILIARIES),
            (NEGATION, english.NEGATIONS),
            (REVERSING, english.REVERSING),
            (AGENCY, english.AGENCIES),
            (COMMON, english.COMMON),
            (ORDINAL_END, english.ORDINAL_ENDS),
            (GLUED_UNIT, english.GLUED_UNITS),
            (CREDIT, english.CREDIT_WORDS),
            (DATE, english.DATE_WORDS),
            (SERIES, headlines.SERIES),
            (OUTLET, headlines.OUTLETS),
            (UNIT, fact_units.ORDINALS),
        ],
        [
            (NUMBER, {**english.UNITS, **english.TENS, **fact_units.ORDINALS}),
            (SCALE, english.SCALES),
            (UNIT, fact_units.UNIT_WORDS),
            (OPPOSITE, OPPOSITES),
        ],
    )
