"""Reports of people and figures, and what may become of one: changed facts, or the same facts in another dress.

Kinds that change one thing in a few hundred words, and kinds that change nothing a reader would call news. The texts
are made up; the mutations work on any article.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.dedup.articles import a_story

FIRST = "Hanno Ivar Karl Emil Marta Signe Tove Lars Oda Nils Kari Jens Gro Ellen Viktor Asta".split()
LAST = "Brekke Solheim Venn Harte Ostrander Velmary Brodding Tessmer Quillon Marrick Dovrenko Sundby".split()
PLACES = "Ostby Tarrow Kestwick Hallum Vintermoor Castorp Lindeby Ferrant".split()
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_VERBS = "won|lost|beat|rejected|approved|accused|defeated|sued|backed|praised|condemned|supported|opposed|bought|sold"
_PERSON = r"[A-Z][a-z]{3,}"


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
    return Article(f"{dead} die in fire at timber yard in {place}", body)


def _with_one(article: Article, found: list[re.Match[str]], rng: random.Random, by: str) -> Article | None:
    if not found:
        return None
    one = rng.choice(found)
    return replace(article, body=article.body[: one.start()] + by + article.body[one.end() :])


def _name_told_once(article: Article, rng: random.Random) -> Article | None:
    names = re.finditer(rf"(?<=[a-z] ){_PERSON}\b", article.body)
    whole = f"{article.title} {article.body}"
    once = [name for name in names if len(re.findall(rf"\b{name[0]}\b", whole)) == 1]
    return _with_one(
        article, once, rng, rng.choice([n for n in (*LAST, *PLACES) if n not in whole] or ["Umber"])
    )


def _order_swapped(article: Article, rng: random.Random) -> Article | None:
    pairs = re.finditer(rf"\b(?P<a>{_PERSON}) (?P<verb>{_VERBS}) (?P<b>{_PERSON})\b", article.body)
    found = [pair for pair in pairs if pair["a"] != pair["b"]]
    if not found:
        return None
    one = rng.choice(found)
    return _with_one(article, [one], rng, f"{one['b']} {one['verb']} {one['a']}")


def _negation_added(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"\b(was|were|will|is|has|had)(?= [a-z]{4,}\b(?<!not))", article.body))
    if not found:
        return None
    one = rng.choice(found)
    return _with_one(article, [one], rng, f"{one[0]} not")


def _negation_dropped(article: Article, rng: random.Random) -> Article | None:
    return _with_one(article, list(re.finditer(r"(?<=[a-z]) not(?= [a-z])", article.body)), rng, "")


def _figure_changed(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"(?<![\d.,/-])\b[1-9]\d{0,3}\b(?![\d.,:%/-])", article.body))
    return _with_one(article, found, rng, str(rng.randint(101, 9_999)))


def _figure_of_the_text(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"(?<![\d.,/-])\b[1-9]\d{0,3}\b(?![\d.,:%/-])", article.body))
    figures = [one[0] for one in found]
    if len(set(figures)) < 2:
        return None
    one = rng.choice(found)
    return _with_one(article, [one], rng, rng.choice([figure for figure in figures if figure != one[0]]))


def _numbers_spelt_out(article: Article, rng: random.Random) -> Article | None:
    body = re.sub(r"(?<=\d),(?=\d{3}\b)", "", article.body)
    small = r"(?<![\d.,$/-])\b([2-9]|1[0-2])\b(?![\d.,:%/-])"
    return replace(article, body=re.sub(small, lambda m: NUMBERS[int(m[1]) - 2], body))


def _wrapped(article: Article, rng: random.Random) -> Article | None:
    width = rng.randint(60, 80)
    parts = ("\n".join(textwrap.wrap(part, width)) for part in article.body.split("\n"))
    return replace(article, body="\n".join(parts))


def _headline_on_top(article: Article, rng: random.Random) -> Article | None:
    return replace(article, body=f"{article.title}\n\n{article.body}")


def _headline_in_capitals(article: Article, rng: random.Random) -> Article | None:
    return replace(article, title=article.title.upper())


def _dateline_and_credit(article: Article, rng: random.Random) -> Article | None:
    body = f"{rng.choice(PLACES).upper()}, May {rng.randint(2, 28)} (AP) - {article.body}"
    return replace(article, body=f"{body}\n\nReporting by {rng.choice(FIRST)} {rng.choice(LAST)}")


CHANGED: dict[str, Mutation] = {
    "a name told once": _name_told_once,
    "names swapped": _order_swapped,
    "a negation added": _negation_added,
    "a negation dropped": _negation_dropped,
    "a figure": _figure_changed,
    "a figure of the text": _figure_of_the_text,
}
SAME: dict[str, Mutation] = {
    "numbers spelt out": _numbers_spelt_out,
    "lines wrapped": _wrapped,
    "headline on top": _headline_on_top,
    "headline in capitals": _headline_in_capitals,
    "dateline and credit": _dateline_and_credit,
}
