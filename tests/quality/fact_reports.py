"""Made-up reports of people and figures, to be mutated."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.dedup.articles import a_story

FIRST = "Hanno Ivar Karl Emil Marta Signe Tove Lars Oda Nils Kari Jens Gro Ellen Viktor Asta".split()
LAST = "Brekke Solheim Venn Harte Ostrander Velmary Brodding Tessmer Quillon Marrick Dovrenko Sundby".split()
PLACES = "Ostby Tarrow Kestwick Hallum Vintermoor Castorp Lindeby Ferrant".split()
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
PERSON = r"[A-Z][a-z]{3,}"


@dataclass(frozen=True, slots=True)
class Article:
    """A headline and a text."""

    title: str
    body: str


Mutation = Callable[[Article, random.Random], Article | None]
"""Returns None where an article has nothing to change in that way."""


def a_report(seed: int, words: int = 220) -> Article:
    """Return a report with people, figures, quotations and negations; no two seeds make the same."""
    rng = random.Random(seed)
    one, two, three = rng.sample(LAST, 3)
    place, other = rng.sample(PLACES, 2)
    dead, hurt, year = rng.randint(2, 12), rng.randint(14, 90), rng.randint(1990, 2019)
    story = a_story(words, seed + 50_000).split("\n\n")
    half = len(story) // 2
    news = [
        f"A fire at the timber yard in {place} killed {dead} workers and injured {hurt} on Tuesday, said "
        f"{rng.choice(FIRST)} {one}, who leads the fire service.",
        f"The council then rejected the plea of {rng.choice(FIRST)} {two} and backed {three} over the yard. "
        f"{two} sued {three} in {year}, and the court in {other} did not hear {two}.",
        f'"We were not told of the boats, and nobody asked {one} about them," {rng.choice(FIRST)} {three} said. '
        f"The yard was fined {rng.randint(2, 9)}.{rng.randint(1, 9)} million crowns and will not open in {year + 3}.",
    ]
    body = "\n\n".join((news[0], *story[:half], news[1], *story[half:], news[2]))
    if seed % 2 == 0:
        votes = ", ".join(f"{name} aye" for name in random.Random(seed + 1).sample(FIRST, 9))
        body += f"\n\nThe council voted on the yard as follows: {votes}."
    return Article(f"{dead} die in fire at timber yard in {place}", body)


def with_one(article: Article, found: list[re.Match[str]], rng: random.Random, by: str) -> Article | None:
    """Put something in the place of one of the matches in the text; None if there are none."""
    if not found:
        return None
    one = rng.choice(found)
    return replace(article, body=article.body[: one.start()] + by + article.body[one.end() :])


def known_facts(article: Article, rng: random.Random) -> tuple[str, str, str] | None:
    """Return two names and a figure that the text has."""
    names = sorted(set(re.findall(rf"(?<=[a-z] ){PERSON}\b", article.body)) & {*LAST, *PLACES})
    figures = re.findall(r"(?<![\d.,/-])\b[1-9]\d{0,3}\b(?![\d.,:%/-])", article.body)
    if len(names) < 2 or not figures:
        return None
    one, other = rng.sample(names, 2)
    return one, other, rng.choice(figures)
