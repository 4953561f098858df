"""Does a broker answer? A Metadata request by hand, because no package may be needed to ask."""

from __future__ import annotations

import io
import socket
import struct


def answers(host: str, port: int, seconds_max: float = 2.0) -> str | None:
    """Return the cluster id that a broker there gives in its answer to a Metadata request, once a broker is alive.

    A TCP connection proves nothing: the socket is open before the node has joined its own cluster, and it may be
    another's.
    """
    client = b"embedded"
    # Metadata v4 (https://kafka.apache.org/protocol#The_Messages_Metadata): no topics, none to be created.
    request = struct.pack(">hhih", 3, 4, 1, len(client)) + client + struct.pack(">ib", 0, 0)
    try:
        with socket.create_connection((host, port), timeout=seconds_max) as connection:
            connection.settimeout(seconds_max)
            connection.sendall(struct.pack(">i", len(request)) + request)
            (size,) = struct.unpack(">i", _read_exactly(connection, 4))
            answer = io.BytesIO(_read_exactly(connection, size))
            _correlation_id, _throttle_ms, brokers = struct.unpack(">iii", answer.read(12))
            for _ in range(brokers):
                _node_id, _host, _port, _rack = (
                    answer.read(4),
                    _string(answer),
                    answer.read(4),
                    _string(answer),
                )
            return _string(answer) if brokers > 0 else None
    except (OSError, struct.error):
        return None


def _string(answer: io.BytesIO) -> str | None:
    (size,) = struct.unpack(">h", answer.read(2))
    return answer.read(size).decode() if size >= 0 else None


def _read_exactly(connection: socket.socket, size: int) -> bytes:
    chunks = b""
    while len(chunks) < size:
        chunk = connection.recv(size - len(chunks))
        if not chunk:
            raise OSError("the connection was closed")
        chunks += chunk
    return chunks
