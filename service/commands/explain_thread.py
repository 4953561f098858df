"""`copydesk explain THREAD`: which claims joined a thread, who reported them, and why each is in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from msgspec import structs
from rich.text import Text

from service.commands.shared import CommandFailed, console, json_line, out, printable, reach_broker
from service.records import ClaimThread, Enriched
from service.settings import Settings
from service.topics import ARTICLES_ENRICHED, CLAIM_THREADS, topic_name

if TYPE_CHECKING:
    from service.kafka.browsing import Found
    from service.threads.explaining import Bar, Side, Why

TEXT_CHARS_SHOWN: Final = 300
FIGURES_MARK: Final = "#"
"""Last character of the id of a thread of figures."""

_THREAD_ID: Final = re.compile(r"[0-9a-f]{32}#?")


class Step(NamedTuple):
    """A record of a thread, and what its claim is to claims of this or of another thread: (thread, claim, why)."""

    record: ClaimThread
    reasons: list[tuple[str, str, Why]]


def is_thread_id(name: str) -> bool:
    """Tell whether a name can be the id of a thread.

    >>> is_thread_id("0" * 32 + "#"), is_thread_id("story.txt")
    (True, False)
    """
    return _THREAD_ID.fullmatch(name) is not None


async def explain_thread(thread_id: str, settings: Settings, *, as_json: bool) -> None:
    """Print the history of a thread. Raises: CommandFailed, KafkaError."""
    await reach_broker(settings, CLAIM_THREADS)
    history = (await _records_of({thread_id}, settings))[thread_id]
    if not history:
        raise CommandFailed(
            f"{thread_id} is no thread on {CLAIM_THREADS}; one of a single article is not published"
        )
    linked = {other for record in history for other, _ in _links(record)}
    others = await _records_of(linked, settings) if linked else {}
    wanted = {claim for record in history for claim in _claims_of(record)}
    wanted |= {claim for records in others.values() for record in records for claim in _claims_of(record)}
    wanted |= {other.rstrip(FIGURES_MARK) for other in (thread_id, *linked)}
    sides = await _sides(wanted, settings, of_figures=thread_id.endswith(FIGURES_MARK))
    steps = _steps(history, others, sides)
    if as_json:
        out(json_line(_as_object(thread_id, steps, sides)))
    else:
        console().print(_page(thread_id, steps, sides), end="")


def _links(record: ClaimThread) -> Iterable[tuple[str, str]]:
    """Yield the threads that a record names, each with what they are to it."""
    yield from ((one.thread_id, "disputed") for one in record.disputes)
    yield from ((one, "denies") for one in record.denies)
    yield from ((one, "related") for one in record.related)


def _claims_of(record: ClaimThread) -> Iterable[str]:
    yield from filter(None, (record.claim and record.claim.claim_id, record.nearest))


async def _records_of(threads: set[str], settings: Settings) -> dict[str, list[ClaimThread]]:
    """Return the records of these threads in order; one that came twice counts once."""
    found: dict[str, dict[int, ClaimThread]] = {thread: {} for thread in threads}
    async for record in _existing(CLAIM_THREADS, settings):
        key = (record.key or b"").decode("utf-8", "replace")
        if key in found and record.value is not None:
            one = msgspec.json.decode(record.value, type=ClaimThread)
            found[key][one.sequence] = one
    return {thread: [one for _, one in sorted(records.items())] for thread, records in found.items()}


async def _existing(logical: str, settings: Settings) -> AsyncIterator[Found]:
    cluster = await reach_broker(settings, logical)

    from service.kafka.browsing import Browser
    from service.kafka.security import reader_options

    name = topic_name(settings, logical)
    async with Browser(reader_options(settings.kafka), name, cluster.partitions[name]) as browser:
        await browser.go_to_beginning()
        async for record in browser.existing():
            yield record


class Told(NamedTuple):
    """A claim as threads compares it, and its article."""

    side: Side
    enriched: Enriched


async def _sides(claims: set[str], settings: Settings, *, of_figures: bool) -> dict[str, Told]:
    """Find claims in the enriched articles that are still kept."""
    from service.threads.explaining import side_of

    any_of = re.compile(b"|".join(claim.encode() for claim in sorted(claims)))
    found: dict[str, Told] = {}
    async for record in _existing(ARTICLES_ENRICHED, settings):
        named = {claim.decode() for claim in any_of.findall(record.value or b"")}
        if not named:
            continue
        enriched = msgspec.json.decode(record.value or b"", type=Enriched)
        published = (enriched.published_at or "")[:10]
        day = date.fromisoformat(published).toordinal() if published else 0
        for claim in named:
            side = side_of(enriched, claim, of_figures=of_figures, day=day)
            if side is not None:
                found[claim] = Told(side, enriched)
    return found


def _steps(
    history: list[ClaimThread], others: dict[str, list[ClaimThread]], sides: dict[str, Told]
) -> list[Step]:
    steps: list[Step] = []
    known: set[str] = set()
    for record in history:
        reasons = []
        own = sides.get(record.claim.claim_id) if record.claim is not None else None
        if own is not None and record.nearest in sides and record.event in ("repeated", "variant"):
            why = _compared(own, sides[record.nearest], same_story="story" in record.by)
            reasons.append((record.thread_id, record.nearest, why))
        for other, _ in _links(record):
            if own is not None and other not in known:
                claims = [other.rstrip(FIGURES_MARK), *(c for one in others[other] for c in _claims_of(one))]
                reasons += _nearest(own, other, [claim for claim in claims if claim in sides], sides)
            known.add(other)
        steps.append(Step(record, reasons))
    return steps


def _nearest(own: Told, thread: str, claims: list[str], sides: dict[str, Told]) -> list[tuple[str, str, Why]]:
    """Return the claim of another thread with which this one has most to do, and why; nothing if none is kept."""
    compared = [
        (thread, claim, _compared(own, sides[claim], same_story=same_story))
        for claim in dict.fromkeys(claims)
        for same_story in (False, True)
    ]
    return [max(compared, key=lambda one: (one[2].verdict != "apart", one[2].sureness))] if compared else []


def _compared(later: Told, earlier: Told, *, same_story: bool) -> Why:
    from service.threads.explaining import explain_pair

    return explain_pair(later.side, earlier.side, same_story=same_story)


def _as_object(thread_id: str, steps: list[Step], sides: dict[str, Told]) -> dict[str, Any]:
    opener = sides.get(thread_id.rstrip(FIGURES_MARK))
    return {
        "thread_id": thread_id,
        "kind": steps[0].record.kind,
        "opened_by": None if opener is None else _who(opener),
        "records": [
            {
                **msgspec.to_builtins(step.record),
                "why": [
                    {
                        "thread_id": thread,
                        "claim_id": claim,
                        **structs_of(why),
                        "with": _who(sides[claim]),
                    }
                    for thread, claim, why in step.reasons
                ],
            }
            for step in steps
        ],
    }


def structs_of(why: Why) -> dict[str, Any]:
    """Return a reason as an object."""
    return {
        "verdict": why.verdict,
        "sureness": why.sureness,
        "rule": why.rule,
        "shared": list(why.shared),
        "figures": list(why.figures or ()),
        "bars": [
            {"name": bar.name, "value": bar.value, "at_most" if bar.at_most else "at_least": bar.needed}
            for bar in why.bars
        ],
    }


def _who(told: Told) -> dict[str, Any]:
    claim, enriched = told.side.claim, told.enriched
    return {
        "claim_id": claim.claim_id,
        "article_id": enriched.article_id,
        "source": enriched.source,
        "published_at": enriched.published_at,
        "speaker": claim.speaker.name if claim.speaker is not None else None,
        "text": claim.text,
    }


def _page(thread_id: str, steps: list[Step], sides: dict[str, Told]) -> Text:
    last = steps[-1].record
    page = Text()
    page.append(f"{last.kind} {thread_id}\n", "bold")
    page.append(
        f"{_count(last.articles, 'article')}, {_count(last.reports, 'independent report')}", "bold yellow"
    )
    named = ", ".join(printable(f"{one.name} ({one.articles})") for one in last.sources)
    page.append(f"; goes back to {named or 'no speaker that is named'}\n")
    opener = sides.get(thread_id.rstrip(FIGURES_MARK))
    page.append("\nopened\n", "bold")
    if opener is None:
        page.append("  by a claim whose article is no longer kept\n", "dim")
    else:
        _add_who(page, _who(opener))
    for step in steps:
        _add_step(page, step, sides)
    return page


def _add_step(page: Text, step: Step, sides: dict[str, Told]) -> None:
    record = step.record
    page.append(f"\n{record.sequence}  {record.event}\n", "bold")
    claim = record.claim
    if claim is None:
        page.append(f"  claims of {printable(record.article_id)} are withdrawn\n")
        return
    _add_who(page, {**structs.asdict(claim), "source": claim.source or claim.reported_by})
    if claim.reported_by and claim.reported_by != claim.source:
        page.append(f"  origin: {printable(claim.reported_by)}\n", "dim")
    for thread, other, why in step.reasons:
        _add_why(page, why, thread if thread != record.thread_id else "", _who(sides[other]))
    if not step.reasons:
        page.append("  the articles compared are no longer kept\n", "dim")
    if record.added:
        page.append(f"  adds: {printable(', '.join(record.added))}\n", "green")


def _add_why(page: Text, why: Why, thread: str, other: dict[str, Any]) -> None:
    verdict = {"apart": "apart by the rules of this version", "same": "same"}.get(why.verdict, why.verdict)
    page.append(f"  {verdict}", "bold yellow")
    page.append(f" ({why.sureness:.2f}) as ")
    page.append(f"{thread + ', ' if thread else ''}{printable(other['article_id'])}")
    page.append(f": {why.rule}\n")
    if why.figures:
        page.append(f"  figures: {printable(why.figures[0])} beside {printable(why.figures[1])}\n", "yellow")
    page.append(f"  shares: {printable(', '.join(why.shared)) or 'no word'}\n", "green")
    if why.bars:
        page.append(f"  {'; '.join(map(_bar, why.bars))}\n", "dim")


def _add_who(page: Text, who: dict[str, Any]) -> None:
    parts = (who["source"], (who["published_at"] or "")[:10], who["article_id"])
    page.append(f"  {printable(' · '.join(part for part in parts if part))}\n", "dim")
    page.append("  ")
    if who["speaker"]:
        page.append(f"{printable(who['speaker'])}: ", "bold")
    text = printable(" ".join(who["text"].split()))
    page.append(text if len(text) <= TEXT_CHARS_SHOWN else f"{text[:TEXT_CHARS_SHOWN]} ...").append("\n")


def _bar(bar: Bar) -> str:
    """Write a measure beside what the rule asks for: "words in a row 12 (at least 6)"."""
    ask = "at most" if bar.at_most else "at least"
    if bar.name.startswith("share"):
        return f"{bar.name} {bar.value:.0%} ({ask} {bar.needed:.0%})"
    return f"{bar.name} {bar.value:.4g} ({ask} {bar.needed:.4g})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
