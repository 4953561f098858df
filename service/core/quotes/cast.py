"""The people named in an article: full names, what they do, and whether they are called he or she."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from service.core.lexicon import FEMALE, HONORIFICS, MALE, ROLES
from service.core.names import BODIES, FEMALE_NAMES, MALE_NAMES, NEVER_NAMES, PARTICLES, SUFFIXES
from service.core.quotes import columns as c
from service.core.quotes.tokens import Tokens

Gender = Literal["female", "male"]

NAME_WORDS_MAX = 5
ROLE_CHARS_MAX = 100
APPOSITION_TOKENS_MAX = 16
PEOPLE_MAX = 400
"""An article that names more is a list; who comes later is not resolved."""

_CAPITAL = frozenset({c.SHAPE_CAPITAL, c.SHAPE_CAPITALS})
_SAYING_KINDS = frozenset({c.SAYS, c.THINKS, c.CUES})
_ARTICLES = ("a ", "an ", "the ")
_ROLE_ENDS = frozenset(
    {"who", "whose", "which", "that", "said", "says", ".", ";", "—", "–", "(", "and", "but"}
)
_TITLE_BREAKS = NEVER_NAMES | {"of", "'s"}


@dataclass(slots=True)
class Person:
    """Someone the article names in full."""

    name: str
    words: tuple[str, ...]
    gender: Gender | None = None
    role: str | None = None
    tokens: list[int] = field(default_factory=list)  # where the name, or its last part, begins


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring capitalised words: `words` are as they stand, `name_from` where titles end."""

    first: int
    end: int
    words: tuple[str, ...]
    name_from: int

    @property
    def name_words(self) -> tuple[str, ...]:
        return self.words[self.name_from :]


class Cast:
    """Who is named in a text, found once and asked often."""

    def __init__(self, tokens: Tokens) -> None:
        self._text = tokens.text
        self._starts = tokens.starts.tolist()
        self._ends = tokens.ends.tolist()
        self._kinds = tokens.attributes[:, c.KIND].tolist()
        self._shapes = tokens.attributes[:, c.SHAPE].tolist()
        self.people: list[Person] = []
        self.by_last_name: dict[str, list[Person]] = {}
        self._by_words: dict[tuple[str, ...], Person] = {}
        runs = list(self._runs())
        lone = {run.name_words[0] for run in runs if len(run.name_words) == 1}
        for run in runs:
            self._note(run, lone)
        for run in runs:
            self._note_last_name(run)

    def word(self, token: int) -> str:
        """The token as it stands; the end of the text counts as an empty one."""
        if not 0 <= token < len(self._starts):
            return ""
        return self._text[self._starts[token] : self._ends[token]]

    def person(self, words: tuple[str, ...]) -> Person | None:
        """The one person a name can mean: the full name, or a last name that only one bears."""
        known = self._by_words.get(words)
        if known is not None:
            return known
        bearers = self.by_last_name.get(words[-1], []) if words else []
        if len(words) > 1:
            bearers = [p for p in bearers if p.words[0] == words[0]]
        return bearers[0] if len(bearers) == 1 else None

    def _is_capital(self, token: int) -> bool:
        short = self._ends[token] - self._starts[token] < 40
        return short and self._shapes[token] in _CAPITAL and self._kinds[token] not in _SAYING_KINDS

    def _runs(self) -> Iterator[_Run]:
        token, count = 0, len(self._starts)
        while token < count:
            if not self._is_capital(token):
                token += 1
                continue
            first = token
            while (
                token < count
                and (self._is_capital(token) or self._joins(token))
                and self._touches(token, first)
            ):
                token += 1
            run = self._run(first, token)
            if run is not None:
                yield run

    def _touches(self, token: int, first: int) -> bool:
        return token == first or self._starts[token] - self._ends[token - 1] <= 1

    def _joins(self, token: int) -> bool:
        """An initial's full stop, or a particle before a capital."""
        if token + 1 >= len(self._starts) or not self._is_capital(token + 1):
            return False
        word = self.word(token)
        if word == ".":
            before = self.word(token - 1)
            return len(before) == 1 or before.lower() in HONORIFICS
        return word.lower() in PARTICLES

    def _run(self, first: int, end: int) -> _Run | None:
        while first < end and self.word(first).lower() in NEVER_NAMES:
            first += 1
        while end > first and not self._is_capital(end - 1):
            end -= 1
        if first >= end:
            return None
        words = tuple(self.word(token) for token in range(first, end))
        name_from = 0
        for place, word in enumerate(words):
            low = word.lower()
            if low in ROLES or low in HONORIFICS or (word == "." and name_from == place and place):
                name_from = place + 1
        return _Run(first, end, words, name_from)

    def _note(self, run: _Run, lone: set[str]) -> None:
        """Take a run into the cast if it is a full name and something says that it is a person's."""
        words = tuple(word for word in run.name_words if word != ".")
        if not 2 <= len(words) <= NAME_WORDS_MAX or len(self.people) >= PEOPLE_MAX:
            return
        known = self._by_words.get(words)
        if known is None:
            if any(word.lower() in BODIES for word in words) or all(word.isupper() for word in words):
                return
            gender = _gender(run.words, words)
            role = self._role(run)
            surname = _surname(words, lone)
            if gender is None and role is None and run.name_from == 0 and surname not in lone:
                return
            name = self._text[self._starts[run.first + run.name_from] : self._ends[run.end - 1]]
            known = Person(name, words, gender, role)
            self.people.append(known)
            self._by_words[words] = known
            self.by_last_name.setdefault(surname, []).append(known)
        elif known.role is None:
            known.role = self._role(run)
        known.tokens.append(run.first + run.name_from)

    def _note_last_name(self, run: _Run) -> None:
        if len(run.name_words) != 1:
            return
        bearers = self.by_last_name.get(run.name_words[0], [])
        if len(bearers) == 1:
            bearers[0].tokens.append(run.first + run.name_from)
            if bearers[0].gender is None:
                bearers[0].gender = _gender(run.words, ())

    def _role(self, run: _Run) -> str | None:
        return self._role_after(run.end) or self._role_before(run)

    def _role_after(self, end: int) -> str | None:
        """`Yury Ushakov, an adviser to the president, said`: what stands between the commas."""
        if self.word(end) != ",":
            return None
        stop, named = end + 1, False
        while stop < end + APPOSITION_TOKENS_MAX and stop < len(self._starts):
            word = self.word(stop).lower()
            if word == "," or word in _ROLE_ENDS or self._kinds[stop] in (c.PASSAGE, c.NEWLINE):
                break
            named = named or (word in ROLES and stop - end <= 8)
            stop += 1
        if not named or stop == end + 1:
            return None
        return _role_text(self._text[self._starts[end + 1] : self._ends[stop - 1]])

    def _role_before(self, run: _Run) -> str | None:
        """`Kremlin aide Yury Ushakov`, `Russian President Vladimir Putin`: the words up to the name."""
        name = run.first + run.name_from
        if run.name_from == 0 and (name == 0 or self.word(name - 1).lower() not in ROLES):
            return None
        first = name
        while first > 0 and name - first < 6 and self._starts[first] - self._ends[first - 1] <= 1:
            if not self.word(first - 1).lower().replace("-", "").isalpha() or self._breaks_role(first - 1):
                break
            first -= 1
        words = [self.word(token).lower() for token in range(first, name)]
        if not any(
            word in ROLES and word not in FEMALE | MALE | {"dr", "miss", "mrs", "ms"} for word in words
        ):
            return None
        return _role_text(self._text[self._starts[first] : self._ends[name - 1]])

    def _breaks_role(self, token: int) -> bool:
        return self.word(token).lower() in _TITLE_BREAKS or self._kinds[token] in _SAYING_KINDS


def _surname(words: tuple[str, ...], lone: set[str]) -> str:
    """The last word; or the first, where the text uses that alone: `Xi Jinping ... Xi`."""
    last = words[-2] if words[-1].lower() in SUFFIXES and len(words) > 2 else words[-1]
    if last in lone or words[0] not in lone or words[0].lower() in FEMALE_NAMES | MALE_NAMES:
        return last
    return words[0]


def _role_text(text: str) -> str | None:
    text = text.strip()
    for article in _ARTICLES:
        if text.lower().startswith(article):
            text = text[len(article) :]
    return text if 2 < len(text) <= ROLE_CHARS_MAX else None


def _gender(run_words: tuple[str, ...], name_words: tuple[str, ...]) -> Gender | None:
    for word in run_words:
        low = word.lower()
        if low in FEMALE:
            return "female"
        if low in MALE:
            return "male"
    given = name_words[0].lower() if len(name_words) > 1 else ""
    return "female" if given in FEMALE_NAMES else "male" if given in MALE_NAMES else None
