"""The bytes of a request to write, joined once.

aiokafka joins them anew at each level of the request's schema: each of some megabytes was copied six times.
"""

from __future__ import annotations

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
        struct.encode = lambda: encoded(struct)
        return struct

    request.build = built


def encoded(struct: Any) -> bytes:
    """What `struct.encode()` of aiokafka gives."""
    pieces: list[bytes] = []
    _lay_out(struct.SCHEMA, [getattr(struct, name) for name in struct.SCHEMA.names], pieces)
    return b"".join(pieces)


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
