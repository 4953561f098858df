"""The people named in an article: full names, what they do, and whether they are called he or she."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct, field

from service.enrich.quotes import columns as c
from service.enrich.quotes.runs import (
    ROLE_NAMED_AFTER,
    ROLE_WORDS_AFTER,
    ROLE_WORDS_BEFORE,
    TITLE_AFTER,
    TITLE_BEFORE,
    Run,
    name_runs,
)
from service.enrich.quotes.view import View
from service.languages.en.lexicon import FEMALE, MALE, ROLE_ENDS, ROLES
from service.languages.en.names import BODIES, FEMALE_NAMES, MALE_NAMES, NEVER_NAMES, SUFFIXES

Gender = Literal["female", "male"]
Name = tuple[str, ...]

NAME_WORDS_MAX = 5
GLUED_WORDS_MIN = 3
"""So many capitals that end in a known last name are a heading that ran into it, not another person."""
ROLE_CHARS_MAX = 100
ROLE_MENTIONS_MAX = 4
"""A role is looked for at so many mentions of the full name."""
PEOPLE_MAX = 400
"""An article that names more is a list; who comes later is not resolved."""

_SAYING_KINDS = frozenset({c.SAYS, c.THINKS, c.CUES})
_ARTICLES = ("a ", "an ", "the ")
_TITLE_BREAKS = NEVER_NAMES | {"of", "'s"}
_TELLING_ROLES = ROLES - FEMALE - MALE - {"dr"}
_GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES
_NAMES_KEPT = 4_096


class Person(Struct, eq=False):
    """Someone the article names in full."""

    name: str
    words: Name
    gender: Gender | None = None
    role: str | None = None
    tokens: list[int] = field(default_factory=list)  # where the name, or the last name, begins

    def stands_at(self, token: int) -> None:
        """Note a mention; the last one may come twice."""
        if not self.tokens or self.tokens[-1] != token:
            self.tokens.append(token)

    def may_be(self, other: Name) -> bool:
        """Whether a name of the same last name may be this person's: the given name or its initial agrees."""
        mine, given = self.words[0], other[0]
        return mine == given or (mine[0] == given[0] and 1 in (len(mine), len(given)))


class Cast:
    """Who is named in a text, found once and asked often."""

    def __init__(self, view: View) -> None:
        self._words = view
        self.people: list[Person] = []
        self.by_last_name: dict[str, list[Person]] = {}
        self._by_name: dict[Name, Person] = {}
        runs = name_runs(view)
        full = [run for run in runs if len(run.name) > 1]
        alone = [run for run in runs if len(run.name) == 1]
        lone = {run.name[0] for run in alone}
        doubtful = [run for run in full if self._in_doubt(run, lone)]
        for run in doubtful:
            self._note_doubtful(run, lone)
        for run in alone:
            self._note_last_name(run)

    def person(self, name: Name) -> Person | None:
        """The one person a name can mean: the full name, or a last name that only one bears."""
        known = self._by_name.get(name)
        if known is not None or not name:
            return known
        bearers = self.by_last_name.get(name[-1], [])
        if 1 < len(name) < GLUED_WORDS_MIN:
            bearers = [person for person in bearers if person.may_be(name)]
        return bearers[0] if len(bearers) == 1 else None

    def adopt(self, name: Name, token: int) -> Person | None:
        """Take in someone of whom only the speaking says that it is a person; None for a body or a single word."""
        if len(self.people) >= PEOPLE_MAX or not _could_be_person(name):
            return None
        return self._add(Person(" ".join(name), name, tokens=[token]), name[-1])

    def _add(self, person: Person, last_name: str) -> Person:
        self.people.append(person)
        self._by_name[person.words] = person
        self.by_last_name.setdefault(last_name, []).append(person)
        return person

    def _in_doubt(self, run: Run, lone: set[str]) -> bool:
        """Take a full name into the cast, unless nothing before or after it says that it is a person's."""
        known = self._by_name.get(run.name)
        if known is not None:
            self._note_again(known, run)
            return False
        if len(self.people) >= PEOPLE_MAX or not _could_be_person(run.name):
            return False
        gender, role = self._gender(run), self._role(run)
        if gender is None and role is None and run.name_from == run.first:
            return True
        person = self._same_as(run, _last_name(run.name, lone))
        person.gender = person.gender or gender
        person.role = person.role or role
        person.stands_at(run.name_from)
        return False

    def _note_doubtful(self, run: Run, lone: set[str]) -> None:
        """The same for a name that only its last name alone speaks for: the text uses it, and for nobody else."""
        known = self._by_name.get(run.name)
        if known is not None:
            self._note_again(known, run)
            return
        last_name = _last_name(run.name, lone)
        if len(self.people) < PEOPLE_MAX and last_name in lone and not self.by_last_name.get(last_name):
            self._same_as(run, last_name).stands_at(run.name_from)

    def _note_again(self, known: Person, run: Run) -> None:
        if known.role is None and len(known.tokens) < ROLE_MENTIONS_MAX:
            known.role = self._role(run)
        known.stands_at(run.name_from)

    def _same_as(self, run: Run, last_name: str) -> Person:
        """The person a new full name belongs to: one known by another form of it, or a new one."""
        same = [person for person in self.by_last_name.get(last_name, []) if person.may_be(run.name)]
        name = self._words.between(run.name_from, run.end)
        if same:
            self._by_name[run.name] = same[0]
            if len(run.name[0]) > 1 and (len(same[0].words[0]) == 1 or len(run.name) > len(same[0].words)):
                same[0].name, same[0].words = name, run.name
            return same[0]
        return self._add(Person(name, run.name), last_name)

    def _note_last_name(self, run: Run) -> None:
        bearers = self.by_last_name.get(run.name[0])
        if bearers is not None and len(bearers) == 1:
            bearers[0].tokens.append(run.name_from)
            bearers[0].gender = bearers[0].gender or self._gender(run)

    def _gender(self, run: Run) -> Gender | None:
        """From a title, else from the given name."""
        for token in range(run.first, run.name_from):
            low = self._words[token].lower()
            if low in FEMALE or low in MALE:
                return "female" if low in FEMALE else "male"
        given = run.name[0].lower() if len(run.name) > 1 else ""
        return "female" if given in FEMALE_NAMES else "male" if given in MALE_NAMES else None

    def _role(self, run: Run) -> str | None:
        after = self._role_after(run.end) if run.titles & TITLE_AFTER else None
        return after or (self._role_before(run) if run.titles & TITLE_BEFORE else None)

    def _role_after(self, end: int) -> str | None:
        """`Yury Ushakov, an adviser to the president, said`: what stands between the commas."""
        stop, named = end + 1, False
        while stop < min(end + ROLE_WORDS_AFTER, self._words.count):
            word = self._words[stop].lower()
            if word == "," or word in ROLE_ENDS or self._words.kinds[stop] in (c.PASSAGE, c.NEWLINE):
                break
            named = named or (word in ROLES and stop - end <= ROLE_NAMED_AFTER)
            stop += 1
        return _role_text(self._words.between(end + 1, stop)) if named else None

    def _role_before(self, run: Run) -> str | None:
        """`Kremlin aide Yury Ushakov`, `Russian President Vladimir Putin`: the words up to the name."""
        name = run.name_from
        if name == run.first and self._words[name - 1].lower() not in ROLES:
            return None
        first = name
        while first > 0 and name - first < ROLE_WORDS_BEFORE and self._words.touch(first):
            before = self._words[first - 1].lower()
            if not before.replace("-", "").isalpha() or before in _TITLE_BREAKS:
                break
            if self._words.kinds[first - 1] in _SAYING_KINDS:
                break
            first -= 1
        title = {self._words[token].lower() for token in range(first, name)}
        return _role_text(self._words.between(first, name)) if title & _TELLING_ROLES else None


@lru_cache(maxsize=_NAMES_KEPT)
def _could_be_person(name: Name) -> bool:
    if not 2 <= len(name) <= NAME_WORDS_MAX or all(word.isupper() for word in name):
        return False
    return not any(word.lower() in BODIES for word in name)


def _last_name(name: Name, lone: set[str]) -> str:
    """The last word; or the first, where the text uses that alone: `Xi Jinping ... Xi`."""
    last = name[-2] if name[-1].lower() in SUFFIXES and len(name) > 2 else name[-1]
    if last in lone or name[0] not in lone or name[0].lower() in _GIVEN_NAMES:
        return last
    return name[0]


def _role_text(text: str) -> str | None:
    text = text.strip()
    for article in _ARTICLES:
        if text.lower().startswith(article):
            text = text[len(article) :]
    return text if 2 < len(text) <= ROLE_CHARS_MAX else None
