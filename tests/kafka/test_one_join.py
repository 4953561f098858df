"""Requests to write, joined by us."""

from __future__ import annotations

import asyncio
from typing import Any, get_args

import pytest
from aiokafka.conn import AIOKafkaConnection
from aiokafka.protocol.api import Request
from aiokafka.protocol.metadata import MetadataRequest
from aiokafka.protocol.produce import ProduceRequest, ProduceRequestStruct

from service.kafka.one_join import Body, join_once, pieces_of

TOPICS = [("claims", [(0, b"batch" * 90), (3, b"")]), ("articles.enriched", []), ("Ω", [(1, None)])]


class Client:
    """Keeps what it is to send."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    async def send(self, node: int, request: Request[Any], *, group: int = 0) -> tuple[int, int]:
        self.sent.append(request.prepare({0: (0, 7), 3: (0, 4)}))
        return node, group


@pytest.mark.parametrize("kind", get_args(ProduceRequestStruct))
@pytest.mark.parametrize("transaction", [None, "t"])
@pytest.mark.parametrize("topics", [TOPICS, [], None])
def test_every_byte_is_what_aiokafka_would_send(kind: Any, transaction: str | None, topics: Any) -> None:
    known = [transaction] if kind.API_VERSION >= 3 else []
    struct = kind(*known, -1, 40_000, topics)
    assert b"".join(pieces_of(struct)) == struct.encode()


def test_a_client_joins_what_it_writes_and_leaves_the_rest_alone() -> None:
    client = Client()
    join_once(client)
    assert asyncio.run(client.send(5, ProduceRequest(None, -1, 40_000, TOPICS), group=1)) == (5, 1)
    assert asyncio.run(client.send(6, MetadataRequest(["claims"]))) == (6, 0)
    written, asked = client.sent
    assert isinstance(written.encode(), Body)
    assert asked.encode.__func__.__module__.startswith("aiokafka")


class Writer:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.written.append(data)


async def written_by_aiokafka(request: Request[Any]) -> bytes:
    """All bytes that a connection writes of a request."""
    connection = AIOKafkaConnection("127.0.0.1", 9)
    connection._versions = {0: (0, 7)}
    connection._writer = writer = Writer()
    waiting = connection.send(request)
    waiting.close()
    connection._requests.clear()
    connection._writer = None
    (data,) = writer.written
    return data


async def test_a_connection_of_aiokafka_writes_the_same_bytes_joined_or_not() -> None:
    client = Client()
    join_once(client)
    ours = ProduceRequest(None, -1, 40_000, TOPICS)
    await client.send(5, ours)
    data = await written_by_aiokafka(ours)
    assert type(data) is bytes
    assert data == await written_by_aiokafka(ProduceRequest(None, -1, 40_000, TOPICS))
    assert int.from_bytes(data[:4], "big") == len(data) - 4
