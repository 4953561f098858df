"""What threads costs as its memory fills: CPU of deciding an article, bytes a claim, seconds to rebuild.

    python -m bench.threads_cost [--sizes 10000,200000,2000000] [--fills 1.25]

Made-up articles of 17 facets (bench/made_up_claims.py), a window's worth of which fills a memory.
CPU is process time, of the last articles. Memory is counted twice: the arrays, and the growth of resident memory, with
ids and counts. The segments go to a file, from which another memory is rebuilt.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from bench.made_up_claims import FACETS_EACH, Maker
from service.settings import ThreadsSettings
from service.threads.collection import Collection
from service.threads.segments import Segment
from service.threads.warming import warm_up

ENVELOPE: Final = 20
TIMED: Final = 2_000
"""Articles of an envelope, and articles timed at the end of filling."""
DAYS: Final = 14


class Cost(NamedTuple):
    """What a size costs."""

    facets: int
    decide_us: float
    array_bytes: float
    resident_bytes: float
    segment_bytes: float
    rebuild_seconds: float


def written_ms(number: int, size: int) -> int:
    """Return when an article was written: a memory of facets is one window."""
    return 1_790_000_000_000 + number * FACETS_EACH * 86_400_000 // max(1, size // DAYS)


def measure(size: int, fills: float, folder: Path) -> Cost:
    """Fill a memory of this size so many times; time the last articles, then rebuild from segments."""
    settings = ThreadsSettings(capacity_claims=size)
    gc.collect()
    before = resident_bytes()
    collection = Collection("default", settings)
    maker = Maker(1)
    count = int(size * fills) // FACETS_EACH // ENVELOPE * ENVELOPE
    articles = maker.articles(count)
    path = folder / f"{size}.segments"
    taken, timed, packed = 0, 0, 0
    with path.open("wb") as file:
        for offset in range(count // ENVELOPE):
            made = list(islice(articles, ENVELOPE))
            first = offset * ENVELOPE
            started = time.process_time_ns()
            segment = collection.decide(offset, made, written_ms(first + ENVELOPE - 1, size)).pack()
            if first >= count - TIMED:
                taken += time.process_time_ns() - started
                timed += ENVELOPE
            packed += len(segment)
            file.write(len(segment).to_bytes(4, "little") + segment)
    facets, arrays = collection.entries, collection.bytes
    del maker, articles, made, segment
    gc.collect()
    resident = resident_bytes() - before
    del collection
    gc.collect()
    rebuilt = Collection("default", settings)
    started = time.process_time()
    for segment in segments_in(path):
        rebuilt.apply(Segment.unpack(segment))
    seconds = time.process_time() - started
    assert rebuilt.entries == facets
    return Cost(
        facets,
        taken / timed / 1_000,
        arrays / facets,
        resident / facets,
        packed / count / FACETS_EACH,
        seconds,
    )


def segments_in(path: Path) -> Iterator[bytes]:
    """Yield the segments of a file."""
    with path.open("rb") as file:
        while length := file.read(4):
            yield file.read(int.from_bytes(length, "little"))


def resident_bytes() -> int:
    """Return resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096


def main() -> None:
    """Measure all sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,200000,2000000")
    parser.add_argument("--fills", type=float, default=1.25)
    arguments = parser.parse_args()
    warm_up()
    print("facets kept   µs an article   bytes of arrays   resident bytes   segment bytes   rebuild, s")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, arguments.sizes.split(",")):
            cost = measure(size, arguments.fills, Path(folder))
            print(
                f"{cost.facets:11,}{cost.decide_us:16.0f}{cost.array_bytes:18.0f}{cost.resident_bytes:17.0f}"
                f"{cost.segment_bytes:16.0f}{cost.rebuild_seconds:13.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
