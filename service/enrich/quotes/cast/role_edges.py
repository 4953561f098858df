"""Where the words for a role begin and end beside a name, and whether they describe the bearer of that name."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.names import GIVEN_NAMES
from service.enrich.quotes.cast.telling import TELLING
from service.enrich.quotes.view import Range, View
from service.languages.en.names import PARTICLES
from service.languages.en.people import DAYS_AND_TIMES, OFFICE_SUBJECTS, TITLE_WORDS
from service.languages.en.reporting import DETERMINERS, PREPOSITIONS, SUBORDINATING
from service.languages.en.roles import IN_OFFICE, MERE_COURTESIES, TURNED, UNTIL_LATELY

_DASHES = frozenset("-–")
_INSIDE_NAMES = PARTICLES | {"."}
_OF_BODIES = frozenset({"of", "for", "on", "the"})
_CUT_OFF = PREPOSITIONS | DETERMINERS | {"late", "and"}
"""Words that no role ends in: "wife of the late", where a nickname in quotation marks follows."""


def with_standing(view: View, first: int) -> int:
    """Take in whether somebody still holds an office: `| former | CIA Director Ida Roth`, `| then- | Mayor Falk`."""
    word = view.lows[first - 1]
    if word in IN_OFFICE or (word.partition("-")[0] in UNTIL_LATELY and "-" in word):
        return first - 1
    return first - 2 if word in _DASHES and view.lows[first - 2] in UNTIL_LATELY else first


def before_name(view: View, role: Range) -> Range | None:
    """Cut a day before a role and the courtesy behind it: `Monday | Deputy Mayor | Mr. Falk`.

    Return None where a sentence ends inside: `... is a Republican. Mr. Falk`.
    """
    first, end = role
    while first < end and view.lows[first] in DAYS_AND_TIMES:
        first += 1
    while first < end and (view.lows[end - 1] in MERE_COURTESIES or _closes_courtesy(view, end - 1)):
        end -= 1
    crossed = first < end and view.sentences[first] != view.sentences[role[1]]
    return None if first >= end or crossed else (first, end)


def _closes_courtesy(view: View, token: int) -> bool:
    """Tell whether a full stop shortens a courtesy: `Foreign Secretary Mr | . |`."""
    return view.lows[token] == "." and view.lows[token - 1] in MERE_COURTESIES


def joins_body(view: View, token: int, first: int) -> bool:
    """Tell whether "and" stands inside the name of a body in a role: `head of the Centre on Rivers | and | Dams`."""
    if view.lows[token] != "and" or not (view.is_capital(token - 1) and view.is_capital(token + 1)):
        return False
    if view.lows[token - 1] in TELLING or view.lows[token + 1] in GIVEN_NAMES | TITLE_WORDS - OFFICE_SUBJECTS:
        return False
    before = token - 1
    while before > first and (view.is_capital(before) or view.lows[before] in _OF_BODIES):
        before -= 1
    return any(view.lows[at] in _OF_BODIES for at in range(before, token))


def without_loose_end(view: View, role: Range, *, whole: bool) -> Range:
    """Cut words that lead to something behind the role: `wife | of the late`.

    A role that is not whole ends before its last preposition: `director of the Dams | at the Institute for`.
    """
    first, end = role
    if not whole:
        last = next((at for at in range(end - 1, first, -1) if view.lows[at] in PREPOSITIONS), end)
        end = last if any(view.lows[at] in TELLING for at in range(first, last)) else end
    while end > first and view.lows[end - 1] in _CUT_OFF:
        end -= 1
    return first, end


def is_of_bearer(view: View, role: Range) -> bool:
    """Tell whether words behind a name and a comma describe its bearer.

    Not so in a list (`Falk, | former Mayor Ida Roth | and Moss`), a clause (`Falk, | while praising the mayor |,`) or
    before another's verb (`Beside Falk, | the mayor's aide stopped short | of it`).
    """
    first, end = role
    opening = view.lows[first]
    if opening in SUBORDINATING and opening != "once":
        return False
    if view.lows[first + 1] == "by" and opening.endswith("ed"):
        return False
    told = [token for token in range(first, end) if view.lows[token] in TELLING]
    if not told:
        return False
    last = told[-1]
    behind = view.lows[last + 1]
    acts = last + 1 < end and view.kinds[last + 1] != c.CAPITAL and behind.endswith("ed")
    if acts and behind not in TURNED and view.lows[last + 2] not in PREPOSITIONS:
        return False
    return not _names_another(view, role, last)


def _names_another(view: View, role: Range, last: int) -> bool:
    """Tell whether a role ends in a title and a name: `Senator Ida Roth`; not so `aide to Senator Ida Roth`."""
    first, end = role
    name = last + 1 + (view.lows[last + 1] == ".")
    if name >= end or any(view.lows[token] in PREPOSITIONS for token in range(first, last)):
        return False
    return all(view.is_capital(token) or view.lows[token] in _INSIDE_NAMES for token in range(name, end))
