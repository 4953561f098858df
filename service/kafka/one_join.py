"""The bytes of a request to write, joined once.

aiokafka joins them anew at each level of the request's schema, then behind the request's header, then behind its size:
each of some megabytes was copied eight times, and is still copied once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiokafka.protocol.produce import ProduceRequest
from aiokafka.protocol.types import Array, Bytes, Int32, Schema


def join_once(client: Any) -> None:
    """Let an aiokafka client do so."""
    send = client.send

    async def send_joined(node: int, request: Any, **options: Any) -> Any:
        if isinstance(request, ProduceRequest):
            _encode_by_us(request)
        return await send(node, request, **options)

    client.send = send_joined


def _encode_by_us(request: Any) -> None:
    build = request.build

    def built(kind: Any) -> Any:
        struct = build(kind)
        struct.encode = lambda: Body(pieces_of(struct))
        return struct

    request.build = built


class Body:
    """A request without its header: `header + body` is a message."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces

    def __radd__(self, header: bytes) -> Message:
        return Message([header, *self._pieces])


class Message:
    """A request without its size: `size + message` is all bytes to write, and only then are they joined."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return sum(map(len, self._pieces))

    def __radd__(self, size: bytes) -> bytes:
        return b"".join((size, *self._pieces))


def pieces_of(struct: Any) -> list[bytes]:
    """What `struct.encode()` of aiokafka gives, not joined."""
    pieces: list[bytes] = []
    _lay_out(struct.SCHEMA, [getattr(struct, name) for name in struct.SCHEMA.names], pieces)
    return pieces


def _lay_out(kind: Any, value: Any, pieces: list[bytes]) -> None:
    if isinstance(kind, Schema):
        for field, its_value in zip(kind.fields, value, strict=True):
            _lay_out(field, its_value, pieces)
    elif isinstance(kind, Array) and value is not None:
        pieces.append(Int32.encode(len(value)))
        for item in value:
            _lay_out(kind.array_of, item, pieces)
    elif kind is Bytes and value is not None:
        pieces += (Int32.encode(len(value)), value)
    else:
        pieces.append(kind.encode(value))
