"""Fuzz intake with whole record batches on a real broker: `python -m tests.faults.batches --seed 1 --batches 300`.

Every record that the broker took must end in an envelope or as a dead letter, and the worker must never end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.run import KEEP_FREED_MEMORY
from service.line.envelopes import unpack_sketched
from service.pipeline.app import warm_up
from service.topics import ARTICLES_DEAD, ARTICLES_RAW, ARTICLES_SKETCHED
from tests.broker.house import House
from tests.broker.processes import WorkerProcess, ending
from tests.kafka.batch_writer import CONTROL, NOW_MS, TRANSACTIONAL, Raw, batch, batch_of, record, send
from tests.kit_kafka import eventually

Place = tuple[int, int]
"""Partition and offset of a raw record."""

MEMORY_MIB_MAX = 400
SECONDS_MAX = 240.0
WORKER = {"COPYDESK_DEAD_LETTERS__IN_A_ROW_MAX": "1000000", **KEEP_FREED_MEMORY}
"""A broken feed stops intake on purpose; here every record is broken. Memory is given back as in the image."""


@dataclass(slots=True)
class Report:
    """What came of the batches."""

    seed: int
    taken: int = 0
    refused: int = 0
    wanted: set[Place] = field(default_factory=set)
    found: set[Place] = field(default_factory=set)
    alive: bool = True
    memory_mib: int = 0
    output: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether every promise was kept."""
        return self.alive and self.wanted <= self.found and self.memory_mib < MEMORY_MIB_MAX

    def __str__(self) -> str:
        missing = sorted(self.wanted - self.found)
        return (
            f"seed {self.seed}: {self.taken} batches taken, {self.refused} refused by the broker, "
            f"{len(self.wanted)} records, {len(missing)} missing {missing[:5]}, "
            f"worker {'never ended' if self.alive else 'ENDED'}, {self.memory_mib} MiB at most"
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A batch, how many records it has, and which of them have a value."""

    data: bytes
    records: int
    with_value: frozenset[int]


class Maker:
    """Makes batches from a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._articles = 0

    def made(self) -> Made:
        """Make the next batch."""
        kinds: tuple[Callable[[], Made], ...] = (
            self._mixed,
            self._mixed,
            self._mixed,
            self._many_headers,
            self._many_records,
            self._bomb,
            self._large,
            self._odd_attributes,
            self._broken,
        )
        return self._dice.choice(kinds)()

    def _mixed(self) -> Made:
        raws = [self._raw() for _ in range(self._dice.randrange(1, 40))]
        return self._of(raws, codec=self._dice.randrange(5))

    def _of(self, raws: list[Raw], codec: int = 0, attributes: int = 0) -> Made:
        first_time = self._dice.choice([NOW_MS, NOW_MS, 0, 1, -1, NOW_MS - 10**11])
        data = batch(raws, first_time=first_time, codec=codec, attributes=attributes)
        return Made(data, len(raws), frozenset(n for n, raw in enumerate(raws) if raw.value is not None))

    def _raw(self) -> Raw:
        dice = self._dice
        headers = tuple((self._name(), self._bytes()) for _ in range(dice.choice([0, 0, 1, 2, 30])))
        return Raw(self._value(), self._bytes(), headers, dice.choice([0, 0, 1, -1, 10**9, -(2**40)]))

    def _name(self) -> bytes:
        dice = self._dice
        known = (
            b"copydesk.dlq.replays",
            b"copydesk.dlq.reason",
            b"copydesk.dlq.replayed_from",
            b"copydesk.not_unpacked",
            b"__streams.errors.offset",
            b"traceparent",
            b"tracestate",
            b"ce_id",
            b"",
        )
        return dice.choice((dice.choice(known), dice.randbytes(dice.randrange(12))))

    def _bytes(self) -> bytes | None:
        dice = self._dice
        return dice.choice(
            (None, b"", dice.randbytes(dice.randrange(60)), b"9" * 5_000, b"articles.dead-0-0", b"7")
        )

    def _value(self) -> bytes | None:
        dice = self._dice
        self._articles += 1
        number = self._articles
        fine = json.dumps({"id": f"f{number}", "body": f"Ferry {number} sails to pier {number * 7} again."})
        cut = fine.encode()[: dice.randrange(len(fine))]
        noise = bytearray(fine.encode())
        noise[dice.randrange(len(noise))] = dice.randrange(256)
        long = json.dumps({"id": f"l{number}", "body": f"word{number} " * 9_000}).encode()
        return dice.choice(
            (fine.encode(), fine.encode(), None, b"", cut, bytes(noise), dice.randbytes(30), long)
        )

    def _many_headers(self) -> Made:
        count = self._dice.choice([999, 1_000, 1_001, 300_000, 20_000_000])
        many = Raw(b"no article", header_bytes=b"\x00\x01" * count, header_count=count)
        body = record(many, 0) + record(self._raw(), 1)
        return Made(batch_of(body, 2, codec=4), 2, frozenset({0}))

    def _many_records(self) -> Made:
        count = self._dice.choice([500, 3_000])
        return self._of([Raw(self._dice.choice((b"x", b"{}"))) for _ in range(count)], codec=4)

    def _bomb(self) -> Made:
        size = self._dice.choice([1_000_000, 15_000_000, 63_000_000, 70_000_000, 200_000_000])
        body = record(Raw(b"\0" * size), 0) + record(Raw(b"after"), 1)
        return Made(batch_of(body, 2, codec=self._dice.choice([1, 4])), 2, frozenset({0, 1}))

    def _large(self) -> Made:
        dice = self._dice
        size, count = dice.choice([(1_000_000, 16), (1_000_000, 2), (8_000_000, 6)])
        unit = dice.choice(
            ("The ferry sails. ", "<p>The <b>ferry</b> sails.</p>\n", "Ferry 😀 sails. ", "&amp;lt;p&gt; ")
        )
        self._articles += count
        body = dice.choice((unit * (size // len(unit.encode())), ["The ferry sails again."] * 20_000))
        values = (
            json.dumps({"id": f"m{self._articles - n}", "body": body}, ensure_ascii=False)
            for n in range(count)
        )
        return self._of([Raw(value.encode()) for value in values], codec=dice.randrange(1, 5))

    def _odd_attributes(self) -> Made:
        attributes = self._dice.choice([CONTROL, TRANSACTIONAL, CONTROL | TRANSACTIONAL, 0x40, 5])
        return self._of([self._raw()], attributes=attributes)

    def _broken(self) -> Made:
        body = bytearray(b"".join(record(self._raw(), number) for number in range(3)))
        for _ in range(self._dice.randrange(1, 4)):
            body[self._dice.randrange(len(body))] ^= 1 << self._dice.randrange(8)
        return Made(batch_of(bytes(body), 3, codec=self._dice.choice([0, 4])), 3, frozenset())


async def feed(house: House, seed: int, count: int, report: Report) -> None:
    """Send batches to both partitions, and note which records the broker has taken."""
    maker, ends = Maker(seed), [0, 0]
    for number in range(count):
        made = maker.made()
        partition = number % 2
        code = await send(house.bootstrap, house.topic(ARTICLES_RAW), partition, made.data)
        if code:
            report.refused += 1
            continue
        report.taken += 1
        report.wanted |= {(partition, ends[partition] + n) for n in made.with_value}
        ends[partition] += made.records


async def found_places(house: House) -> set[Place]:
    """Read the places of raw records that ended in an envelope or as a dead letter."""
    places: set[Place] = set()
    for sent in await house.read(ARTICLES_SKETCHED):
        for one in unpack_sketched(sent.value).sketched:
            places.add((one.article.origin.partition, one.article.origin.offset))
    for dead in await house.read(ARTICLES_DEAD):
        partition, offset = (dead.header(f"__streams.errors.{name}") for name in ("partition", "offset"))
        places.add((int(partition or -1), int(offset or -1)))
    return places


async def fuzz(house: House, seed: int, count: int) -> Report:
    """Feed batches to an intake worker, wait for their ends, and report."""
    report = Report(seed)
    with ending(house.worker("intake", **WORKER)) as (worker,):
        await feed(house, seed, count, report)

        async def done() -> bool:
            report.found = await found_places(house)
            report.alive = worker.alive
            return not worker.alive or report.wanted <= report.found

        try:
            await eventually(done, SECONDS_MAX)
        except TimeoutError:
            report.output = worker.output
        report.memory_mib = memory_mib(worker)
        report.output = report.output or ("" if report.alive else worker.output)
    return report


def memory_mib(worker: WorkerProcess) -> int:
    """Read the most memory that a process has had, in MiB; 0 where it has ended."""
    try:
        status = Path(f"/proc/{worker.pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if "VmHWM" in line), 0)


async def _one_run(kafka: EmbeddedKafka, seed: int, count: int) -> Report:
    house = House(kafka, f"fuzz{seed}.")
    await house.open()
    return await fuzz(house, seed, count)


def main() -> int:
    """Run as many seeds as asked for; return 1 where one broke a promise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--batches", type=int, default=300)
    chosen = parser.parse_args()
    warm_up("intake")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="copydesk-batches-") as home, EmbeddedKafka(Path(home)) as kafka:
        for seed in range(chosen.seed, chosen.seed + chosen.runs):
            report = asyncio.run(_one_run(kafka, seed, chosen.batches))
            print(report, flush=True)
            if not report.kept:
                failed += 1
                print(report.output[-6000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
