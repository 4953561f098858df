"""Read the fields of a raw record where the table says; what is left travels on in `extra` if it is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

import msgspec

from service.intake.shapes.paths import Field, Kind
from service.intake.shapes.table import FieldTable, Place, fold
from service.intake.urls import without_credentials
from service.records import Reason, Rejected

EXTRA_BYTES_MAX = 4_096
"""Maximum size of `extra` as compact JSON, in bytes."""
EXTRA_FIELDS_MAX = 64
"""Maximum number of fields in `extra`."""
EXTRA_DEPTH_MAX = 16
"""Maximum nesting of a field in `extra`."""
NOT_CARRIED = "fields_not_carried"
"""Where `extra` names the fields that were too large to be carried."""
NOT_CARRIED_NAMES_MAX = 16
"""Maximum number of such names."""
NAME_CHARS_MAX = 64
"""Maximum number of characters of such a name."""

Found = TypeVar("Found")


class BeyondBounds:
    """Stands for a number that has too many digits to be one."""


class RawFields:
    """Fields by their place, read when asked for. Raises `Rejected` (INVALID_JSON) where a field cannot be read."""

    def __init__(self, fields: dict[str, msgspec.Raw], table: FieldTable) -> None:
        self.raw = fields
        self._places = table.places(fields)
        self._taken: set[str] = set()
        self._pruned: dict[str, list[tuple[str, ...]]] = {}
        self._read: dict[str, Any] = {}
        self.read_from: dict[Field, str] = {}
        self.own = table.own

    def places(self, field: Field) -> list[Place]:
        """Return the places that may hold a field, the best one first."""
        return self._places.get(field, [])

    def first(self, field: Field, read: Callable[[Any, Kind], Found | None]) -> Found | None:
        """Return what `read` makes of the first place where it finds something, and take that place.

        Places that are empty or null are taken as well; places where nothing was found are left in `extra`.
        """
        for place in self._places.get(field, ()):
            value = self.at(place)
            if value is None or (isinstance(value, str) and (not value or value.isspace())):
                self._take(place)
                continue
            found = read(value, place.kind)
            if found:
                self._take(place)
                self.read_from[field] = place.path
                return found
        return None

    def at(self, place: Place) -> Any:
        """Return the value at a place, None where it is missing."""
        value = self.peek(place.key)
        for step in place.steps:
            value = _below(value, step)
            if value is None:
                return None
        return value

    def peek(self, name: str) -> Any:
        """Return the value of a top field, None where it is missing."""
        raw = self.raw.get(name)
        if raw is None:
            return None
        if name not in self._read:
            self._read[name] = _decode(raw, name)
        return self._read[name]

    def take(self, name: str) -> Any:
        """Return the value of a top field, which then is no longer part of `extra`."""
        value = self.peek(name)
        self._taken.add(name)
        return value

    def leave(self, field: Field) -> None:
        """Put what a field was read from back into `extra`: it could not be used as it stands."""
        path = self.read_from.get(field, "")
        for place in self.places(field):
            if place.path == path:
                self._taken.discard(place.key)
                self._pruned.pop(place.key, None)

    def _take(self, place: Place) -> None:
        if place.steps:
            self._pruned.setdefault(place.key, []).append(place.steps)
        else:
            self._taken.add(place.key)

    def extra(self) -> dict[str, Any]:
        """Return what nobody took, up to EXTRA_BYTES_MAX; names of what was left behind stand under NOT_CARRIED."""
        carried: dict[str, Any] = {}
        left: list[str] = []
        size = 2
        for name in islice(self._untaken(), EXTRA_FIELDS_MAX):
            raw = self.raw[name] if name not in self._pruned else self._without_leaves(name)
            if raw is None:
                continue
            value, cost = _carry(name, raw, EXTRA_BYTES_MAX - size)
            if cost:
                carried[name] = value
                size += cost
            elif len(left) < NOT_CARRIED_NAMES_MAX:
                left.append(name[:NAME_CHARS_MAX])
        if left:
            carried[NOT_CARRIED] = left
        return carried

    def _untaken(self) -> Iterator[str]:
        return (name for name in self.raw if name not in self._taken and name != NOT_CARRIED)

    def _without_leaves(self, name: str) -> msgspec.Raw | None:
        """Return a field without the places that were taken inside it, None where nothing is left."""
        value = msgspec.json.decode(self.raw[name])
        for steps in self._pruned[name]:
            _prune(value, steps)
        if _is_empty(value):
            return None
        return msgspec.Raw(msgspec.json.encode(value))


def _below(value: Any, step: str) -> Any:
    """Return what stands under a key of an object, or of the first object of a list that has it."""
    if isinstance(value, list):
        return next((found for item in value[:16] if (found := _below(item, step)) is not None), None)
    key = _key_of(value, step)
    return None if key is None else value[key]


def _key_of(value: Any, step: str) -> str | None:
    if not isinstance(value, dict):
        return None
    if step in value:
        return step
    return next((key for key in islice(value, 256) if fold(key[:NAME_CHARS_MAX]) == step), None)


def _prune(value: Any, steps: tuple[str, ...]) -> None:
    for step in steps[:-1]:
        value = _below(value, step)
    if isinstance(value, list):
        value = next((item for item in value[:16] if _key_of(item, steps[-1]) is not None), None)
    key = _key_of(value, steps[-1])
    if key is not None:
        del value[key]


def _is_empty(value: Any) -> bool:
    """Return whether an object or a list holds nothing but nulls and empty values."""
    if isinstance(value, dict):
        return all(item in (None, "", [], {}) for item in value.values())
    return value in (None, "", [])


def _decode(raw: msgspec.Raw, name: str) -> Any:
    try:
        return msgspec.json.decode(raw)
    except msgspec.ValidationError:
        return BeyondBounds()
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Rejected(Reason.INVALID_JSON, f"{name:.40}: {error}") from None


def _carry(name: str, raw: msgspec.Raw, room: int) -> tuple[Any, int]:
    """Return the value and the bytes it takes in `extra`; 0 bytes where it cannot be carried."""
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
    """Return the value without credentials in URLs. Raises ValueError where it nests too deep."""
    if isinstance(value, str):
        return without_credentials(value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise ValueError("nested too deep to be carried")
    if isinstance(value, list):
        return [_scrubbed(item, depth - 1) for item in value]
    return {without_credentials(key): _scrubbed(item, depth - 1) for key, item in value.items()}
