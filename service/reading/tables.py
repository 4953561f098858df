"""A table in CSV or TSV -> an object for each row, its columns named by the header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO, Final

import orjson

from service.reading.source_records import LINE_BYTES_MAX, Broken, Value

MARKS: Final = ",;\t|"
"""Marks that may stand between two cells; the one that the header has most often does."""


def rows(stream: BinaryIO) -> Iterator[Value | Broken]:
    """Yield an object for each row, without its empty cells, and what is broken between them."""
    csv.field_size_limit(LINE_BYTES_MAX)
    lines = _lines(stream)
    header_line = next(lines, "")
    mark = max(MARKS, key=header_line.count)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=mark), [])]
    if not any(header):
        yield Broken(None, "is a table without a header")
    elif len(set(header)) < len(header):
        yield Broken(1, f"names a column twice: {', '.join(header)}")
    else:
        yield from _rows(lines, header, mark)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a table; bytes that are no UTF-8 become surrogates, which no row may hold."""
    while line := stream.readline(LINE_BYTES_MAX):
        yield line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _rows(lines: Iterator[str], header: list[str], mark: str) -> Iterator[Value | Broken]:
    cells = csv.reader(lines, delimiter=mark)
    while True:
        line = cells.line_num + 2  # the header is a line, too
        try:
            row = next(cells)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(line, f"is no row of a table: {error}")
            continue
        if len(row) > len(header):
            yield Broken(line, f"has {len(row)} cells, the header {len(header)}")
        elif record := {name: cell for name, cell in zip(header, row, strict=False) if name and cell}:
            try:
                yield Value(line, orjson.dumps(record))
            except orjson.JSONEncodeError:
                yield Broken(line, "is not UTF-8")
