"""A stage that disconnects."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError

from service.pipeline.on_kafka import StageOnKafka
from service.settings import Settings
from service.stages import DEDUP


class Part:
    """Something to stop, which may fail at it."""

    def __init__(self, fails_with: BaseException | None = None) -> None:
        self.stopped = False
        self._fails_with = fails_with

    def tell(self, _: Any) -> None:
        """Nothing is told."""

    async def stop(self) -> None:
        await asyncio.sleep(0)
        if self._fails_with is not None:
            raise self._fails_with
        self.stopped = True


@pytest.mark.parametrize("failing", ["_segments", "_outbox", "_probe"])
@pytest.mark.parametrize("error", [KafkaConnectionError("gone"), asyncio.CancelledError()])
async def test_a_connection_that_does_not_close_keeps_no_other_from_it(
    failing: str, error: BaseException
) -> None:
    desk: Any = Part()
    room = StageOnKafka(DEDUP, Settings(), desk)
    parts = {name: Part(error if name == failing else None) for name in ("_segments", "_outbox", "_probe")}
    for name, part in parts.items():
        setattr(room, name, part)
    await room.close()
    assert desk.stopped
    assert {name for name, part in parts.items() if not part.stopped} == {failing}
