"""The closed list of words and symbols that figures and dates know, each with a small number.

`code_of("million")` is that number; 0 means "not in the list". Tables hold what a word means in one role, indexed
by code, so that the grammars compare and look up integers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from service.languages.en.words import context, date_cues, figure_cues, measures, money, numbers, time

T = TypeVar("T")

NUMBER = 1
"""Code of every token written in digits."""
IN_DIGITS, ENDS_IN_ED, ENDS_IN_S = "\0digits", "\0ed", "\0s"
"""Stand-ins in the list: for numbers, for unlisted lower-case words in -ed, for unlisted words with a plural's -s."""

_TRIGGERS: tuple[Iterable[str], ...] = (
    numbers.CARDINALS, numbers.SCALES, numbers.PLURAL_SCALES, numbers.FRACTIONS, numbers.VULGAR, time.MONTHS,
    time.WEEKDAYS, time.WEEKDAY_PLURALS, time.PERIODS, time.SEASONS, time.DAY_WORDS, time.DAY_PARTS, time.SET_WORDS,
    time.HOLIDAYS,
)  # fmt: skip
"""Words that can start a figure or a date: only where one stands does a grammar look."""
_CONTEXT: tuple[Iterable[str], ...] = (
    numbers.SCALE_SUFFIXES, numbers.ORDINALS, numbers.ORDINAL_ENDINGS, money.SYMBOLS, money.DOLLAR_PREFIXES,
    money.ISO_CODES, money.CODES_WITH_MILLION, money.LETTERS, money.NAMES, money.POUNDS, money.MINOR, money.NATIONS,
    measures.UNITS, measures.GLUED_UNITS, measures.AREAS, measures.TIME_UNITS, time.TIME_ZONES, time.FUTURE_CUES,
    time.PAST_CUES, time.DEICTICS, context.SYMBOLS, context.FUNCTION_WORDS, context.COMPARATORS,
    context.COMPARATOR_PARTS, context.UP_WORDS, context.DOWN_WORDS, context.CHANGE_FILLERS, context.RANGE_CUES,
    context.NAME_HEADS, context.PEOPLE, context.IRREGULAR_PLURALS,
    (ENDS_IN_ED, ENDS_IN_S), context.NOT_COUNTED, context.RATES, context.LETTERS,
    figure_cues.METRES_BEHIND, figure_cues.PARTIES, figure_cues.IDIOM_NOUNS, figure_cues.VOTING,
    figure_cues.WITH_UP, figure_cues.WITH_DOWN, figure_cues.ABOUT_WHAT, figure_cues.OVER_LENGTH, figure_cues.OVER_WHAT,
    date_cues.SCHEDULED, date_cues.PROJECTING, date_cues.SAYING,
    date_cues.HONORIFICS, date_cues.YEAR_SHORT_BEFORE, date_cues.HOURS_BEFORE, date_cues.OTHER_DATE_WORDS,
    context.OTHERS, figure_cues.ATTRIBUTIVE,
)  # fmt: skip


def _collect() -> tuple[dict[str, int], int]:
    """Number all listed words: word -> code. The triggers come first; their codes are below the second value."""
    codes: dict[str, int] = {IN_DIGITS: NUMBER}
    for group in _TRIGGERS:
        for word in group:
            codes.setdefault(word, len(codes) + 1)
    bound = len(codes)
    for group in _CONTEXT:
        for word in group:
            codes.setdefault(word, len(codes) + 1)
    return codes, bound


CODES, LAST_TRIGGER = _collect()
SIZE = len(CODES) + 1


def code_of(word: str) -> int:
    """Return the code of a listed word; KeyError for any other, so that a typing error shows at import."""
    return CODES[word]


def codes_of(listed: str | Iterable[str]) -> frozenset[int]:
    """Return the codes of several words, given as a list or as one string with blanks between them."""
    return frozenset(CODES[word] for word in (listed.split() if isinstance(listed, str) else listed))


def table(meanings: Mapping[str, T], default: T) -> list[T]:
    """List a meaning for each code; `default` for every word that plays no part in this role."""
    row = [default] * SIZE
    for word, meaning in meanings.items():
        row[CODES[word]] = meaning
    return row


def flags(*groups: Iterable[str]) -> bytes:
    """Flag the codes of the words of these groups: 1 for them, 0 for others."""
    row = bytearray(SIZE)
    for group in groups:
        for word in group:
            row[CODES[word]] = 1
    return bytes(row)
