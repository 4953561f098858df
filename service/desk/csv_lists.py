"""Write a list of an answer as CSV, for a spreadsheet: one line a row, one column a field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from service.desk.reading import Part

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run as a formula (CWE-1236)."""

Column = tuple[str, tuple[str, ...]]
"""Name of a column, and the fields that lead to its value."""


def to_csv(rows: list[Any], kind: type[Struct]) -> str:
    """Write rows of one kind with a header line; lists are JSON, and no text is read as a formula.

    >>> class Said(Struct):
    ...     speaker: str
    ...     claims: int
    >>> to_csv([Said("=HYPERLINK(1)", -1)], Said)
    "speaker,claims\\r\\n'=HYPERLINK(1),-1\\r\\n"
    """
    columns = list(_columns(kind))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([name for name, _ in columns])
    writer.writerows([_cell(_reach(row, path)) for _, path in columns] for row in rows)
    return written.getvalue()


def row_kind(kind: type[Struct], listed: str) -> type[Struct]:
    """Return the struct of the rows in the list `listed` of an answer."""
    row: type[Struct] = get_args(_types(kind)[listed])[0]
    return row


def _types(kind: type[Struct]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _columns(kind: type[Struct], path: tuple[str, ...] = ()) -> Iterator[Column]:
    """List the columns of a struct, those of a struct in it behind its name; empty rows have them, too."""
    for name, declared in _types(kind).items():
        inner = next(filter(_is_struct, _alternatives(declared)), None)
        if inner is not None:
            yield from _columns(inner, (*path, name))
        else:
            yield "_".join((*path, name)), (*path, name)


def _alternatives(declared: Any) -> tuple[Any, ...]:
    return get_args(declared) if get_origin(declared) in (Union, UnionType) else (declared,)


def _is_struct(declared: Any) -> bool:
    return isinstance(declared, type) and issubclass(declared, Struct)


def _reach(row: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        row = None if row is None else getattr(row, name)
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = _joined(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _joined(values: list[Any]) -> str:
    if values and all(isinstance(value, Part) for value in values):
        return "".join(value.text for value in values)
    return msgspec.json.encode(values).decode() if values else ""
