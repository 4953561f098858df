"""Whom an article names: one entity each, with its mentions and what the article says of it."""

from __future__ import annotations

from msgspec import Struct, field

from service.enrich.quotes.cast.names import Gender, Sort, Words

OPENING_TOKENS = 60
"""Number of tokens at the head of a text in which its main people are named."""
DOMINANT_TIMES = 2
"""Factor by which the text names one bearer of a surname in full more often than the next, to mean that one."""


class Entity(Struct, eq=False):
    """A person or a body that the article names."""

    name: str
    key: Words  # the fullest name, in lower case
    sort: Sort
    gender: Gender | None = None
    role: str | None = None
    role_words: set[str] = field(default_factory=set)  # in the form they are compared in
    tokens: list[int] = field(default_factory=list)  # where its mentions begin
    full_mentions: int = 0
    since: int = 0  # the token at which it was first named
    familiar: bool = False  # called by a surname alone or with a title, or speaks

    @property
    def is_person(self) -> bool:
        """Tell whether "he" or "she" may stand for this entity."""
        return self.sort == "person" or (self.sort == "unknown" and self.gender is not None)

    def is_named_between(self, first: int, end: int) -> bool:
        """Tell whether a mention begins between two tokens."""
        return any(first < token < end for token in self.tokens)


def dominant(bearers: list[Entity]) -> Entity | None:
    """Choose the bearer whom the text names most, or else the one it opens with."""
    first, second = sorted([one.full_mentions for one in bearers], reverse=True)[:2]
    if first >= DOMINANT_TIMES * max(1, second):
        return next(one for one in bearers if one.full_mentions == first)
    opening = [one for one in bearers if min(one.tokens, default=OPENING_TOKENS) < OPENING_TOKENS]
    return opening[0] if len(opening) == 1 else None
