"""English units, currencies and ordinals of figures, each with a number: its group times eight, and its place there."""

from __future__ import annotations

from itertools import chain
from typing import Final

MEMBER_BITS: Final = 3
"""Number of bits of a unit's number that tell it from others of its group."""

MONEY, LENGTH, SPEED, TEMPERATURE, SHARE, MASS, DURATION, CLOCK, VOLUME = range(1, 10)
"""Groups of units. Only one unit of a group stands at a figure, so another one in its place is news."""

_GROUPS: Final = {
    MONEY: (
        "dollar dollars usd",
        "euro euros eur",
        "pound pounds gbp sterling",
        "yen jpy",
        "yuan renminbi cny",
        "rupee rupees inr",
        "cent cents pence penny p",
        "franc francs chf krona kronor krone kroner crown crowns rouble roubles ruble rubles peso pesos zloty lira "
        "rand shekel shekels dirham dirhams riyal riyals forint",
    ),
    LENGTH: (
        "yard yards",
        "mile miles",
        "km kms kilometre kilometres kilometer kilometers",
        "metre metres meter meters",
        "foot feet ft",
        "inch inches",
        "cm centimetre centimetres centimeter centimeters",
        "mm millimetre millimetres millimeter millimeters",
    ),
    SPEED: ("knot knots", "mph", "kph kmh"),
    TEMPERATURE: ("", "celsius centigrade c", "fahrenheit f"),
    SHARE: ("", "percent pct pc", "points pts pp", "bp bps"),
    MASS: (
        "ounce ounces oz",
        "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes",
        "lb lbs",
        "tonne tonnes ton tons",
        "gram grams gramme grammes",
    ),
    DURATION: (
        "seconds sec secs",
        "minute minutes min mins",
        "hour hours hr hrs",
        "day days",
        "week weeks",
        "month months",
        "year years yr yrs",
    ),
    VOLUME: ("barrel barrels", "litre litres liter liters", "gallon gallons"),
}


def unit(group: int, member: int) -> int:
    """Return the number of a unit."""
    return group << MEMBER_BITS | member


UNIT_WORDS: Final = {
    word: unit(group, member)
    for group, members in _GROUPS.items()
    for member, spellings in enumerate(members)
    for word in spellings.split()
}
"""Word -> number of the unit; all spellings of a unit have one number."""

SIGNS: Final = {
    "$": unit(MONEY, 0),
    "€": unit(MONEY, 1),
    "£": unit(MONEY, 2),
    "¥": unit(MONEY, 3),
    "%": unit(SHARE, 1),
}
"""Sign before or behind a figure -> number of the unit."""

ORDINALS: Final = {
    word: value
    for value, word in chain(
        enumerate(
            "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            2,
        ),
        ((30, "thirtieth"), (40, "fortieth"), (50, "fiftieth"), (60, "sixtieth")),
    )
}
"""Ordinal -> its number. "First" is told too often of what no match numbers."""
