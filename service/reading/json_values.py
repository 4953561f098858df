"""A stream of JSON -> its objects: one a line, pretty-printed over several lines, one behind the other, or an array.

Each object keeps its own bytes. Where a line is broken the next whole one is read again, as far as that can be told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import msgspec
import orjson

from service.reading.api_answers import articles_in_page
from service.reading.source_records import BOM, LINE_BYTES_MAX, Broken, Value

ARRAY_BYTES_MAX: Final = 1024 * 1024 * 1024
"""Maximum size of an array of articles, in bytes: it is read as a whole."""

_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]"]')
_STEPS: Final = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
_BLANKS: Final = re.compile(r"[\s,]*")
_ITEMS: Final = msgspec.json.Decoder(list[msgspec.Raw])


def json_values(stream: BinaryIO) -> Iterator[Value | Broken]:
    """Yield the objects of a stream, and what is broken between them."""
    lines = _Lines(stream)
    for number, line in lines:
        if len(line) > LINE_BYTES_MAX:
            yield Broken(number, f"is longer than {LINE_BYTES_MAX} bytes")
            continue
        content = line.strip()
        if not content:
            continue
        try:
            read = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            yield from _unfinished(number, line, error, lines)
        else:
            yield from _values(number, content, read)


class _Lines:
    """Number the lines of a stream; one can be put back."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self._number = 0
        self._again: list[tuple[int, bytes]] = []

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return self

    def __next__(self) -> tuple[int, bytes]:
        if self._again:
            return self._again.pop()
        line = self.stream.readline(LINE_BYTES_MAX + 1)
        if not line:
            raise StopIteration
        self._number += 1
        part = line
        while len(line) > LINE_BYTES_MAX and part and not part.endswith(b"\n"):
            part = self.stream.readline(LINE_BYTES_MAX)
        return self._number, line.removeprefix(BOM) if self._number == 1 else line

    def put_back(self, number: int, line: bytes) -> None:
        """Let a line be the next one."""
        self._again.append((number, line))


def _values(number: int, content: bytes, read: Any) -> Iterator[Value | Broken]:
    """Yield what stands in one JSON value: an object, the objects of an array, or the articles of a page of results."""
    if isinstance(read, dict):
        items = articles_in_page(read, content)
        yield from [Value(number, content)] if items is None else (Value(number, item) for item in items)
    elif isinstance(read, list):
        yield from _items(number, content)
    else:
        yield Broken(number, "is JSON, but no object")


def _items(number: int, content: bytes) -> Iterator[Value | Broken]:
    """Yield the objects of an array that is known to be JSON, each with the line on which it begins."""
    at = 0
    for item in map(bytes, _ITEMS.decode(content)):
        start = content.index(item, at)
        number += content.count(b"\n", at, start)
        if item.startswith(b"{"):
            yield Value(number, item.strip())
        else:
            yield Broken(number, "is an item of an array, but no object")
        number += item.count(b"\n")
        at = start + len(item)


def _unfinished(
    number: int, line: bytes, error: orjson.JSONDecodeError, lines: _Lines
) -> Iterator[Value | Broken]:
    """Yield what begins on a line that is no JSON by itself."""
    depth = _depth(line)
    content = line.strip()
    if content.startswith(b"[") and depth is not None and depth > 0:
        yield from _array(number, line, lines)
    elif content.startswith(b"{") and depth is not None and depth > 0:
        yield from _object(number, line, depth, lines)
    elif content.startswith(b"{") and depth == 0:
        yield from _one_behind_the_other(number, content)
    else:
        yield Broken(number, f"is not JSON: {error.msg}, column {error.colno}")


def _depth(line: bytes) -> int | None:
    """Return how many more brackets a line opens than it closes; None where a string does not end on it."""
    depth = 0
    for token in _TOKEN.findall(line):
        if token == b'"':
            return None
        depth += _STEPS.get(token, 0)
    return depth


def _object(number: int, line: bytes, depth: int, lines: _Lines) -> Iterator[Value | Broken]:
    """Yield the object that begins on a line and ends on a later one."""
    parts, size = [line], len(line)
    for at, more in lines:
        if more.startswith(b"{") and _is_whole(more):
            lines.put_back(at, more)  # a line of its own: the object before it broke off
            break
        step = _depth(more)
        parts.append(more)
        size += len(more)
        if step is None or size > LINE_BYTES_MAX:
            break
        depth += step
        if depth <= 0:
            break
    content = b"".join(parts).strip()
    try:
        read = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if depth == 0:
            yield from _one_behind_the_other(number, content)
        else:
            yield Broken(number, f"begins an object that breaks off on line {number + error.lineno - 1}")
    else:
        yield from _values(number, content, read)


def _is_whole(line: bytes) -> bool:
    try:
        return bool(orjson.loads(line))
    except orjson.JSONDecodeError:
        return False


def _array(number: int, line: bytes, lines: _Lines) -> Iterator[Value | Broken]:
    """Yield the objects of an array that goes on to the end of the stream."""
    content = line + lines.stream.read(ARRAY_BYTES_MAX)
    if len(content) > ARRAY_BYTES_MAX:
        yield Broken(None, f"is an array of more than {ARRAY_BYTES_MAX} bytes")
        return
    try:
        orjson.loads(content)
    except orjson.JSONDecodeError:
        start = content.index(b"[") + 1
        yield from _one_behind_the_other(number + content.count(b"\n", 0, start), content[start:])
    else:
        yield from _items(number, content)


def _one_behind_the_other(number: int, content: bytes) -> Iterator[Value | Broken]:
    """Yield the objects of a text that is not one JSON value, as far as they are whole."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Broken(number + content.count(b"\n", 0, error.start), "is not UTF-8")
        return
    decoder, at, end = json.JSONDecoder(), 0, 0
    while True:
        at = _BLANKS.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        number += text.count("\n", end, at)
        if at == len(text) or text[at:].strip() == "]":
            return
        try:
            read, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            where = number + (
                text.count("\n", at, error.pos) if isinstance(error, json.JSONDecodeError) else 0
            )
            yield Broken(
                where, f"is not JSON: {getattr(error, 'msg', 'nested too deep')}; nothing behind it is read"
            )
            return
        yield from _values(number, text[at:end].encode(), read)
        number += text.count("\n", at, end)
