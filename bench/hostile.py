"""What hostile records cost: CPU of each, and memory over 10,000 of them. `python -m bench.hostile [--records 10000]`.

Every record of tests/hostile.py through intake, and those that are articles through dedup and claims too; the CPU is
the least of three rounds, so that other work on the machine does not count. The claim is 50 ms for a record of
64 KiB, and no more than that for each further 64 KiB: records may have 2 MiB. Then records are drawn from the corpus,
those of more than --bytes-max left out for time's sake, and the memory of the process is looked at on the way.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from pathlib import Path

from service.agents.dedup import incoming
from service.agents.enrich import enrich
from service.agents.intake import intake
from service.app import STAGES, warm_up
from service.core.collection import Collection
from service.core.records import DedupNote, Rejected, Unique
from service.settings import DedupSettings, EnrichSettings, IntakeSettings
from tests.hostile import Hostile, hostile_records

BUDGET_MS = 50.0
PER_BYTES = 65_536
SHOWN = 12
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
    """Bytes of a record, its headers and key included."""
    headers = sum(len(name) + len(value) for name, value in hostile.headers)
    return len(hostile.value or b"") + len(hostile.key or b"") + headers


def cpu_ms(path: Path3, hostile: Hostile) -> float:
    """CPU of one record, the least of three."""
    spent = []
    for offset in range(3):
        began = time.process_time()
        path.send(hostile, offset)
        spent.append((time.process_time() - began) * 1_000)
    return min(spent)


def rss_mib() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096 / 1_048_576


def costs(path: Path3, corpus: list[Hostile]) -> int:
    """Print the dearest ones; how many are over their budget."""
    rows = sorted(((cpu_ms(path, one), size_of(one), one.name) for one in corpus), reverse=True)
    over = [row for row in rows if row[0] > BUDGET_MS * max(1.0, row[1] / PER_BYTES)]
    small = [row for row in rows if row[1] <= PER_BYTES]
    print(f"{len(rows)} records: median {statistics.median(row[0] for row in rows):.2f} ms of CPU")
    print(f"of {len(small)} up to 64 KiB the dearest takes {max(small)[0]:.1f} ms ({max(small)[2]})")
    for ms, size, name in rows[:SHOWN]:
        print(f"{ms:9.1f} ms {size:10,d} bytes  {name}")
    print(f"over 50 ms: {sum(row[0] > BUDGET_MS for row in rows)}; over 50 ms per 64 KiB: {len(over)}")
    return len(over)


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


def main() -> int:
    """1 where a record is over its budget."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--bytes-max", type=int, default=PER_BYTES)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    corpus, path = hostile_records(), Path3()
    over = costs(path, corpus)
    memory(path, [one for one in corpus if size_of(one) <= chosen.bytes_max], chosen.records)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
