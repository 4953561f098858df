"""Speakers' phrases -> speakers: the fullest name in the article, how it was concluded, how sure that is.

Resolution never changes the mention. A wrong name is worse than none: what is not clear stays unresolved.
"""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Iterable
from operator import itemgetter

from msgspec import Struct

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.describe import described_body, described_person, kind_of_noun
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.focus import Focus, Meant, Mention, gender_of, unnamed
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.names import Gender, Naming
from service.enrich.quotes.cast.offices import office_before
from service.enrich.quotes.cast.phrase_tokens import Phrase
from service.enrich.quotes.cast.phrases import read_phrase
from service.enrich.quotes.cast.relatives import Antecedent, antecedent
from service.enrich.quotes.view import Offsets, Range, View
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en.people import BODY_NOUNS, PARTIES
from service.records import ResolvedBy, Speaker, SpeakerKind

FULL_NAME, SHORT_NAME, ROLE, DESCRIPTION, BODY, RELATIVE, AUTHOR = 0.97, 0.95, 0.88, 0.75, 0.85, 0.92, 0.7
"""Confidence in a name by the way in which it was concluded, from 0 to 1; set by hand, not measured."""
SENTENCES_BACK = 4
"""Number of sentences before "it" or "they" in which the one meant spoke."""
SPEAKERS_BACK = 2
"""Number of speakers before "it" or "they" among which the one meant is."""
TURNS_BACK = 40
"""Number of speakers' phrases before "who" among which the one it stands for is looked for."""
_HE, _SHE = word_hash("he"), word_hash("she")
_NO_ROLE_KINDS = ("organisation", "document")


class _Turn(Struct):
    """One speaker's phrase on its way to a speaker."""

    span: Offsets
    tokens: Range
    phrase: Phrase
    names: list[Naming]
    entities: list[Entity]
    how: ResolvedBy | None = None
    confidence: float | None = None
    kind: SpeakerKind | None = None
    instead: Range | None = None  # what "who" stands for, where that is the mention


class Resolver:
    """Resolves the speakers of one article."""

    _cast: Cast
    """Whom the text names, gathered once it is known who is asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def resolve(self, phrases: Iterable[Offsets]) -> dict[Offsets, Speaker]:
        """Return the speaker behind each phrase, which is given by its place in the text."""
        turns = [self._turn(span) for span in sorted(set(phrases))]
        if not turns:
            return {}
        self._cast = Cast(self._view, _phrases_alone(turns))
        for turn in turns:
            self._by_name(turn)
        self._walk(turns)
        return {turn.span: self._speaker(turn) for turn in turns}

    def _turn(self, span: Offsets) -> _Turn:
        start, end = span
        first = max(0, bisect.bisect_right(self._view.starts, start) - 1)
        last = max(first + 1, bisect.bisect_left(self._view.starts, end))
        tokens = (first, last)
        phrase = read_phrase(self._view, tokens)
        whole = self._with_body(tokens)
        if whole != tokens:
            return _Turn(span, whole, read_phrase(self._view, whole), [], [], instead=whole)
        names = phrase.names
        if len(names) == 1 and self._view.lows[last] == ":":  # `BELK:` is no acronym
            names = [names[0]._replace(sort="unknown")]
        return _Turn(span, tokens, phrase, names, [])

    def _with_body(self, tokens: Range) -> Range:
        """Take in the noun that a name only describes: `the Republican` in `the Republican party said`."""
        view, (first, last) = self._view, tokens
        describes = view.lows[first] == "the" and last - first == 2 and view.lows[last - 1] in PARTIES
        return (first, last + 1) if describes and view.lows[last] in BODY_NOUNS else tokens

    def _by_name(self, turn: _Turn) -> None:
        """Resolve a turn that has a name. These come first, because they depend on no other turn."""
        phrase = turn.phrase
        if phrase.maybe is not None and self._cast.has_surname(phrase.maybe):
            turn.names = [phrase.maybe]
        if not turn.names:
            return
        found = [self._entity(naming, turn.tokens[0]) for naming in turn.names]
        turn.entities = [one for one in found if one is not None]
        if len(turn.entities) < len(found):
            turn.entities = []
            return
        short = (
            len(found) == 1 and turn.entities[0].key != turn.names[0].key and len(turn.names[0].words) == 1
        )
        turn.how = "last_name" if short else "author" if phrase.author else "same_mention"
        turn.confidence = AUTHOR if phrase.author else SHORT_NAME if short else FULL_NAME
        turn.kind = "group" if len(found) > 1 else "document" if phrase.author else _kind(turn.entities[0])

    def _entity(self, naming: Naming, token: int) -> Entity | None:
        known = self._cast.named(naming, token)
        if known is not None:
            self._cast.complete(known)
        if known is not None or not naming.words:
            return known
        if len(naming.words) == 1 and self._cast.has_surname(naming):
            return self._cast.last_named(naming, token)
        known = self._cast.adopt(naming, token)
        self._cast.complete(known)
        return known

    def _walk(self, turns: list[_Turn]) -> None:
        """Resolve all other turns from left to right: pronouns, descriptions, `who`."""
        asking = next((turn.tokens[0] for turn in reversed(turns) if _asks(turn)), -1)
        focus = Focus(self._view, self._mentions(turns, asking))
        pronouns = deque(self._pronouns(turns, asking))
        last: list[_Turn] = []
        for turn in turns:
            token = turn.tokens[0]
            while pronouns and pronouns[0] < token:
                focus.pass_pronoun(pronouns.popleft())
            self._resolve(turn, focus, last)
            last.append(turn)
            if len(turn.entities) == 1:
                focus.hear(token, turn.entities[0])
            if not turn.entities and turn.kind == "person" and turn.phrase.pronoun is None:
                focus.hear(token, unnamed(turn.phrase.head))

    def _mentions(self, turns: list[_Turn], until: int) -> list[Mention]:
        """List the mentions of all entities outside the speakers' phrases, by token."""
        if until < 0:
            return []
        inside = {token: turn for turn in turns for token in range(*turn.tokens)}
        found = [
            (token, entity)
            for entity in self._cast.entities
            for token in entity.tokens
            if token < until and (token not in inside or not inside[token].entities)
        ]
        found.sort(key=itemgetter(0))
        return found

    def _pronouns(self, turns: list[_Turn], until: int) -> list[int]:
        """List the tokens of "he" and "she" outside the speakers' phrases before a token."""
        if until < 0:
            return []
        inside = {token for turn in turns for token in range(*turn.tokens)}
        hashes = self._view.tokens.attributes[:until, c.WORD]
        found = ((hashes == _HE) | (hashes == _SHE)).nonzero()[0].tolist()
        return [token for token in found if token not in inside]

    def _resolve(self, turn: _Turn, focus: Focus, last: list[_Turn]) -> None:
        phrase = turn.phrase
        if turn.entities or turn.names:
            return
        if phrase.pronoun is not None:
            self._pronoun(turn, phrase.pronoun, focus, last)
        elif phrase.relative:
            self._relative(turn, last)
        elif phrase.head:
            self._description(turn, focus, last)

    def _pronoun(self, turn: _Turn, pronoun: str, focus: Focus, last: list[_Turn]) -> None:
        gender = gender_of(pronoun)
        if gender is not None:
            turn.kind = "person"
            meant = focus.meant_by(turn.tokens[0], gender)
            office = office_before(self._view, turn.tokens[0])
            if office >= 0 and not (meant and meant.entity.is_named_between(office, turn.tokens[0])):
                meant = self._holder(office, gender)
            if meant is not None:
                turn.entities, turn.how, turn.confidence = [meant.entity], "pronoun", meant.confidence
        elif pronoun in ("it", "they") and last:
            self._it_or_they(turn, pronoun, last)

    def _holder(self, office: int, gender: Gender) -> Meant | None:
        """Return the one person of the text who holds an office, where a pronoun of a gender may mean that person."""
        phrase = Phrase([], self._view.lows[office], set(), True)
        person = described_person(self._cast.entities, phrase)
        return Meant(person, DESCRIPTION) if person is not None and person.gender in (gender, None) else None

    def _it_or_they(self, turn: _Turn, pronoun: str, last: list[_Turn]) -> None:
        """Resolve "it" to the body, "they" to the group, that spoke last."""
        turn.kind = "group" if pronoun == "they" else None
        before = next((one for one in reversed(last[-SPEAKERS_BACK:]) if _may_be_meant(one, pronoun)), None)
        sentences = self._view.sentences
        if before is None or sentences[turn.tokens[0]] - sentences[before.tokens[0]] > SENTENCES_BACK:
            return
        turn.entities, turn.how, turn.confidence = before.entities, "pronoun", BODY
        turn.kind = before.kind

    def _relative(self, turn: _Turn, last: list[_Turn]) -> None:
        """Resolve "who" to its antecedent: `Ivo Brandt, who said`; `Officials, who declined to be named, said`."""
        found: Antecedent | None = antecedent(self._view, turn.tokens[0])
        if found is None:
            return
        phrase = read_phrase(self._view, found.tokens)
        first, end = found.tokens
        spoke = any(other.tokens[0] < end and first < other.tokens[1] for other in last[-TURNS_BACK:])
        if phrase.names:
            entities = [self._cast.named(naming) for naming in phrase.names]
            turn.entities = [one for one in entities if one is not None]
            if len(turn.entities) == len(entities) == 1:
                turn.how, turn.confidence, turn.kind = "relative", RELATIVE, _kind(turn.entities[0])
            else:
                turn.entities = []
        else:
            turn.kind = kind_of_noun(phrase.head)
        if spoke or not phrase.names:
            turn.instead = found.tokens

    def _description(self, turn: _Turn, focus: Focus, last: list[_Turn]) -> None:
        phrase = turn.phrase
        turn.kind = kind_of_noun(phrase.head)
        if phrase.definite and (phrase.head == "two" or "two" in phrase.before) and last:
            self._it_or_they(turn, "they", last)
            return
        if phrase.possessed or not phrase.definite:
            return
        body = described_body(self._cast, phrase, turn.tokens[0])
        if body is not None:
            turn.entities, turn.how, turn.confidence = [body], "role", BODY
            return
        if turn.kind != "person":
            return
        person = described_person(self._cast.entities, phrase)
        if person is not None:
            turn.entities, turn.how, turn.confidence = [person], "role", ROLE
            return
        person = described_person(focus.foremost(turn.tokens[0], phrase.head), phrase, loosely=True)
        if person is not None:
            turn.entities, turn.how, turn.confidence = [person], "role", DESCRIPTION

    def _speaker(self, turn: _Turn) -> Speaker:
        start, end = turn.span
        if turn.instead is not None:
            start, end = self._view.offsets(turn.instead)
        names = [entity.name for entity in turn.entities]
        role = turn.entities[0].role if len(names) == 1 and turn.kind not in _NO_ROLE_KINDS else None
        return Speaker(
            start,
            end,
            self._view.text[start:end],
            name=_joined(names),
            resolved_by=turn.how if names else None,
            role=role,
            kind=turn.kind,
            name_confidence=turn.confidence if names else None,
        )


def _phrases_alone(turns: list[_Turn]) -> list[Range] | None:
    """List the phrases whose words tell who may be meant by them; None where everyone in the text may be."""
    names = [naming for turn in turns for naming in [*turn.names, turn.phrase.maybe] if naming is not None]
    acronym = any(len(naming.words) == 1 and naming.words[0].isupper() for naming in names)
    return None if acronym or any(map(_asks, turns)) else [turn.tokens for turn in turns]


def _asks(turn: _Turn) -> bool:
    """Tell whether the speaker of a turn is looked for among those whom the text has named before it."""
    phrase = turn.phrase
    if turn.entities or turn.names:
        return False
    if phrase.pronoun is not None:
        return gender_of(phrase.pronoun) is not None
    return phrase.relative or (
        phrase.definite and not phrase.possessed and kind_of_noun(phrase.head) == "person"
    )


def _may_be_meant(turn: _Turn, pronoun: str) -> bool:
    """Tell whether "it" or "they" may mean who spoke in a turn."""
    if pronoun == "they":
        return len(turn.entities) > 1
    return len(turn.entities) == 1 and turn.entities[0].sort == "body" and turn.kind != "document"


def _kind(entity: Entity) -> SpeakerKind | None:
    if entity.sort == "body":
        return "organisation"
    return "person" if entity.is_person or len(entity.key) > 1 else None


def _joined(names: list[str]) -> str | None:
    if not names:
        return None
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
