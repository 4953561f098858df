"""Faust's Kafka transport with some of its defaults put right.

* Offsets are committed before partitions are given away: Faust forgets the acks of revoked partitions first
  (https://github.com/faust-streaming/faust/issues/502), so whatever was not committed yet was done twice.
* The producer is idempotent with acks=all; Faust asks for that only inside its transactions.
* Its clients wait between questions that nobody answers (service/kafka/patches/metadata_pause.py).
* Records travel in runs, each of them one event (service/kafka/patches/record_runs.py).
* What is fetched in a rebalance and thrown away is fetched again; aiokafka skips it where nothing is committed yet.
* A stream that is nearly full does not leave its partition out of the next fetch.
* A fetch that leaves a partition out comes back after FETCH_WAIT_MS, with nothing if need be; Faust lets it stay 1.5 s.
* Records of aborted transactions are not read (`kafka.isolation_level`); Faust asks for that only inside its own.
* A text may stand beside a committed offset (service/line/poison.py).
* Nothing is fetched while records of many bytes wait: sixteen events may have 8 MiB each.
* While nothing comes, its fetcher looks round once a second, not five times.
* Records that wait behind an open transaction are told (service/kafka/patches/open_transactions.py).
* Positions that the broker refuses are told, with what is missing there (service/kafka/patches/vanished.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

import faust
from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers import aiokafka as driver

from service.kafka.patches.metadata_pause import be_patient
from service.kafka.patches.open_transactions import tell_what_waits
from service.kafka.patches.record_runs import Fetched, bytes_of, cut_into_runs
from service.kafka.patches.vanished import tell_what_vanished
from service.settings import KafkaSettings

FETCH_WAIT_MS: Final = 100
"""A client has one fetch at a time under way, for the partitions it has read empty. What comes meanwhile into another
partition waits until that fetch is back: half of all articles waited for a second where one partition was quiet."""

QUIET_WAIT_MS: Final = 1_000
"""A fetch for all partitions is back as soon as anything comes, and may stay. Ten of them a second that found nothing
took a hundredth of a core in each worker."""

LOOK_ROUND_SECONDS: Final = 1.0
"""The fetcher is woken by whatever happens; this is how often it looks round all the same."""


BYTES_WAITING_MAX: Final = 4 * 1024 * 1024
"""Size of the records under way, in bytes, from which no more are fetched until some of them are acknowledged."""

ROOM_SECONDS: Final = 0.02
"""Time after which it is looked whether there is room again, in seconds."""


class PatientThread(driver.AIOKafkaConsumerThread):
    """Waits while the broker is away, and not for what does not come."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = (
            transport.isolation_level
        )  # Faust asks for it in transactions of its own only
        be_patient(consumer._client)
        consumer._consumer_timeout = (
            LOOK_ROUND_SECONDS  # no setting of Faust's; read when the consumer starts
        )
        return consumer

    async def marked(self, place: TopicPartition) -> OffsetAndMetadata | None:
        """Return what the group has committed for a partition, metadata included."""
        consumer = self._ensure_consumer()
        found = await self.call_thread(consumer._coordinator.fetch_committed_offsets, [place])
        return dict(found).get(place)

    async def mark(self, place: TopicPartition, offset: int, text: str) -> None:
        """Commit an offset with metadata."""
        await self.call_thread(self._ensure_consumer().commit, {place: OffsetAndMetadata(offset, text)})

    async def on_start(self) -> None:
        """Start the consumer, then change its fetcher: only a started consumer has one."""
        await super().on_start()
        assert self._consumer is not None
        be_brief_where_one_waits(self._consumer._fetcher)
        tell_what_vanished(self._consumer._fetcher)
        tell_what_waits(self._consumer._fetcher)


def be_brief_where_one_waits(fetcher: Any) -> None:
    """Let a fetch stay at the broker for FETCH_WAIT_MS where it leaves out a partition, else for QUIET_WAIT_MS.

    Those partitions are left out whose records nobody has taken yet.
    """
    plan = fetcher._get_actions_per_node

    def plan_with_wait(assignment: Any) -> Any:
        fetcher._fetch_max_wait_ms = FETCH_WAIT_MS if fetcher._records else QUIET_WAIT_MS
        return plan(assignment)

    fetcher._get_actions_per_node = plan_with_wait


class RunConsumer(driver.Consumer):
    """Faust's consumer, with runs of at most `transport.run_records` records in place of records."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # partition -> offset of a run -> the first it stands for
        self._firsts: dict[Any, dict[int, int]] = {}
        self._under_way: WeakSet[Any] = WeakSet()  # messages; one that is dropped is in nobody's hands

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's signature
        """Wait for records, and hand them to `getmany` in runs; it takes from each partition in turn."""
        if self._bytes_waiting() > BYTES_WAITING_MAX:
            await asyncio.sleep(ROOM_SECONDS)
            return None, None
        records, active = await super()._wait_next_records(timeout)
        return self._in_runs(records), active

    def _bytes_waiting(self) -> int:
        return sum(message.size for message in self._under_way if not message.acked)

    def _in_runs(self, records: Mapping[Any, Sequence[Fetched]] | None) -> Any:
        if records is None:
            return None
        return {place: cut_into_runs(found, self.transport.run_records) for place, found in records.items()}

    def _to_message(self, tp: Any, run: Sequence[Fetched]) -> Any:
        """Make the message of a run, without records that were read before a seek back; Faust leaves those out too."""
        read = self._read_offset[tp]
        records = run if read is None else [record for record in run if record.offset >= read] or run
        last = records[-1]
        message = super()._to_message(tp, last)
        message.key = message.value = None  # Faust would decode the last record's and show it to sensors
        message.records, message.size = records, sum(map(bytes_of, records))
        self._under_way.add(message)
        first = records[0].offset
        self._firsts.setdefault(tp, {})[last.offset] = first if read is None else min(first, read + 1)
        return message

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        """Ignore gaps: each run knows which offsets lie between it and the run before.

        Faust would remember the gap apart from the run, and count it as done when a later run is.
        """

    def _new_offset(self, tp: Any) -> Any:
        """Return the offset to commit: Faust's choice, over every offset that an acknowledged run stands for."""
        acked, firsts = self._acked[tp], self._firsts.get(tp, {})
        for last in tuple(acked):
            acked.extend(range(firsts.pop(last, last), last))
        return super()._new_offset(tp)

    def on_buffer_full(self, tp: Any) -> None:
        """Do nothing: a producer that fills a stream waits for room in it.

        Faust would leave the partition out of the next fetch and look again a second later, and a stage of one
        partition would do nothing for the rest of that second.
        """

    async def seek_to_committed(self) -> Any:
        """Seek to the committed offsets; to the beginning if nothing is committed. Called in a rebalance.

        What was fetched before is thrown away then, and all of it must be fetched again.

        aiokafka leaves a partition of which nothing is committed where it is, behind the records that nobody got;
        and once later ones are acknowledged, Faust commits beyond them.
        """
        found = await super().seek_to_committed()
        uncommitted = [place for place, offset in found.items() if not offset]
        if uncommitted:
            with suppress(IllegalStateError):  # they were taken away again just now
                await self._thread.seek_to_beginning(*uncommitted)
        return found

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Forget the runs of partitions that are taken away. Called before others may read them.

        Nobody acknowledges those that still wait, and nothing would be fetched while they count.
        """
        await super().on_partitions_revoked(revoked)
        for tp in revoked:
            self._firsts.pop(tp, None)
        self._under_way.difference_update([message for message in self._under_way if message.tp in revoked])


class CommitFirst(RunConsumer):
    """Commits what was acknowledged before the group takes partitions away, and texts beside offsets."""

    def _new_consumer_thread(self) -> driver.ConsumerThread:
        return PatientThread(self, loop=self.loop, beacon=self.beacon)

    async def marked(self, topic: str, partition: int) -> tuple[int | None, str]:
        """Return the committed offset of a partition and the text beside it, once what is acknowledged is committed."""
        await self.maybe_wait_for_commit_to_finish()
        await self.commit()
        found = await self._thread.marked(TopicPartition(topic, partition))
        if found is None or found.offset < 0:
            return None, ""
        return found.offset, found.metadata or ""

    async def mark(self, topic: str, partition: int, offset: int, text: str) -> None:
        """Commit an offset with a text beside it; Faust commits later ones with none."""
        await self._thread.mark(TopicPartition(topic, partition), offset, text)

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Commit before partitions are taken away. Called before others may read them."""
        await self.commit()
        await super().on_partitions_revoked(revoked)


class Idempotent(driver.Producer):
    """Survives broker restarts without loss or repetition."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    def _new_producer(self, transactional_id: str | None = None) -> Any:
        producer = super()._new_producer(transactional_id)
        be_patient(producer.client)
        return producer


class GuardedTransport(driver.Transport):
    """The aiokafka transport with both guards, and runs of at most `run_records` records."""

    Consumer = CommitFirst
    Producer = Idempotent
    run_records: int = 1
    isolation_level: str = "read_committed"


def credentials(kafka: KafkaSettings, options: Mapping[str, Any]) -> Any:
    """Convert the client options of service/kafka/security.py into Faust's credentials; None for PLAINTEXT."""
    context = options.get("ssl_context")
    if kafka.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            mechanism=kafka.sasl_mechanism,
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context is not None else None
