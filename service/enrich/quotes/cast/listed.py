"""The items of a list of speakers, and lists without "and": `Falk, Lund, Moss said`."""

from __future__ import annotations

from itertools import pairwise

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.heads import is_described, is_surely_name
from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, is_noun, read_name
from service.enrich.quotes.cast.phrase_tokens import Phrase, PhraseTokens, wording
from service.enrich.quotes.view import View
from service.languages.en.lexicon import HONORIFICS, NO_ROLES
from service.languages.en.names import NEVER_NAMES
from service.languages.en.people import (
    DAYS_AND_TIMES,
    NAME_BODIES_OF,
    OFFICE_SUBJECTS,
    PARTY_LETTERS,
    PARTY_MEMBERS,
    PERSON_NOUNS,
    POSSESSIVES,
    TITLE_WORDS,
)
from service.languages.en.places import PLACES
from service.languages.en.reporting import DETERMINERS, FINITE_SAYING, HEAD_ENDS, RELATIVES

LISTED_MAX = 4
"""Maximum number of people named side by side."""
_JOINTS = frozenset({"and", "but", "though"})
NO_PLAIN_NAMES = HEAD_ENDS | NEVER_NAMES | DAYS_AND_TIMES | TITLE_WORDS | RELATIVES
"""Words of which none stands in a plain name."""


def read_bare_list(phrase: PhraseTokens, end: int) -> Phrase | None:
    """Read a list without "and", `Falk, Lund, Moss said`; of two only where their verb is of several: `Falk, Lund say`.

    `Tom Lund, Tarrow, Ostmark` is one: places are no items, and all have a given name or none has.
    """
    commas = [place for place, word in enumerate(phrase.lows) if word == ","]
    if not 0 < len(commas) < LISTED_MAX:
        return None
    edges = [-1, *commas, len(phrase.at)]
    items = [phrase.slice(low + 1, high) for low, high in pairwise(edges)]
    if not all(_is_plain_item(item) for item in items) or len({len(item.at) > 1 for item in items}) > 1:
        return None
    if not any(is_surely_name(item.low(0)) for item in items):
        return None
    if len(items) == 2 and not _is_plural_verb(phrase.view, end):
        return None
    names = [read_name(wording(item)) for item in items]
    named = all(one.words and one.sort != "body" and not is_noun(one) for one in names)
    return Phrase(names, "", set(), True) if named else None


def _is_plain_item(item: PhraseTokens) -> bool:
    """Tell whether an item of a list is a surname alone, or a given name with one."""
    if not item.at or not all(item.is_capital(place) for place in range(len(item.at))):
        return False
    plain = NO_PLAIN_NAMES.isdisjoint(item.lows) and PLACES.isdisjoint(item.lows)
    return plain and (len(item.at) == 1 or item.low(0) in GIVEN_NAMES)


def _is_plural_verb(view: View, token: int) -> bool:
    """Tell whether a verb of saying behind a subject shows that it is several people: `| say |`, not `says`."""
    word = view.lows[token]
    return (
        view.kinds[token] == c.SAYS and word not in FINITE_SAYING - {"say"} and not word.endswith(("s", "ed"))
    )


def is_aside(item: PhraseTokens) -> bool:
    """Tell whether an item only says what the one before it is: `Aske Republican`, `R-Aske.`, `the mayor`."""
    last = len(item.at) - 1
    party, hyphen, _ = item.low(0).partition("-")
    if is_described(item) and item.low(last) in PARTY_MEMBERS:
        return True
    return (bool(hyphen) and party in PARTY_LETTERS) or (
        item.low(0) in DETERMINERS and item.low(last) in PERSON_NOUNS
    )


def is_subject(item: PhraseTokens) -> bool:
    """Tell whether an item before "and" is what a committee or department is for: `House Ways`, `Education`."""
    last = len(item.at) - 1
    return item.low(last) in OFFICE_SUBJECTS and all(item.is_capital(place) for place in range(last + 1))


def is_first_role(one: Phrase) -> bool:
    """Tell whether an item may be the first of two roles of somebody: `former spokesman | and consultant Rex Benn`."""
    return not one.names and one.head in PERSON_NOUNS and not one.possessed


def are_two(one: Phrase, phrase: PhraseTokens, second: int) -> bool:
    """Tell whether an item and a name with a role are two people: `the governor | and Mayor Ada Brandt`, `a witness`.

    `second` is where the second begins. `The author and columnist Rex Benn` is one: he is no author by office.
    """
    article = phrase.low(0) in DETERMINERS
    titled = phrase.is_capital(second) and phrase.low(second).rstrip(".") in TITLE_WORDS
    if one.head in NO_ROLES:
        return article or titled
    return article and (titled or one.head in HONORIFICS)


def is_joint_body(names: list[Naming], phrase: PhraseTokens) -> bool:
    """Tell whether the names are one body: `the Department of Health and Human Services`."""
    heads = phrase.lows
    return (
        not NAME_BODIES_OF.isdisjoint(heads)
        and ("of" in heads or "for" in heads)
        and all(one.sort != "person" for one in names)
    )


def has_companion(phrase: PhraseTokens) -> bool:
    """Tell whether someone without a name speaks beside a name: `Anna Kerr and her lawyer`, who are two."""
    joint = phrase.lows.index("and") if "and" in phrase.lows else 0
    owned = phrase.low(joint + 1) in POSSESSIVES and "," not in phrase.lows[:joint]
    return owned and phrase.is_capital(joint - 1)


def without_denied(phrase: PhraseTokens) -> PhraseTokens:
    """Cut `Falk | and not Roth`: one is expressly not meant."""
    lows = phrase.lows
    joint = next((p for p in range(1, len(lows) - 1) if lows[p] in _JOINTS and lows[p + 1] == "not"), 0)
    return phrase.slice(0, joint) if joint else phrase


def before_aside(phrase: PhraseTokens) -> PhraseTokens:
    """Cut `Ida Roth and Jan Falk, | the heads of port and bank`; without "and" before it, nothing is left."""
    lows = phrase.lows
    joined = lows.index("and") if "and" in lows else len(lows)
    commas = range(joined + 1, len(lows) - 1)
    end = next((p for p in commas if lows[p] == "," and lows[p + 1] in DETERMINERS), 0)
    return phrase.slice(0, end)
