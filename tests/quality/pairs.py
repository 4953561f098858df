"""Pairs of articles with what dedup should make of the second: made-up stories, changed by seeded mutation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.dedup.articles import a_story

WORDS = 240
PAIRS_EACH = 20
"""Number of pairs of each mutation; ten mutations make 200 pairs."""
_OTHERS = {
    "northern": "upper", "broken": "damaged", "quiet": "silent", "costly": "expensive", "famous": "renowned",
    "found": "discovered", "warned": "cautioned", "repaired": "mended", "inspected": "examined", "near": "close to",
    "behind": "in back of", "ferry": "boat", "harbour": "port", "road": "street", "school": "academy",
}  # fmt: skip
"""Words and what a second editor may write instead."""

Mutation = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """An article and a later one; `repeats` says whether the later one holds nothing new."""

    name: str
    original: str
    variant: str
    repeats: bool


def _paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def _typography(text: str, rng: random.Random) -> str:
    spaced = text.replace(" and ", "  and ").replace("\n\n", "\n\n\n")
    return re.sub(r"\bthe (\w+)", "the \u201c\\1\u201d", spaced, count=rng.randint(1, 4))


def _reworded(text: str, rng: random.Random) -> str:
    chosen = rng.sample(sorted(_OTHERS), 5)
    return re.sub(r"\w+", lambda word: _OTHERS[word[0]] if word[0] in chosen else word[0], text)


def _trimmed(text: str, rng: random.Random) -> str:
    return "\n\n".join(_paragraphs(text)[: -rng.randint(1, 2)])


def _excerpt(text: str, rng: random.Random) -> str:
    parts = _paragraphs(text)
    start = rng.randint(0, len(parts) // 3)
    return "\n\n".join(parts[start : start + len(parts) // 2])


def _boilerplate(text: str, rng: random.Random) -> str:
    bar = rng.choice(["Share this article", "Advertisement", "Read more", "toggle caption"])
    parts = _paragraphs(text)
    parts.insert(rng.randint(1, len(parts)), bar)
    return "\n\n".join(
        [*parts, "Sign up for our daily newsletter here", "Related stories\n\n- Old gate sold"]
    )


def _reordered(text: str, rng: random.Random) -> str:
    parts = _paragraphs(text)
    at = rng.randint(1, len(parts) - 2)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return "\n\n".join(parts)


def _extended(text: str, rng: random.Random) -> str:
    return text + "\n\n" + a_story(int(WORDS * 0.8), rng.randint(10_000, 19_999))


def _half_new(text: str, rng: random.Random) -> str:
    parts = _paragraphs(text)
    return "\n\n".join([*parts[: len(parts) // 2], a_story(WORDS // 2, rng.randint(20_000, 29_999))])


def _one_paragraph(text: str, rng: random.Random) -> str:
    return a_story(WORDS, rng.randint(30_000, 39_999)) + "\n\n" + rng.choice(_paragraphs(text))


def _unrelated(text: str, rng: random.Random) -> str:
    return a_story(WORDS, rng.randint(40_000, 49_999))


MUTATIONS: dict[str, tuple[Mutation, bool]] = {
    "typography": (_typography, True),
    "reworded": (_reworded, True),
    "trimmed": (_trimmed, True),
    "excerpt": (_excerpt, True),
    "boilerplate": (_boilerplate, True),
    "reordered": (_reordered, True),
    "extended": (_extended, False),
    "half new": (_half_new, False),
    "one paragraph": (_one_paragraph, False),
    "unrelated": (_unrelated, False),
}
"""Name -> the mutation, and whether its outcome only repeats the original."""


def pairs() -> list[Pair]:
    """Make the 200 pairs, the same each time."""
    made = []
    for place, (name, (mutate, repeats)) in enumerate(MUTATIONS.items()):
        for number in range(PAIRS_EACH):
            seed = place * PAIRS_EACH + number
            original = a_story(WORDS, seed)
            made.append(Pair(name, original, mutate(original, random.Random(seed)), repeats))
    return made
