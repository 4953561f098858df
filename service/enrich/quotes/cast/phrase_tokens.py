"""The tokens of a phrase that says who speaks, without brackets and marks, and what was read from them."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.names import Naming
from service.enrich.quotes.view import Range, View
from service.languages.en.names import PARTICLES
from service.languages.en.reporting import HEAD_ENDS, RELATIVES

PHRASE_TOKENS_MAX = 60
"""Maximum number of tokens of a phrase that are looked at."""
INSIDE_NAMES = PARTICLES | {"."}
"""What may stand between two capitals of a name."""

_MARKS = frozenset("“”\"'‘’«»„()[]")
_HEAD_MARKS = frozenset([",", ";", ":", "—", "–", "-", "--"])
_TAIL_MARKS = (HEAD_ENDS | {"'", "'s", "."}) - RELATIVES


class Phrase(Struct, gc=False):
    """What a speaker's phrase says. A description has no names; a list has several."""

    names: list[Naming]
    head: str  # the head noun in lower case, empty where a name is the head
    before: set[str]  # what describes the head noun, in lower case, places included
    definite: bool
    pronoun: str | None = None
    relative: bool = False
    maybe: Naming | None = None  # the head as a name, where it is a noun with a capital
    apposed: bool = False  # the name stands beside the description: `the mayor, Ana Roth`
    author: bool = False  # the head is a document, and the name is who wrote it
    possessed: bool = False  # the head belongs to someone: `Karl Benn's spokesman`


class PhraseTokens(Struct, gc=False):
    """The tokens of a phrase without brackets and marks."""

    view: View
    at: list[int]
    lows: list[str]

    @classmethod
    def of(cls, view: View, tokens: Range) -> PhraseTokens:
        """Return the tokens of a phrase without brackets, marks, and what cannot begin or end one."""
        at, known = _without_brackets(view, tokens), view.lows
        lows = [known[token] for token in at]
        while lows and lows[-1] in _TAIL_MARKS:
            at.pop()
            lows.pop()
        while lows and lows[0] in _HEAD_MARKS:
            at.pop(0)
            lows.pop(0)
        return cls(view, at, lows)

    def low(self, place: int) -> str:
        return self.lows[place] if 0 <= place < len(self.lows) else ""

    def drop(self, place: int) -> None:
        del self.at[place], self.lows[place]

    def without_ages(self) -> PhraseTokens:
        """Leave out the ages behind commas: `Ida Hall, 29, and Tom Webb, 34`."""
        kinds, lows = self.view.kinds, self.lows
        aged = [
            place
            for place in range(2, len(lows))
            if kinds[self.at[place]] == c.DIGITS and lows[place - 1] == ","
        ]
        if not aged:
            return self
        left = set(range(len(lows))).difference(aged, [place - 1 for place in aged])
        return PhraseTokens(self.view, [self.at[p] for p in sorted(left)], [lows[p] for p in sorted(left)])

    def is_capital(self, place: int) -> bool:
        if not 0 <= place < len(self.at):
            return False
        view = self.view
        return view.text[view.starts[self.at[place]]].isupper()

    def slice(self, first: int, end: int) -> PhraseTokens:
        return PhraseTokens(self.view, self.at[first:end], self.lows[first:end])


def _without_brackets(view: View, tokens: Range) -> list[int]:
    first, end = tokens[0], min(tokens[1], tokens[0] + PHRASE_TOKENS_MAX)
    kinds = view.kinds[first:end]
    if c.PUNCTUATION not in kinds and max(kinds) < c.PASSAGE:
        return list(range(first, end))
    kept: list[int] = []
    depth = 0
    for token, kind in enumerate(kinds, first):
        if kind == c.PUNCTUATION:
            word = view.lows[token]
            if word in ("(", "[", "<"):  # "Kestrel Corp <KES.N>"
                depth += 1
            elif word in (")", "]", ">"):
                depth = max(0, depth - 1)
            elif depth == 0 and (word not in _MARKS or word == "'"):
                kept.append(token)
        elif depth == 0 and kind < c.PASSAGE:
            kept.append(token)
    return kept


def wording(tokens: PhraseTokens) -> str:
    view = tokens.view
    text, starts, ends = view.text, view.starts, view.ends
    words = [text[starts[token] : ends[token]] for token in tokens.at]
    return " ".join([word for word in words if word != "."] if "." in words else words)
