"""What threads costs an article of news, step by step, and a hash of all it says: python -m bench.threads_stream FILE.

FILE has articles as JSON lines (.jsonl or .jsonl.gz): id, source, title, published_at, body. They are fed in the order
of their dates, in envelopes of 20. Claims are found first, uncounted; then each step is timed by CPU of the process.
Equal hashes before and after a change say that nothing else is published.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from service.enrich.enrich import batches, enrich_all
from service.line.envelopes import pack_prepared, unpack_prepared
from service.records import Article, DedupNote, Enriched, Origin, Unique
from service.settings import EnrichSettings, ThreadsSettings
from service.sketch.claims.facet_words import HEAD_COLUMNS
from service.sketch.claims.prepare import prepare
from service.threads.collection import Collection
from service.threads.segments import must_be_sound
from service.threads.warming import warm_up

ENVELOPE: Final = 20
"""Articles of an envelope."""
WRITTEN_MS: Final = 1_790_000_000_000
T = TypeVar("T")


def enriched(path: Path) -> list[Enriched]:
    """Find the claims of the dated articles of a file, the oldest first."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row.get("published_at")]
    rows.sort(key=lambda row: (row["published_at"], row["id"]))
    fed = [_unique(number, row) for number, row in enumerate(rows)]
    return [one for batch in batches(fed) for one in enrich_all(batch, EnrichSettings())]


def _unique(number: int, row: dict[str, Any]) -> Unique:
    article = Article(
        article_id=row["id"],
        collection="default",
        text=row["body"],
        content_hash=hashlib.sha256(row["body"].encode()).hexdigest(),
        origin=Origin("articles.raw", 0, number),
        title=row.get("title"),
        source=row.get("source"),
        published_at=f"{row['published_at'][:10]}T00:00:00Z",
    )
    return Unique(article, DedupNote("new", row["id"]))


class Steps:
    """CPU by step, in seconds."""

    def __init__(self) -> None:
        self.taken = Counter[str]()

    def timed(self, name: str, work: Callable[[], T]) -> T:
        """Do a step."""
        started = time.process_time()
        done = work()
        self.taken[name] += time.process_time() - started
        return done


def replay(articles: Sequence[Enriched], capacity: int) -> Iterator[str]:
    """Feed articles to threads; yield the lines of the table."""
    collection, steps, told = (
        Collection("default", ThreadsSettings(capacity_claims=capacity)),
        Steps(),
        hashlib.sha256(),
    )
    facets = records = 0
    for offset in range(0, len(articles), ENVELOPE):
        some = articles[offset : offset + ENVELOPE]
        ready = steps.timed("prepare", lambda some=some: [prepare(one) for one in some])
        envelope = steps.timed("pack the envelope", lambda ready=ready: pack_prepared(ready))
        arrived = steps.timed("unpack it", lambda envelope=envelope: unpack_prepared(envelope))
        steps.timed("check it", lambda arrived=arrived: [must_be_sound(one) for one in arrived])
        segment = steps.timed(
            "decide, count, records",
            lambda offset=offset, arrived=arrived: collection.decide(offset, arrived, WRITTEN_MS),
        )
        steps.timed("pack the segment", segment.pack)
        told.update(msgspec.msgpack.encode(segment.sent))
        facets += sum(len(one.heads) // (4 * HEAD_COLUMNS) for one in segment.decided)
        records += len(segment.sent)
    for name, seconds in steps.taken.items():
        yield f"{name:24}{seconds / len(articles) * 1e6:8.1f} µs an article"
    yield f"{'all':24}{steps.taken.total() / len(articles) * 1e6:8.1f}"
    yield f"{len(articles)} articles, {facets} facets, {records} records: {told.hexdigest()[:16]}"


def main() -> None:
    """Replay a file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--capacity", type=int, default=200_000)
    arguments = parser.parse_args()
    articles = enriched(arguments.file)
    warm_up()
    gc.collect()
    gc.freeze()
    for line in replay(articles, arguments.capacity):
        print(line)


if __name__ == "__main__":
    main()
