"""Find the date mentions among tokens, each with what it means; the day of publication comes in later."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from service.enrich.dates.counts_and_years import spoken_year
from service.enrich.dates.days import read_day_part, read_day_word, read_weekday, read_weekdays
from service.enrich.dates.expressions import Calendar, Mention, Repeated
from service.enrich.dates.holidays import read_good_friday, read_holiday
from service.enrich.dates.lengths import read_period
from service.enrich.dates.months import read_month
from service.enrich.dates.neighbours import settle_by_context
from service.enrich.dates.numeric import read_number
from service.enrich.dates.parts import read_half, read_season
from service.enrich.lexer.codes import IN_DIGITS, code_of, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.plurals import PLURAL
from service.enrich.lexer.scanner import GAP_SPACE, LOWER, SYMBOL
from service.languages.en.words import numbers, time

_GOOD = code_of("good")
Reader = Callable[[Tokens, int, int], Mention | None]
"""(tokens, the token that triggers it, the first token not yet used) -> the mention around it."""


MENTIONS_MAX = 4_000
"""Maximum number of mentions read of one text; a text with more is a calendar."""


class Marked(NamedTuple):
    """The mentions of a text, sorted; `taken[i]` is 1 where token i belongs to one that is no length of time.

    Lengths stay free, because "30 days" is a quantity too.
    """

    mentions: list[Mention]
    taken: bytearray


def mark_dates(tokens: Tokens) -> Marked:
    """Find every mention, from left to right; one may reach back over free tokens but never into another."""
    mentions: list[Mention] = []
    taken = bytearray(len(tokens.code))
    behind = 0
    code = tokens.code
    for i in tokens.hits:
        if i < behind:
            continue
        reader = _READERS[code[i]]
        mention = None if reader is None else reader(tokens, i, behind)
        if mention is None:
            continue
        mentions.append(mention)
        behind = mention.last
        if mention.type != "duration":
            taken[mention.first : behind] = b"\1" * (behind - mention.first)
        if len(mentions) == MENTIONS_MAX:
            break
    settle_by_context(tokens, mentions)
    return Marked(mentions, taken)


def _read_spoken_year(tokens: Tokens, i: int, floor: int) -> Mention | None:
    spoken = spoken_year(tokens, i)
    return Mention(i, spoken[1], "date", Calendar(spoken[0])) if spoken else None


def _read_weekday(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read a weekday, or "Good Friday"."""
    if tokens.code[i - 1] == _GOOD:
        return read_good_friday(tokens, i, floor) or read_weekday(tokens, i, floor)
    return read_weekday(tokens, i, floor)


def _read_set_word(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "daily"; with a capital it is the name of a paper, before a noun ("a daily dose") it dates nothing."""
    return (
        Mention(i, i + 1, "set", Repeated(time.SET_WORDS[tokens.word(i)]))
        if tokens.mark[i] == LOWER and not _describes(tokens, i + 1)
        else None
    )


def _describes(tokens: Tokens, j: int) -> bool:
    """Tell whether a noun stands at token `j`, right behind an adjective."""
    noun = tokens.code[j] == 0 or PLURAL[tokens.code[j]]
    return bool(noun and tokens.gap[j] == GAP_SPACE and tokens.mark[j] != SYMBOL)


def _readers() -> list[Reader | None]:
    groups: tuple[tuple[Reader, list[str]], ...] = (
        (_read_spoken_year, [word for word, value in numbers.CARDINALS.items() if 10 < value < 21]),
        (read_period, list(time.PERIODS)),
        (read_month, list(time.MONTHS)),
        (_read_weekday, list(time.WEEKDAYS)),
        (read_weekdays, list(time.WEEKDAY_PLURALS)),
        (read_season, list(time.SEASONS)),
        (read_day_word, list(time.DAY_WORDS)),
        (read_day_part, list(time.DAY_PARTS)),
        (_read_set_word, list(time.SET_WORDS)),
        (read_half, ["half"]),
        (read_holiday, time.HOLIDAYS),
        (read_number, [IN_DIGITS]),
    )
    return table({word: reader for reader, group in groups for word in group}, None)


_READERS = _readers()
