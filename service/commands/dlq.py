"""List the records that were set aside, look at one, or send them back."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.commands.aligned import columns
from service.commands.feed.course import LISTED_MAX
from service.commands.filters import since_moment
from service.commands.options import RateOption, ReasonOption, StageOption
from service.commands.progress import progress
from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    printable,
    reach_broker,
    read_settings,
    say,
)
from service.commands.tail import SinceOption, as_object
from service.exit_codes import ExitCode
from service.settings import Settings
from service.topics import ARTICLES_DEAD, ARTICLES_RAW, topic_name

if TYPE_CHECKING:
    from service.commands.dlq_selection import Place, Replayable, Wanted
    from service.kafka.browsing import Browser, Found
    from service.kafka.delivery import Tally

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be sent; send nothing.")]


async def list_(
    reason: ReasonOption = None,
    stage: StageOption = None,
    since: SinceOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Number of records to show, the last ones.")
    ] = 20,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Count dead letters by stage and reason, then show the last ones.

    A record that was sent back and failed again counts once, by its last dead letter. With --json the first line is
    the summary, then one object for each record.
    """
    settings = read_settings(config, assignments)

    from service.commands.dlq_selection import Wanted, identity_of, replaced_by
    from service.line import dead_letter_headers as dlq

    wanted, since_ms = Wanted(reason or (), stage or ()), since_moment(since)
    counts: Counter[tuple[str, str]] = Counter()
    last: deque[dict[str, Any]] = deque(maxlen=limit)
    async with _dead_letters(settings) as browser:
        replaced = {by async for letter in _since(browser, since_ms) if (by := replaced_by(letter))}
        async for letter in _since(browser, since_ms):
            if identity_of(letter) not in replaced and wanted.takes(letter):
                counts[letter.header(dlq.STAGE) or "?", letter.header(dlq.REASON) or "?"] += 1
                last.append(_entry(letter))
    _show_list(counts, list(last), as_json)


def _entry(letter: Found) -> dict[str, Any]:
    """Return what `list` shows of a dead letter; not its value, which may have 2 MiB."""
    from service.line import dead_letter_headers as dlq
    from service.line.codec import rfc3339
    from service.line.show import shown_bytes

    return {
        "place": letter.place,
        "timestamp": rfc3339(letter.timestamp_ms) if letter.timestamp_ms is not None else None,
        "stage": letter.header(dlq.STAGE),
        "reason": letter.header(dlq.REASON),
        "message": letter.header(dlq.MESSAGE),
        "origin": "-".join(letter.header(name) or "?" for name in (dlq.TOPIC, dlq.PARTITION, dlq.OFFSET)),
        "replays": dlq.replays_of(letter.headers),
        "key": shown_bytes(letter.key),
        "bytes": len(letter.value or b""),
    }


def _show_list(counts: Counter[tuple[str, str]], entries: list[dict[str, Any]], as_json: bool) -> None:
    total = counts.total()
    if as_json:
        summary = [{"stage": s, "reason": r, "count": count} for (s, r), count in counts.most_common()]
        for record in ({"total": total, "summary": summary}, *entries):
            out(json_line(record))
        return
    if not total:
        say("no dead letters")
        return
    rows = [(s, r, count) for (s, r), count in counts.most_common()]
    for line in columns(["stage", "reason", "count"], [*rows, ("all", "", total)]):
        out(line)
    if entries:
        shown = ("place", "stage", "reason", "bytes", "replays", "key", "message")
        out()
        for line in columns(shown, [[_short(entry[name]) for name in shown] for entry in entries]):
            out(line)


def _short(cell: Any) -> Any:
    return cell if isinstance(cell, int) else str(cell if cell is not None else "-")[:100]


async def show(
    place: Annotated[str, typer.Argument(metavar="TOPIC-PARTITION-OFFSET", help="As `dlq list` names it.")],
    value: Annotated[bool, typer.Option("--value", help="Only the original bytes, exactly.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Show one record: its headers, and the bytes as they were fed."""
    settings = read_settings(config, assignments)

    from service.commands.dlq_selection import parse_place

    name = topic_name(settings, ARTICLES_DEAD)
    partition, offset = parse_place(place, name)
    async with _dead_letters(settings) as browser:
        letter = await browser.at(partition, offset)
    if letter is None:
        raise CommandFailed(f"there is no record at {name}-{partition}-{offset}")
    if value:
        sys.stdout.buffer.write(letter.value or b"")
        sys.stdout.buffer.flush()
    elif as_json:
        out(json_line(as_object(letter)))
    else:
        _show_letter(letter)


def _show_letter(letter: Found) -> None:
    from service.commands.tail import place_of

    out(place_of(letter))
    out(
        printable(
            "key: " + (letter.key.decode("utf-8", "backslashreplace") if letter.key is not None else "none")
        )
    )
    for name, text in letter.headers:
        out(printable(f"{name}: {(text or b'').decode('utf-8', 'backslashreplace')}"))
    out()
    for line in (letter.value or b"").decode("utf-8", "backslashreplace").split("\n"):
        out(printable(line))


async def replay(
    reason: ReasonOption = None,
    stage: StageOption = None,
    since: SinceOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Maximum number to send, the oldest first.")
    ] = None,
    rate: RateOption = 0.0,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Send records back to the raw topic: original key, value and headers, as new arrivals.

    Each carries how often it went back, and stays where it is after dead_letters.replays_max times. One that was
    sent back and read since then becomes an exact duplicate when it is sent once more. Ends with 1 when one was not
    delivered.
    """
    settings = read_settings(config, assignments)

    from service.commands.dlq_selection import Wanted

    def report(replayable: Replayable, chosen: int, tally: Tally) -> None:
        _report(replayable, chosen, tally, dry_run, as_json)

    _, _, tally = await sent_back(
        settings,
        Wanted(reason or (), stage or ()),
        since_ms=since_moment(since),
        limit=limit,
        rate=rate,
        dry_run=dry_run,
        report=report,
    )
    if tally.undelivered:
        raise CommandFailed(f"{len(tally.undelivered)} not delivered")


async def sent_back(
    settings: Settings,
    wanted: Wanted,
    *,
    since_ms: int | None = None,
    limit: int | None = None,
    rate: float = 0.0,
    dry_run: bool = False,
    report: Callable[[Replayable, int, Tally], None] = lambda *_: None,
) -> tuple[Replayable, int, Tally]:
    """Send dead letters back, or only choose them; return what was looked at, how many were chosen, and what arrived.

    `report` is told the same, even when sending fails. Raises: CommandFailed, KafkaError.
    """
    from service.commands.dlq_selection import Replayable
    from service.kafka.delivery import Tally

    replayable = Replayable(topic_name(settings, ARTICLES_RAW), settings.dead_letters.replays_max, wanted)
    async with _dead_letters(settings) as browser:
        async for letter in _since(browser, since_ms):
            replayable.look_at(letter)
        chosen = replayable.chosen(limit)
        tally = Tally()
        try:
            if chosen and not dry_run:
                await _send_back(settings, browser, since_ms, chosen, rate, tally)
        finally:
            report(replayable, len(chosen), tally)
    return replayable, len(chosen), tally


async def _send_back(
    settings: Settings, browser: Browser, since_ms: int | None, chosen: set[Place], rate: float, tally: Tally
) -> None:
    from service.kafka.delivery import Delivery, Stalled
    from service.kafka.security import client_options
    from service.line.dead_letter_headers import replay_headers

    raw = topic_name(settings, ARTICLES_RAW)
    delivery = Delivery(client_options(settings.kafka), raw, settings.topics.raw_bytes_max, rate, tally)
    try:
        async with delivery:
            with progress("sending back", len(chosen)) as advance:
                async for letter in _since(browser, since_ms):
                    if (letter.partition, letter.offset) in chosen:
                        headers = replay_headers(letter.headers, letter.place)
                        await delivery.send(letter.place, letter.key, letter.value, headers)
                        advance(tally.sent, len(chosen))
    except Stalled:
        raise CommandFailed("the broker stopped answering", ExitCode.UNAVAILABLE) from None


def _report(replayable: Replayable, chosen: int, tally: Tally, dry_run: bool, as_json: bool) -> None:
    left = dict(replayable.left)
    if as_json:
        undelivered = [{"place": record.place, "why": record.why} for record in tally.undelivered]
        counts = {"chosen": chosen, "delivered": tally.delivered, "undelivered": undelivered, "left": left}
        out(json_line({"topic": replayable.raw_topic, **counts}))
        return
    say(*(f"{record.place}: {record.why}" for record in tally.undelivered[:LISTED_MAX]))
    say(*(f"{count} stay: they {why}" for why, count in left.items()))
    verb = f"{chosen} would go" if dry_run else f"{tally.delivered} of {chosen} went"
    say(f"{verb} back to {replayable.raw_topic}")


@asynccontextmanager
async def _dead_letters(settings: Settings) -> AsyncIterator[Browser]:
    cluster = await reach_broker(settings, ARTICLES_DEAD, ARTICLES_RAW)

    from service.kafka.browsing import Browser
    from service.kafka.security import reader_options

    name = topic_name(settings, ARTICLES_DEAD)
    async with Browser(reader_options(settings.kafka), name, cluster.partitions[name]) as browser:
        yield browser


async def _since(browser: Browser, since_ms: int | None) -> AsyncIterator[Found]:
    if since_ms is None:
        await browser.go_to_beginning()
    else:
        await browser.go_to_time(since_ms)
    async for letter in browser.existing():
        yield letter


VERBS = (list_, show, replay)
