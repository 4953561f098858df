"""Made-up news for benchmarks: articles of a wanted length with quotations, statements and figures as in real ones.

Every article is a pure function of its number. About one sentence in four carries speech and one in six a figure,
as in agency copy; words come from a vocabulary with a Zipf-like tail, so that shingles of two articles rarely meet.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

FIRST = "Ada Brice Cora Dov Edda Finn Greta Hal Iris Jonas Kira Lund Mara Nils Oda Piet Runa Sten Tilda Ulf".split()
LAST = (
    "Lorne Tamm Velt Marrish Quill Harrow Stroud Beck Ander Moss Carde Wick Fallon Grieve Hesse Pell".split()
)
ROLES = (
    "mayor",
    "finance minister",
    "union leader",
    "police chief",
    "spokeswoman",
    "harbour master",
    "analyst",
)
PLACES = ("Marrow Bay", "Old Quay", "Tarnhill", "Vestby", "Corran", "Eastmere", "Port Selwyn", "Highmoor")
VERBS = ("said", "added", "told reporters", "warned", "argued", "noted", "insisted", "explained")
STEMS = (
    "bridge council harbour budget station mill market river engine school ferry winter contract storm survey report "
    "court tariff energy border vessel pension vaccine railway election cargo permit drought summit inquiry factory"
).split()
LINKS = (
    "across after against along amid before beneath beside despite during near toward under within".split()
)
DOING = "repaired delayed approved rejected measured counted promised halted reopened inspected financed moved".split()


class Writer:
    """One article's dice."""

    def __init__(self, number: int) -> None:
        self._dice = random.Random(number)  # noqa: S311 - the same article every time, no secret
        self._people = [self._person() for _ in range(4)]

    def body(self, words: int) -> str:
        """Return paragraphs of two to four sentences until `words` are reached."""
        paragraphs: list[str] = [f"{self._dice.choice(PLACES).upper()} - {self._plain()}"]
        count = len(paragraphs[0].split())
        while count < words:
            paragraph = " ".join(self._sentence() for _ in range(self._dice.randint(2, 4)))
            count += len(paragraph.split())
            paragraphs.append(paragraph)
        return "\n".join(paragraphs)

    def _person(self) -> tuple[str, str, str]:
        return self._dice.choice(FIRST), self._dice.choice(LAST), self._dice.choice(ROLES)

    def _word(self) -> str:
        stem = self._dice.choice(STEMS)
        tail = int(self._dice.paretovariate(0.6))
        return (
            stem
            if tail < 3
            else f"{stem}{'aeiou'[tail % 5]}{'lnrst'[tail // 5 % 5]}{'aeiou'[tail // 25 % 5]}"
        )

    def _plain(self) -> str:
        parts = ["The", self._word(), self._word(), "was", self._dice.choice(DOING)]
        for _ in range(self._dice.randint(2, 5)):
            parts += [self._dice.choice(LINKS), "the", self._word(), self._word()]
        return " ".join(parts) + "."

    def _sentence(self) -> str:
        first, last, role = self._dice.choice(self._people)
        verb, place, die = self._dice.choice(VERBS), self._dice.choice(PLACES), self._dice.random()
        clause = self._plain()[:-1]
        inner = clause[0].lower() + clause[1:]
        if die < 0.10:
            return f"“{clause},” {place} {role} {first} {last} {verb}."
        if die < 0.16:
            return f"“{clause},” {verb} {last}. “{self._plain()}”"
        if die < 0.25:
            return f"{last} {verb} that {inner}."
        if die < 0.33:
            share, cost = self._dice.randint(2, 60), self._dice.randint(1, 900)
            return f"The cost rose {share} percent to ${cost} million as {inner}."
        if die < 0.41:
            people, day = self._dice.randint(20, 9000), self._dice.randint(1, 28)
            return f"More than {people:,} people saw how {inner} on {day} May."
        return self._plain()


def article(number: int, words: int = 800, reprints: float = 0.3) -> bytes:
    """Return the raw record of article `number`; a share of them are reprints of an earlier one, under their own id."""
    dice = random.Random(~number)  # noqa: S311
    of = dice.randrange(number) if number > 20 and dice.random() < reprints else number
    body = Writer(of).body(words)
    if of != number:
        body = f"{dice.choice(PLACES).upper()} (Coast Wire) - {body}\nCopyright Coast Wire {number}."
    story = {"id": f"b{number}", "title": f"Story {of}", "body": body, "published_at": "2026-03-04T06:00:00Z"}
    return json.dumps(story, ensure_ascii=False).encode()


def articles(count: int, words: int = 800, reprints: float = 0.3) -> Iterator[bytes]:
    """Yield the first `count` articles."""
    return (article(number, words, reprints) for number in range(count))
