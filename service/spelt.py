"""Spell out figures and dates for a person: rounded, without underscores and without codes of ISO 8601."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from service.languages.en.words import measures

COMPARATORS: Final = {"at_least": "at least", "at_most": "at most", "equal": ""}
"""Comparators that are not a word of English as they stand; "equal" says nothing more than the number."""

SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""Seasons as ISO 8601-2 numbers them in the place of the month."""

REPEATS: Final = {
    "R/P1D": "every day", "R/P1W": "every week", "R/P2W": "every two weeks", "R/P1M": "every month",
    "R/P3M": "every quarter", "R/P1Y": "every year", "R/PT1H": "every hour",
}  # fmt: skip
"""What repeats, where the mention itself has no words."""

MEASURES: Final = frozenset(measures.UNITS.values())
"""Units that records name in the singular."""

_MEASURE: Final = re.compile(r"(.*?)((?: per .+| old)?)", re.DOTALL)
_LENGTH: Final = re.compile(r"P(?:T)?(\d+(?:\.\d+)?)([YMWDHS])")
_LENGTH_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)")
_SEASON: Final = re.compile(r"(\d{4})-(2[1-4])")


def quantity_in_words(quantity: dict[str, Any]) -> str:
    """Spell out a quantity with its comparator, range and unit.

    >>> quantity_in_words({"value": 227.7e9, "currency": "USD", "comparator": "over"})
    'over 227,700,000,000 USD'
    >>> quantity_in_words({"value": 2 / 3, "unit": "share"})
    '66.67 %'
    >>> quantity_in_words({"value": 71, "unit": "year_old"})
    '71 years old'
    """
    value, high, unit = quantity.get("value"), quantity.get("value_high"), quantity.get("unit")
    if unit == "share":
        value, high = _in_percent(value), _in_percent(high)
    words = number_in_words(value) + (f" to {number_in_words(high)}" if high is not None else "")
    comparator = quantity.get("comparator")
    parts = (
        COMPARATORS.get(str(comparator), comparator),
        words,
        quantity.get("currency") or _unit_in_words(unit, alone=value == 1 and high is None),
    )
    return " ".join(str(part) for part in parts if part)


def _in_percent(value: Any) -> Any:
    return value * 100 if isinstance(value, int | float) else value


def _unit_in_words(unit: Any, *, alone: bool) -> str | None:
    if unit is None:
        return None
    if unit == "share":
        return "%"
    words = str(unit).replace("_", " ")
    return words if alone else _several(words)


def _several(unit: str) -> str:
    """Return a unit in the plural: "miles per hour", "square feet", "years old"; counted nouns stay as they are."""
    measure, rest = _MEASURE.fullmatch(unit).groups()  # type: ignore[union-attr]  # everything matches
    last = measure.rpartition(" ")[2]
    if last not in MEASURES:
        return unit
    return measure.removesuffix(last) + measures.PLURALS.get(last, last + "s") + rest


def number_in_words(value: Any) -> str:
    """Write a number with thousands apart, rounded to three or four digits that count, or to hundredths.

    >>> number_in_words(0.666666666667), number_in_words(1234567.25), number_in_words(0.0000421)
    ('0.667', '1,234,567.25', '0.0000421')
    """
    if not isinstance(value, int | float) or not math.isfinite(value):
        return ""
    if float(value).is_integer():
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:.4g}" if abs(value) >= 1 else _small(value)


def _small(value: float) -> str:
    """Write a number below 1 with three digits that count, and never with an exponent."""
    zeros = -math.floor(math.log10(abs(value))) - 1
    return f"{value:.{min(zeros + 3, 12)}f}".rstrip("0").rstrip(".")


def date_in_words(date: dict[str, Any]) -> str:
    """Spell out a date, time or period: its resolved day where there is one, else the words of the text.

    >>> date_in_words({"text": "monthly", "type": "set", "value": "R/P1M"})
    'monthly'
    >>> date_in_words({"text": "Tuesday", "type": "date", "value": "2025-06-03"})
    '2025-06-03'
    >>> date_in_words({"text": "that week", "type": "date", "value": "2025-W23"})
    'week 23 of 2025'
    """
    text, value = str(date.get("text") or ""), str(date.get("value") or "")
    if date.get("type") in ("duration", "set") and text:
        return text
    return _value_in_words(value) or text or value


def _value_in_words(value: str) -> str:
    """Spell out a value of ISO 8601; return nothing where it takes more than a few words."""
    first, slash, last = value.partition("/")
    if slash and first != "R":
        both = _value_in_words(first), _value_in_words(last)
        return " to ".join(both) if all(both) else ""
    if value in REPEATS:
        return REPEATS[value]
    if length := _LENGTH.fullmatch(value):
        unit = "minute" if value.startswith("PT") and length[2] == "M" else _LENGTH_UNITS[length[2]]
        return f"{length[1]} {unit}" + ("" if length[1] == "1" else "s")
    if week := _WEEK.fullmatch(value):
        return f"week {int(week[2])} of {week[1]}"
    if season := _SEASON.fullmatch(value):
        return f"{SEASONS[season[2]]} {season[1]}"
    if _DAY.fullmatch(value):
        return value.replace("T", " ")
    return value[1:] if re.fullmatch(r"T\d\d:\d\d(:\d\d)?", value) else ""
