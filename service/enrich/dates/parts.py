"""Read parts of a year: seasons, quarters, halves, "Q4", "2H25"."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import (
    EARLY,
    FISCAL,
    HYPHENS,
    LAST_WORDS,
    NEXT_WORDS,
    OF,
    ORDINAL,
    QUOTES,
    THE,
    THIS_WORDS,
    YEAR,
    S,
    four_digits,
    short_year,
    whole,
    with_the,
    year_of,
)
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import NEAREST, PAST, Mention, Part, SameQuarter, Unsettled
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_NONE, GAP_SPACE, LOWER, SYMBOL, TITLE
from service.languages.en.words import date_cues, time

_SEASON = table(time.SEASONS, 0)
_SEASON_BEFORE = codes_of(date_cues.SEASON_BEFORE)
_LAST, _YEAR_AGO = code_of("last"), codes_of("ago earlier")
_LATEST, _COMPARED = code_of("latest"), codes_of("comparable corresponding")
_CODES = {code_of("q"): ("Q", 4), code_of("h"): ("H", 2)}
_FY, _QUARTER, _Q = code_of("fy"), code_of("quarter"), code_of("q")
CODE_NEAR = flags(["q", "h", "fy", "quarter"])
"""Words beside a number at which `read_quarter_code` may find something."""


def read_season(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "last fall", "the summer of 2019", "this past spring"; "fall" the verb and "spring" the water stay out."""
    code, gap = tokens.code, tokens.gap
    number = _SEASON[code[i]]
    j = i + 1
    k = j + 1 if code[j] == OF else j
    year = four_digits(tokens, k)
    if year < 0 and k == j + 1:
        year = short_year(tokens, k)
        k += year > 0
    if year >= 1500 and (gap[k] == GAP_SPACE or k == j + 2):
        return Mention(with_the(tokens, i, floor), k + 1, "date", Part("S", number, year))
    if i - 1 < floor or gap[i] != GAP_SPACE:
        return None
    before = code[i - 1]
    if before in THIS_WORDS:
        return Mention(i - 1, j, "date", Part("S", number, None))
    if before in LAST_WORDS or before in NEXT_WORDS:
        first = i - 2 if code[i - 2] in THIS_WORDS and i - 2 >= floor else i - 1
        shift = 0 if first < i - 1 else -1 if before in LAST_WORDS else 1
        return Mention(first, j, "date", Part("S", number, None, shift))
    early = before in EARLY
    the = i - 2 if early else i - 1
    if code[the] == THE and code[the - 1] in _SEASON_BEFORE and the >= floor:
        return Mention(the, j, "date", Part("S", number, None))
    return None


def read_quarter(tokens: Tokens, i: int, k: int, floor: int) -> Mention | None:
    """Read "the third quarter [of 2023]", "third-quarter", "last year's fourth quarter", "the year-ago quarter".

    `i` is the token of "quarter" or "period", `k` the word before it.
    """
    code = tokens.code
    before = code[k]
    number = ORDINAL[before]
    if 1 <= number <= 4 and tokens.word(i)[-1] != "s" and tokens.word(i)[0] in "qQ":
        return _ordinal_quarter(tokens, i, k, number, floor)
    if before in _YEAR_AGO and code[k - 1] in HYPHENS and code[k - 2] == YEAR and k - 2 >= floor:
        return Mention(with_the(tokens, k - 2, floor), i + 1, "date", SameQuarter(-1))
    if before == _LATEST:
        return Mention(with_the(tokens, k, floor), i + 1, "date", SameQuarter(0))
    if before in _COMPARED:
        of_last_year = code[i + 1] in LAST_WORDS and code[i + 2] == YEAR
        meant = SameQuarter(-1) if of_last_year else Unsettled("of a business year")
        return Mention(with_the(tokens, k, floor), i + (3 if of_last_year else 1), "date", meant)
    return None


def _ordinal_quarter(tokens: Tokens, i: int, k: int, number: int, floor: int) -> Mention:
    year, shift, last = year_of(tokens, i + 1)
    first = k
    of_fiscal = tokens.code[i + 1] == OF and FISCAL in (tokens.code[i + 2], tokens.code[i + 3])
    if of_fiscal:
        end = i + 2 + (tokens.code[i + 2] != FISCAL)
        end += 2 if tokens.code[end + 1] == YEAR else 1
        end += four_digits(tokens, end) > 0
        return Mention(with_the(tokens, k, floor), end, "date", Unsettled("of a business year"))
    if tokens.code[k - 1] == FISCAL and k - 1 >= floor:
        first = k - 1
        if year is None:
            return Mention(with_the(tokens, first, floor), last, "date", Unsettled("of a business year"))
    year_ago = year is None and shift is None and first == k and _is_year_ago(tokens, k, floor)
    if year_ago:
        first, shift = k - 3, -1
    if k == i - 1:  # not in "third-quarter", which describes what follows
        first = with_the(tokens, first, floor)
    way = PAST if year_ago else way_of(tokens, first, last) if year is None and shift is None else NEAREST
    return Mention(first, last, "date", Part("Q", number, year, shift or 0, way))


def _is_year_ago(tokens: Tokens, k: int, floor: int) -> bool:
    """Tell whether "year-ago" or "year-earlier" stands before token `k`."""
    code = tokens.code
    return k - 3 >= floor and code[k - 1] in _YEAR_AGO and code[k - 2] in HYPHENS and code[k - 3] == YEAR


def read_quarter_code(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "Q4", "H1 2024", "2Q", "4Q17", "2H25", "Quarter 1 2018", "FY24" at the number `i`."""
    code, gap = tokens.code, tokens.gap
    number = whole(tokens, i, 4)
    before = code[i - 1]
    if before == _FY and i - 1 >= floor and tokens.mark[i - 1] != LOWER:
        return Mention(i - 1, i + 1, "date", Unsettled("of a business year"))
    if before in _CODES and gap[i] == GAP_NONE and tokens.mark[i - 1] == TITLE:
        first, letter, j = i - 1, before, i + 1
        if gap[first] == GAP_NONE and tokens.mark[first - 1] != SYMBOL:
            return None
    elif code[i + 1] in _CODES and gap[i + 1] == GAP_NONE and tokens.mark[i + 1] == TITLE:
        first, letter, j = i, code[i + 1], i + 2
        if gap[first] == GAP_NONE and tokens.mark[first - 1] != SYMBOL:
            return None
    elif before == _QUARTER and gap[i] == GAP_SPACE:
        first, letter, j = i - 1, _Q, i + 1
    else:
        return None
    kind, most = _CODES[letter]
    year, end = _code_year(tokens, j)
    glued = end == j and gap[j] == GAP_NONE and (tokens.mark[j] != SYMBOL or code[j + 1] == NUMBER)
    if first < floor or not 1 <= number <= most or glued:
        return None
    way = way_of(tokens, first, end) if year is None else 0
    return Mention(first, end, "date", Part("Q" if kind == "Q" else "H", number, year, 0, way))


def _code_year(tokens: Tokens, j: int) -> tuple[int | None, int]:
    """Read the year behind "Q4" at token `j`: " 2024", " of 2024", "17", "'23"; and the token behind it."""
    code, gap = tokens.code, tokens.gap
    if code[j] == NUMBER and gap[j] == GAP_NONE:
        year = whole(tokens, j, 4)
        two = tokens.end[j] - tokens.start[j] == 2
        return (year + 2000 if two else year, j + 1) if two or year >= 1000 else (None, j)
    year = short_year_glued(tokens, j)
    if year:
        return year, j + 2
    k = j + (code[j] == OF)
    year = four_digits(tokens, k)
    return (year, k + 1) if year >= 1900 and gap[k] == GAP_SPACE else (None, j)


def short_year_glued(tokens: Tokens, k: int) -> int:
    """Read "'23" behind "Q4", with or without a blank."""
    year = whole(tokens, k + 1, 2)
    marked = tokens.code[k] in QUOTES and tokens.gap[k + 1] == GAP_NONE
    return 2000 + year if marked and year >= 0 and tokens.end[k + 1] - tokens.start[k + 1] == 2 else 0


def read_owned_quarter(tokens: Tokens, i: int, first: int, shift: int) -> Mention | None:
    """Read "last year's fourth quarter", "next year's first half": `i` is the token of "year"."""
    code = tokens.code
    if code[i + 1] not in QUOTES or code[i + 2] != S or tokens.gap[i + 2] != GAP_NONE:
        return None
    number = ORDINAL[code[i + 3]]
    last = i + 5 if code[i + 4] not in HYPHENS else i + 6
    if 1 <= number <= 4 and tokens.word(last - 1).lower() == "quarter":
        return Mention(first, last, "date", Part("Q", number, None, shift))
    if 1 <= number <= 2 and tokens.word(last - 1).lower() == "half":
        return Mention(first, last, "date", Part("H", number, None, shift))
    return None


def read_half(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "the first half of 2023", "the second half of the year"; the halves of a match stay out."""
    code = tokens.code
    k = i - 2 if code[i - 1] in HYPHENS else i - 1
    number = 2 if code[k] == _LAST else ORDINAL[code[k]]
    if number not in (1, 2) or k < floor:
        return None
    year, shift, last = year_of(tokens, i + 1)
    if year is None and shift is None:
        return None
    return Mention(with_the(tokens, k, floor), last, "date", Part("H", number, year, shift or 0))
