"""Search for the 64 KiB of text that cost a stage most CPU: `python -m tests.fuzz.dearest --seconds 60 --seed 1`.

Random texts first, then changes of the dearest ones: their pieces, how long what repeats is, how much each repetition
differs. The few dearest are measured again, many times each, since other work of the machine makes a text look dear
once. Prints the dearest text of each stage and keeps it in var/fuzz/dearest-STAGE.txt. Returns 1 where one is over 50.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from service.dedup.collection import Collection
from service.dedup.outputs import incoming
from service.enrich.enrich import enrich
from service.intake.article import intake
from service.pipeline.app import warm_up
from service.pipeline.in_memory import raw_record
from service.records import DedupNote, Prepared, Rejected, Sketched, Unique
from service.settings import DedupSettings, EnrichSettings, IntakeSettings, ThreadsSettings
from service.sketch.claims.prepare import prepare
from service.stages import DEDUP, ENRICH, INTAKE, STAGES, THREADS
from service.threads.collection import Collection as Threads

TEXT_BYTES = 65_536
BUDGET_MS = 50.0
ROUNDS = 15
"""Number of times that a text is measured again, of which the least counts: other work slows most of them."""
SIBLINGS = 9
"""Number of texts of one recipe, drawn with other seeds, whose median counts in a stage that knows a text again."""
REMEMBERING = (DEDUP.name, THREADS.name)
"""Stages that know a text once they have decided on it, so that it costs less the next time."""
BEST_KEPT = 6
RANDOM_SHARE = 0.25
"""Share of texts that are drawn anew; the others are changes of the dearest so far."""

PIECES = (
    *"aiZ059.,;:!?-–—'\"“”‘’«»()[]{}<>&%$€#@*/|\\_~^=+\n\t\u00a0\u200b\u0301ßéжश中ا",
    *(". ", ".\n", "\n\n", " - ", "... ", '," ', '." ', "?' ", " (", ") ", " “", "” ", " ‘", "’ "),
    *("said", "he said", "who", "according to", "told reporters", "not", "no", "their", "Mr.", "Dr. ", "its"),
    *(
        "Ada Lorne",
        "A. Lorne",
        "Lorne",
        "Velt Group",
        "the mayor",
        "THE",
        "President",
        "of the",
        "the",
        "and",
    ),
    *("1,000", "12.5", "3 to 4", "per cent", "million", "half", "$", "two", "third", "minus", "km", "No. 7"),
    *(
        "May",
        "Tuesday",
        "last week",
        "03/04/2021",
        "2025",
        "10:30",
        "year",
        "ago",
        "by",
        "in",
        "from",
        "until",
    ),
    *("<p>", "</p>", "<b>", "<td>", "&amp;", "&#39;", "<!--", "-->", "http://a.b/c", "www.", "@x", "a@b.c"),
    *(
        "Correction:",
        "UPDATE 1",
        "(Wire)",
        "Photo:",
        "Read more",
        "Advertisement",
        "Copyright",
        "Share",
        "Q:",
        "A:",
    ),
    *("word", "word{n}", "Name{n}", "{n}", "{n}.{n}", "“word{n}”", "ﷺ", "ﬁ", "👍🏽", "\u202e", "\ufeff", "i̇"),
)
"""`{n}` stands for a number that differs each time."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Say how a text is made; the same recipe makes the same text."""

    pieces: tuple[str, ...]
    joint: str  # between two pieces
    unit: int  # number of pieces of what repeats
    end: str  # after each repetition
    noise: float  # share of pieces that differ from one repetition to the next
    numbers: int  # `{n}` counts up to this
    seed: int

    def text(self) -> str:
        """Make the text: `unit` pieces drawn once, then repeated until the size is reached."""
        dice = random.Random(self.seed)
        unit = [dice.choice(self.pieces) for _ in range(self.unit)]
        parts: list[str] = []
        size = number = 0
        while size < TEXT_BYTES:
            for piece in unit:
                if self.noise and dice.random() < self.noise:
                    piece = dice.choice(self.pieces)
                number += 1
                part = piece.replace("{n}", str(number % self.numbers)) + self.joint
                parts.append(part)
                size += len(part.encode())
                if size >= TEXT_BYTES:
                    break
            parts.append(self.end)
            size += len(self.end.encode())
        return "".join(parts).encode()[:TEXT_BYTES].decode("utf-8", "ignore")


def drawn(dice: random.Random) -> Recipe:
    """Draw a recipe."""
    return Recipe(
        pieces=tuple(dice.choice(PIECES) for _ in range(dice.choice([1, 2, 3, 5, 12, 40]))),
        joint=dice.choice(["", " ", " ", "\n"]),
        unit=dice.choice([1, 2, 3, 8, 20, 50, 300, 3_000]),
        end=dice.choice(["", " ", ". ", "\n", "\n\n", ".\n"]),
        noise=dice.choice([0.0, 0.0, 0.02, 0.3, 1.0]),
        numbers=dice.choice([2, 30, 1_000, 10**6]),
        seed=dice.randrange(10**6),
    )


def changed(recipe: Recipe, dice: random.Random) -> Recipe:
    """Change one or two things of a recipe."""
    for _ in range(dice.choice([1, 1, 2])):
        other = drawn(dice)
        pieces = list(recipe.pieces)
        match dice.randrange(7):
            case 0:
                pieces[dice.randrange(len(pieces))] = dice.choice(PIECES)
                recipe = replace(recipe, pieces=tuple(pieces))
            case 1:
                recipe = replace(recipe, pieces=(*pieces, dice.choice(PIECES)))
            case 2 if len(pieces) > 1:
                del pieces[dice.randrange(len(pieces))]
                recipe = replace(recipe, pieces=tuple(pieces))
            case 3:
                recipe = replace(recipe, unit=max(1, round(recipe.unit * dice.choice([0.5, 0.9, 1.1, 2.0]))))
            case 4:
                recipe = replace(recipe, joint=other.joint, end=other.end)
            case 5:
                recipe = replace(recipe, noise=other.noise, numbers=other.numbers)
            case _:
                recipe = replace(recipe, seed=other.seed)
    return recipe


Costs = dict[str, float]
"""Milliseconds of CPU of a text, by stage."""


class Stages:
    """Measure what a text costs each stage, as the stages work on it."""

    def __init__(self) -> None:
        self._settings = IntakeSettings()
        self._enrich = EnrichSettings()
        self._collection = Collection("default", DedupSettings(capacity_articles=10_000))
        self._threads = Threads("default", ThreadsSettings(capacity_claims=100_000))
        for stage in STAGES:
            warm_up(stage)

    def costs(self, text: str, rounds: int = 1) -> Costs:
        """Return what a text costs, the least of `rounds`."""
        number = self._collection.last_offset + 1
        value = msgspec.json.encode({"id": f"d{number}", "title": text[:200], "body": text})
        record = raw_record(number, value)
        found: list[Sketched] = []

        def read() -> None:
            try:
                found[:] = [intake(record, self._settings)]
            except Rejected:
                found.clear()

        costs = dict.fromkeys(STAGES, 0.0)
        costs[INTAKE.name] = least_ms(read, rounds)
        if found:
            unique = Unique(found[0].article, DedupNote("new", found[0].article.article_id))
            ready: list[Prepared] = []
            costs[ENRICH.name] = least_ms(lambda: self._enrich_into(ready, unique), rounds)
            costs[THREADS.name] = least_ms(lambda: self._join(ready), rounds)
            costs[DEDUP.name] = least_ms(lambda: self._decide(found[0]), rounds)
        return costs

    def _enrich_into(self, ready: list[Prepared], unique: Unique) -> None:
        """Find the claims of an article and prepare them for threads, as enrich does."""
        ready[:] = [prepare(enrich(unique, self._enrich), unique.article.trace)]

    def _join(self, articles: list[Prepared]) -> None:
        offset = self._threads.last_offset + 1
        self._threads.decide(offset, articles)

    def _decide(self, sketched: Sketched) -> None:
        self._collection.decide(self._collection.last_offset + 1, [incoming(sketched)])


def least_ms(step: Callable[[], object], rounds: int) -> float:
    """Return the CPU of a step in milliseconds, the least of `rounds`."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        step()
        spent.append((time.process_time() - began) * 1_000)
    return min(spent)


class Search:
    """Keep the dearest recipes of each stage, and look for dearer ones."""

    def __init__(self, cost: Callable[[str], Costs], stages: list[str], seed: int) -> None:
        self._cost = cost
        self._dice = random.Random(seed)
        self.best: dict[str, list[tuple[float, Recipe]]] = {stage: [] for stage in stages}
        self.tried = 0

    def step(self) -> None:
        """Try one more text."""
        stage = self._dice.choice(list(self.best))
        known = self.best[stage]
        if not known or self._dice.random() < RANDOM_SHARE:
            recipe = drawn(self._dice)
        else:
            recipe = changed(self._dice.choice(known)[1], self._dice)
        self.tried += 1
        for name, ms in self._cost(recipe.text()).items():
            kept = [*self.best[name], (ms, recipe)]
            self.best[name] = sorted(kept, key=lambda one: -one[0])[:BEST_KEPT]

    def dearest(self, stage: str) -> tuple[float, Recipe]:
        """Return what the dearest text of a stage costs, and its recipe."""
        return self.best[stage][0]


def confirmed(stages: Stages, stage: str, found: list[tuple[float, Recipe]]) -> tuple[float, Recipe]:
    """Measure the dearest recipes of a stage again; return the dearest of them now, in milliseconds of CPU."""
    return max(((confirmed_ms(stages, stage, recipe), recipe) for _, recipe in found), key=lambda one: one[0])


def confirmed_ms(stages: Stages, stage: str, recipe: Recipe) -> float:
    """Measure one recipe again, where a stage remembers texts with texts that it has not seen."""
    if stage not in REMEMBERING:
        return stages.costs(recipe.text(), ROUNDS)[stage]
    siblings = [replace(recipe, seed=recipe.seed + number) for number in range(1, SIBLINGS + 1)]
    return statistics.median(stages.costs(sibling.text())[stage] for sibling in siblings)


def main() -> int:
    """Search for as long as asked for, and print the dearest text of each stage."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, default=Path("var/fuzz"))
    chosen = parser.parse_args()
    stages = Stages()
    search = Search(stages.costs, list(STAGES), chosen.seed)
    until = time.monotonic() + chosen.seconds
    while time.monotonic() < until:
        search.step()
    chosen.home.mkdir(parents=True, exist_ok=True)
    over = False
    print(f"{search.tried} texts of {TEXT_BYTES} bytes, seed {chosen.seed}; the dearest, in ms of CPU")
    for stage in STAGES:
        ms, recipe = confirmed(stages, stage, search.best[stage])
        over = over or ms > BUDGET_MS
        (chosen.home / f"dearest-{stage}.txt").write_text(recipe.text())
        print(f"{stage:8s}{ms:8.1f}   {recipe.text()[:70]!a}   {recipe!a:.300}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
