"""`copydesk explain A B`: what two articles share, what dedup calls the later one, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer
from rich.text import Text

from service.commands.explain_thread import explain_thread, is_thread_id
from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    console,
    json_line,
    out,
    printable,
    reach_broker,
    read_settings,
)
from service.reading import SUFFIXES, Unreadable, read_articles
from service.settings import Settings
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED, topic_name

if TYPE_CHECKING:
    from service.dedup.explain import Explanation
    from service.desk.shown_facts import ShownFact
    from service.records import Article, Origin, RawRecord

PASSAGES_SHOWN: Final = 20
PASSAGE_CHARS_SHOWN: Final = 300

FirstArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE|ID|THREAD",
        help="A file with one article (.txt, .json, .jsonl), the id of one that went through, or of a thread.",
        show_default=False,
    ),
]
SecondArgument = Annotated[
    str | None,
    typer.Argument(metavar="[FILE|ID]", help="The later article; none for a thread.", show_default=False),
]


async def explain(
    first: FirstArgument,
    second: SecondArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Compare two articles, the earlier one first: shares each way, the passages they share, the verdict and why.

    With the id of a thread alone: which claims joined it, who reported them, and why each is in it.

    Files are cleaned as intake would clean them. Ids are looked up in the outputs on the broker; of an article that
    was called a duplicate the raw record is read again. Shares are exact; the verdict's estimates are beside them.
    """
    from service.compiled import drop_stale_once

    settings = read_settings(config, assignments)
    drop_stale_once()
    if second is None:
        if not is_thread_id(first):
            raise CommandFailed(f"{first} is no id of a thread; to compare two articles, name both")
        await explain_thread(first, settings, as_json=as_json)
        return
    one, other = [await _article(name, settings) for name in (first, second)]

    from service.dedup.explain import explain as compare

    told = compare(one.text, other.text, (one.title, other.title), (one.notice, other.notice))
    if as_json:
        out(json_line(_as_object(one, other, told)))
    else:
        console().print(_page(one, other, told), end="")


async def _article(name: str, settings: Settings) -> Article:
    return _from_file(name, settings) if _is_file(name) else await _from_broker(name, settings)


def _is_file(name: str) -> bool:
    return name.endswith(SUFFIXES) or Path(name).exists()


def _from_file(path: str, settings: Settings) -> Article:
    from service.pipeline.in_memory import raw_record

    unread: list[Unreadable] = []
    source = next(read_articles([path], unread.append), None)
    if source is None:
        raise CommandFailed(str(unread[0]) if unread else f"{path} holds no article")
    return _read(raw_record(0, source.value, key=source.key), path, settings)


def _read(record: RawRecord, name: str, settings: Settings) -> Article:
    from service.intake.article import read_article
    from service.records import Rejected

    try:
        return read_article(record, settings.intake)
    except Rejected as why:
        raise CommandFailed(f"{name} would be a dead letter: {why}") from None


async def _from_broker(article_id: str, settings: Settings) -> Article:
    """Read an article from its raw record, wherever it went."""
    from service.records import Origin

    for logical in (ARTICLES_ENRICHED, ARTICLES_DUPLICATES):
        value = await _last_record(article_id, logical, settings)
        if value is None:
            continue
        origin = msgspec.convert(value["origin"], Origin)
        article = await article_at(origin, settings, article_id)
        if article is not None:
            return article
        raise CommandFailed(
            f"the raw record of {article_id} is no longer kept ({origin.topic}-{origin.partition}-{origin.offset})"
        )
    raise CommandFailed(
        f"{article_id} is neither a file nor an id on {ARTICLES_ENRICHED} or {ARTICLES_DUPLICATES}"
    )


async def article_at(origin: Origin, settings: Settings, name: str = "it") -> Article | None:
    """Read the article of a raw record as intake does; None where the record is no longer kept.

    Raises: CommandFailed, KafkaError.
    """
    await reach_broker(settings)

    from service.kafka.originals import KafkaOriginals
    from service.kafka.security import reader_options
    from service.pipeline.on_kafka import FRAME_BYTES

    originals = KafkaOriginals(reader_options(settings.kafka), settings.topics.output_bytes_max + FRAME_BYTES)
    record = await originals.fetch(origin)
    return None if record is None else _read(record, name, settings)


async def _last_record(article_id: str, logical: str, settings: Settings) -> dict[str, Any] | None:
    """Return the value of the newest record of a topic under this key; None if there is no such record."""
    cluster = await reach_broker(settings, logical)

    from service.kafka.browsing import Browser
    from service.kafka.security import reader_options

    name, found = topic_name(settings, logical), None
    async with Browser(reader_options(settings.kafka), name, cluster.partitions[name]) as browser:
        await browser.go_to_beginning()
        async for record in browser.existing():
            if record.key == article_id.encode() and record.value is not None:
                found = record.value
    return None if found is None else msgspec.json.decode(found, type=dict[str, Any])


def _as_object(one: Article, other: Article, told: Explanation) -> dict[str, Any]:
    verdict = told.verdict
    return {
        "first": one.article_id,
        "second": other.article_id,
        "relation": None if verdict.relation is None else verdict.relation.value,
        "why": told.why,
        "similarity": told.similarity,
        "first_in_second": told.first_in_second,
        "second_in_first": told.second_in_first,
        "estimated": {
            "similarity": verdict.similarity,
            "containment": verdict.containment,
            "coverage": verdict.coverage,
            "novelty": verdict.novelty,
            "sample_size": verdict.sample_size,
        },
        "facts": [fact._asdict() for fact in _facts(other, told)],
        "denials_gone": [fact._asdict() for fact in _denials_gone(one, told)],
        "passages": [
            {
                "words": passage.words,
                "first": {"start": passage.first.start, "end": passage.first.end},
                "second": {"start": passage.second.start, "end": passage.second.end},
                "text": other.text[passage.second.start : passage.second.end],
            }
            for passage in told.passages
        ],
    }


def _page(one: Article, other: Article, told: Explanation) -> Text:
    relation = told.verdict.relation
    page = Text()
    page.append(f"{_name(other)}\n", "bold")
    page.append("is ", "dim").append(relation.value if relation else "the same record", "bold yellow")
    page.append("  beside the earlier  ", "dim").append(f"{_name(one)}\n", "bold")
    page.append(f"{told.why}\n\n")
    verdict = told.verdict
    rows = (
        ("of the second in the first", told.second_in_first, verdict.containment),
        ("of the first in the second", told.first_in_second, verdict.coverage),
        ("of both together (Jaccard)", told.similarity, verdict.similarity),
    )
    page.append(f"{'shared runs of four words':30s}{'exactly':>9s}{'estimated':>11s}\n", "dim")
    for label, exact, estimated in rows:
        page.append(f"{label:30s}{exact:9.1%}{estimated:11.1%}\n")
    _add_facts(page, "the second has, the first has not", _facts(other, told))
    _add_facts(page, "the first has, the second has not", _denials_gone(one, told))
    count = len(told.passages)
    page.append(f"\n{count} shared passage{'s' if count != 1 else ''}, in the order of the second\n", "dim")
    longest = sorted(told.passages, key=lambda passage: -passage.words)[:PASSAGES_SHOWN]
    for passage in sorted(longest, key=lambda passage: passage.second.start):
        text = other.text[passage.second.start : passage.second.end]
        page.append(f"{passage.words:5d} words  ", "dim")
        page.append(
            f"{passage.first.start}-{passage.first.end} = {passage.second.start}-{passage.second.end}\n",
            "dim",
        )
        page.append(f"      {_short(text)}\n", "green")
    left = count - len(longest)
    if left:
        page.append(f"      and {left} shorter ones; --json has all\n", "dim")
    return page


def _add_facts(page: Text, heading: str, facts: list[ShownFact]) -> None:
    if facts:
        page.append(f"\n{heading}\n", "dim")
    for fact in facts:
        page.append(f"{fact.kind:9s}{fact.where:6s}{fact.start}-{fact.end}  ", "dim")
        page.append(f"{_short(fact.text)}\n", "yellow")


def _facts(other: Article, told: Explanation) -> list[ShownFact]:
    from service.desk.shown_facts import shown_facts

    return shown_facts(other.title, other.text, told.facts, is_notice=other.notice is not None)


def _denials_gone(one: Article, told: Explanation) -> list[ShownFact]:
    from service.desk.shown_facts import shown_facts

    return shown_facts(one.title, one.text, told.denials_gone, is_notice=False)


def _name(article: Article) -> str:
    title = f" ({printable(article.title)[:80]})" if article.title else ""
    return f"{printable(article.article_id)}{title}"


def _short(text: str) -> str:
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= PASSAGE_CHARS_SHOWN else f"{shown[:PASSAGE_CHARS_SHOWN]} ..."
