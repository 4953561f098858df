"""Changes of a report that little tells, and credits, which are none."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.quality.fact_reports import FIRST, LAST, Article, Mutation

LIKE_CREDITS = (
    "By nightfall {figure} more had been found in the cellar.",
    "Staff say that {figure} men stood at the gate.",
    "Reporting of the fire was stopped by {name} in the end.",
    "Photo evidence shows {name} at the gate of the yard.",
    "Credit for the rescue went to {name} of the harbour.",
    "Image after image shows {figure} men at the gate.",
)
"""Lines that begin as a credit does and tell of somebody, or a number, that the text has not."""
CREDITS = (
    "Reporting by {name}; editing by {second}; +44 20 7946 {figure}",
    "Editing by {name}; 2 p.m.",
    "Additional reporting by {name} in Ostby",
    "By {name} - May 3, 2021",
    "Photo by {name}/AP",
    "Copyright 2021 Tarrow Post",
    "Staff writer {name} contributed to this report",
    "Image: {name} / AFP",
)


def _line_like_a_credit(article: Article, rng: random.Random) -> Article | None:
    name = rng.choice([name for name in LAST if name not in article.body])
    line = rng.choice(LIKE_CREDITS).format(name=name, figure=rng.randint(101, 9_999))
    return replace(article, body=rng.choice((f"{line}\n\n{article.body}", f"{article.body}\n\n{line}")))


def _headline_denied(article: Article, rng: random.Random) -> Article | None:
    if " not " in article.title:
        return replace(article, title=article.title.replace(" not ", " ", 1))
    words = article.title.split()
    at = rng.randrange(1, len(words))
    return replace(article, title=" ".join((*words[:at], "not", *words[at:])))


def _votes_turned(article: Article, rng: random.Random) -> Article | None:
    body = article.body.replace(" aye", " nay")
    return replace(article, body=body) if body != article.body else None


PLAIN = (
    "A prosecutor has opened an inquiry into what went wrong there.",
    "The mayor said that the place would be closed for good.",
    "Nothing of it can be saved, an engineer said after a look inside.",
    "The owners will have to pay for all of the damage themselves.",
)
"""Sentences that name nobody and hold no figure."""


def _plain_sentence(article: Article, rng: random.Random) -> Article | None:
    paragraphs = article.body.split("\n\n")
    at = rng.randrange(len(paragraphs))
    paragraphs[at] += f" {rng.choice(PLAIN)}"
    return replace(article, body="\n\n".join(paragraphs))


def credit(article: Article, rng: random.Random) -> Article | None:
    """Add a line that says who made the text or a picture."""
    name, second = (f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(2))
    line = rng.choice(CREDITS).format(name=name, second=second, figure=rng.randint(1_000, 9_999))
    return replace(article, body=rng.choice((f"{line}\n\n{article.body}", f"{article.body}\n\n{line}")))


HIDDEN: dict[str, Mutation] = {
    "a line like a credit": _line_like_a_credit,
    "the headline denied": _headline_denied,
    "all votes turned": _votes_turned,
    "a sentence that names nobody": _plain_sentence,
}
