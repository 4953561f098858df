"""Requests to write, joined by us."""

from __future__ import annotations

import asyncio
from typing import Any, get_args

import pytest
from aiokafka.protocol.api import Request
from aiokafka.protocol.metadata import MetadataRequest
from aiokafka.protocol.produce import ProduceRequest, ProduceRequestStruct

from service.edge.one_join import encoded, join_once

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
    assert encoded(struct) == struct.encode()


def test_a_client_joins_what_it_writes_and_leaves_the_rest_alone() -> None:
    client = Client()
    join_once(client)
    wanted = ProduceRequest(None, -1, 40_000, TOPICS).prepare({0: (0, 7)})
    assert asyncio.run(client.send(5, ProduceRequest(None, -1, 40_000, TOPICS), group=1)) == (5, 1)
    assert asyncio.run(client.send(6, MetadataRequest(["claims"]))) == (6, 0)
    written, asked = client.sent
    assert written.encode() == wanted.encode()
    assert written.encode.__module__ == join_once.__module__
    assert asked.encode.__func__.__module__.startswith("aiokafka")
