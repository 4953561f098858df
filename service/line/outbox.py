"""Define where a stage's records go, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from service.line.records_out import Letter


class Outbox(Protocol):
    """Deliver letters (`service/kafka/outbox.py` to a broker, `service/pipeline/in_memory.py` to memory).

    The loop calls one method at a time, from the event loop's thread, after `decide` has returned.
    """

    async def deliver(self, letters: Iterable[Letter]) -> None:
        """Deliver letters, in order for each topic and partition, and return once all of them are stored.

        May wait for the broker, without limit while it is away. The iterable is read once. Raising means that any
        number of the letters, all or none, may be stored: nothing may be acknowledged, and the same letters may be
        delivered again. A return does not mean that a letter is stored only once, or that a consumer has it.
        """

    async def deliver_one(self, letter: Letter) -> int:
        """Deliver one letter, and return its offset in its partition once it is stored.

        May wait and raise as `deliver` does. A return does not mean that the letter is the last one of its partition:
        another worker may write there too.
        """
