"""All workers of all stages, kept alive: one that ends by itself is started again, as a supervisor would."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter

from service.stages import STAGES
from tests.broker.house import House
from tests.broker.processes import WorkerProcess, stage_worker

RESTART_SECONDS = 0.5
NEVER_RIGHT = frozenset({1, 2, 64, 65})
"""Exit codes that no fault of the world explains."""


class Crew:
    """Workers by place: `dedup-1` is the second worker of dedup."""

    def __init__(self, house: House, workers: int = 2) -> None:
        self._house = house
        self.wanted = {f"{stage}-{n}": stage for stage in STAGES for n in range(workers)}
        self._at: dict[str, WorkerProcess] = {}
        self.all: list[WorkerProcess] = []
        self.ended: Counter[int] = Counter()
        self.unexplained: list[str] = []

    def start(self, place: str) -> None:
        """A new process for a place, in whatever state the old one is left."""
        worker = stage_worker(self.wanted[place], self._house.env, place)
        self._at[place] = worker
        self.all.append(worker)

    def start_all(self) -> None:
        """Everybody who is wanted."""
        for place in self.wanted:
            self.start(place)

    def pick(self, dice: random.Random) -> str:
        """Return some place that is wanted."""
        return dice.choice(sorted(self.wanted))

    def signal(self, place: str, number: signal.Signals) -> None:
        """A signal to whoever is at that place now."""
        if place in self._at:
            self._at[place].send(number)

    def add(self, dice: random.Random) -> str:
        """Start one more worker of some stage."""
        stage = dice.choice(list(STAGES))
        place = f"{stage}-{len([s for s in self.wanted.values() if s == stage])}"
        self.wanted[place] = stage
        self.start(place)
        return place

    def remove(self, dice: random.Random) -> str | None:
        """Stop one worker of a stage that has more than one, and do not replace it."""
        counts = Counter(self.wanted.values())
        spare = sorted(place for place, stage in self.wanted.items() if counts[stage] > 1)
        if not spare:
            return None
        place = dice.choice(spare)
        del self.wanted[place]
        self._at[place].send(signal.SIGTERM)
        return place

    async def keep(self) -> None:
        """Until cancelled: whoever is gone is replaced after a moment; how they ended is noted."""
        while True:
            await asyncio.sleep(RESTART_SECONDS)
            for place, worker in list(self._at.items()):
                if worker.alive:
                    continue
                self._note(place, worker)
                del self._at[place]
                if place in self.wanted:
                    self.start(place)

    def _note(self, place: str, worker: WorkerProcess) -> None:
        code = worker.wait()
        self.ended[code] += 1
        if code in NEVER_RIGHT:
            self.unexplained.append(f"{place} ended with {code}:\n{worker.output[-2000:]}")

    def clean_up(self) -> None:
        """End everybody, whatever state they are in, and remove their logs."""
        for worker in self.all:
            worker.clean_up()

    def last_words(self) -> str:
        """Return the ends of all logs, for a report of a failure."""
        return "\n".join(f"--- {worker.name} {worker.pid}\n{worker.output[-1500:]}" for worker in self.all)
