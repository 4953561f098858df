"""What threads costs as its memory fills: CPU of deciding an article, bytes a claim, seconds to rebuild.

    python -m bench.threads_cost [--sizes 10000,200000,2000000]

Made-up articles of 17 facets: stems are drawn as often as news has them (from the shipped weights), a twelfth are rare,
one facet in thirty repeats an earlier one, and a window's worth of facets fills the memory once and a half. CPU is
process time. Memory is counted twice: the arrays, and the growth of resident memory, with ids and counts. The
segments go to a file, from which another memory is rebuilt.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from service.records import ClaimKind, Origin, Prepared, PreparedClaim
from service.settings import ThreadsSettings
from service.sketch.claims.claim_facets import FIGURES, QUOTATION, STATEMENT
from service.sketch.claims.claim_figures import FIGURE
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME
from service.sketch.claims.facet_words import masses
from service.sketch.claims.stem_weights import UNIT, english_weights
from service.threads.collection import Collection
from service.threads.segments import Segment
from service.threads.warming import warm_up

FACETS_EACH: Final = 17
"""Facets of an article, as articles of news have on average."""
ENVELOPE: Final = 20
TIMED: Final = 2_000
"""Articles of an envelope, and articles timed at the end of filling."""
DAYS: Final = 14
SPEAKERS: Final = [f"Speaker {n}" for n in range(3_000)]


class Cost(NamedTuple):
    """What a size costs."""

    facets: int
    decide_us: float
    array_bytes: float
    resident_bytes: float
    segment_bytes: float
    rebuild_seconds: float


class Maker:
    """Made-up articles; the same seed gives the same ones."""

    def __init__(self, seed: int, facets: int) -> None:
        self.dice = np.random.default_rng(seed)
        self.table = english_weights()
        used = self.table.stems != 0
        self.stems = self.table.stems[used]
        often = np.exp(-self.table.weights[used].astype(np.float64) / UNIT)
        self.often = np.cumsum(often / often.sum())
        self.days = max(1, facets // DAYS)
        self.recent: list[tuple[np.ndarray, bytes]] = []

    def article(self, number: int) -> Prepared:
        """Make an article."""
        heads, words, keys, figures = [], [], [], []
        for claim in range(FACETS_EACH):
            codes, own_figures = self._facet()
            mass, mass_all, _, _ = masses(codes, self.table.stems, self.table.weights)
            own_keys = keys(codes, self.table.stems, self.table.weights)
            kind = FIGURES if own_figures else QUOTATION if claim % 3 else STATEMENT
            speaker = int(self.dice.integers(0, len(SPEAKERS)))
            heads.append(
                (
                    claim,
                    kind,
                    0,
                    speaker + 1,
                    0,
                    mass,
                    mass_all,
                    codes.size,
                    own_keys.size,
                    len(own_figures) // FIGURE.itemsize,
                )
            )
            words.append(codes.tobytes())
            keys.append(own_keys.tobytes())
            figures.append(own_figures)
        stems = self._stems(60)
        return Prepared(
            article_id=f"made-up-article-{number:08d}",
            cluster_id=f"made-up-article-{number:08d}",
            collection="default",
            content_hash=f"{number:032x}",
            origin=Origin("articles.raw", 0, number),
            revision=1,
            source=f"Outlet {number % 300}",
            reported_by=f"Outlet {number % 300}",
            title=None,
            published_at=None,
            replaces=(),
            claims=tuple([self._claim(number, claim, head[3] - 1) for claim, head in enumerate(heads)]),
            heads=np.array(heads, np.uint32).tobytes(),
            words=b"".join(words),
            keys=b"".join(keys),
            figures=b"".join(figures),
            stems=stems.tobytes(),
            values=np.full(stems.size, 1 / np.sqrt(stems.size), np.float32).tobytes(),
            terms=(),
        )

    def written_ms(self, number: int) -> int:
        """Return when an article was written: a memory of facets is one window."""
        return 1_790_000_000_000 + number * FACETS_EACH * 86_400_000 // self.days

    def _claim(self, number: int, claim: int, speaker: int) -> PreparedClaim:
        name = SPEAKERS[speaker] if claim % 2 else None
        return PreparedClaim(f"{number:016x}{claim:016x}", ClaimKind.QUOTE, "A text of a claim " * 5, name)

    def _stems(self, count: int) -> np.ndarray:
        drawn = self.stems[np.searchsorted(self.often, self.dice.random(count))]
        rare = self.dice.random(count) < 1 / 12
        drawn[rare] = self.dice.integers(1, 1 << 27, int(rare.sum()), dtype=np.uint32)
        return np.unique(drawn)

    def _facet(self) -> tuple[np.ndarray, bytes]:
        if self.recent and self.dice.random() < 1 / 30:
            return self.recent[int(self.dice.integers(0, len(self.recent)))]
        stems = self.dice.permutation(self._stems(int(self.dice.integers(4, 15))))
        content = stems << HASH_SHIFT | np.uint32(CONTENT | FIRST)
        content[self.dice.random(content.size) < 0.2] |= np.uint32(NAME)
        small = self.dice.integers(1, 200, content.size * 2 // 3, dtype=np.uint32) << HASH_SHIFT
        codes = self.dice.permutation(np.concatenate((content, small)))
        figures = np.zeros(int(self.dice.random() < 0.4), FIGURE)
        if figures.size:
            value = round(float(self.dice.lognormal(6, 4)), 1)
            figures[0] = (value, value * 0.994, value * 1.006, 7, int(value * 32) & 0xFFFFFFE0, 0, 1, 3, 0)
        made = codes.astype(np.uint32), figures.tobytes()
        self.recent.append(made)
        if len(self.recent) > 20_000:
            del self.recent[:10_000]
        return made


def measure(size: int, folder: Path) -> Cost:
    """Fill a memory of this size one and a half times; time the last articles, then rebuild from segments."""
    settings = ThreadsSettings(capacity_claims=size)
    gc.collect()
    before = resident_bytes()
    collection = Collection("default", settings)
    maker = Maker(1, size)
    count = size * 3 // 2 // FACETS_EACH
    path = folder / f"{size}.segments"
    taken, timed, packed = 0, 0, 0
    with path.open("wb") as file:
        for offset in range(count // ENVELOPE):
            numbers = range(offset * ENVELOPE, (offset + 1) * ENVELOPE)
            made = [maker.article(number) for number in numbers]
            started = time.process_time_ns()
            segment = collection.decide(offset, made, maker.written_ms(numbers[-1])).pack()
            if numbers[0] >= count - TIMED:
                taken += time.process_time_ns() - started
                timed += ENVELOPE
            packed += len(segment)
            file.write(len(segment).to_bytes(4, "little") + segment)
    facets, arrays = collection.entries, collection.bytes
    maker.recent.clear()
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
    arguments = parser.parse_args()
    warm_up()
    print("facets kept   µs an article   bytes of arrays   resident bytes   segment bytes   rebuild, s")
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, arguments.sizes.split(",")):
            cost = measure(size, Path(folder))
            print(
                f"{cost.facets:11,}{cost.decide_us:16.0f}{cost.array_bytes:18.0f}{cost.resident_bytes:17.0f}"
                f"{cost.segment_bytes:16.0f}{cost.rebuild_seconds:13.1f}"
            )


if __name__ == "__main__":
    main()
