"""What a date mention means before it meets the day of publication: small values, one per kind of expression."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PAST, NEAREST, FUTURE = -1, 0, 1
"""Which way a date without a year, or a weekday, is looked for; cues in the sentence decide."""
LAST_ONE, NEXT_ONE, THIS_ONE, THAT_ONE = -2, 2, 3, 4
"""Directions that the text itself gives, whatever the cues: "last April", "next June 11", "this December"; "that May"
is of the year named before it."""
LAST, ANY, NEXT, THIS = -1, 0, 1, 2
"""What stands before a weekday or a unit: "last", nothing, "next", "this"."""


class Calendar(Struct, frozen=True, gc=False):
    """A day, month or year; parts that the text leaves out are None."""

    year: int | None
    month: int | None = None
    day: int | None = None
    way: int = NEAREST


class Between(Struct, frozen=True, gc=False):
    """From one calendar expression to another, both ends included."""

    first: Calendar
    last: Calendar


class Weekday(Struct, frozen=True, gc=False):
    """1 = Monday. `shift` is LAST, ANY, NEXT or THIS; `weeks` more are added: "Sunday two weeks ago" is -2."""

    weekday: int
    way: int = NEAREST
    shift: int = ANY
    weeks: int = 0


class Day(Struct, frozen=True, gc=False):
    """Days from the day of publication: today 0, yesterday -1; "a year ago today" is 0 days and -12 months."""

    days: int
    months: int = 0


class Ago(Struct, frozen=True, gc=False):
    """A number of units before the day of publication (negative) or after it.

    `earlier` where the text says "a year earlier": before a date of the text, if one stands near.
    """

    count: float
    unit: str
    earlier: bool = False


class Period(Struct, frozen=True, gc=False):
    """A whole unit of the calendar, `shift` units from the running one: "last year" is ("Y", -1).

    `way` is asked for weekends only: on a Tuesday "the weekend" is over unless the sentence looks ahead.
    """

    unit: str
    shift: int
    way: int = NEAREST


class NthWeekday(Struct, frozen=True, gc=False):
    """The first to fifth (1..5) or last (-1) weekday of a month."""

    number: int
    weekday: int
    month: Calendar | Period


class DayOfMonth(Struct, frozen=True, gc=False):
    """A day of the running month, or of one `shift` months on: "the 2nd of this month"."""

    day: int
    shift: int


class Feast(Struct, frozen=True, gc=False):
    """A number of days after Easter Sunday, of a year or of the one that `way` says."""

    days: int
    year: int | None
    way: int = NEAREST


class Part(Struct, frozen=True, gc=False):
    """A part of a year: a quarter ("Q", 1..4), a half ("H", 1..2), a season ("S", 21..24), the first n months ("N").

    Without a year it is of the running one, `shift` years on; a quarter that has not begun is of the year before,
    unless `way` looks ahead.
    """

    kind: Literal["Q", "H", "S", "N"]
    number: int
    year: int | None
    shift: int = 0
    way: int = NEAREST


class Fiscal(Struct, frozen=True, gc=False):
    """A business year: which months it has, the text does not say."""

    year: int


class SameQuarter(Struct, frozen=True, gc=False):
    """The quarter that was named last, moved by years: "the quarter" 0, "the year-ago quarter" -1.

    With `year`, that quarter of that year: "the 1988 period".
    """

    years: int
    year: int | None = None


class Years(Struct, frozen=True, gc=False):
    """Ten years ("1980s") or a hundred ("20th century") from `first` on."""

    first: int
    count: int = 10


class Length(Struct, frozen=True, gc=False):
    """A length of time; None where nobody counted. `toward`: -1 it ends at publication, 1 it begins there."""

    count: float | None
    unit: str
    toward: int = 0


class Repeated(Struct, frozen=True, gc=False):
    """Every `period` (ISO 8601), or every weekday where `weekday` is set."""

    period: str
    weekday: int = 0


class Clock(Struct, frozen=True, gc=False):
    """A time of day, of the day that `day` says."""

    hour: int
    minute: int
    day: Calendar | Weekday | Day | None = None


class DayPart(Struct, frozen=True, gc=False):
    """Morning, afternoon, evening or night of a day."""

    part: str
    day: Calendar | Weekday | Day


class Beside(Struct, frozen=True):
    """A unit of the calendar beside another date of the text: "the following year" is ("Y", 1), "that day" ("D", 0).

    With `weekday`, that weekday before the other date (-1) or after it (1). `base` is that date, None where none
    is near.
    """

    unit: str
    shift: int
    weekday: int = 0
    base: Expression | None = None


class Ending(Struct, frozen=True):
    """A date without a year that ends a span: the first of its name at or behind its begin."""

    date: Calendar
    begin: Calendar


class Unsettled(Struct, frozen=True, gc=False):
    """A mention whose value the text does not settle: "03/04/2021", "a few days ago"."""

    why: str


Expression = (
    Calendar
    | Between
    | Weekday
    | Day
    | Ago
    | Period
    | NthWeekday
    | DayOfMonth
    | Feast
    | Part
    | Fiscal
    | SameQuarter
    | Years
    | Length
    | Repeated
    | Clock
    | DayPart
    | Beside
    | Ending
    | Unsettled
)
MentionType = Literal["date", "time", "duration", "set"]


class Mention(Struct, gc=False):
    """Tokens first..last (last exclusive) and what they mean."""

    first: int
    last: int
    type: MentionType
    expression: Expression
