"""Records of a command to one topic: paced, with the broker's word on each of them.

The stages have their outbox, where one failure stops everything; here a person wants the rest delivered
and the failures listed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, KafkaTimeoutError

from service.kafka.goodbye import take_leave
from service.kafka.patches.metadata_pause import be_patient

LINGER_MS: Final = 20
BATCH_BYTES: Final = 262_144
RECORD_OVERHEAD_BYTES: Final = 128
"""Header of a record batch (61 bytes) and of its one record, rounded up: brokers count these too."""

BYTES_MAX: Final = "max.message.bytes"
CLEANUP: Final = "cleanup.policy"
"""Names that brokers have for configuration of a topic."""

STALL_SECONDS_MAX: Final = 60.0
"""Maximum time without a delivery, in seconds, before the command gives up: a hanging command tells nobody why."""


class Stalled(Exception):  # noqa: N818 - it is what happened
    """The broker took nothing for `STALL_SECONDS_MAX`."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A record the broker has not got; `place` is where it came from, in words."""

    place: str
    why: str


@dataclass(slots=True)
class Tally:
    """What became of the records so far."""

    sent: int = 0
    delivered: int = 0
    undelivered: list[Undelivered] = field(default_factory=list)
    settled: int = 0  # so many records, from the first on, are delivered, or refused for what they are
    _ahead: set[int] = field(default_factory=set)  # settled while an earlier one is not

    def settle(self, number: int) -> None:
        """Note that the record sent as this one, counted from 1, need not be sent again."""
        self._ahead.add(number)
        while self.settled + 1 in self._ahead:
            self.settled += 1
            self._ahead.remove(self.settled)

    @property
    def waiting(self) -> int:
        """Count the records that were handed over and that the broker has not answered yet."""
        return self.sent - self.delivered - len(self.undelivered)


class Delivery:
    """An idempotent producer for one topic. ``async with Delivery(...) as delivery: await delivery.send(...)``

    Leaving the block waits for every answer. `rate` is records a second, 0 for as fast as it goes.
    `tally` is filled in on the way, for whoever must report on an interrupted run.
    """

    def __init__(
        self,
        client_options: dict[str, Any],
        topic: str,
        record_bytes_max: int,
        rate: float = 0.0,
        tally: Tally | None = None,
        stall_seconds_max: float = STALL_SECONDS_MAX,
    ) -> None:
        self._options = client_options
        self._topic = topic
        self._bytes_max = record_bytes_max
        self._rate = rate
        self._stall_seconds_max = stall_seconds_max
        self._answered = asyncio.Event()
        self._producer: AIOKafkaProducer | None = None
        self._started = 0.0
        self._last_word = 0.0
        self.tally = tally or Tally()

    async def __aenter__(self) -> Self:
        self._producer = AIOKafkaProducer(
            **self._options,
            enable_idempotence=True,  # retried without doubles and without changing the order
            acks="all",
            linger_ms=LINGER_MS,
            max_batch_size=BATCH_BYTES,
            max_request_size=self._bytes_max,
            request_timeout_ms=int(self._stall_seconds_max * 1_000),
        )
        be_patient(self._producer.client)
        await self._producer.start()
        takes = await topics_bytes_max(self._options, [self._topic])
        self._bytes_max = min(self._bytes_max, takes.get(self._topic, self._bytes_max))
        self._started = asyncio.get_running_loop().time()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                await self._all_answered()
        finally:
            await self._part()

    async def send(
        self, place: str, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        """Hand one record over. Its failure goes to the tally; raises `Stalled` when the broker takes nothing."""
        if self._rate > 0:
            due = self._started + self.tally.sent / self._rate
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
        self.tally.sent += 1
        number = self.tally.sent
        if refusal := self._refusal(key, value, headers):
            self.tally.undelivered.append(Undelivered(place, refusal))
            self.tally.settle(number)
            return
        assert self._producer is not None
        try:
            async with asyncio.timeout(self._stall_seconds_max):
                answer = await self._producer.send(self._topic, value, key, headers=list(headers))
        except (TimeoutError, KafkaTimeoutError):
            # No failure of this record: the buffers are full, and each record after it would wait as long.
            raise Stalled from None
        except KafkaError as error:
            self.tally.undelivered.append(Undelivered(place, _in_words(error)))
            return
        answer.add_done_callback(lambda future: self._answer(place, number, future))

    def _refusal(
        self, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]]
    ) -> str | None:
        """Say why this record must not be sent, if it must not: a refused record upsets the records after it."""
        if key is None and value is None:
            return "has neither key nor value"
        size = len(key or b"") + len(value or b"") + RECORD_OVERHEAD_BYTES
        size += sum(len(name.encode()) + len(text or b"") + 4 for name, text in headers)
        if size > self._bytes_max:
            return f"is {size} bytes with its headers; {self._topic} takes {self._bytes_max} (topics.raw_bytes_max)"
        return None

    def _answer(self, place: str, number: int, future: asyncio.Future[Any]) -> None:
        self._answered.set()
        if future.cancelled():
            self.tally.undelivered.append(Undelivered(place, "was given up"))
        elif error := future.exception():
            self.tally.undelivered.append(Undelivered(place, _in_words(error)))
        else:
            self.tally.delivered += 1
            self.tally.settle(number)
            self._last_word = asyncio.get_running_loop().time()

    async def _all_answered(self) -> None:
        """Wait until every record is answered. Raises `Stalled` if no delivery succeeds for `_stall_seconds_max`.

        An expired batch does not count as an answer: a broker that is away lets many batches expire.
        """
        self._last_word = asyncio.get_running_loop().time()
        while self.tally.waiting:
            self._answered.clear()
            try:
                async with asyncio.timeout_at(self._last_word + self._stall_seconds_max):
                    await self._answered.wait()
            except TimeoutError:
                raise Stalled from None

    async def _part(self) -> None:
        assert self._producer is not None
        await take_leave(self._producer.stop())


async def topics_bytes_max(client_options: dict[str, Any], topics: Sequence[str]) -> dict[str, int]:
    """Map each topic to the size of the largest record batch it takes; leave out topics we may not ask about.

    The question is worth its round trip: after a refusal for size an idempotent aiokafka producer counts its sequence
    numbers wrong, and the broker refuses the records behind the large one too.
    """
    found = await topics_configs(client_options, topics, [BYTES_MAX])
    return {name: int(configs[BYTES_MAX]) for name, configs in found.items() if BYTES_MAX in configs}


async def topics_configs(
    client_options: dict[str, Any], topics: Sequence[str], keys: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Map each topic to its configuration under these keys; leave out topics we may not ask about."""
    admin = AIOKafkaAdminClient(**client_options)
    await admin.start()
    try:
        wanted = dict.fromkeys(keys)
        responses = await admin.describe_configs(
            [ConfigResource(ConfigResourceType.TOPIC, topic, configs=wanted) for topic in topics]
        )
        return {
            name: {entry[0]: entry[1] for entry in entries}
            for response in responses
            for _code, _message, _kind, name, entries in response.resources
        }
    except KafkaError:
        return {}
    finally:
        await admin.close()


def _in_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
