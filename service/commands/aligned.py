"""Rows as aligned columns, in plain text: readable on a terminal, in a pipe and in an incident's notes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from service.commands.shared import printable


def columns(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return a line for the header and for each row, with columns of numbers aligned to the right.

    >>> columns(["stage", "count"], [["intake", 7], ["dedup", 12]])
    ['stage   count', 'intake      7', 'dedup      12']
    """
    shown = [[printable(str(cell)) for cell in row] for row in (header, *rows)]
    widths = [max(cell_len(row[at]) for row in shown) for at in range(len(header))]
    right = [bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(header))]
    return [
        "  ".join(
            _padded(cell, width, to_right) for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in shown
    ]


def _padded(cell: str, width: int, to_right: bool) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if to_right else cell + space
