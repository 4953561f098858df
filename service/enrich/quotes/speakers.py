"""Mentions -> people: the fullest name the article gives, its role, and how that was concluded.

Resolution never changes the mention. A wrong name is worse than none: what is not clear stays unresolved.
"""

from __future__ import annotations

import bisect
from functools import cached_property
from typing import Literal, NamedTuple

from service.enrich.quotes.cast import Cast, Gender, Person
from service.enrich.quotes.found import Attribution
from service.enrich.quotes.view import View
from service.enrich.remembered import remembered
from service.languages.en.lexicon import FEMALE, HONORIFICS, LEADERS, MALE, ROLES
from service.languages.en.names import NEVER_NAMES
from service.records import Speaker

PRONOUN_SENTENCES_BACK = 3
"""A pronoun's antecedent is looked for in its own sentence and so many before."""

_NO_NAMES = ROLES | HONORIFICS | NEVER_NAMES | FEMALE | MALE
_PRONOUNS: dict[str, Gender | None] = {"he": "male", "she": "female", "it": None}
How = Literal["same_mention", "last_name", "pronoun", "role"]


class _Turn(NamedTuple):
    """Who spoke last: a person, or a body by its wording."""

    sentence: int
    person: Person | None
    name: str | None


class Resolver:
    """Resolves the speakers of one article, asked in text order."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._cast = Cast(view)
        self._named = tuple(self._cast.people)  # without those who will be adopted
        self._last: _Turn | None = None

    @cached_property
    def _mentions(self) -> list[tuple[int, int]]:
        """Where people are named, with their numbers: only pronouns ask."""
        return sorted((token, number) for number, p in enumerate(self._named) for token in p.tokens)

    def resolve(self, attribution: Attribution) -> Speaker | None:
        """The speaker of an attribution; remembers it for the pronouns that follow."""
        if attribution.speaker is None:
            return None
        start, end = attribution.speaker
        text = self._view.text[start:end]
        token = min(bisect.bisect_left(self._view.starts, start), self._view.count - 1)
        sentence = self._view.sentences[token]
        person, name, how = self._identify(text, token, sentence)
        if how is None and text.lower() in _PRONOUNS:
            return Speaker(start, end, text)
        self._last = _Turn(sentence, person, name)
        role = person.role if person is not None else None
        return Speaker(start, end, text, name=name, resolved_by=how, role=role)

    def _identify(self, text: str, token: int, sentence: int) -> tuple[Person | None, str | None, How | None]:
        low = text.lower()
        if low in _PRONOUNS:
            return self._pronoun(low, token, sentence)
        words = _name_words(text)
        if words:
            person = self._cast.person(words)
            if person is not None:
                return person, person.name, "same_mention" if len(words) > 1 else "last_name"
            if len(words) > 1 or not self._cast.by_last_name.get(words[-1]):
                return self._cast.adopt(words, token), " ".join(words), "same_mention"
            return None, None, None
        person = self._by_role(low)
        return (person, person.name, "role") if person is not None else (None, None, None)

    def _pronoun(
        self, pronoun: str, token: int, sentence: int
    ) -> tuple[Person | None, str | None, How | None]:
        last = self._last
        recent = last is not None and sentence - last.sentence <= PRONOUN_SENTENCES_BACK + 1
        if pronoun == "it":
            if recent and last is not None and last.name is not None and _could_be_it(last.person):
                return None, last.name, "pronoun"
            return None, None, None
        gender = _PRONOUNS[pronoun]
        able = self._named_before(token, sentence, gender)
        if recent and last is not None and last.person is not None and last.person.gender in (gender, None):
            # those named in the last speaker's own sentence are spoken of; those named since may speak
            since = {
                id(person) for person, where in able if where > last.sentence and person is not last.person
            }
            return (None, None, None) if since else (last.person, last.person.name, "pronoun")
        people = list({id(person): person for person, _ in able}.values())
        return (people[0], people[0].name, "pronoun") if len(people) == 1 else (None, None, None)

    def _named_before(self, token: int, sentence: int, gender: Gender | None) -> list[tuple[Person, int]]:
        """People of that gender (or of none known) before the pronoun, with their sentences.

        Only those of the nearest sentence that names one; at most PRONOUN_SENTENCES_BACK before.
        """
        found: list[tuple[Person, int]] = []
        for place in range(bisect.bisect_left(self._mentions, (token, 0)) - 1, -1, -1):
            mention, number = self._mentions[place]
            where = self._view.sentences[mention]
            if sentence - where > PRONOUN_SENTENCES_BACK or (found and where != found[0][1]):
                break
            person = self._named[number]
            if person.gender in (gender, None):
                found.append((person, where))
        return found

    def _by_role(self, low: str) -> Person | None:
        """`the Kremlin aide`, `the Russian leader`: the one person whose role has all these words."""
        wanted = {w for w in low.replace("'s", "").split() if w not in NEVER_NAMES}
        if not wanted & ROLES:
            return None
        fitting = [p for p in self._cast.people if p.role is not None and _fits(wanted, p.role.lower())]
        return fitting[0] if len(fitting) == 1 else None


def _could_be_it(person: Person | None) -> bool:
    return person is None or (person.gender is None and person.role is None)


def _fits(wanted: set[str], role: str) -> bool:
    has = set(role.replace(",", " ").split())
    if wanted & LEADERS and has & LEADERS:
        has |= LEADERS
    return wanted <= has


@remembered
def _name_words(text: str) -> tuple[str, ...]:
    """The name in a mention: `former Mayor Ann Lee, 54,` -> (Ann, Lee).

    Nothing where the head is no name ("the Rossi campaign") or where two share the words ("Rossi and Lee").
    """
    head = text.split(",")[0].split(" of ")[0].split(" for ")[0]
    words = [w.removesuffix("’s").removesuffix("'s").rstrip(".") for w in head.split()]
    if "and" in words:
        return ()
    name: list[str] = []
    for word in reversed(words):
        low = word.lower()
        if not word[:1].isupper() or low in _NO_NAMES:
            break
        name.insert(0, word)
    return tuple(name)
