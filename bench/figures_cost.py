"""What figures and dates cost: python bench/figures_cost.py ARTICLES.jsonl[.gz] [--field body].

Time per article of 700-850 words (each article's best of several rounds through all of them), beside a plain Python
loop for scale; then the growth of the cost on hostile texts when their length doubles (2.0 is linear).
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from service.enrich.dates import find_dates
from service.enrich.figures import find_quantities
from service.enrich.lexer.number_tokens import Tokens

PUBLISHED = dt.datetime(2023, 11, 22, tzinfo=dt.UTC)
HOSTILE = (
    "9", "1 ", "123 ", "$", "$1", "1-", "1,", "1.", "1:", "1/", "1,22", "one ", "hundred ", "twenty-", "a million ",
    "2 1/2 ", "5 to ", "half of a ", "tens of ", "minus ", "10 x 10^", "5 feet 2 ", "5 pounds ", "5 Swiss ", "year ",
    "two of A ", "May ", "Monday ", "January-", "the last ", "U.S. $", "a", "A", "-", "#", "é́",
)  # fmt: skip


def articles(path: Path, field: str) -> Iterator[str]:
    """Yield texts of 700-850 words."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)[field]
            if 700 <= len(text.split()) <= 850:
                yield text


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def per_item(work: Callable[[str], object], items: list[str], rounds: int) -> float:
    """Return mean microseconds per item, each item's best of several rounds through all: steady on a busy machine."""
    best = [float("inf")] * len(items)
    for _ in range(rounds):
        for place, item in enumerate(items):
            started = time.perf_counter_ns()
            work(item)
            best[place] = min(best[place], time.perf_counter_ns() - started)
    return sum(best) / len(best) / 1e3


def both(text: str) -> None:
    """Figures and dates of one text."""
    find_quantities(text)
    find_dates(text, PUBLISHED)


def loop(_: str) -> int:
    """Time a thousand additions: the speed of this machine at the moment."""
    total = 0
    for number in range(1000):
        total += number
    return total


def growth(pieces: Iterable[str], length: int) -> Iterator[tuple[str, float, float]]:
    """For each hostile piece: microseconds per 1,000 characters, and how cost grows from `length` to twice that."""
    for piece in pieces:
        texts = [piece * (size // len(piece)) for size in (length, 2 * length)]
        once, twice = (min(cpu_seconds(lambda t=text: both(t)) for _ in range(3)) for text in texts)  # type: ignore[misc]
        yield piece, twice / (2 * length) * 1e9, twice / max(once, 1e-6)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--field", default="body")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument(
        "--length", type=int, default=200_000, help="of the shorter hostile text, in characters"
    )
    args = parser.parse_args()
    texts = [text for text, _ in zip(articles(args.articles, args.field), range(args.count), strict=False)]
    both(texts[0])
    print(f"{len(texts)} articles; microseconds each:")
    for name, work in (("tokens", Tokens), ("figures and dates", both), ("1,000 additions, for scale", loop)):
        print(f"  {name:28s} {per_item(work, texts, args.rounds):8.1f}")
    print("hostile texts: microseconds per 1,000 characters, growth when the length doubles")
    for piece, cost, factor in growth(HOSTILE, args.length):
        print(f"  {piece!r:14s} {cost:8.1f} {factor:6.2f}")


if __name__ == "__main__":
    main()
