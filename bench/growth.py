"""What an article costs as the index grows, and as articles grow longer: three workers on a real broker.

    python -m bench.growth [--indexed 10000,100000,1000000,2000000] [--words 100,800,2500,5000] [--articles 2000]
                           [--json FILE] [--plot FILE.png]

The index is what a worker rebuilds from dedup.segments: that topic is filled with made-up articles, articles.sketched
with as many records nobody reads again, and the group stands behind them. Then as bench/end_to_end.py.
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
from bench.end_to_end import Run, run_once
from bench.lines import copydesk
from bench.peers_path import find_peers
from deploy.kafka.embedded import EmbeddedKafka
from service.edge.on_kafka import group_id
from service.edge.segment_log import segment_letter
from service.settings import Settings
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
            letter = segment_letter(0, made_up(rng, number, number * SEGMENT_ARTICLES, yesterday), b"")
            await producer.send(segments, letter.value, letter.key, 0, headers=letter.headers)
            await producer.send(sketched, b"", partition=0)
        await producer.flush()
    place = TopicPartition(sketched, 0)
    async with AIOKafkaConsumer(
        bootstrap_servers=servers, group_id=group_id(settings, "dedup"), enable_auto_commit=False
    ) as consumer:
        consumer.assign([place])
        await consumer.commit({place: count})


def with_index(kafka: EmbeddedKafka, indexed: int, articles: int) -> Run:
    """A run whose dedup starts with so many articles in its index."""

    async def prepare(settings: Settings) -> None:
        await fill_index(settings, indexed)

    room = {"COPYDESK_DEDUP__CAPACITY_ARTICLES": str(indexed + indexed // 10 + 10 * articles)}
    name = f"growth{os.getpid()}-{indexed}."
    return asyncio.run(run_once(kafka, name, copydesk(), articles, 800, [], options=room, prepare=prepare))


def with_words(kafka: EmbeddedKafka, words: int, articles: int) -> Run:
    """A run with articles of so many words."""
    name = f"growth{os.getpid()}-{words}w."
    return asyncio.run(run_once(kafka, name, copydesk(), articles, words, []))


def row(of: int, run: Run) -> str:
    """One line of a table."""
    parts = "".join(f"{value:10.0f}" for value in (*run.cpu_us.values(), *run.parts_us.values()))
    return f"{of:10d}{run.total_us:10.0f}{parts}{run.streaming_us:11.0f}{run.rss_mib['dedup']:10.0f}"


def plot(by_index: dict[int, Run], by_words: dict[int, Run], path: Path) -> None:
    """CPU against the size of the index, and against the length of articles."""
    find_peers()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4))
    for axes, runs, label in (
        (left, by_index, "articles in the index"),
        (right, by_words, "words of an article"),
    ):
        for name in ("all workers", "intake", "dedup", "enrich"):
            cost = [run.total_us if name == "all workers" else run.cpu_us[name] for run in runs.values()]
            axes.plot(list(runs), cost, "o-", label=name)
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
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    by_index: dict[int, Run] = {}
    by_words: dict[int, Run] = {}
    columns = "all intake dedup enrich clean sketch index claims".split()
    head = "".join(f"{name:>10s}" for name in columns) + f"{'streaming':>11s}{'dedup MiB':>10s}"
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-bench-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        print(f"{'indexed':>10s}{head}   µs CPU/article", flush=True)
        for indexed in numbers(chosen.indexed):
            by_index[indexed] = with_index(kafka, indexed, chosen.articles)
            print(row(indexed, by_index[indexed]), flush=True)
        print(f"{'words':>10s}{head}", flush=True)
        for words in numbers(chosen.words):
            by_words[words] = with_words(kafka, words, max(300, chosen.articles * 800 // max(words, 800)))
            print(row(words, by_words[words]), flush=True)
    if chosen.json:
        tables = {"indexed": by_index, "words": by_words}
        kept = {name: {of: asdict(run) for of, run in runs.items()} for name, runs in tables.items()}
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n")
    if chosen.plot:
        plot(by_index, by_words, chosen.plot)


if __name__ == "__main__":
    main()
