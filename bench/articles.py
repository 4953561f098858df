"""Made-up news for benchmarks: articles of a wanted length with quotations, statements and figures as in real ones.

Every article is a pure function of its number. About one sentence in four carries speech and one in eight a figure,
as in agency copy. Words come from some common ones and a vocabulary with a Zipf-like tail; each event has people and
words of its own. Three articles in ten tell of an event that another one told of, and repeat two claims of that: so
claims join threads about as often as in news (docs/performance.md).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

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
    + "because of,as well as,in front of,on behalf of,at the end of,as a part of,out of,in spite of".split(
        ","
    )
)
DOING = "repaired delayed approved rejected measured counted promised halted reopened inspected financed moved".split()
COMMON = (
    "government people company year week minister police group state money work plan country city president party law "
    "day member official leader office home case war home family school health group deal job price vote court area "
    "worker team power security help time number program question system service public member campaign office rate "
    "share sale house bill change deal force attack child record bank trade tax worker student cost"
).split()
MEASURES = (
    "cost price budget debt bill output revenue fine levy subsidy loss profit fee rent wage loan".split()
)
MOVES = "rose fell climbed dropped grew shrank".split()
COUNTED = (
    "people passengers workers residents pupils voters patients homes vehicles jobs farmers soldiers".split()
)
SEEN = "saw heard described opposed awaited missed feared followed joined expected demanded ignored".split()
OUTLETS = [
    f"{place} {kind}" for place in PLACES for kind in ("Gazette", "Herald", "Post", "Courier", "Times")
]

SYLLABLES: Final = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
COMMONER: Final = 300
VOCABULARY: Final = 60_000
"""Numbers of made-up words; how often one comes falls with its number. Those below COMMONER are common words."""
FOLLOWS: Final = 0.3
"""Share of articles that tell of an event of another."""
BACK: Final = 40
"""How many articles before its own number that one has."""


class Event(NamedTuple):
    """What articles about one event have in common."""

    people: list[tuple[str, str, str]]
    words: list[str]
    lines: str
    """Claims that all of them repeat."""


@lru_cache(maxsize=4 * BACK)
def event_of(number: int) -> Event:
    """Return an event."""
    dice = Dice(f"event {number}")
    people = [dice.person() for _ in range(6)]
    words = [dice.rare_word() for _ in range(20)]
    first, last, role = people[0]
    return Event(people, words, f"“{dice.clause(words)},” {role} {first} {last} said. {dice.figures(words)}")


class Dice(random.Random):
    """Dice that fall on words, names and figures."""

    def person(self) -> tuple[str, str, str]:
        """Return a name and what the person does."""
        last = self.choice(LAST) if self.random() < 0.2 else self.rare_word().capitalize()
        return self.choice(FIRST), last, self.choice(ROLES)

    def rare_word(self) -> str:
        """Return a made-up word; those of low numbers come most often."""
        number = int(COMMONER * (VOCABULARY / COMMONER) ** self.random())
        word = ""
        for _ in range(3):
            number, syllable = divmod(number * 7 + 3, len(SYLLABLES))
            word += SYLLABLES[syllable]
        return word + "nlrst"[number % 5]

    def word(self, own: list[str]) -> str:
        """Return a word: a common one, one of the event, or a rare one."""
        die = self.random()
        if die < 0.55:
            return self.choice(COMMON if die < 0.4 else STEMS)
        return self.choice(own) if die < 0.7 else self.rare_word()

    def clause(self, own: list[str]) -> str:
        """Return a sentence without its end."""
        parts = ["The", self.word(own), self.word(own), "was", self.choice(DOING)]
        for _ in range(self.randint(2, 5)):
            parts += [self.choice(LINKS), "the", self.word(own)]
            if self.random() < 0.3:
                parts.append(self.word(own))
        return " ".join(parts)

    def figures(self, own: list[str]) -> str:
        """Return a sentence with figures."""
        clause = self.clause(own)
        inner = clause[0].lower() + clause[1:]
        if self.random() < 0.5:
            share, cost = self.randint(10, 900) / 10, round(10 ** self.uniform(0, 3), 1)
            what = f"{self.choice(MEASURES)} of the {self.word(own)} {self.choice(MOVES)}"
            return f"The {what} {share} percent to ${cost} million as {inner}."
        count, day = int(10 ** self.uniform(1.3, 5)), self.randint(1, 28)
        return f"More than {count:,} {self.choice(COUNTED)} {self.choice(SEEN)} how {inner} on {day} May."


class Writer:
    """One article's dice."""

    def __init__(self, number: int) -> None:
        self._dice = Dice(number)
        follows = number >= BACK and self._dice.random() < FOLLOWS
        self._event = event_of(number - BACK if follows else number)

    @property
    def title(self) -> str:
        """Return a headline."""
        first, second, third = self._event.words[:3]
        return f"{first.capitalize()} {self._dice.choice(STEMS)} {second} {self._dice.choice(DOING)} after {third}"

    def body(self, words: int) -> str:
        """Return paragraphs of two to four sentences until `words` are reached."""
        paragraphs: list[str] = [f"{self._dice.choice(PLACES).upper()} - {self._plain()} {self._event.lines}"]
        count = len(paragraphs[0].split())
        while count < words:
            paragraph = " ".join(self._sentence() for _ in range(self._dice.randint(2, 4)))
            count += len(paragraph.split())
            paragraphs.append(paragraph)
        return "\n".join(paragraphs)

    def _plain(self) -> str:
        return self._dice.clause(self._event.words) + "."

    def _sentence(self) -> str:
        first, last, role = self._dice.choice(self._event.people)
        verb, place, die = self._dice.choice(VERBS), self._dice.choice(PLACES), self._dice.random()
        clause = self._plain()[:-1]
        inner = clause[0].lower() + clause[1:]
        if die < 0.10:
            return f"“{clause},” {place} {role} {first} {last} {verb}."
        if die < 0.16:
            return f"“{clause},” {verb} {last}. “{self._plain()}”"
        if die < 0.25:
            return f"{last} {verb} that {inner}."
        if die < 0.36:
            return self._dice.figures(self._event.words)
        return self._plain()


def article(number: int, words: int = 800, reprints: float = 0.3) -> bytes:
    """Return the raw record of article `number`; a share of them are reprints of an earlier one, under their own id."""
    dice = random.Random(~number)  # noqa: S311
    of = dice.randrange(number) if number > 20 and dice.random() < reprints else number
    writer = Writer(of)
    body, title = writer.body(words), writer.title
    if of != number:
        body = f"{dice.choice(PLACES).upper()} (Coast Wire) - {body}\nCopyright Coast Wire {number}."
    story = {
        "id": f"b{number}",
        "title": title,
        "source": dice.choice(OUTLETS),
        "body": body,
        "published_at": "2026-03-04T06:00:00Z",
    }
    return json.dumps(story, ensure_ascii=False).encode()


def articles(count: int, words: int = 800, reprints: float = 0.3) -> Iterator[bytes]:
    """Yield the first `count` articles."""
    return (article(number, words, reprints) for number in range(count))
