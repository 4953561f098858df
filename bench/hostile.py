"""What 10,000 hostile records do to memory: `python -m bench.hostile [--records 10000]`.

Records are drawn from tests/hostile.py, those of more than --bytes-max left out for time's sake, and go through intake,
and those that are articles through dedup and claims too; the memory of the process is looked at on the way. What each
costs: bench/hostile_cost.py.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
from pathlib import Path

from service.dedup.collection import Collection
from service.dedup.outputs import incoming
from service.enrich.enrich import enrich
from service.intake.article import intake
from service.pipeline.app import warm_up
from service.records import DedupNote, Rejected, Unique
from service.settings import DedupSettings, EnrichSettings, IntakeSettings
from service.stages import STAGES
from tests.hostile import Hostile, hostile_records

BYTES_MAX = 65_536
LOOKS = 20


class Path3:
    """All three rooms in one place."""

    def __init__(self) -> None:
        self._intake, self._enrich = IntakeSettings(), EnrichSettings()
        self._collection = Collection("default", DedupSettings(capacity_articles=2_000))

    def send(self, hostile: Hostile, offset: int) -> None:
        """One record, all the way it gets."""
        try:
            sketched = intake(hostile.record(offset), self._intake)
        except Rejected:
            return
        self._collection.decide(self._collection.last_offset + 1, [incoming(sketched)])
        enrich(
            Unique(sketched.article, DedupNote(status="new", cluster_id=sketched.article.article_id)),
            self._enrich,
        )


def size_of(hostile: Hostile) -> int:
    """Return bytes of a record, its headers and key included."""
    headers = sum(len(name) + len(value) for name, value in hostile.headers)
    return len(hostile.value or b"") + len(hostile.key or b"") + headers


def rss_mib() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096 / 1_048_576


def memory(path: Path3, corpus: list[Hostile], records: int) -> None:
    """Print what memory does over so many records, and its slope over the second half."""
    dice = random.Random(1)  # noqa: S311
    looks: list[float] = []
    for n in range(records):
        path.send(dice.choice(corpus), n)
        if (n + 1) % (records // LOOKS) == 0:
            gc.collect()
            looks.append(rss_mib())
    later = looks[LOOKS // 2 :]
    slope = statistics.linear_regression(range(len(later)), later).slope * LOOKS / records * 10_000
    print("memory in MiB on the way: " + " ".join(f"{look:.0f}" for look in looks))
    print(f"slope over the second half: {slope:+.1f} MiB per 10,000 records")


def main() -> None:
    """Print what memory did."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--bytes-max", type=int, default=BYTES_MAX)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    corpus, path = hostile_records(), Path3()
    memory(path, [one for one in corpus if size_of(one) <= chosen.bytes_max], chosen.records)


if __name__ == "__main__":
    main()
