"""Text -> cast: every person and body that the article names, with all their mentions."""

from __future__ import annotations

import bisect

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, Words, may_be, read_name, surname
from service.enrich.quotes.cast.roles import add_role
from service.enrich.quotes.cast.runs import Run, name_runs
from service.enrich.quotes.view import View
from service.languages.en.people import CONNECTIVES, PERSON_NOUNS

ENTITIES_MAX = 400
"""Maximum number of entities; an article that names more is a list, and the later ones are not resolved."""
SENTENCES_NEAR = 3
"""Number of sentences back in which the full name stands that a surname borne by several takes up."""
OPENING_TOKENS = 60
"""Number of tokens at the head of a text in which its main people are named."""
HEADLINE_NAME_WORDS = 3
"""Maximum length of a name that only a headline has, in words."""
BEARERS_MAX = 40
"""Maximum number of entities with one surname among which the one meant is looked for."""
DOMINANT_TIMES = 2
"""Of several who bear a surname the one is meant whom the text names in full so many times as often as the next."""

_NOBODY: list[Entity] = []


class Cast:
    """The entities of one article, found by name."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.entities: list[Entity] = []
        self._by_key: dict[Words, Entity] = {}
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_first: dict[str, list[Entity]] = {}
        self._by_initials: dict[str, Entity] = {}
        self._by_head: dict[str, list[Entity]] | None = (
            None  # made when it is asked for, after all names are read
        )
        runs = [(run, read_name(run.wording)) for run in name_runs(view)]
        self._keys = {naming.key for run, naming in runs if not run.headline}
        full = [(run, naming) for run, naming in runs if len(naming.key) > 1]
        short = [(run, naming) for run, naming in runs if len(naming.key) == 1]
        alone = {naming.key[0] for _, naming in short}
        for run, naming in full:
            self._take_full(run, naming, alone)
        for run, naming in short:
            self._take_short(run, naming)
        for entity in self.entities:
            entity.tokens.sort()

    def named(self, naming: Naming) -> Entity | None:
        """Return the entity that a name means, if it can mean only one."""
        key = naming.key
        if not key:
            return None
        known = self._by_key.get(key)
        if known is not None:
            return known
        if len(key) == 1:
            return self._by_word(key[0], naming)
        if naming.sort == "body":
            return None
        bearers = [one for one in self._bearers(surname(key)) if len(one.key) > 1 and may_be(one.key, key)]
        return bearers[0] if len(bearers) == 1 else None

    def adopt(self, naming: Naming, token: int) -> Entity:
        """Take in someone of whom only the speaking says that there is such a one."""
        entity = Entity(_spelt(naming), naming.key, naming.sort, naming.gender, tokens=[token])
        if len(self.entities) < ENTITIES_MAX:
            self._add(entity)
        return entity

    def bodies_called(self, noun: str) -> list[Entity]:
        """List the bodies with a noun as the head of their name: board -> Board of Elections."""
        if self._by_head is None:
            self._by_head = {}
            for one in self.entities:
                if one.sort == "body":
                    self._by_head.setdefault(_head(one), []).append(one)
        return self._by_head.get(noun, _NOBODY)

    def has_surname(self, naming: Naming) -> bool:
        """Tell whether someone in the text bears a name of one word as a surname."""
        return any(len(one.key) > 1 for one in self._by_surname.get(naming.key[0], []))

    def last_named(self, naming: Naming, token: int) -> Entity | None:
        """Return the one of several bearers who is named close before a token, if it is only one."""
        near = [one for one in self._bearers(naming.key[0]) if self._is_near(one, token)]
        return near[0] if len(near) == 1 else None

    def _is_near(self, one: Entity, token: int) -> bool:
        before = bisect.bisect_left(one.tokens, token)
        if not before:
            return False
        sentences = self.view.sentences
        return sentences[token] - sentences[one.tokens[before - 1]] <= SENTENCES_NEAR

    def _bearers(self, last: str) -> list[Entity]:
        """List everyone with a last word of the name; nobody where there are more than can be told apart."""
        bearers = self._by_surname.get(last, _NOBODY)
        return bearers if len(bearers) <= BEARERS_MAX else _NOBODY

    def _by_word(self, word: str, naming: Naming) -> Entity | None:
        acronym = self._by_initials.get(word)
        if acronym is not None and naming.words[0].isupper():
            return acronym
        bearers = self._bearers(word)
        if naming.gender is not None and bearers:
            bearers = [one for one in bearers if one.gender in (naming.gender, None)] or bearers
        if not bearers:
            firsts = self._by_first.get(word, [])
            return firsts[0] if len(firsts) == 1 else None
        return bearers[0] if len(bearers) == 1 else _dominant(bearers)

    def _take_full(self, run: Run, naming: Naming, alone: set[str]) -> None:
        if self._begins_sentence(run, naming):
            naming = read_name(" ".join(naming.words[1:]))  # "Entrusting Ada Brandt to ..."
        known = self._by_key.get(naming.key) or self.named(naming)
        if known is None:
            if len(self.entities) >= ENTITIES_MAX or (run.headline and not _is_surely_person(naming)):
                return
            known = self._add(Entity(_spelt(naming), naming.key, naming.sort, naming.gender), alone)
        elif len(naming.words) > len(known.key) or (known.name.isupper() and not naming.words[0].isupper()):
            self._by_key[naming.key] = known
            known.name, known.key = _spelt(naming), naming.key
        self._note(run, naming, known)
        known.full_mentions += 1

    def _begins_sentence(self, run: Run, naming: Naming) -> bool:
        """Tell whether the first word of a name is no name, but the first word of a sentence or a headline."""
        key = naming.key
        if len(key) < 3 or naming.sort == "body" or naming.titles or key[0] in GIVEN_NAMES:
            return False
        sentences = self.view.sentences
        begins = run.first == 0 or sentences[run.first - 1] != sentences[run.first]
        return key[1:] in self._keys or (begins and key[1] in GIVEN_NAMES)

    def _take_short(self, run: Run, naming: Naming) -> None:
        known = self._by_key.get(naming.key) or self.named(naming)
        if known is None:
            if len(self.entities) >= ENTITIES_MAX or run.headline or self.has_surname(naming):
                return
            if naming.sort != "person" and naming.key[0] in PERSON_NOUNS:
                return
            known = self._add(Entity(_spelt(naming), naming.key, naming.sort, naming.gender))
        self._note(run, naming, known)

    def _note(self, run: Run, naming: Naming, entity: Entity) -> None:
        entity.tokens.append(run.end - 1 if len(naming.key) == 1 else run.first)
        if entity.gender is None:
            entity.gender = naming.gender
        if entity.sort == "unknown":
            entity.sort = naming.sort
        if run.hints or naming.titles:
            add_role(self.view, run, naming, entity)

    def _add(self, entity: Entity, alone: set[str] | None = None) -> Entity:
        self.entities.append(entity)
        self._by_head = None
        key = entity.key
        self._by_key[key] = entity
        last = surname(key)
        self._by_surname.setdefault(last, []).append(entity)
        if len(key) > 1 and entity.sort != "body":
            if alone and key[0] in alone and last not in alone and key[0] not in GIVEN_NAMES:
                self._by_surname.setdefault(key[0], []).append(entity)  # "Xi Jinping ... Xi"
            else:
                self._by_first.setdefault(key[0], []).append(entity)
        if len(key) > 1 and entity.sort == "body":
            self._by_initials.setdefault("".join(word[0] for word in key if word not in CONNECTIVES), entity)
        return entity


def _head(body: Entity) -> str:
    """Return the head noun of a body's name, in lower case."""
    of = next((place for place, word in enumerate(body.key) if place and word in CONNECTIVES), len(body.key))
    return body.key[of - 1]


def _is_surely_person(naming: Naming) -> bool:
    return naming.key[0] in GIVEN_NAMES and len(naming.key) <= HEADLINE_NAME_WORDS


def _spelt(naming: Naming) -> str:
    return " ".join(word + "." if len(word) == 1 and word.isupper() else word for word in naming.words)


def _dominant(bearers: list[Entity]) -> Entity | None:
    """Choose of several bearers the one whom the text names most, or else opens with."""
    first, second = sorted([one.full_mentions for one in bearers], reverse=True)[:2]
    if first >= DOMINANT_TIMES * max(1, second):
        return next(one for one in bearers if one.full_mentions == first)
    opening = [one for one in bearers if min(one.tokens, default=OPENING_TOKENS) < OPENING_TOKENS]
    return opening[0] if len(opening) == 1 else None
