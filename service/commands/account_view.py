"""What becomes of raw records before anything is sent: for `copydesk check --sample` and `copydesk feed --dry-run`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import msgspec

from service.commands.aligned import columns
from service.commands.shared import json_line, out, printable, say
from service.reading import SourceRecord
from service.settings import IntakeSettings

if TYPE_CHECKING:
    from service.intake.account import Account

VALUE_CHARS_SHOWN: Final = 70
LINES_SHOWN: Final = 12


def show_accounts(
    records: Iterable[SourceRecord], settings: IntakeSettings, *, as_json: bool
) -> tuple[int, int]:
    """Show what becomes of each record; return how many articles were read and how many would be dead letters."""
    from service.intake.account import accounts_of
    from service.pipeline.in_memory import raw_record

    read = dead = 0
    with _kernels_announced():
        for number, source in enumerate(records):
            for account in accounts_of(raw_record(number, source.value, key=source.key), settings):
                read += account.reason is None
                dead += account.reason is not None
                if as_json:
                    out(json_line(_as_object(source, account)))
                else:
                    _show(source, account)
    return read, dead


@contextmanager
def _kernels_announced() -> Iterator[None]:
    from service.compiled import drop_stale_once
    from service.pipeline.compiling import compiling_reported, in_words

    drop_stale_once()
    with compiling_reported(lambda counts, seconds: say(in_words(counts, seconds))):
        yield


def _as_object(source: SourceRecord, account: Account) -> dict[str, Any]:
    key = source.key.decode("utf-8", "replace") if source.key is not None else None
    place = {"source": printable(source.source_name), "line": source.line, "key": key}
    told: dict[str, Any] = msgspec.to_builtins(account)
    return {**place, "bytes": len(source.value), **told}


def _show(source: SourceRecord, account: Account) -> None:
    key = f", key {source.key.decode('utf-8', 'replace')}" if source.key is not None else ""
    out(printable(f"{source.source_name}:{source.line}  {len(source.value)} bytes{key}"))
    for line in columns(["field", "read from", "value"], list(_rows(account))):
        out(f"  {line}")
    out()


def _rows(account: Account) -> Iterator[tuple[str, str, str]]:
    if account.reason is not None:
        yield "-", "-", f"would be a dead letter: {account.reason}: {account.detail}"
        return
    if account.notice is not None:
        yield "(notice)", "-", f"{account.notice} of an article that was published before"
    if account.inside is not None:
        yield "(record)", account.inside, "the article stands inside; paths are those below it"
    for one in account.read:
        size = f"{len(one.value)} characters: " if one.field == "text" else ""
        yield one.field, one.path, f"{size}{_short(one.value)}"
    yield "", "", f"id from {account.id_why}"
    if account.missing:
        yield "(not found)", "-", ", ".join(account.missing)
    if account.extra:
        yield "(extra)", "-", _short(", ".join(account.extra), 4 * VALUE_CHARS_SHOWN)
    for dropped in account.dropped[:LINES_SHOWN]:
        yield "(dropped)", dropped.path, dropped.why
    for line in account.lines_dropped[:LINES_SHOWN]:
        yield "(dropped)", "text", _short(line)
    if account.repairs:
        yield "(repairs)", "-", ", ".join(account.repairs)


def _short(text: str, chars_max: int = VALUE_CHARS_SHOWN) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= chars_max else f"{shown[: chars_max - 4]} ..."
