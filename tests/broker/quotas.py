"""A broker that takes its time: quotas on what clients may write.

aiokafka has no such request. It is key 49, version 0 (KIP-546,
https://cwiki.apache.org/confluence/display/KAFKA/KIP-546%3A+Add+Client+Quota+APIs+to+the+Admin+Client); how a client
over its quota is held back says KIP-219: its answer comes at once, its next request is not read for some seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Float64, Int16, Int32, Schema, String

from tests.kit_kafka import ask_admin

_ENTITY = ("entity", Array(("entity_type", String("utf-8")), ("entity_name", String("utf-8"))))
_KEY = "producer_byte_rate"


class _Answer(Response):
    API_KEY = 49
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("entries", Array(("error_code", Int16), ("error_message", String("utf-8")), _ENTITY)),
    )


class _Question(RequestStruct):
    API_KEY = 49
    API_VERSION = 0
    RESPONSE_TYPE = _Answer
    SCHEMA = Schema(
        (
            "entries",
            Array(_ENTITY, ("ops", Array(("key", String("utf-8")), ("value", Float64), ("remove", Boolean)))),
        ),
        ("validate_only", Boolean),
    )


class _AlterClientQuotas(Request[_Question]):
    API_KEY = 49

    def __init__(self, bytes_per_second: float | None) -> None:
        everyone = [("client-id", None)]
        self._entries = [(everyone, [(_KEY, bytes_per_second or 0.0, bytes_per_second is None)])]

    def build(self, request_struct_class: type[_Question]) -> _Question:
        return request_struct_class(self._entries, False)


@asynccontextmanager
async def slow_writes(bootstrap: str, bytes_per_second: float) -> AsyncIterator[None]:
    """Meanwhile nobody gets more than this written; reading stays fast."""
    await _set(bootstrap, bytes_per_second)
    try:
        yield
    finally:
        await _set(bootstrap, None)


async def _set(bootstrap: str, bytes_per_second: float | None) -> None:
    await ask_admin(
        bootstrap,
        lambda admin: admin._send_request(_AlterClientQuotas(bytes_per_second)),
        lambda answer: [entry[0] for entry in answer.entries],
    )
