"""A progress bar on stderr; nothing where stderr is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.commands.shared import console


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int, int | None], None]]:
    """Yield a function to call once per record: how far it is of `total`, and how many records there are in all.

    Without `total` it only counts.
    """
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    terminal = console(errors=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[records]:,} of about {task.fields[records_total]} records"),
    )
    with Progress(
        *columns, TimeElapsedColumn(), console=terminal, transient=True, disable=not terminal.is_terminal
    ) as bar:
        task = bar.add_task(what, total=total, records=0, records_total="?")
        records = 0

        def advance(so_far: int, records_total: int | None) -> None:
            nonlocal records
            records += 1
            shown = "?" if records_total is None else f"{records_total:,}"
            bar.update(task, completed=so_far, records=records, records_total=shown)

        yield advance
