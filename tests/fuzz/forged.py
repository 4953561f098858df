"""Envelopes that nobody of ours packed: sound ones, opened, changed in some places and closed again.

`python -m tests.fuzz.forged --seconds 60 --seed 1`: whoever may write to a topic between two stages writes these.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import msgspec
import zstandard

from service.line.dead_letters import MemoryOriginals
from service.line.envelopes import MAGIC
from service.line.logged_stage import LoggedStage
from service.line.loop import Line
from service.line.segment_log import MemorySegmentLog
from service.line.stopping import DeadLetterLimit
from service.observations import Observation
from service.pipeline.in_memory import MemoryOutbox, MemoryPipeline, raw_record
from service.records import Origin, RawRecord
from service.settings import Settings, load_settings
from service.stages import STAGES, Services
from service.topics import ARTICLES_RAW
from tests.broker.house import a_story

FRAME: Final = b"\x28\xb5\x2f\xfd"
"""What a zstd frame begins with."""

TIME_MS: Final = 1_760_000_000_000
REBUILD_EVERY: Final = 50
SETTINGS: Final = load_settings(
    env={
        "COPYDESK_TOPICS__PARTITIONS": "2",
        "COPYDESK_DEAD_LETTERS__IN_A_ROW_MAX": "1000000",
        "COPYDESK_DEAD_LETTERS__BUG_RATIO_MAX": "1",
    }
)

NUMBERS: Final = (0, -1, 1, 2**31, 2**32 - 1, 2**63 - 1, -(2**63), 2**64 - 1, 1_000_000_000)
FLOATS: Final = (0.0, -1.0, 1e308, -1e308, float("nan"), float("inf"), 5e-324)
TEXTS: Final = (
    "",
    "x" * 5_000,
    "\x00\x1b[31m",
    "2026-99-99T00:00:00Z",
    "0001-01-01",
    "default",
    "zz",
    "a0",
    "0" * 32,
)


class Frame(msgspec.Struct):
    """A zstd frame, unpacked."""

    content: Any


def opened(part: Any) -> Any:
    """Unpack the frames of an envelope's parts."""
    if isinstance(part, bytes) and part.startswith(FRAME):
        return Frame(msgspec.msgpack.decode(zstandard.decompress(part)))
    return [opened(one) for one in part] if isinstance(part, list) else part


def closed(part: Any) -> Any:
    """Pack again what was opened."""
    if isinstance(part, Frame):
        return zstandard.compress(msgspec.msgpack.encode(part.content))
    return [closed(one) for one in part] if isinstance(part, list) else part


def places(value: Any, put: Callable[[Any], None]) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    """Yield everything within a value, and how to put something else there."""
    yield value, put
    if isinstance(value, Frame):
        yield from places(value.content, lambda new: setattr(value, "content", new))
    elif isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], lambda new, key=key: value.__setitem__(key, new))  # type: ignore[misc]


def another(value: Any, dice: random.Random) -> Any:
    """Return something else of the same type, or now and then of none."""
    if dice.random() < 0.1:
        return None
    if isinstance(value, str):
        return dice.choice((*TEXTS, value[:-1], f"{value}é", value[::-1]))
    if isinstance(value, bytes):
        noisy = bytearray(value)
        for _ in range(dice.randrange(4) if noisy else 0):
            noisy[dice.randrange(len(noisy))] = dice.randrange(256)
        return dice.choice((b"", bytes(noisy), bytes(noisy), value * 2, value[:-1], bytes(len(value))))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return dice.choice((*NUMBERS, value + 1, value - 1))
    if isinstance(value, float):
        return dice.choice(FLOATS)
    if isinstance(value, list):
        return dice.choice(([], value[:-1], value + value, value[::-1], value * 20))
    return value


def forged(envelope: bytes, dice: random.Random) -> bytes | None:
    """Change an envelope in some places; None where nothing can be packed of it."""
    parts = opened(msgspec.msgpack.decode(envelope[len(MAGIC) :]))
    for _ in range(dice.choice((0, 1, 1, 1, 2, 5))):
        value, put = dice.choice(list(places(parts, lambda _: None))[1:])
        put(another(value, dice))
    try:
        return MAGIC + msgspec.msgpack.encode(closed(parts))
    except (TypeError, ValueError, OverflowError):
        return None


class _Kept(MemoryPipeline):
    """Keeps what travels between the stages."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.kept: dict[str, list[bytes]] = {}

    def _records(self, topic: str) -> list[RawRecord]:
        records = super()._records(topic)
        self.kept.setdefault(topic, []).extend([record.value or b"" for record in records])
        return records


async def sound_envelopes() -> dict[str, list[bytes]]:
    """Return envelopes of some stories with a reprint, by the topic they travel on."""
    pipeline = _Kept(SETTINGS)
    for n in range(8):
        value = {
            "id": f"a{n}",
            "title": f"Story {n}",
            "source": "Bote",
            "body": a_story(n % 7),
            "published_at": "2026-03-04",
        }
        await pipeline.feed([raw_record(n, json.dumps(value).encode(), key=b"a%d" % n, timestamp_ms=TIME_MS)])
    return pipeline.kept


def _nobody(_: Observation) -> None:
    """Tell nobody."""


class Attacked:
    """One stage, and everything it is sent."""

    def __init__(self, name: str, envelopes: Sequence[bytes], seed: int) -> None:
        self._spec, self._envelopes = STAGES[name], envelopes
        self._dice = random.Random(f"{name} {seed}")
        self._offset = 0
        self._outbox = MemoryOutbox(SETTINGS.topics.partitions, MemorySegmentLog())
        self._log = self._outbox.log(self._spec.segment_log or self._outbox.segments.topic)
        self.stage = self._made()
        self._line = Line(
            name,
            self._spec.source,
            self.stage,
            outbox=self._outbox,
            originals=MemoryOriginals(),
            limit=DeadLetterLimit(name, SETTINGS.dead_letters),
            tell=_nobody,
        )
        self.ends: Counter[str] = Counter()

    def _made(self) -> Any:
        return self._spec.make(SETTINGS, Services(self._log, _nobody, self._outbox.partition_of))

    async def step(self) -> None:
        """Send one forged envelope. Raises what the stage raises, which would end its worker."""
        envelope = forged(self._dice.choice(self._envelopes), self._dice)
        if envelope is None:
            return
        origin = Origin(self._spec.source, 0, self._offset, TIME_MS)
        self._offset += 1
        outcome = await self._line.handle([RawRecord(b"default", envelope, (), origin)])
        self.ends.update([aside.reason.value for aside in outcome.set_aside] or ["taken"])
        self._outbox.sent.clear()
        self._outbox.topics.clear()
        if isinstance(self.stage, LoggedStage) and self._offset % REBUILD_EVERY == 0:
            await self._rebuilt()

    async def _rebuilt(self) -> None:
        """Check that whoever reads the segments remembers the same. Raises AssertionError, and what reading raises."""
        ours = self.stage.recovery.held[0].collection
        theirs = (await self._made().up_to_date(0)).collection
        assert (theirs.last_offset, theirs.entries) == (ours.last_offset, ours.entries)


async def attacked(seed: int) -> list[Attacked]:
    """Return every stage that reads envelopes."""
    envelopes = await sound_envelopes()
    return [
        Attacked(spec.name, envelopes[spec.source], seed)
        for spec in STAGES.values()
        if spec.source != ARTICLES_RAW
    ]


async def attack(seed: int, seconds: float) -> bool:
    """Attack all stages in turn; return whether none ended."""
    stages, end, sound = await attacked(seed), time.monotonic() + seconds, True
    while stages and time.monotonic() < end:
        for one in list(stages):
            try:
                await one.step()
            except Exception:
                traceback.print_exc()
                sound = False
                stages.remove(one)
    for one in stages:
        print(f"{type(one.stage).__name__}: {sum(one.ends.values())} ends, {dict(one.ends)}")
    return sound


def main() -> int:
    """Run for so many seconds; return 1 where a stage ended."""
    import asyncio

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    return 0 if asyncio.run(attack(chosen.seed, chosen.seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
