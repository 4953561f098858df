"""Hold one number with its currency and unit while it is read."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.numerals import Numeral


class Side(Struct, gc=False):
    """A number with what belongs to it; tokens first..last, last exclusive."""

    numeral: Numeral
    first: int
    last: int
    value: float
    scale: float
    currency: str | None = None
    unit: str | None = None
    noun: bool = False
    plural: bool = False  # the counted noun is one
    high: float | None = None
    level: bool = False  # no change, whatever verb stands before: "fell by 310 votes to 290"
