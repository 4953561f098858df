"""The fields of a raw record: each is taken once, and what nobody took travels on in `extra` if it is small."""

from __future__ import annotations

from itertools import islice
from typing import Any

import msgspec

from service.intake.urls import without_credentials
from service.records import Reason, Rejected

EXTRA_BYTES_MAX = 4_096
"""Of `extra` as compact JSON."""
EXTRA_FIELDS_MAX = 64
EXTRA_DEPTH_MAX = 16
NOT_CARRIED = "fields_not_carried"
"""Where `extra` names the fields that were too large to be carried."""
NOT_CARRIED_NAMES_MAX = 16
NAME_CHARS_MAX = 64


class BeyondBounds:
    """Stands for a number that has too many digits to be one."""


class RawFields:
    """Fields by name, read when asked for. Raises `Rejected` (INVALID_JSON) where a field cannot be read."""

    def __init__(self, fields: dict[str, msgspec.Raw]) -> None:
        self._fields = fields
        self._taken: set[str] = set()
        self._read: dict[str, Any] = {}

    def peek(self, name: str) -> Any:
        """The value of a field, None where it is missing."""
        raw = self._fields.get(name)
        if raw is None:
            return None
        if name not in self._read:
            self._read[name] = _decode(raw, name)
        return self._read[name]

    def take(self, name: str) -> Any:
        """The value of a field, which then is no longer part of `extra`."""
        value = self.peek(name)
        self._taken.add(name)
        return value

    def leave(self, name: str) -> None:
        """Put a field back into `extra`: it could not be used."""
        self._taken.discard(name)

    def line(self, name: str) -> str:
        """A field that should be a string: numbers are written out, anything else stays in `extra`."""
        value = self.peek(name)
        if isinstance(value, str):
            self._taken.add(name)
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            if value is None:
                self._taken.add(name)
            return ""
        self._taken.add(name)
        return str(value)

    def extra(self) -> dict[str, Any]:
        """What nobody took, up to EXTRA_BYTES_MAX; the names of what was left behind stand under NOT_CARRIED."""
        carried: dict[str, Any] = {}
        left: list[str] = []
        size = 2
        untaken = (name for name in self._fields if name not in self._taken and name != NOT_CARRIED)
        for name in islice(untaken, EXTRA_FIELDS_MAX):
            value, cost = _carry(name, self._fields[name], EXTRA_BYTES_MAX - size)
            if cost:
                carried[name] = value
                size += cost
            elif len(left) < NOT_CARRIED_NAMES_MAX:
                left.append(name[:NAME_CHARS_MAX])
        if left:
            carried[NOT_CARRIED] = left
        return carried


def _decode(raw: msgspec.Raw, name: str) -> Any:
    try:
        return msgspec.json.decode(raw)
    except msgspec.ValidationError:
        return BeyondBounds()
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Rejected(Reason.INVALID_JSON, f"{name:.40}: {error}") from None


def _carry(name: str, raw: msgspec.Raw, room: int) -> tuple[Any, int]:
    """The value and the bytes it takes in `extra`; 0 bytes where it cannot be carried."""
    cost = len(bytes(raw)) + len(name.encode()) + 4
    if cost > room:
        return None, 0
    try:
        value = _scrubbed(msgspec.json.decode(raw), EXTRA_DEPTH_MAX)
        msgspec.msgpack.encode(value)  # what the envelope cannot hold (integers beyond 64 bits) stays behind
    except (msgspec.MsgspecError, RecursionError, ValueError, OverflowError):
        return None, 0
    return value, cost


def _scrubbed(value: Any, depth: int) -> Any:
    """The value without credentials in URLs. Raises ValueError where it nests too deep."""
    if isinstance(value, str):
        return without_credentials(value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise ValueError("nested too deep to be carried")
    if isinstance(value, list):
        return [_scrubbed(item, depth - 1) for item in value]
    return {without_credentials(key): _scrubbed(item, depth - 1) for key, item in value.items()}
