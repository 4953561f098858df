"""Speakers' phrases on their way to speakers."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from msgspec import Struct

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Naming
from service.enrich.quotes.cast.phrase_tokens import Phrase
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
    antecedent: Range | None = None  # what "who" stands for
    instead: Range | None = None  # the same, where that is the mention
    role: str | None = None  # what someone without a name was called before

    def mean(self, entities: list[Entity], how: ResolvedBy, confidence: float) -> bool:
        """Take who is meant, if anyone was found; tell whether someone was."""
        if entities:
            self.entities, self.how, self.confidence = entities, how, confidence
        return bool(entities)


def token_ranges(view: View, spans: Sequence[Offsets]) -> list[Range]:
    """Return the tokens of each of some slices of the text, one at least."""
    starts = view.starts
    found = [(bisect.bisect_right(starts, start), bisect.bisect_left(starts, end)) for start, end in spans]
    return [(first := max(0, behind - 1), max(first + 1, end)) for behind, end in found]


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
