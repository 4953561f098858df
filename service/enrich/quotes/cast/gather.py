"""Text -> cast: every person and body that the article names, with all their mentions."""

from __future__ import annotations

import bisect

from service.enrich.quotes.cast.asked import Asked
from service.enrich.quotes.cast.bodies import head_noun, longer_body
from service.enrich.quotes.cast.couples import of_gender
from service.enrich.quotes.cast.entities import Entity, dominant
from service.enrich.quotes.cast.first_words import begins_sentence, is_glued
from service.enrich.quotes.cast.generations import is_junior, junior_at, named_apart
from service.enrich.quotes.cast.given_before import given_before
from service.enrich.quotes.cast.names import (
    GIVEN_NAMES,
    Naming,
    Words,
    is_fuller,
    is_noun,
    is_run_together,
    is_surely_person,
    may_be,
    read_name,
    spelt,
    surname,
)
from service.enrich.quotes.cast.offices import without_offices
from service.enrich.quotes.cast.roles import add_role
from service.enrich.quotes.cast.runs import Run, name_runs
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hashes
from service.languages.en.people import CONNECTIVES, NAME_BODIES_OF, PARTIES
from service.languages.en.places import PLACES

ENTITIES_MAX = 400
"""Maximum number of entities; an article that names more is a list, and the later ones are not resolved."""
SENTENCES_NEAR = 3
"""Number of sentences back in which the full name stands that a surname borne by several takes up."""
BEARERS_MAX = 40
"""Maximum number of entities with one surname among which the one meant is looked for."""

_ARTICLES = word_hashes({"the", "a", "an"})
_NOBODY: list[Entity] = []


class Cast:
    """The entities of one article, found by name."""

    def __init__(self, view: View, asked: Asked | None = None) -> None:
        """Gather whom the text names; with `asked`, only those who may be asked for so."""
        self.view = view
        self.entities: list[Entity] = []
        self._by_key: dict[Words, Entity] = {}
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_first: dict[str, list[Entity]] = {}
        self._by_initials: dict[str, Entity] = {}
        self._bodies: list[Entity] = []
        """Bodies with names of several words whose initials are not in `_by_initials` yet."""
        self._spare: dict[Words, list[tuple[Run, Naming]]] = {}
        """Runs of one word, by name, that become an entity when someone asks for them."""
        self._by_head: dict[str, list[Entity]] | None = None  # made when asked for, after all names are read
        self._looked_up: set[Entity] = set()
        self._gather(name_runs(view, asked))

    def _gather(self, runs: list[Run]) -> None:
        """Take in the runs of capitals: full names first, so that a surname finds its bearer."""
        runs = without_offices(self.view, runs)
        named = [(run, read_name(run.wording)) for run in runs]
        self._keys = {naming.key for run, naming in named if not run.headline}
        self._apart = named_apart(named)
        short = [one for one in named if len(one[1].key) == 1]
        alone = {naming.key[0] for _, naming in short}
        for run, naming in named:
            if run.goes_on and naming.key and naming.key[-1] in NAME_BODIES_OF:
                naming = longer_body(self.view, run, naming)
            if len(naming.key) > 1 and not is_run_together(run.wording):
                self._take_full(run, naming, alone)
        self._take_short(short)
        for entity in self.entities:
            entity.tokens.sort()

    def _take_short(self, named: list[tuple[Run, Naming]]) -> None:
        """Take in the names of one word. Most are places and bodies that nobody asks for: those are set aside."""
        hinted = {run.wording for run, naming in named if run.hints or naming.titles}
        taken: dict[str, Entity] = {}
        again: dict[str, list[int]] = {}
        for run, naming in named:
            wording = run.wording
            if wording in again:  # nothing new is said of who bears it
                again[wording].append(run.end - 1)
                continue
            spare = self._spare.get(naming.key) if wording not in hinted else None
            if spare is not None:
                spare.append((run, naming))
                continue
            known = taken.get(wording) or self.named(naming, run.first)
            if known is None:
                if wording not in hinted and naming.sort != "person" and naming.gender is None:
                    self._spare[naming.key] = [(run, naming)]
                    continue
                known = self._begin(run, naming)
            if known is not None:
                if len(self._by_surname.get(naming.key[0], _NOBODY)) < 2:
                    taken[wording] = known
                    if wording not in hinted:
                        again[wording] = known.tokens
                self._note(run, naming, known)

    def _begin(self, run: Run, naming: Naming) -> Entity | None:
        """Begin an entity with a name of one word; None where it is no name, or only a headline has it."""
        if len(self.entities) >= ENTITIES_MAX or run.headline or self.has_surname(naming):
            return None
        if naming.sort != "person" and is_noun(naming):
            return None
        return self._add(Entity(spelt(naming), naming.key, naming.sort, naming.gender, since=run.first))

    def _take_spare(self, key: Words) -> Entity | None:
        """Begin an entity that was set aside."""
        known: Entity | None = None
        for run, naming in self._spare.pop(key, ()):
            known = known or self._begin(run, naming)
            if known is not None:
                self._note(run, naming, known)
        if known is not None:
            known.tokens.sort()
        return known

    def named(self, naming: Naming, token: int | None = None) -> Entity | None:
        """Return the entity that a name means, if it can mean only one.

        `token` is where the name stands: a surname takes up someone who is named in full before it.
        """
        key = naming.key
        if not key:
            return None
        known = None
        if self._apart and token is not None and len(key) == 1:
            known = junior_at(self.view, self._by_surname.get(key[0], _NOBODY), key[0], token)
        known = known or self._by_key.get(key)
        if known is not None:
            return known
        if len(key) == 1:
            spare = self._take_spare(key) if key in self._spare else None
            return spare or self._by_word(key[0], naming, token)
        last = surname(key)
        if naming.sort == "body" or last not in self._by_surname:
            return None
        full = [one for one in self._bearers(last) if len(one.key) > 1]
        if not full:
            return None
        if is_junior(key) and key[:-1] in self._apart:
            return None
        bearers = [one for one in full if may_be(one.key, key)] or (
            full if is_glued(self.view.text, key) else []
        )
        return bearers[0] if len(bearers) == 1 else None

    def adopt(self, naming: Naming, token: int) -> Entity:
        """Take in someone of whom only the speaking says that there is such a one."""
        entity = Entity(spelt(naming), naming.key, naming.sort, naming.gender, tokens=[token], since=token)
        if len(self.entities) < ENTITIES_MAX:
            self._add(entity)
        return entity

    def complete(self, one: Entity) -> None:
        """Give someone known by a surname alone the full name that stands inside quotation marks, if it is one."""
        looked_up = self._looked_up  # each in the whole text
        if len(one.key) > 1 or one.sort == "body" or one in looked_up or len(looked_up) >= ENTITIES_MAX:
            return
        looked_up.add(one)
        given = set(given_before(self.view.text, one.name))
        full = read_name(f"{given.pop()} {one.name}") if len(given) == 1 else None
        if full is not None and full.key not in self._apart and one.gender in (None, full.gender):
            one.name, one.key, one.sort, one.gender = spelt(full), full.key, full.sort, full.gender

    def bodies_called(self, noun: str) -> list[Entity]:
        """List the bodies with a noun as the head of their name: board -> Board of Elections."""
        if self._by_head is None:
            for key, runs in list(self._spare.items()):
                if any(naming.sort == "body" for _, naming in runs):
                    self._take_spare(key)
            self._by_head = {}
            for one in self.entities:
                if one.sort == "body":
                    self._by_head.setdefault(head_noun(one), []).append(one)
        return self._by_head.get(noun, _NOBODY)

    def has_surname(self, naming: Naming) -> bool:
        """Tell whether someone in the text bears a name of one word as a surname."""
        word = naming.key[0]  # "Republicans" are not the Senate Republicans named before
        return word not in PARTIES and any(len(one.key) > 1 for one in self._bearers(word, None))

    def last_named(self, naming: Naming, token: int) -> Entity | None:
        """Return the one of several bearers who is named close before a token, if it is only one."""
        bearers = of_gender(self._bearers(naming.key[0]), naming)
        near = [one for one in bearers if self._is_near(one, token)]
        return near[0] if len(near) == 1 else None

    def _is_near(self, one: Entity, token: int) -> bool:
        before, sentences = bisect.bisect_left(one.tokens, token), self.view.sentences
        return before > 0 and sentences[token] - sentences[one.tokens[before - 1]] <= SENTENCES_NEAR

    def _bearers(self, last: str, most: int | None = BEARERS_MAX) -> list[Entity]:
        """List everyone with a last word of the name; nobody where there are more than can be told apart."""
        bearers = self._by_surname.get(last, _NOBODY)
        if self._apart:  # but no son whose father is named so
            bearers = [one for one in bearers if not (is_junior(one.key) and one.key[:-1] in self._apart)]
        return bearers if most is None or len(bearers) <= most else _NOBODY

    def _by_word(self, word: str, naming: Naming, token: int | None) -> Entity | None:
        if naming.words[0].isupper():
            acronym = self._called_by_initials(word)
            if acronym is not None:
                return acronym
        known = word in self._by_surname or word in self._by_first
        if not known or word in PARTIES:
            return None
        bearers = self._bearers(word)
        if word in PLACES:  # not the Centre for Trade in Aske, but someone called Ada Paris
            bearers = [one for one in bearers if one.is_person or len(one.key) == 1]
        bearers = of_gender(bearers, naming)
        if not bearers:
            firsts = [one for one in self._by_first.get(word, []) if one.is_person or word in GIVEN_NAMES]
            return firsts[0] if len(firsts) == 1 else None
        if len(bearers) > 1:
            bearers = [one for one in bearers if one.sort != "body"] or bearers
        if len(bearers) > 1 and token is not None:
            bearers = [one for one in bearers if one.since <= token] or bearers
        return bearers[0] if len(bearers) == 1 else dominant(bearers)

    def _called_by_initials(self, word: str) -> Entity | None:
        for body in self._bodies:
            initials = "".join([part[0] for part in body.key if part not in CONNECTIVES])
            self._by_initials.setdefault(initials, body)
        self._bodies.clear()
        return self._by_initials.get(word)

    def _take_full(self, run: Run, naming: Naming, alone: set[str]) -> None:
        if len(naming.key) > 2 and begins_sentence(self.view, run, naming, self._keys):
            naming = read_name(" ".join(naming.words[1:]))  # "Entrusting Ada Brandt to ..."
        if naming.sort == "unknown" and run.first and self.view.hashes[run.first - 1] in _ARTICLES:
            naming = naming._replace(sort="body")  # "the Lund Train"
        key = naming.key
        known = self._by_key.get(key) or self.named(naming)
        if known is None:
            if len(self.entities) >= ENTITIES_MAX or (run.headline and not is_surely_person(naming)):
                return
            known = self._add(Entity(spelt(naming), key, naming.sort, naming.gender, since=run.first), alone)
        elif (known.key != key and is_fuller(naming, known.key)) or (
            known.name.isupper() and not naming.words[0].isupper()
        ):
            self._by_key[key] = known
            known.name, known.key = spelt(naming), key
        self._note(run, naming, known)
        known.full_mentions += 1
        if naming.sort == "body" and len(key) > 2 and key[0] in GIVEN_NAMES and key[1] in alone:
            self._take_bearer(run, naming, alone)

    def _take_bearer(self, run: Run, naming: Naming, alone: set[str]) -> None:
        """Take in who has given a body the name: `the Ada Brandt Show`, where Brandt is spoken of elsewhere."""
        bearer = read_name(" ".join(naming.words[:2]))
        if self.named(bearer) is None and len(self.entities) < ENTITIES_MAX:
            self._note(
                run, bearer, self._add(Entity(spelt(bearer), bearer.key, "person", bearer.gender), alone)
            )

    def _note(self, run: Run, naming: Naming, entity: Entity) -> None:
        titles, _, sort, gender, key = naming
        if len(key) == 1:
            entity.tokens.append(run.end - 1)
            entity.familiar = True
        else:
            entity.tokens.append(run.first)
            entity.familiar = entity.familiar or bool(titles)
        if entity.gender is None:
            entity.gender = gender
        if entity.sort == "unknown":
            entity.sort = sort
        if titles or run.hints:
            add_role(self.view, run, naming, entity)

    def _add(self, entity: Entity, alone: set[str] | None = None) -> Entity:
        self.entities.append(entity)
        self._by_head = None
        key = entity.key
        self._by_key[key] = entity
        last = surname(key)
        if len(key) == 1 or entity.sort != "body" or last not in PLACES:  # "Centre for Trade in Aske"
            self._by_surname.setdefault(last, []).append(entity)
        if len(key) > 1 and entity.sort != "body":
            no_first = GIVEN_NAMES if key[0] not in PLACES else PLACES
            if alone and key[0] in alone and last not in alone and key[0] not in no_first:
                self._by_surname.setdefault(key[0], []).append(entity)  # "Xi Jinping ... Xi"
            else:
                self._by_first.setdefault(key[0], []).append(entity)
        if len(key) > 1 and entity.sort == "body":
            self._bodies.append(entity)
        return entity
