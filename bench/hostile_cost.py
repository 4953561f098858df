"""What the dearest hostile records cost, by step: python -m bench.hostile_cost [--shown 12].

Every record of tests/hostile.py is read and cleaned as intake does it; those that are articles are sketched and read
for claims. The CPU of each step is the least of three rounds, so that other work on the machine does not count. The
claim is 50 ms for any record; dedup adds some tens of microseconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from service.enrich.claims import find_claims
from service.intake.article import read_article
from service.pipeline.app import warm_up
from service.records import Article, Rejected
from service.settings import IntakeSettings
from service.sketch.sketch import sketch
from service.stages import STAGES
from tests.hostile import Hostile, hostile_records

BUDGET_MS = 50.0
ROUNDS = 3
SETTINGS = IntakeSettings()
T = TypeVar("T")


class Cost(NamedTuple):
    """Milliseconds of CPU of one record, by step."""

    read: float
    sketch: float
    claims: float
    bytes: int
    name: str

    @property
    def total(self) -> float:
        """Return the CPU of all steps."""
        return self.read + self.sketch + self.claims


def least_ms(step: Callable[[], T]) -> tuple[float, T]:
    """Return CPU of a step, the least of ROUNDS, and what it returned."""
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        result = step()
        spent.append((time.process_time() - began) * 1_000)
    return min(spent), result


def read(hostile: Hostile) -> Article | None:
    """Return the article, or None where the record is a dead letter."""
    try:
        return read_article(hostile.record(), SETTINGS)
    except Rejected:
        return None


def cost_of(hostile: Hostile) -> Cost:
    """Return what one record costs."""
    reading, article = least_ms(lambda: read(hostile))
    sketching = claiming = 0.0
    if article is not None:
        text = article.text
        sketching, _ = least_ms(lambda: sketch(text).pack())
        claiming, _ = least_ms(lambda: find_claims(text))
    return Cost(reading, sketching, claiming, len(hostile.value or b""), hostile.name)


def main() -> int:
    """1 where a record is over its budget."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shown", type=int, default=12)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    costs = sorted(map(cost_of, hostile_records()), key=lambda cost: -cost.total)
    print(f"{'total':>8s}{'read':>8s}{'sketch':>8s}{'claims':>8s}   ms of CPU")
    for cost in costs[: chosen.shown]:
        steps = "".join(f"{ms:8.1f}" for ms in (cost.total, cost.read, cost.sketch, cost.claims))
        print(f"{steps}   {cost.name} ({cost.bytes:,d} bytes)")
    median, over = statistics.median(cost.total for cost in costs), [c for c in costs if c.total > BUDGET_MS]
    print(
        f"{len(costs)} records: median {median:.2f} ms, worst {costs[0].total:.1f}, over 50 ms: {len(over)}"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
