"""Text -> cast: every person and body that the article names, with all their mentions."""

from __future__ import annotations

from collections import Counter

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
DOMINANT_TIMES = 2
"""Of several who bear a surname the one is meant whom the text names in full so many times as often as the next."""


class Cast:
    """The entities of one article, found by name."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.entities: list[Entity] = []
        self._by_key: dict[Words, Entity] = {}
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_first: dict[str, list[Entity]] = {}
        self._by_initials: dict[str, Entity] = {}
        runs = [(run, read_name(run.wording)) for run in name_runs(view)]
        alone = {naming.key[0] for _, naming in runs if len(naming.words) == 1}
        for run, naming in runs:
            if len(naming.words) > 1:
                self._take_full(run, naming, alone)
        for run, naming in runs:
            if len(naming.words) == 1:
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
        bearers = [one for one in self._by_surname.get(surname(key), []) if may_be(one.key, key)]
        return bearers[0] if len(bearers) == 1 else None

    def adopt(self, naming: Naming, name: str, token: int) -> Entity:
        """Take in someone of whom only the speaking says that there is such a one."""
        entity = Entity(name, naming.key, naming.sort, naming.gender, tokens=[token])
        if len(self.entities) < ENTITIES_MAX:
            self._add(entity)
        return entity

    def bodies_called(self, noun: str) -> list[Entity]:
        """List the bodies whose name ends in a noun: committee -> Oversight Committee."""
        return [one for one in self._by_surname.get(noun, []) if one.sort == "body"]

    def is_ambiguous(self, naming: Naming) -> bool:
        """Tell whether several bear a name, none of them more likely than the others."""
        return len(self._by_surname.get(naming.key[0], [])) > 1

    def last_named(self, naming: Naming, token: int) -> Entity | None:
        """Return the one of several bearers who was named last before a token, if that is near."""
        view = self.view
        best: tuple[int, Entity] | None = None
        for one in self._by_surname.get(naming.key[0], []):
            at = max((mention for mention in one.tokens if mention < token), default=None)
            if at is not None and (best is None or at > best[0]):
                best = (at, one)
        if best is None or view.sentences[token] - view.sentences[best[0]] > SENTENCES_NEAR:
            return None
        return best[1]

    def _by_word(self, word: str, naming: Naming) -> Entity | None:
        acronym = self._by_initials.get(word)
        if acronym is not None and naming.words[0].isupper():
            return acronym
        bearers = self._by_surname.get(word, [])
        if naming.gender is not None:
            bearers = [one for one in bearers if one.gender in (naming.gender, None)] or bearers
        if not bearers:
            firsts = self._by_first.get(word, [])
            return firsts[0] if len(firsts) == 1 else None
        return bearers[0] if len(bearers) == 1 else _dominant(bearers)

    def _take_full(self, run: Run, naming: Naming, alone: set[str]) -> None:
        known = self.named(naming)
        if known is None:
            if len(self.entities) >= ENTITIES_MAX:
                return
            known = self._add(Entity(_spelt(naming), naming.key, naming.sort, naming.gender), alone)
        elif len(naming.words) > len(known.key) or (known.name.isupper() and not naming.words[0].isupper()):
            self._by_key[naming.key] = known
            known.name, known.key = _spelt(naming), naming.key
        self._note(run, naming, known)
        known.full_mentions += 1

    def _take_short(self, run: Run, naming: Naming) -> None:
        known = self.named(naming)
        if known is None:
            if len(self.entities) >= ENTITIES_MAX or (naming.sort != "person" and naming.key[0] in PERSON_NOUNS):
                return
            known = self._add(Entity(_spelt(naming), naming.key, naming.sort, naming.gender))
        self._note(run, naming, known)

    def _note(self, run: Run, naming: Naming, entity: Entity) -> None:
        entity.tokens.append(run.end - 1 if len(naming.words) == 1 else run.first)
        entity.gender = entity.gender or naming.gender
        if entity.sort == "unknown":
            entity.sort = naming.sort
        add_role(self.view, run, naming, entity)

    def _add(self, entity: Entity, alone: set[str] | None = None) -> Entity:
        self.entities.append(entity)
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


def _spelt(naming: Naming) -> str:
    return " ".join(naming.words)


def _dominant(bearers: list[Entity]) -> Entity | None:
    counted = Counter({place: one.full_mentions for place, one in enumerate(bearers)}).most_common(2)
    (first, most), (_, next_most) = counted
    return bearers[first] if most >= DOMINANT_TIMES * max(1, next_most) else None
