"""Read percent, points and measures at a token, with their rate: "km", "sq m", "barrels a day".

Names are the values of `words.measures.UNITS`: common singular names in British spelling, joined by "_". A rate is
"<unit>_per_<unit>", an area or volume "square_<unit>" or "cubic_<unit>", an age "<unit>_old".
"""

from __future__ import annotations

from msgspec import Struct

from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, LOWER
from service.languages.en.words import measures

UNIT = table(measures.UNITS, "")
GLUED = table(measures.GLUED_UNITS, "")
_AREA = table(measures.AREAS, "")
MEASURE_STARTS = flags(measures.UNITS, measures.AREAS, ["per", "basis"])
"""Words at which `percent_at` or `measure_at` may find something."""
HYPHENS = codes_of("- ‑")
_ARTICLES = codes_of("a an")
_PER, _CENT, _PERCENTAGE, _BASIS, _OF, _OLD, _AGE = (
    code_of(word) for word in ("per", "cent", "percentage", "basis", "of", "old", "age")
)
_SLASH, _DOT, _SQUARED, _CUBED = (code_of(sign) for sign in "/.²³")
_M, _P, _H = (code_of(letter) for letter in "mph")
_POINTS, _FEET = codes_of("point points"), codes_of("feet foot ft")
_POUNDS, _DEGREES = codes_of(measures.POUND_WORDS), codes_of("degree degrees deg °")
_DEGREE_KIND = table(measures.DEGREES, "")
_WATTS, _HOURS, _METRES = (
    codes_of(measures.WATTS),
    codes_of("hour hours"),
    codes_of("metre metres meter meters"),
)
_AGE_UNITS = codes_of(measures.AGE_UNITS)
_MOMENTS = codes_of("ago earlier later before")
""" "$5 a year earlier" is no rate."""
_RATES = codes_of("share person head unit")
_TIMES = frozenset(measures.TIME_UNITS)
_NO_RATE = frozenset({"percent", "times"})


RATE_STARTS = flags(["per", "a", "an", "/", "-", "‑"])
"""Words and signs at which `with_rate` may find something."""


class UnitRead(Struct, gc=False):
    """A unit and the token behind it; `noun` marks a counted noun, read with less certainty than a measure."""

    unit: str | None
    end: int
    noun: bool = False


def percent_at(tokens: Tokens, j: int) -> UnitRead | None:
    """Read "%", "percent", "per cent", "percentage points", "basis points" at token `j`."""
    code = tokens.code
    here = code[j]
    if UNIT[here] == "percent":
        k = j + 1
        if code[k] in HYPHENS and tokens.gap[k] == GAP_NONE:
            k += 1
        if code[k] in _POINTS and tokens.gap[k] != GAP_LINE:
            return UnitRead("percentage_point", k + 1)
        return UnitRead("percent", j + 1)
    if here == _PER and code[j + 1] == _CENT:
        return UnitRead("percent", j + 2)
    if here == _BASIS and code[j + 1] in _POINTS:
        return UnitRead("basis_point", j + 2)
    return None


def measure_at(tokens: Tokens, j: int) -> UnitRead | None:
    """Read one measure at token `j`, without its rate."""
    code = tokens.code
    here = code[j]
    if _AREA[here]:
        return _area(tokens, j)
    name = UNIT[here]
    if not name:
        return None
    if here in _DEGREES:
        return _degrees(tokens, j + 1)
    k = j + 1
    hyphen = code[k] in HYPHENS and tokens.gap[k] == GAP_NONE
    after = code[k + hyphen]
    if here in _POUNDS:
        return UnitRead("pound_foot", k + hyphen + 1) if after in _FEET else UnitRead("pound", k)
    if after and tokens.gap[k] == GAP_NONE and not hyphen:
        power = _power(tokens, k, name)
        if power:
            return UnitRead(f"{power}_{name}", k + 1)
    if after in _HOURS and here in _WATTS:
        return UnitRead(f"{name}_hour", k + hyphen + 1)
    if after in _METRES and name == "newton":
        return UnitRead("newton_metre", k + hyphen + 1)
    return UnitRead(name, k)


def _area(tokens: Tokens, j: int) -> UnitRead | None:
    """Read "sq km", "cubic feet", "sq. m" at token `j`."""
    code = tokens.code
    k = j + 2 if code[j + 1] == _DOT else j + 1
    name = UNIT[code[k]] or (GLUED[code[k]] if tokens.end[k] - tokens.start[k] < 3 else "")
    return UnitRead(f"{_AREA[code[j]]}_{name}", k + 1) if name else None


def _degrees(tokens: Tokens, k: int) -> UnitRead:
    """Read "degrees Celsius", "deg C", "°F": `k` is the token behind "degrees"."""
    kind = _DEGREE_KIND[tokens.code[k]]
    letter = tokens.end[k] - tokens.start[k] == 1
    spelt = tokens.gap[k] != GAP_LINE and (not letter or tokens.mark[k] != LOWER or _degrees_of(tokens, k))
    return UnitRead(kind, k + 1) if kind and spelt else UnitRead("degree", k)


def _degrees_of(tokens: Tokens, k: int) -> bool:
    """Read "6 deg c" at the end of a line or clause; "20 degrees f..." goes on as a sentence."""
    return tokens.gap[k + 1] == GAP_LINE


def _power(tokens: Tokens, k: int, name: str) -> str:
    """Return "square" or "cubic" for the exponent at token `k`, glued to a unit of length: m², km2."""
    here = tokens.code[k]
    if here == _SQUARED:
        return "square"
    if here == _CUBED:
        return "cubic"
    if here == NUMBER and name.endswith("metre"):
        return {"2": "square", "3": "cubic"}.get(tokens.word(k), "")
    return ""


def dotted_speed(tokens: Tokens, j: int) -> UnitRead | None:
    """Read "m.p.h." at token `j`."""
    code = tokens.code
    if not (code[j] == _M and code[j + 1] == code[j + 3] == _DOT and code[j + 2] == _P and code[j + 4] == _H):
        return None
    glued = all(tokens.gap[k] == GAP_NONE for k in range(j + 1, j + 5))
    end = j + 6 if code[j + 5] == _DOT and tokens.gap[j + 5] == GAP_NONE else j + 5
    return UnitRead("mile_per_hour", end) if glued else None


def glued_unit(tokens: Tokens, j: int) -> UnitRead | None:
    """Read a unit in one or two letters right behind the digits: 37m, 7.2s, 25.5″, 12x, 12st."""
    name = GLUED[tokens.code[j]]
    if not name:
        return None
    lower = tokens.mark[j] == LOWER
    if lower == (name in ("celsius", "fahrenheit")) and tokens.mark[j] < 3:
        return None
    power = _power(tokens, j + 1, name) if tokens.gap[j + 1] == GAP_NONE else ""
    return UnitRead(f"{power}_{name}", j + 2) if power else with_rate(tokens, name, j + 1)


def age_at(tokens: Tokens, k: int) -> UnitRead | None:
    """Read "years old", "year-old", "years of age" at token `k`."""
    code = tokens.code
    if code[k] not in _AGE_UNITS:
        return None
    after = k + 1
    if code[after] in HYPHENS:
        after += 1
    if code[after] == _OLD:
        return UnitRead(UNIT[code[k]] + "_old", after + 1)
    if code[after] == _OF and code[after + 1] == _AGE:
        return UnitRead(UNIT[code[k]] + "_old", after + 2)
    return None


def with_rate(tokens: Tokens, unit: str, end: int, money: bool = False) -> UnitRead:
    """Add "per hour", "a day", "/kg" to a unit that was read up to `end`; "" is the unit of money."""
    code, gap = tokens.code, tokens.gap
    here = code[end]
    if not RATE_STARTS[here] or gap[end] == GAP_LINE:
        return UnitRead(unit, end)
    j = end
    if here in HYPHENS and gap[j] == GAP_NONE:
        j += 1
        here = code[j]
    if here == _SLASH:
        below = measure_at(tokens, j + 1) or _short_time(tokens, j + 1)
    elif here == _PER:
        j += code[j + 1] in HYPHENS
        below = measure_at(tokens, j + 1) or _share(tokens, j + 1)
    elif here in _ARTICLES:
        j += code[j + 1] in HYPHENS
        below = _each(tokens, j + 1, money)
    else:
        return UnitRead(unit, end)
    if below is None or below.unit in _NO_RATE:
        return UnitRead(unit, end)
    return UnitRead(f"{unit}_per_{below.unit}" if unit else f"per_{below.unit}", below.end)


def _each(tokens: Tokens, j: int, money: bool) -> UnitRead | None:
    """Read what "a" counts by: a singular unit of time; for money also a share, a barrel, a pound."""
    share = _share(tokens, j)
    if share is not None or not UNIT[tokens.code[j]] or tokens.code[j + 1] in _MOMENTS:
        return share
    below = measure_at(tokens, j)
    if below is None or (not money and below.unit not in _TIMES) or tokens.word(below.end - 1)[-1] == "s":
        return None
    return below


def _share(tokens: Tokens, j: int) -> UnitRead | None:
    return UnitRead(tokens.word(j).lower(), j + 1) if tokens.code[j] in _RATES else None


def _short_time(tokens: Tokens, j: int) -> UnitRead | None:
    name = GLUED[tokens.code[j]]
    return UnitRead(name, j + 1) if name in ("second", "hour") else None
