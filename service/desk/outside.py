"""What the page asks the broker, and nothing else: the raw record of a copy, and a replay of dead letters."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from service.records import Origin


class BrokerAway(Exception):  # noqa: N818 - it is what happened
    """The broker did not answer, or refused us; the message says why."""


class RawText(Struct, frozen=True):
    """Hold what intake reads from a raw record."""

    title: str | None
    text: str


class Replay(Struct, frozen=True):
    """Hold what a replay did, or would do: how many records go back, and why others stay."""

    topic: str
    chosen: int
    left: dict[str, int]
    delivered: int = 0
    undelivered: int = 0


class Outside(Protocol):
    """Reach the broker; each method raises BrokerAway."""

    async def raw_text(self, origin: Origin) -> RawText | None:
        """Read the article of a raw record again; None where the record is no longer kept."""
        ...

    async def replay(self, reason: str, *, dry_run: bool) -> Replay:
        """Send the dead letters with this reason back to the raw topic, or count them only."""
        ...


class NoBroker:
    """Stand for a broker where there is none."""

    async def raw_text(self, origin: Origin) -> RawText | None:
        """Refuse."""
        raise BrokerAway("this page has no broker")

    async def replay(self, reason: str, *, dry_run: bool) -> Replay:
        """Refuse."""
        raise BrokerAway("this page has no broker")
