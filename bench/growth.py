"""What an article costs as the index grows, and as articles grow longer: three workers on a real broker.

    python -m bench.growth [--indexed 10000,100000,1000000,2000000] [--words 100,800,2500,5000] [--articles 2000]
                           [--rounds 3] [--json FILE] [--plot FILE.png]

The index is what a worker rebuilds from dedup.segments: that topic is filled with made-up articles, articles.sketched
with as many records nobody reads again, and the group stands behind them. Then as bench/end_to_end.py. Each round
measures every size once, so that a machine that grows slower does so for all; the last tables have the medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench.dedup_cost import SEGMENT_ARTICLES, made_up
from bench.end_to_end import Run, median, run_once
from bench.lines import copydesk
from bench.meters import CLOCKS
from bench.peers_path import find_peers
from deploy.kafka.embedded import EmbeddedKafka
from service.line.segment_log import segment_letter
from service.settings import Settings
from service.stages import STAGES, group_id
from service.topics import ARTICLES_SKETCHED, DEDUP_SEGMENTS, topic_name

DAY_SECONDS = 86_400


async def fill_index(settings: Settings, indexed: int) -> None:
    """Segments of so many articles of yesterday, and the dedup group behind the envelopes they stand for."""
    rng, yesterday = np.random.default_rng(indexed), int(time.time()) - DAY_SECONDS
    sketched, segments = (topic_name(settings, topic) for topic in (ARTICLES_SKETCHED, DEDUP_SEGMENTS))
    servers, count = settings.kafka.bootstrap_servers, indexed // SEGMENT_ARTICLES
    async with AIOKafkaProducer(
        bootstrap_servers=servers, linger_ms=20, max_batch_size=1_048_576
    ) as producer:
        for number in range(count):
            segment = made_up(rng, number, number * SEGMENT_ARTICLES, yesterday)
            letter = segment_letter(DEDUP_SEGMENTS, 0, segment.offset, segment.pack(), b"", "default")
            await producer.send(segments, letter.value, letter.key, 0, headers=letter.headers)
            await producer.send(sketched, b"", partition=0)
        await producer.flush()
    place = TopicPartition(sketched, 0)
    async with AIOKafkaConsumer(
        bootstrap_servers=servers, group_id=group_id(settings, "dedup"), enable_auto_commit=False
    ) as consumer:
        consumer.assign([place])
        await consumer.commit({place: count})


def with_index(kafka: EmbeddedKafka, name: str, indexed: int, articles: int) -> Run:
    """Return a run whose dedup starts with so many articles in its index."""

    async def prepare(settings: Settings) -> None:
        await fill_index(settings, indexed)

    room = {"COPYDESK_DEDUP__CAPACITY_ARTICLES": str(indexed + indexed // 10 + 10 * articles)}
    prefix = f"growth{os.getpid()}-{name}."
    return asyncio.run(run_once(kafka, prefix, copydesk(), articles, 800, [], options=room, prepare=prepare))


def with_words(kafka: EmbeddedKafka, name: str, words: int, articles: int) -> Run:
    """Return a run with articles of so many words."""
    prefix = f"growth{os.getpid()}-{name}."
    return asyncio.run(run_once(kafka, prefix, copydesk(), articles, words, []))


PARTS = ("all", *STAGES, *CLOCKS, "streaming")


def parts(run: Run) -> dict[str, float]:
    """Return µs of CPU per article, by PARTS."""
    return {"all": run.total_us, **run.cpu_us, **run.parts_us, "streaming": run.streaming_us}


def head(of: str) -> str:
    """Return the columns of a table."""
    columns = "".join(f"{name:>10s}" for name in (of, *PARTS))
    return f"{columns}{'dedup MiB':>10s}{'articles/s':>12s}"


def row(of: int, runs: Sequence[Run]) -> str:
    """Return one line of a table."""
    values = "".join(f"{median(runs, lambda r, p=part: parts(r)[p]):10.0f}" for part in PARTS)
    rss, speed = median(runs, lambda r: r.rss_mib["dedup"]), median(runs, lambda r: r.articles_per_second)
    return f"{of:10d}{values}{rss:10.0f}{speed:12.0f}"


def table(of: str, runs: dict[int, list[Run]]) -> str:
    """Return medians, one line for each size."""
    return "\n".join([head(of), *(row(size, some) for size, some in runs.items())])


Costs = dict[int, dict[str, float]]
"""Size -> part -> µs of CPU per article."""


def medians(runs: dict[int, list[Run]]) -> Costs:
    """As they were measured."""
    return {of: {p: median(some, lambda r, p=p: parts(r)[p]) for p in PARTS} for of, some in runs.items()}


def at_one_speed(runs: dict[int, list[Run]]) -> Costs:
    """Return medians of runs that are each scaled to the speed at which cleaning takes its median over all of them.

    Cleaning knows nothing of the index: where it took longer, the machine was slower.
    """
    usual = median([run for some in runs.values() for run in some], lambda r: r.parts_us["clean"])

    def scaled(run: Run, part: str) -> float:
        return parts(run)[part] * usual / run.parts_us["clean"]

    return {of: {p: median(some, lambda r, p=p: scaled(r, p)) for p in PARTS} for of, some in runs.items()}


def shares(costs: Costs) -> str:
    """Return all CPU of an article by size, and as a share of the first."""
    first = next(iter(costs.values()))["all"]
    return "\n".join(f"{of:10d}{cost['all']:10.0f}{cost['all'] / first:8.3f}" for of, cost in costs.items())


def plot(by_index: Costs, by_words: Costs, path: Path) -> None:
    """CPU against the size of the index, and against the length of articles."""
    find_peers()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for axes, costs, label in (
        (left, by_index, "articles in the index (all at one speed of the machine)"),
        (right, by_words, "words of an article"),
    ):
        for name in ("all", *STAGES):
            cost = [by_part[name] for by_part in costs.values()]
            axes.plot(list(costs), cost, "o-", label="all workers" if name == "all" else name)
        axes.set(xlabel=label, ylabel="µs of CPU per article", ylim=(0, None))
        axes.grid(visible=True, alpha=0.3)
    left.set_xscale("log")
    right.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def numbers(text: str) -> Sequence[int]:
    """`1,2` as numbers."""
    return [int(number) for number in text.split(",") if number]


def main() -> None:
    """Run and print two tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--indexed", default="10000,100000,1000000,2000000")
    parser.add_argument("--words", default="100,800,2500,5000")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    by_index: dict[int, list[Run]] = {indexed: [] for indexed in numbers(chosen.indexed)}
    by_words: dict[int, list[Run]] = {words: [] for words in numbers(chosen.words)}
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-bench-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        for number in range(chosen.rounds):
            print(head("indexed"), flush=True)
            for indexed, runs in by_index.items():
                runs.append(with_index(kafka, f"{number}-{indexed}", indexed, chosen.articles))
                print(row(indexed, runs[-1:]), flush=True)
            print(head("words"), flush=True)
            for words, runs in by_words.items():
                count = max(300, chosen.articles * 800 // max(words, 800))
                runs.append(with_words(kafka, f"{number}-{words}w", words, count))
                print(row(words, runs[-1:]), flush=True)
    print(f"µs of CPU per article, medians of {chosen.rounds} rounds")
    print(table("indexed", by_index))
    print(table("words", by_words))
    print("all of them at one speed of the machine")
    print(shares(at_one_speed(by_index)))
    if chosen.json:
        tables = {"indexed": by_index, "words": by_words}
        kept = {
            name: {of: list(map(asdict, some)) for of, some in runs.items()} for name, runs in tables.items()
        }
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n")
    if chosen.plot:
        plot(at_one_speed(by_index), medians(by_words), chosen.plot)


if __name__ == "__main__":
    main()
