"""Read dates as people write them, in eight languages: every part has to be understood, or nothing is read.

A date is found first (day, name of the month and year in several orders, or numbers), then a time of day, then a zone
in what is left. What then is left must be a weekday or a small word such as "at": an unknown word may change the time.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from service.intake.zones import SEVERAL_MEANINGS, named_regions, zone_of
from service.languages.timestamps import MONTHS, ORDINALS, SMALL_WORDS, UPDATES, WEEKDAYS, fold_word

YEAR_2000: Final = 70
"""Lowest two-digit year that belongs to the last century; such years are read only behind the name of a month."""


ONE_TIME_CHARS: Final = 24
"""Length up to which a text holds no second time, in characters."""


class Ambiguous(Exception):  # noqa: N818 - it is what the date is
    """The text may be two different times: 03/04/2025, or a zone that several countries use."""


_ENDING: Final = "|".join(map(re.escape, sorted(ORDINALS, key=len, reverse=True)))
_DAY: Final = rf"(?P<day>\d{{1,2}})(?:{_ENDING}|\.)?"
_MONTH: Final = r"(?P<month>[^\W\d_]{3,12})\.?"
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)(?:t(?=\d))?",
        r"(?P<year>\d{4})[年년] ?(?P<number>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]",
        rf"(?<!\d){_DAY}(?:[-\s/]{{1,2}}(?:de|of)?\s?){_MONTH}(?:[-\s,/]{{1,2}}(?:de|del)?\s?)(?P<year>\d{{4}}|\d\d)(?![\d:.])",
        rf"(?<![^\W\d_]){_MONTH}[-\s]{{1,2}}{_DAY},?[-\s]{{1,2}}(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})[-\s/]{{1,2}}{_MONTH}[-\s/]{{1,2}}{_DAY}(?![\d:])",
        rf"(?<![^\W\d_]){_MONTH}\s{{1,2}}{_DAY}\s(?P<between>\d\d:.{{1,24}}?)\s(?P<year>\d{{4}})$",
        r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
    )
)
_TWO_DIGIT_YEAR: Final = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)")
_TIME: Final = re.compile(
    r"(?<![\d+:-])(?P<hour>\d{1,2})(?:(?: ?h ?|[:.時时시] ?)(?P<minute>[0-5]\d))(?:[:.分분] ?(?P<second>[0-5]\d))?"
    r"(?:[.,]\d{1,9})?[分분秒초]?"
    r"(?![\d:])\s?(?P<half>[ap]m\b)?|(?<![\d+:-])(?P<whole>\d{1,2})\s?(?P<only>[ap]m\b|h\b|uhr\b)"
)
_HALF: Final = re.compile(r"\b([ap])\.\s?m\.?(?!\w)")
_ASIAN_HALF: Final = re.compile(r"(오전|上午|午前|오후|下午|午後) ?(\d{1,2}) ?[:時时点시] ?(\d\d)[分분]?")
_AFTERNOON: Final = ("오후", "下午", "午後")
"""How Chinese, Japanese and Korean pages write am and pm, before the hour."""
_UPDATES: Final = "|".join(map(re.escape, sorted(UPDATES, key=len, reverse=True)))
_LATER: Final = re.compile(rf"(?<=\d)([^\d\n]{{0,24}}?)[\s,;|·(–-]+(?:{_UPDATES})\b.*$")
"""The time of a later version behind that of publication, whose half of the day and zone may stand between."""
_MARKS: Final = ".:,;/|·•–—-"
_OTHER_DIGIT: Final = re.compile(r"(?![0-9])\d")
_COMMENT: Final = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_BETWEEN: Final = re.compile(r"[\s,;|·•]+|(?<=\d)t(?=\d)|\s[-–—]\s")


def read_written(text: str) -> datetime | None:
    """Return the time that a text says, None where a part of it is not understood. Raises `Ambiguous`."""
    if _OTHER_DIGIT.search(text):
        return None
    folded = _HALF.sub(r"\1m", fold_word(text))
    folded = named_regions(_ASIAN_HALF.sub(_half_behind, folded))
    if (
        len(folded) > ONE_TIME_CHARS
        and (earlier := _LATER.sub(r"\1", folded)) != folded
        and _find_date(earlier)
    ):
        folded = earlier
    date = _find_date(folded)
    if date is None:
        if _TWO_DIGIT_YEAR.match(folded):
            raise Ambiguous(text)
        return None
    (year, month, day), rest = date
    time, rest, raw_rest = _find_time(rest)
    if time is None:
        return None
    local = datetime(year, month, day, *time)
    return _with_zone_in(raw_rest, local, text)


def _half_behind(match: re.Match[str]) -> str:
    return f" {match[2]}:{match[3]} {'pm' if match[1] in _AFTERNOON else 'am'} "


def _find_date(text: str) -> tuple[tuple[int, int, int], str] | None:
    for pattern in _DATES:
        match = pattern.search(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = _month(parts)
        if month is None:
            continue
        rest = f"{text[: match.start()]} {parts.get('between') or ''} {text[match.end() :]}"
        return (_year(parts["year"]), *month), rest
    return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < YEAR_2000 else 1900)


def _month(parts: dict[str, str | None]) -> tuple[int, int] | None:
    """Return month and day; None where the word is no month. Raises `Ambiguous` where the order is open."""
    if (first := parts.get("first")) is not None:
        return _in_order(int(first), int(parts["second"] or 0), parts["mark"] or "")
    day = int(parts["day"] or 0)
    if (number := parts.get("number")) is not None:
        return int(number), day
    month = MONTHS.get(parts["month"] or "")
    return None if month is None else (month, day)


def _in_order(first: int, second: int, mark: str) -> tuple[int, int]:
    """Return month and day of two numbers: with dots the day comes first everywhere, else the numbers must tell."""
    if mark == "." or first > 12 or first == second:
        return second, first
    if second > 12:
        return first, second
    raise Ambiguous(f"{first}{mark}{second}")


def _find_time(rest: str) -> tuple[tuple[int, int, int] | None, str, str]:
    """Return the time of day, midnight where there is none, and the text without it."""
    match = _TIME.search(rest)
    if match is None:
        return (0, 0, 0), rest, rest
    parts = match.groupdict()
    half = parts.get("half") or parts.get("only")
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if parts.get("whole"):
        hour = int(parts["whole"])
    left = f"{rest[: match.start()]} {rest[match.end() :]}"
    if half in ("am", "pm"):
        if half == "am" and hour > 12:
            return None, rest, left
        hour = hour % 12 + 12 * (half == "pm") if hour <= 12 else hour
    return (hour, minute, second), rest, left


def _with_zone_in(rest: str, local: datetime, text: str) -> datetime | None:
    """Return the time in the zone that the rest names; None where the rest holds anything else."""
    comments = _COMMENT.findall(rest)
    words = [word for word in _BETWEEN.split(_COMMENT.sub(" ", rest)) if word.strip(_MARKS)]
    zones = [word for word in words if not _is_small(word)]
    if not zones and comments:
        zones = comments[0].strip("()[] ").split()
    if not zones:
        return local
    if len(zones) == 2 and zones[0] in ("gmt", "utc"):
        zones = ["".join(zones)]
    known = {zone: found for zone in zones if (found := zone_of(_as_written(zone, text), local)) is not None}
    offsets = [zone for zone in known if zone[0] in "+-"]
    if offsets and len(zones) == 2:
        return local.replace(tzinfo=known[offsets[0]])
    if SEVERAL_MEANINGS.intersection(zones) and len(known) < len(zones):
        raise Ambiguous(text)
    if len(zones) != 1 or not known:
        return None
    return local.replace(tzinfo=known[zones[0]])


def _as_written(zone: str, text: str) -> str:
    """Return a word with its capitals: names of regions need them."""
    at = text.lower().find(zone)
    return text[at : at + len(zone)] if at >= 0 else zone


def _is_small(word: str) -> bool:
    bare = word.rstrip(".:")
    return bare in WEEKDAYS or bare in SMALL_WORDS
