"""What claims cost, step by step: python -m bench.claims_cost [ARTICLES.jsonl[.gz]] [--field body].

Articles of 700 to 850 words from a file, or made-up ones, read in batches as the enrich stage reads them, and one by
one. Claims below --confidence-min, by default that of the settings, are left out as the stage leaves them out. All is
read ROUNDS times; each figure is the mean over batches of their median CPU time, so that one busy moment counts
nothing. The whole is timed without the clocks of the steps. Last comes the resident memory that a long stream of words
never seen before leaves behind.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import string
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from inspect import isgeneratorfunction
from itertools import islice
from pathlib import Path
from typing import Any

from bench.articles import Writer
from bench.dedup_cost import resident_bytes
from bench.figures_cost import articles
from service.enrich import attributions, claims, doc, figure_claims, reading_end
from service.enrich.doc import Asked
from service.enrich.enrich import BATCH_ARTICLES
from service.enrich.quotes import finder, read
from service.enrich.quotes.cast import resolver
from service.enrich.quotes.cast.resolver import Resolver
from service.settings import EnrichSettings

WORDS = 777
PUBLISHED = "2023-11-22T00:00:00Z"
NEW_WORDS_TEXTS = 10_000
"""Texts of WORDS words that no other text has."""
STEPS = (
    (reading_end, "_scan", "tokens"),
    (reading_end, "identify", "language"),
    (read, "first_pass", "first pass"),
    (read, "windows", "candidates and windows"),
    (read, "second_pass", "second pass"),
    (read, "believe", "confidence, acceptance"),
    (finder, "check", "checks of drafts"),
    (finder, "read_labels", "labels, plain reports"),
    (finder, "add_plain_reports", "labels, plain reports"),
    (finder, "apply_rules", "rules for marks"),
    (finder, "View", "view"),
    (resolver, "read_phrase", "speakers' phrases"),
    (resolver, "Cast", "cast"),
    (Resolver, "resolve", "speakers"),
    (finder, "_attribution", "attributions"),
    (doc, "mark_dates", "dates"),
    (doc, "dates_in", "dates"),
    (doc, "quantities_in", "figures"),
    (doc, "Flags", "negated, hedged"),
    (attributions, "_of_text", "claims of speech"),
    (figure_claims, "_of_text", "claims of figures"),
    (claims, "find_all_claims", "the rest"),
)
"""Where each function is looked up, and what to call the time it takes apart from the others listed."""


class Clocks:
    """Own CPU time by step, in nanoseconds; a step inside another one is taken from the outer."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}
        self._inner = [0]

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function` with its time noted; of a generator, that of each of its steps."""

        def timed(*arguments: Any, **named: Any) -> Any:
            with self._step(name):
                return function(*arguments, **named)

        def timed_steps(*arguments: Any, **named: Any) -> Generator[Any, None, Any]:
            steps = function(*arguments, **named)
            while True:
                with self._step(name):
                    try:
                        value = next(steps)
                    except StopIteration as done:
                        return done.value
                yield value

        return timed_steps if isgeneratorfunction(function) else timed

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self._inner.append(0)
        started = time.thread_time_ns()
        try:
            yield
        finally:
            took = time.thread_time_ns() - started
            self.taken[name] = self.taken.get(name, 0) + took - self._inner.pop()
            self._inner[-1] += took


def in_batches(texts: list[str], size: int) -> list[list[Asked]]:
    """Return the texts as the stage asks for them."""
    asked = [Asked(text, PUBLISHED) for text in texts]
    return [asked[first : first + size] for first in range(0, len(asked), size)]


def whole_us(batches: list[list[Asked]], rounds: int, confidence_min: float) -> list[float]:
    """Return the CPU time of an article in each batch, as the median of the rounds."""
    taken: list[list[float]] = [[] for _ in batches]
    for _ in range(rounds):
        for place, batch in enumerate(batches):
            started = time.thread_time_ns()
            claims.find_all_claims(batch, confidence_min=confidence_min)
            taken[place].append((time.thread_time_ns() - started) / 1e3 / len(batch))
    return [statistics.median(each) for each in taken]


def steps_us(batches: list[list[Asked]], rounds: int, confidence_min: float) -> dict[str, float]:
    """Return the mean of every step over the articles, as the median of the rounds."""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in STEPS]
    seen: list[dict[str, int]] = []
    try:
        clocks = Clocks()
        for owner, name, label in STEPS:
            setattr(owner, name, clocks.around(label, getattr(owner, name)))
        for _ in range(rounds):
            clocks.taken = {}
            for batch in batches:
                claims.find_all_claims(batch, confidence_min=confidence_min)
            seen.append(clocks.taken)
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
    count = sum(map(len, batches))
    return {
        label: statistics.median(one.get(label, 0) for one in seen) / count / 1e3 for _, _, label in STEPS
    }


def new_words(texts: int) -> Iterator[str]:
    """Yield sentences of random words with quotations and names."""
    dice = random.Random(7)  # noqa: S311 - the same stream every time, no secret
    for _ in range(texts):
        words = ["".join(dice.choices(string.ascii_lowercase, k=dice.randint(5, 11))) for _ in range(WORDS)]
        for place in range(0, WORDS - 12, 12):
            words[place] = f"“{words[place].capitalize()}"
            words[place + 7] += f",” said {words[place + 8].capitalize()} {words[place + 9].capitalize()}."
        yield " ".join(words)


def growth_mib(texts: int) -> tuple[float, float]:
    """Return the growth of resident memory in each half of a stream of ever new words."""
    marks = []
    for number, text in enumerate(new_words(texts)):
        if number in (0, texts // 2):
            gc.collect()
            marks.append(resident_bytes())
        claims.find_claims(text, published_at=PUBLISHED)
    gc.collect()
    return (marks[1] - marks[0]) / 2**20, (resident_bytes() - marks[1]) / 2**20


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="bench.claims_cost", description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--field", default="body")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--confidence-min", type=float, default=EnrichSettings().confidence_min)
    parser.add_argument("--no-growth", action="store_true", help="leave the stream of new words out")
    options = parser.parse_args()
    claims.warm_up()
    gc.freeze()
    made_up = (Writer(number).body(WORDS) for number in range(options.count))
    source = articles(options.articles, options.field) if options.articles else made_up
    texts = list(islice(source, options.count))
    words = statistics.fmean(len(text.split()) for text in texts)
    print(
        f"{len(texts)} articles of {words:.0f} words, {options.rounds} rounds, "
        f"claims from {options.confidence_min} on; us of CPU an article"
    )
    batches = in_batches(texts, BATCH_ARTICLES)
    for label, cost in steps_us(batches, options.rounds, options.confidence_min).items():
        print(f"  {label:26s}{cost:8.1f}")
    for name, asked in (("one by one", in_batches(texts, 1)), (f"{BATCH_ARTICLES} at a time", batches)):
        whole = whole_us(asked, options.rounds, options.confidence_min)
        mean, p99 = statistics.fmean(whole), sorted(whole)[int(len(whole) * 0.99)]
        speed = 1e6 / mean * words / WORDS
        print(
            f"  {name:26s}{mean:8.1f}   p99 {p99:.0f}; {speed:.0f} articles of {WORDS} words a second and core"
        )
    if not options.no_growth:
        first, second = growth_mib(NEW_WORDS_TEXTS)
        print(f"{NEW_WORDS_TEXTS} texts of new words: +{first:.1f} MiB, then +{second:.1f} MiB")


if __name__ == "__main__":
    main()
