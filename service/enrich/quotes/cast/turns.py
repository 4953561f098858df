"""Speakers' phrases on their way to speakers."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.focus import gender_of
from service.enrich.quotes.cast.names import Naming
from service.enrich.quotes.cast.phrase_tokens import Phrase
from service.enrich.quotes.cast.side_by_side import means_two
from service.enrich.quotes.view import Offsets, Range, View
from service.records import ResolvedBy, SpeakerKind


class Turn(Struct):
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

    def mean(self, entities: list[Entity], how: ResolvedBy, confidence: float) -> bool:
        """Take who is meant, if anyone was found; tell whether someone was."""
        if entities:
            self.entities, self.how, self.confidence = entities, how, confidence
        return bool(entities)


def phrases_alone(view: View, turns: list[Turn]) -> list[Range] | None:
    """List the phrases whose words tell who may be meant by them; None where everyone in the text may be."""
    names = [naming for turn in turns for naming in [*turn.names, turn.phrase.maybe] if naming is not None]
    acronym = any(len(naming.words) == 1 and naming.words[0].isupper() for naming in names)
    return None if acronym or any(asks(view, turn) for turn in turns) else [turn.tokens for turn in turns]


def asks(view: View, turn: Turn) -> bool:
    """Tell whether the speaker of a turn is looked for among those whom the text names."""
    phrase = turn.phrase
    if turn.entities or turn.names:
        return False
    if phrase.pronoun is not None:
        return gender_of(phrase.pronoun) is not None
    if phrase.relative or means_two(view, phrase, turn.tokens):
        return True
    kind = kind_of_noun(phrase.head)
    return not phrase.possessed and (kind == "person" or (kind == "document" and phrase.definite))


def may_be_meant(turn: Turn, pronoun: str) -> bool:
    """Tell whether "it" or "they" may mean who spoke in a turn."""
    if pronoun == "they":
        return len(turn.entities) > 1
    return len(turn.entities) == 1 and turn.entities[0].sort == "body" and turn.kind != "document"


def kind_of_entity(entity: Entity) -> SpeakerKind | None:
    if entity.sort == "body":
        return "organisation"
    return "person" if entity.is_person or len(entity.key) > 1 else None


def joined(names: list[str]) -> str | None:
    if not names:
        return None
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
