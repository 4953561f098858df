"""Compare the installed libraries with those that the patches were written for.

The patches of this folder, and `service/compiled.py`, use names that the libraries do not promise to keep. Most would
stop working without an error if such a name changed: an override would no longer be called, an attribute would no
longer be read. So a worker does not start unless versions, signatures and attributes are those listed here. README.md
of this folder says what each patch is for.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import CodeType
from typing import Any, Final

from service.settings import SettingsError

VERSIONS: Final = {"aiokafka": "0.14.0", "faust-streaming": "0.15.3", "mode-streaming": "0.7.1"}
"""Distributions of the patched libraries, and the versions that the patches were read against."""


class LibrariesDiffer(SettingsError):  # noqa: N818 - it says what is the matter
    """Refuse to start: a patched library is not the one that its patches were written for."""


@dataclass(frozen=True, slots=True)
class Method:
    """Expect a function or method with these parameters, and none of another name in its place."""

    owner: str  # "module:Class", or "module"
    name: str
    parameters: tuple[str, ...]

    def difference(self) -> str | None:
        """Say how the installed library differs, or return None."""
        found = getattr(_resolved(self.owner), self.name, None)
        if found is None:
            return f"{self.owner} has no {self.name}"
        try:
            parameters = tuple(inspect.signature(found).parameters)
        except (TypeError, ValueError):
            return f"{self.owner}.{self.name} is not a function"
        if parameters != self.parameters:
            return f"{self.owner}.{self.name} takes {parameters}, not {self.parameters}"
        return None


@dataclass(frozen=True, slots=True)
class Has:
    """Expect a name in a module or class."""

    owner: str
    name: str

    def difference(self) -> str | None:
        """Say how the installed library differs, or return None."""
        return None if hasattr(_resolved(self.owner), self.name) else f"{self.owner} has no {self.name}"


@dataclass(frozen=True, slots=True)
class Use:
    """Expect a method whose code reads, writes or calls these names, or holds them as text."""

    owner: str
    method: str
    names: tuple[str, ...]

    def difference(self) -> str | None:
        """Say how the installed library differs, or return None."""
        found = getattr(_resolved(self.owner), self.method, None)
        if found is None:
            return f"{self.owner} has no {self.method}"
        used = _names_in(inspect.unwrap(found).__code__)
        missing = [name for name in self.names if name not in used]
        return f"{self.owner}.{self.method} no longer uses {missing[0]}" if missing else None


_DRIVER: Final = "faust.transport.drivers.aiokafka"
_CONSUMER: Final = f"{_DRIVER}:Consumer"
_THREAD: Final = f"{_DRIVER}:AIOKafkaConsumerThread"
_PRODUCER: Final = f"{_DRIVER}:Producer"
_FETCHER: Final = "aiokafka.consumer.fetcher:Fetcher"
_RECORDS: Final = "aiokafka.consumer.fetcher:PartitionRecords"
_CLIENT: Final = "aiokafka.client:AIOKafkaClient"
_WORKER: Final = "faust.worker:Worker"

TARGETS: Final[tuple[Method | Has | Use, ...]] = (
    # transport.py: runs of records, commit before revocation, seek after a rebalance
    Method(_CONSUMER, "_wait_next_records", ("self", "timeout")),
    Method(_CONSUMER, "_to_message", ("self", "tp", "record")),
    Method(_CONSUMER, "_add_gap", ("self", "tp", "offset_from", "offset_to")),
    Method(_CONSUMER, "_new_offset", ("self", "tp")),
    Method(_CONSUMER, "on_buffer_full", ("self", "tp")),
    Method(_CONSUMER, "seek_to_committed", ("self",)),
    Method(_CONSUMER, "on_partitions_revoked", ("self", "revoked")),
    Method(_CONSUMER, "_new_consumer_thread", ("self",)),
    Use("faust.transport.consumer:Consumer", "__init__", ("_acked", "_read_offset")),
    Use("faust.transport.consumer:ThreadDelegateConsumer", "__init__", ("_thread", "_new_consumer_thread")),
    Use(_CONSUMER, "getmany", ("_wait_next_records", "_to_message")),
    Use(_CONSUMER, "_drain_messages", ("_add_gap", "_read_offset")),
    Use(_CONSUMER, "_filter_committable_offsets", ("_new_offset",)),
    Use(_CONSUMER, "perform_seek", ("seek_to_committed",)),
    Use("faust.transport.conductor:ConductorCompiler", "build", ("on_buffer_full",)),
    # transport.py: texts beside offsets
    Method("faust.transport.consumer:Consumer", "maybe_wait_for_commit_to_finish", ("self",)),
    Method(_THREAD, "_ensure_consumer", ("self",)),
    Method(
        "aiokafka.consumer.group_coordinator:GroupCoordinator",
        "fetch_committed_offsets",
        ("self", "partitions"),
    ),
    Use("aiokafka:AIOKafkaConsumer", "committed", ("_coordinator", "fetch_committed_offsets")),
    # transport.py: fetches
    Method(_THREAD, "_create_worker_consumer", ("self", "transport")),
    Method(_THREAD, "on_start", ("self",)),
    Use(_THREAD, "on_start", ("_consumer", "_create_consumer")),
    Use(_THREAD, "_create_consumer", ("_create_worker_consumer",)),
    Method(_FETCHER, "_get_actions_per_node", ("self", "assignment")),
    Use(_FETCHER, "__init__", ("_fetch_max_wait_ms", "_records")),
    Use(_FETCHER, "_fetch_requests_routine", ("_get_actions_per_node",)),
    Use(_FETCHER, "_get_actions_per_node", ("_fetch_max_wait_ms",)),
    # open_transactions.py
    Use(_FETCHER, "_proc_fetch_request", ("lso", "highwater")),
    # vanished.py
    Method(_FETCHER, "_proc_fetch_request", ("self", "assignment", "node_id", "request")),
    Method(_FETCHER, "_update_fetch_positions", ("self", "assignment", "node_id", "tps")),
    Use(_FETCHER, "_fetch_requests_routine", ("_proc_fetch_request", "_update_fetch_positions")),
    Use(
        _FETCHER,
        "_proc_fetch_request",
        ("OffsetOutOfRangeError", "await_reset", "active", "state_value", "topics"),
    ),
    Use(
        _FETCHER,
        "_update_fetch_positions",
        ("has_valid_position", "awaiting_reset", "state_value", "reset_to"),
    ),
    # transport.py: the clients of a consumer
    Use("aiokafka:AIOKafkaConsumer", "__init__", ("_client", "_consumer_timeout")),
    Use("aiokafka:AIOKafkaConsumer", "start", ("_fetcher", "_consumer_timeout")),
    # transport.py: an idempotent producer
    Method(_PRODUCER, "_settings_extra", ("self",)),
    Method(_PRODUCER, "_new_producer", ("self", "transactional_id")),
    Use(_PRODUCER, "_new_producer", ("_settings_extra",)),
    Use(_PRODUCER, "on_start", ("_new_producer",)),
    # metadata_pause.py
    Method(_CLIENT, "_metadata_update", ("self", "cluster_metadata", "topics")),
    Use(_CLIENT, "_md_synchronizer", ("_metadata_update",)),
    # bounded_unpacking.py
    Method(_RECORDS, "_unpack_records", ("self",)),
    Use(_RECORDS, "__init__", ("_tp", "_records", "next_fetch_offset", "_unpack_records")),
    Use(_RECORDS, "_unpack_records", ("_records", "next_batch", "has_next")),
    Use(_FETCHER, "_proc_fetch_request", ("PartitionRecords", "MemoryRecords")),
    Has("aiokafka.consumer.fetcher", "MemoryRecords"),
    Has("aiokafka.record.legacy_records", "LegacyRecordBatch"),
    # faust_worker.py
    Method("faust:App", "_create_directories", ("self",)),
    Use("faust:App", "on_first_start", ("_create_directories",)),
    Method("faust:Monitor", "_sampler", ("obj",)),
    Method(_WORKER, "_schedule_shutdown", ("self", "signal")),
    Method(_WORKER, "_gather_all", ("self",)),
    Method(_WORKER, "_sentinel_task", ("self",)),
    Method(_WORKER, "_enter_debugger", ("self",)),
    Use(_WORKER, "_shutdown_loop", ("_gather_all", "_sentinel_task")),
    # service/compiled.py
    Has("numba.core.cpu:CPUTargetOptions", "_nrt"),
    Use("numba.core.caching:IndexDataCacheFile", "__init__", (".nbi",)),
)


def check() -> None:
    """Raise `LibrariesDiffer`, with one sentence, unless the libraries are those that the patches were written for."""
    for found in differences():
        raise LibrariesDiffer(
            f"this is not a version of the libraries that Copydesk patches: {found}; install requirements.lock"
        )


def differences() -> Iterator[str]:
    """Yield a clause for each difference between the installed libraries and the expected ones."""
    for distribution, expected in VERSIONS.items():
        try:
            found = version(distribution)
        except PackageNotFoundError:
            found = "not installed"
        if found != expected:
            yield f"{distribution} is {found}, not {expected}"
    for target in TARGETS:
        try:
            different = target.difference()
        except (ImportError, AttributeError) as error:
            different = f"{target.owner} is gone ({error})"
        if different is not None:
            yield different


def _resolved(owner: str) -> Any:
    """Return a module ("module"), or a class of it ("module:Class")."""
    module, _, name = owner.partition(":")
    found = importlib.import_module(module)
    return getattr(found, name) if name else found


def _names_in(code: CodeType) -> set[str]:
    """Collect the names and texts that a function uses, those of functions inside it among them."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    texts = [constant for constant in code.co_consts if isinstance(constant, str)]
    return set(code.co_names).union(texts, *map(_names_in, inner))
