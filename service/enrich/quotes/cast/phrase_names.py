"""Names at the end of a phrase's head: `party leader | Ida Moss`, `Secretary of State | John F. Kerry`."""

from __future__ import annotations

from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, body_named, read_name
from service.enrich.quotes.cast.phrase_tokens import INSIDE_NAMES, Phrase, PhraseTokens, wording
from service.enrich.quotes.grammar import is_participle
from service.languages.en.lexicon import ROLES
from service.languages.en.names import BODIES, NEVER_NAMES, PARTICLES
from service.languages.en.people import (
    AGENT_ENDINGS,
    AUTHORING,
    BEFORE_PLACES,
    BODY_NOUNS,
    CONNECTIVES,
    DAYS_AND_TIMES,
    FIRM_ENDS,
    NAME_BODIES_OF,
    NO_PUBLISHERS,
    OFFICE_FIELDS,
    PERSON_NOUNS,
    TITLE_WORDS,
)
from service.languages.en.reporting import DETERMINERS, IRREGULAR_PARTICIPLES

_PUBLISHERS = BODY_NOUNS - NO_PUBLISHERS
ACRONYM_MIN = 3
"""Minimum length of an acronym that names a publisher, in letters: shorter ones are countries."""


def read_named(phrase: PhraseTokens, stop: int, head: PhraseTokens) -> Phrase | None:
    """Read a head that ends in capitals: its last run is the name, or a title that "of" leads on from.

    None where the run is a title without a name.
    """
    first = len(head.at) - 1
    while first > 0 and (head.is_capital(first - 1) or head.low(first - 1) in INSIDE_NAMES):
        first -= 1
    while first < len(head.at) - 1 and (not head.is_capital(first) or head.low(first) in NEVER_NAMES):
        first += 1
    run = head.slice(first, len(head.at))
    of = phrase.low(stop) if stop < len(phrase.at) else ""
    last = run.low(len(run.at) - 1)
    if of in CONNECTIVES and (last in NAME_BODIES_OF or last in BODIES) and _goes_on(phrase, stop):
        return Phrase([behind_body(phrase, stop) or _longer_body(phrase, stop, run)], "", set(), True)
    if of == "of" and last in TITLE_WORDS:
        beyond = behind_title(phrase, stop)
        if beyond is not None:
            return beyond
    naming = read_name(wording(run))
    if not naming.words or (
        len(naming.words) == 1 and naming.words[0].lower() in TITLE_WORDS and not naming.titles
    ):
        return None
    if _is_verb_before(head, first):
        return Phrase([], "", set(), False)  # "Mob rushes Ada Brandt"
    before = set(head.lows[:first])
    if first and head.low(first - 1) in _PUBLISHERS and not naming.titles:
        naming = naming._replace(sort="body", gender=None)  # "the newspaper La Nota"
    titles = before & TITLE_WORDS
    if titles:
        naming = naming._replace(titles=(*titles, *naming.titles))
    return Phrase([naming], "", before, True)


def _is_verb_before(head: PhraseTokens, first: int) -> bool:
    """Tell whether a verb in the present stands before a name, with a subject of its own before it."""
    if first < 2 or head.is_capital(first - 1) or head.low(first - 2) in DETERMINERS:
        return False
    word = head.low(first - 1)
    if not word.endswith("s") or word.endswith("ss") or word in TITLE_WORDS:
        return False
    return not word[:-1].endswith(AGENT_ENDINGS) and word[:-1] not in PERSON_NOUNS


def _goes_on(phrase: PhraseTokens, stop: int) -> bool:
    """Tell whether a name goes on behind "of" or "of the", and no day follows: `Post | on Wednesday`."""
    at = stop + 1 + (phrase.low(stop + 1) == "the")
    return phrase.is_capital(at) and phrase.low(at) not in DAYS_AND_TIMES


def behind_body(phrase: PhraseTokens, stop: int) -> Naming | None:
    """Read whose post stands behind a body: `Bank of Aske | President Tom Lund`. None where there is nobody."""
    post = next(
        (
            place
            for place in range(stop + 2, len(phrase.at))
            if phrase.low(place) in ROLES and phrase.is_capital(place)
        ),
        None,
    )
    if post is None or not all(_in_name(phrase, place) for place in range(stop + 1, len(phrase.at))):
        return None
    return _person(phrase, post + 1, len(phrase.at))


def behind_post(phrase: PhraseTokens, stop: int) -> Naming | None:
    """Read who holds a post, behind its place: `ambassador | to the European Union Ada Brandt`."""
    if phrase.low(stop) not in ("to", "of", "for"):
        return None
    first = stop + 1 + (phrase.low(stop + 1) == "the")
    end = first
    while end < len(phrase.at) and _in_name(phrase, end):
        end += 1
    if phrase.low(first) in GIVEN_NAMES or not TITLE_WORDS.isdisjoint(phrase.lows[first:end]):
        return None
    given = next(
        (
            p
            for p in range(first + 1, end - 1)
            if phrase.low(p) in GIVEN_NAMES and phrase.low(p - 1) not in BEFORE_PLACES
        ),
        None,
    )
    return None if given is None else _person(phrase, given, end)


def _in_name(phrase: PhraseTokens, place: int) -> bool:
    return phrase.is_capital(place) or phrase.low(place) in INSIDE_NAMES


def _person(phrase: PhraseTokens, first: int, end: int) -> Naming | None:
    naming = read_name(wording(phrase.slice(first, end)))
    return naming._replace(sort="person") if 1 < len(naming.words) < 5 and naming.sort != "body" else None


def _longer_body(phrase: PhraseTokens, stop: int, run: PhraseTokens) -> Naming:
    """Read a body on beyond its head: `Center | for Responsive Politics`."""
    end = stop
    while end < len(phrase.at):
        if phrase.is_capital(end) or (phrase.low(end) in CONNECTIVES and _goes_on(phrase, end)):
            end += 1
        else:
            break
    names = [phrase.view[token] for token in [*run.at, *phrase.at[stop:end]] if phrase.view[token] != "."]
    return body_named(tuple(names))


def behind_title(phrase: PhraseTokens, stop: int) -> Phrase | None:
    """Read the name behind a title with "of": `Secretary of State | John F. Kerry`."""
    first = stop + 1 + (phrase.low(stop + 1) == "the")
    end = first
    while end < len(phrase.at) and (
        phrase.is_capital(end) or phrase.low(end) == "." or phrase.low(end) in PARTICLES
    ):
        end += 1
    for start in range(first + 1, end):
        if phrase.low(start) in GIVEN_NAMES or (start == end - 2 and phrase.low(first) not in GIVEN_NAMES):
            naming = read_name(wording(phrase.slice(start, end)))
            if len(naming.words) > 1:
                return Phrase([naming._replace(sort="person")], "", set(), True)
    return None


def behind_office(phrase: PhraseTokens, first: int) -> Phrase | None:
    """Read the name behind a title in small letters: `secretary of | state Madeleine Horn`."""
    while phrase.low(first) in OFFICE_FIELDS:
        first += 1
    end = first
    while phrase.is_capital(end) or (end > first and phrase.low(end) in INSIDE_NAMES):
        end += 1
    if end - first < 2 or phrase.low(first) not in GIVEN_NAMES:
        return None
    naming = read_name(wording(phrase.slice(first, end)))
    return Phrase([naming._replace(sort="person")], "", set(), True)


def publisher(head: PhraseTokens) -> Naming | None:
    """Name the body that a document is called after: `a | Harbour Council | report`."""
    last = len(head.at) - 1
    first = last
    while first > 0 and head.is_capital(first - 1) and head.low(first - 1) not in NEVER_NAMES:
        first -= 1
    if first == last or head.low(first - 1) == "/":  # "a Harbour News/Courier poll"
        return None
    word = head.view[head.at[last - 1]]
    publishes = (word.lower() in BODIES or word.lower() in BODY_NOUNS) and word.lower() not in NO_PUBLISHERS
    if not publishes and not (len(word) >= ACRONYM_MIN and word.isupper()):
        return None
    return body_named(tuple([head.view[head.at[place]] for place in range(first, last)]))


def joint_body(phrase: PhraseTokens) -> Naming:
    """Read one name from all words, the article apart."""
    first = 1 if phrase.low(0) == "the" else 0
    return body_named(tuple([phrase.view[token] for token in phrase.at[first:]]))


def is_firm(phrase: PhraseTokens) -> bool:
    """Tell whether surnames around "&" are one firm: `Falk & Sons`, but `Ada Falk & Tom Moss`."""
    named = all(
        phrase.is_capital(place) or phrase.low(place) in ("&", ",") for place in range(len(phrase.at))
    )
    return named and GIVEN_NAMES.isdisjoint(phrase.lows) and TITLE_WORDS.isdisjoint(phrase.lows)


def family_firm(phrase: PhraseTokens, joint: int) -> Naming | None:
    """Name a firm by its last word behind "and": `the brewer | Falk and Sons |`."""
    last = joint + 1
    if last + 1 < len(phrase.at) or not phrase.is_capital(last) or phrase.low(last) not in FIRM_ENDS:
        return None
    first = joint
    while phrase.is_capital(first - 1) and phrase.low(first - 1) not in NEVER_NAMES:
        first -= 1
        if phrase.low(first - 1) == "," and phrase.is_capital(first - 2):
            first -= 1  # "Falk, | Roth and Partners"
    if first == joint:
        return None
    words = wording(phrase.slice(first, last + 1)).replace(" ,", ",").split()
    return body_named(tuple(words))


def campaign_of(phrase: PhraseTokens, owner: int, head: PhraseTokens, noun: str) -> Naming | None:
    """Name the body that is called after someone: `the Lund campaign`, `Ada Brandt's campaign`."""
    if noun == "government" and owner >= 0:
        return None
    named = phrase.slice(0, owner) if owner >= 0 else head.slice(0, len(head.at) - 1)
    while (named.at and not named.is_capital(0)) or (named.at and named.low(0) in NEVER_NAMES):
        named.drop(0)
    if not named.at or not all(
        named.is_capital(place) or named.low(place) == "." for place in range(len(named.at))
    ):
        return None
    naming = read_name(wording(named))
    if not naming.words:
        return None
    return body_named((*naming.words, noun))


def is_read(word: str) -> bool:
    """Tell whether a participle tells who has a document, not who wrote it: `obtained`, `seen`."""
    return (is_participle(word) or word in IRREGULAR_PARTICIPLES) and word not in AUTHORING
