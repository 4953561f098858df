"""Where a stage's records go, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from service.line.records_out import Letter


class Outbox(Protocol):
    """Where a stage's letters go."""

    async def deliver(self, letters: Iterable[Letter]) -> None:
        """Return once every letter is on the broker; raise if one is not."""

    async def deliver_one(self, letter: Letter) -> int:
        """Deliver one letter and return its offset."""
