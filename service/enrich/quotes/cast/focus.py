"""Whom a pronoun means: the text is walked once, and of everyone named it is kept how lately and how prominently.

An unnamed speaker ("a visitor said") takes part without a name: who speaks behind it as "he" is nobody we know.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.kin import relative_at
from service.enrich.quotes.cast.names import Gender, gender_of_noun
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import GENDER_OF, PERSON_NOUNS
from service.languages.en.reporting import ASKING, INTRODUCING, PLACE_PREPOSITIONS, PREPOSITIONS

SENTENCES_BACK = 7
"""Number of sentences before a pronoun in which the one it means was last spoken of."""
DECAY = 0.62
"""Factor on someone's prominence for every sentence that has passed."""
ASKED, SPOKE, SUBJECT, OBJECT, OWNER, TOPIC = 4.0, 3.0, 2.4, 0.9, 0.7, 0.5
"""Prominence of a mention: `she asked Lund`, who answers; the speaker of a claim; the first one named in a sentence;
any other; `Lund's`; `Asked about Lund, she`."""
SENTENCES_FADED = 4
"""Number of sentences after which the most prominent mention counts less than any new one: SPOKE * DECAY**4 < TOPIC."""
GENDER_UNKNOWN = 0.75
"""Factor on the prominence of someone of whom the text has not shown the gender."""
MARGIN = 1.3
"""Minimum ratio between the prominence of the one meant and that of the next."""
RELATIVE = 0.8
"""Confidence in a relative with whom the sentence before begins, from 0 to 1; set by hand, not measured."""
PROMINENCE_MIN = 0.3
"""Minimum prominence of the one meant: someone named in passing some sentences ago is not."""
RECENT_MAX = 16
"""Number of entities whose prominence is kept."""
INTRODUCED_TOKENS = 5
"""Number of tokens at the head of a sentence among which `A visitor` introduces someone unnamed."""
ASKED_TOKENS = 24
"""Number of tokens before a name among which the sentence begins with "Asked"."""
NAME_TOKENS_MAX = 12
"""Number of tokens behind the beginning of a name among which its end is looked for."""

_ASKING, _PREPOSITIONS = word_hashes(ASKING), word_hashes(PREPOSITIONS)
_STOP, _POSSESSIVES = word_hash("."), word_hashes({"'s", "'"})
_TOKEN_OF = itemgetter(0)
_OF_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})


Mention = tuple[int, Entity]
"""A token at which an entity is named, and the entity."""


class Meant(NamedTuple):
    """Whom a pronoun means, and how sure that is."""

    entity: Entity
    confidence: float


def gender_of(pronoun: str) -> Gender | None:
    """Return the gender that a pronoun of one person shows."""
    shown = GENDER_OF.get(pronoun)
    return "female" if shown == "female" else "male" if shown == "male" else None


def unnamed(head: str) -> Entity:
    """Make an entity for a speaker without a name, from the noun that the text gives."""
    return Entity("", (), "person", gender_of_noun(head))


class Focus:
    """Walks the mentions of a text in order and answers for its pronouns.

    `mentions` are those outside the speakers' phrases, by token. Their prominence is reckoned when someone is asked
    for, and only of those that still count for something there.
    """

    def __init__(self, view: View, mentions: Sequence[Mention]) -> None:
        self._view = view
        self._standing: dict[int, tuple[Entity, int, float]] = {}
        """Who is known, with the sentence of the last mention and the prominence there."""
        self._mentions = mentions
        self._next = 0
        self._spoken: list[Mention] = []
        """Speakers since someone was last asked for."""
        self._sentence_named = -1

    def pass_pronoun(self, token: int) -> None:
        """Take whom a pronoun outside the speakers' phrases means as the subject of its sentence."""
        gender = gender_of(self._view.lows[token])
        found = self.meant_by(token, gender) if gender is not None else None
        if found is not None:
            self._stand(token, found.entity, SUBJECT)

    def hear(self, token: int, entity: Entity) -> None:
        """Take in who speaks at a token."""
        entity.familiar = True
        self._spoken.append((token, entity))

    def _catch_up(self, token: int) -> None:
        """Give the mentions before a token their prominence, except those that count for nothing any more."""
        sentences, mentions = self._view.sentences, self._mentions
        until = bisect.bisect_left(mentions, token, self._next, key=_TOKEN_OF)
        oldest = sentences[token] - SENTENCES_BACK - SENTENCES_FADED
        first = bisect.bisect_left(mentions, oldest, self._next, until, key=lambda one: sentences[one[0]])
        passed, self._next = mentions[first:until], until
        if not self._spoken:
            for mention in passed:
                self._note(*mention)
            return
        speaking = {at for at, _ in self._spoken}
        for at, entity in sorted([*passed, *self._spoken], key=_TOKEN_OF):
            if at not in speaking:
                self._note(at, entity)
            elif sentences[at] >= oldest:
                self._sentence_named = sentences[at]
                self._stand(at, entity, SPOKE)
        self._spoken.clear()

    def _note(self, token: int, entity: Entity) -> None:
        sentence = self._view.sentences[token]
        before = self._view.hashes[token - 1]
        if self._owns(token):
            weight = OWNER
        elif self._is_asked(token):
            weight = TOPIC
        elif before in _ASKING:
            weight = ASKED
        elif sentence == self._sentence_named or before in _PREPOSITIONS:
            weight = OBJECT
        else:
            weight = SUBJECT
        if entity.is_person and weight != OWNER:
            self._sentence_named = sentence
        self._stand(token, entity, weight)

    def _is_asked(self, token: int) -> bool:
        """Tell whether the sentence begins with `Asked about Lund, she ...`: who was asked is named behind."""
        sentences = self._view.sentences
        first = bisect.bisect_left(sentences, sentences[token], max(0, token - ASKED_TOKENS), token)
        return self._view.hashes[first] in _ASKING

    def _owns(self, token: int) -> bool:
        """Tell whether a possessive stands behind a name."""
        hashes, kinds = self._view.hashes, self._view.kinds
        end = min(self._view.count, token + NAME_TOKENS_MAX)
        while token < end and (kinds[token] in _OF_NAMES or hashes[token] == _STOP):
            token += 1
        return hashes[token] in _POSSESSIVES

    def _stand(self, token: int, entity: Entity, weight: float) -> None:
        sentence = self._view.sentences[token]
        standing = self._standing
        one = id(entity)
        known = standing.pop(one, None)
        if known is not None:
            before = known[2] * DECAY ** (sentence - known[1])
            if before > weight:
                weight = before
        standing[one] = (entity, sentence, weight)
        if len(standing) > RECENT_MAX:
            del standing[next(iter(standing))]

    def ranked(self, token: int, gender: Gender | None) -> list[tuple[float, Entity]]:
        """Rank the people who may be meant at a token, the most prominent first."""
        self._catch_up(token)
        sentence = self._view.sentences[token]
        found = []
        for entity, last, weight in self._standing.values():
            passed = sentence - last
            if passed > SENTENCES_BACK or not _fits(entity, gender):
                continue
            weight *= DECAY**passed
            if gender is not None and entity.gender is None:
                weight *= GENDER_UNKNOWN
            found.append((weight, entity))
        return sorted(found, key=lambda pair: -pair[0])

    def foremost(self, token: int, noun: str) -> list[Entity]:
        """Return the most prominent person at a token, if there is one and a noun may mean that person."""
        ranked = self.ranked(token, unnamed(noun).gender)
        if not ranked or (len(ranked) > 1 and ranked[0][0] < MARGIN * ranked[1][0]):
            return []
        return [ranked[0][1]]

    def meant_by(self, token: int, gender: Gender) -> Meant | None:
        """Return whom a pronoun means, unless two are as likely or the one is unnamed."""
        ranked = self.ranked(token, gender)
        relative = self._relative(token, ranked[0][1] if ranked else None, gender)
        if relative is not None:
            self._stand(token, relative, SUBJECT)
            return Meant(relative, RELATIVE) if relative.name else None
        if (
            not ranked
            or ranked[0][0] < PROMINENCE_MIN
            or not ranked[0][1].name
            or self._introduced(token, ranked[0][1], gender)
        ):
            return None
        best, entity = ranked[0]
        if self._is_place(entity):
            return None
        ratio = best / ranked[1][0] if len(ranked) > 1 else 2 * MARGIN
        if ratio < MARGIN:
            return None
        entity.gender = entity.gender or gender
        return Meant(entity, min(0.97, 0.7 + 0.1 * ratio))

    def _relative(self, token: int, best: Entity | None, gender: Gender) -> Entity | None:
        """Return the relative with whom the sentence before, or this one, begins, if the best was named before it."""
        view, sentence = self._view, self._view.sentences[token]
        since = self._standing[id(best)][1] if best is not None else -1
        first = bisect.bisect_left(view.sentences, max(sentence - 1, since + 1), 0, token)
        here = bisect.bisect_left(view.sentences, sentence, first, token)
        found = None if here == first else relative_at(view, first, here, gender)
        found = found or (None if here == token else relative_at(view, here, token, gender))
        known = (one for one, _, _ in self._standing.values() if found and found.tokens[:1] == one.tokens[:1])
        return found and next(known, found)

    def _is_place(self, entity: Entity) -> bool:
        """Tell whether a name of unknown sort stands only where places do: `on Capitol Hill`."""
        if entity.sort == "person" or entity.familiar or entity.role_words or not entity.tokens:
            return False
        return all(self._view.lows[token - 1] in PLACE_PREPOSITIONS for token in entity.tokens)

    def _introduced(self, token: int, entity: Entity, gender: Gender) -> bool:
        """Tell whether the sentence before brings in someone unnamed: `A visitor disagreed. He said ...`."""
        view, sentence = self._view, self._view.sentences[token]
        since = self._standing[id(entity)][1]
        before = bisect.bisect_left(view.sentences, max(sentence - 1, since + 1), 0, token)
        for first in (before, bisect.bisect_left(view.sentences, sentence, before, token)):
            if first < token and view.lows[first] in INTRODUCING:
                for noun in range(first + 1, min(first + INTRODUCED_TOKENS, token)):
                    if view.lows[noun] in PERSON_NOUNS:
                        return unnamed(view.lows[noun]).gender in (gender, None)
        return False


def _fits(entity: Entity, gender: Gender | None) -> bool:
    if entity.sort == "body":
        return False
    if gender is None:
        return entity.is_person
    if entity.gender is not None:
        return entity.gender == gender
    return entity.sort == "person" or len(entity.key) > 1
