"""How long a worker that gets the partition takes to serve again: its index rebuilt from dedup.segments on a broker.

    python -m bench.recovery [--articles 1000000]

The log is filled with made-up segments of 100 articles (bench/dedup_cost.py); then one worker's stage rebuilds its
memory from it. Seconds are of the clock, with the broker on the same machine, and of this process's CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.dedup_cost import SEGMENT_ARTICLES, made_up, resident_bytes
from deploy.kafka.embedded import EmbeddedKafka
from service.commands.topic_admin import admin, create_topics
from service.dedup.collection import warm_up
from service.dedup.stage import DedupStage
from service.kafka.outbox import KafkaOutbox
from service.kafka.security import client_options
from service.kafka.segment_log import KafkaSegmentLog
from service.line.segment_log import segment_letter
from service.observations import Observation, RecoveryDone, RecoveryProgressed
from service.pipeline.on_kafka import FRAME_BYTES
from service.settings import Settings, load_settings
from service.topics import DEDUP_SEGMENTS, topic_name

LETTERS_AT_ONCE = 100


async def fill(settings: Settings, count: int, record_bytes: int) -> None:
    """So many articles' segments into the log."""
    outbox = KafkaOutbox("", client_options(settings.kafka), record_bytes, lambda observation: None)
    await outbox.start([DEDUP_SEGMENTS])
    rng = np.random.default_rng(1)
    numbers = range(count // SEGMENT_ARTICLES)
    for first in numbers[::LETTERS_AT_ONCE]:
        some = numbers[first : first + LETTERS_AT_ONCE]
        segments = [made_up(rng, number, number * SEGMENT_ARTICLES) for number in some]
        await outbox.deliver(
            [
                segment_letter(DEDUP_SEGMENTS, 0, segment.offset, segment.pack(), b"digest", "default")
                for segment in segments
            ]
        )
    await outbox.stop()


async def rebuild(settings: Settings, count: int, record_bytes: int) -> str:
    """Return what it took, in a line."""
    observations: list[Observation] = []
    log = KafkaSegmentLog(topic_name(settings, DEDUP_SEGMENTS), client_options(settings.kafka), record_bytes)
    await log.start()
    stage = DedupStage(settings, log, observations.append, partition_of=lambda topic, key: 0)
    before, started, cpu = resident_bytes(), time.monotonic(), time.process_time()
    rebuilt = await stage.up_to_date(0)
    seconds, spent = time.monotonic() - started, time.process_time() - cpu
    grown = (resident_bytes() - before) / count
    await log.stop()
    assert rebuilt.collection.entries == count
    assert any(isinstance(observation, RecoveryDone) for observation in observations)
    steps = sum(isinstance(observation, RecoveryProgressed) for observation in observations)
    return (
        f"{count} articles rebuilt in {seconds:.1f} s ({spent:.1f} s CPU), progress told {steps} times, "
        f"resident memory grew by {grown:.0f} bytes an article"
    )


async def run(kafka: EmbeddedKafka, count: int) -> str:
    """Make the topics, fill the log, rebuild."""
    settings = load_settings(env={"COPYDESK_KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers})
    async with admin(settings) as client:
        await create_topics(client, settings, dry_run=False)
    record_bytes = settings.topics.output_bytes_max + FRAME_BYTES
    await fill(settings, count, record_bytes)
    return await rebuild(settings, count, record_bytes)


def main() -> None:
    """Fill, rebuild, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    chosen = parser.parse_args()
    warm_up()
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-recovery-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        print(asyncio.run(run(kafka, chosen.articles)))


if __name__ == "__main__":
    main()
