"""What the demo prints: a line per answer as it comes, and the tables at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from rich import box
from rich.table import Table
from rich.text import Text

from service.commands.demo.tally import Answer, Place, SetAside, Tally
from service.commands.shared import printable
from service.records import Claim, ClaimThread, Duplicate, Enriched, Quantity
from service.samples import Sample
from service.spelt import quantity_in_words
from service.topics import CLAIMS

COLOURS: Final = {"enriched": "green", "duplicate": "yellow", "dead": "red"}
CLAIMS_ON_A_PAGE: Final = 20
CLAIM_CHARS_MAX: Final = 160
THREADS_ON_A_PAGE: Final = 6


def answer_line(sample: Sample, answer: Answer) -> Text:
    """Describe an answer: `harbour     duplicate  near_duplicate .93 of cp-0303-harbour    reprinted: ...`."""
    kind, finding = _in_short(answer)
    line = Text(f"{sample.slug:<10} ")
    line.append(f"{kind:<10}", COLOURS[kind])
    line.append(f"{printable(finding):<46} ")
    line.append(printable(sample.note), "dim")
    return line


def _in_short(answer: Answer) -> tuple[str, str]:
    if isinstance(answer, SetAside):
        return "dead", answer.reason
    if isinstance(answer, Duplicate):
        share = "" if answer.relation == "exact" else f" {answer.similarity:.2f}"
        return "duplicate", f"{answer.relation}{share} of {_short(answer.duplicate_of)}"
    return "enriched", f"{relation_of(answer)}, {_counted(len(answer.claims), 'claim')}"


def relation_of(article: Enriched) -> str:
    """Describe an article that went on: new, revision 2, contains ..., overlaps ..."""
    if article.dedup.status == "revision":
        return f"revision {article.dedup.revision}"
    if article.dedup.related:
        first = article.dedup.related[0]
        return f"{first.relation} {_short(first.article_id)}"
    return "new"


def repeats_table(tally: Tally) -> Table:
    """Show which article repeats which: duplicates first, then articles of which a part was known."""
    names = _names(tally)
    table = Table(title="Who duplicates whom", box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for column in ("article", "is", "of"):
        table.add_column(column, overflow="fold")
    for column in ("similarity", "containment", "novelty"):
        table.add_column(column, justify="right")
    duplicates = [answer for answer in tally.answers.values() if isinstance(answer, Duplicate)]
    for copy in duplicates:
        shares = (f"{copy.similarity:.0%}", f"{copy.containment:.0%}", f"{copy.novelty:.0%}")
        _add_row(table, _name(copy), copy.relation, names.get(copy.duplicate_of, copy.duplicate_of), *shares)
    table.add_section()
    for article in (answer for answer in tally.answers.values() if isinstance(answer, Enriched)):
        note = article.dedup
        if note.status == "revision":
            _add_row(
                table, _name(article), f"revision {note.revision}", _short(article.article_id), "", "", ""
            )
        for related in note.related:
            shares = (f"{related.similarity:.0%}", f"{related.containment:.0%}", f"{note.novelty:.0%}")
            of = names.get(related.article_id, related.article_id)
            _add_row(table, _name(article), related.relation, of, *shares)
    return table


def claims_table(tally: Tally) -> Table:
    """Show one page of claims: the richest of every article, quotations with speaker and figures first."""
    names = _names(tally)
    chosen = _choose(tally.claims, CLAIMS_ON_A_PAGE)
    title = f"{len(chosen)} of {len(tally.claims)} claims"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("speaker", style="cyan", max_width=26)
    table.add_column("kind")
    table.add_column("claim", ratio=1)
    table.add_column("figures", style="magenta", max_width=24)
    table.add_column("article", style="dim", max_width=24)
    for claim in chosen:
        figures = "\n".join(map(figure_in_words, claim.quantities))
        article = names.get(claim.article_id, claim.article_id)
        _add_row(table, _speaker(claim), claim.kind, _cut(" … ".join(_pieces(claim))), figures, article)
    return table


def _choose(claims: Sequence[Claim], most: int) -> list[Claim]:
    """Choose the richest claim of each article, then the second richest, until the page is full."""
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article_id, []).append(claim)
    for own in by_article.values():
        own.sort(key=_richness, reverse=True)
    ranked = [(rank, own[rank]) for own in by_article.values() for rank in range(len(own))]
    ranked.sort(key=lambda pair: pair[0])
    chosen = {id(claim) for _, claim in ranked[:most]}
    return [claim for own in by_article.values() for claim in own if id(claim) in chosen]


def _richness(claim: Claim) -> tuple[bool, bool, float, str]:
    """Rank a claim: a named speaker and a figure come first. The id breaks ties."""
    return claim.speaker is not None, bool(claim.quantities), claim.confidence, claim.claim_id


def figure_in_words(quantity: Quantity) -> str:
    """Show a figure as it was understood.

    >>> figure_in_words(Quantity(0, 12, "over $2.5bn", 2.5e9, currency="USD", comparator="over"))
    'over 2,500,000,000 USD'
    """
    arrow = {"up": "↑", "down": "↓"}.get(quantity.change or "", "")
    return printable(f"{quantity_in_words(msgspec.to_builtins(quantity))} {arrow}".strip())


def summary_table(tally: Tally) -> Table:
    """Show how many records each topic has."""
    table = Table(title="Summary", box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("topic")
    table.add_column("records", justify="right")
    table.add_column("of which")
    _add_row(table, "articles.raw", str(len(tally.fed)), "fed")
    answers = list(tally.answers.values())
    enriched = Counter(relation_of(a).split()[0] for a in answers if isinstance(a, Enriched))
    duplicates = Counter(str(a.relation) for a in answers if isinstance(a, Duplicate))
    dead = Counter(a.reason for a in answers if isinstance(a, SetAside))
    for topic, kinds in (
        ("articles.enriched", enriched),
        ("articles.duplicates", duplicates),
        ("articles.dead", dead),
    ):
        _add_row(table, topic, str(tally.count(topic)), _listed(kinds))
    _add_row(
        table, "claims", str(tally.count(CLAIMS)), _listed(Counter(claim.kind for claim in tally.claims))
    )
    if tally.repeated:
        _add_row(table, "(repeated)", str(tally.repeated), "deliveries of a record already counted, by ce_id")
    return table


def threads_table(tally: Tally) -> Table:
    """Show threads that several papers report by themselves; figures in dispute come first."""
    told = [thread for thread in tally.threads.values() if thread.reports > 1 or thread.disputes]
    disputed = {one.thread_id for thread in told for one in thread.disputes}
    kinds = ("quotation", "figure", "statement")
    told.sort(
        key=lambda one: (
            not one.disputes,
            one.thread_id not in disputed,
            -one.reports,
            kinds.index(one.kind),
            one.thread_id,
        )
    )
    values = {thread: _value(record) for thread, record in tally.threads.items()}
    title = f"Claims in several articles: {min(len(told), THREADS_ON_A_PAGE)} of {len(tally.threads)} threads"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("thread")
    table.add_column("claim", ratio=1)
    table.add_column("reports", justify="right")
    table.add_column("goes back to", style="cyan", max_width=26)
    table.add_column("disputed", style="magenta", max_width=40)
    for thread in told[:THREADS_ON_A_PAGE]:
        sources = printable("\n".join(one.name for one in thread.sources))
        disputes = "\n".join(
            f"{_value(thread)} against {values.get(one.thread_id) or f'{one.value:g}'}: {', '.join(one.reasons)}"
            for one in thread.disputes
        )
        text = _cut(thread.claim.text) if thread.claim is not None else "(withdrawn)"
        _add_row(table, thread.kind, text, str(thread.reports), sources, printable(disputes))
    return table


def _value(thread: ClaimThread) -> str:
    return thread.figure.text if thread.figure is not None else ""


def unanswered_lines(tally: Tally, samples: Mapping[Place, Sample]) -> Iterable[str]:
    """List the records without an answer, for the case that the sum does not hold."""
    for place in tally.unanswered():
        sample = samples.get(place)
        known = f"{sample.slug} ({sample.note})" if sample else "a record the demo did not feed"
        yield f"no answer to articles.raw partition {place[0]} offset {place[1]}: {known}"


def _add_row(table: Table, *cells: str) -> None:
    """Add a row of plain cells: rich would read "[bold]" in a text as a command."""
    table.add_row(*map(Text, cells))


def _names(tally: Tally) -> dict[str, str]:
    """Map article ids to the first headline and paper seen for each."""
    names: dict[str, str] = {}
    for answer in tally.answers.values():
        if isinstance(answer, Enriched):
            names.setdefault(answer.article_id, _name(answer))
    return names


def _name(article: Enriched | Duplicate) -> str:
    title = article.title or _short(article.article_id)
    return printable(f"{title} ({article.source})" if article.source else title)


def _speaker(claim: Claim) -> str:
    if claim.speaker is None:
        return ""
    name = claim.speaker.name or claim.speaker.text
    return printable(f"{name}, {claim.speaker.role}" if claim.speaker.role else name)


def _pieces(claim: Claim) -> list[str]:
    """Return the words of a claim without the attribution between them."""
    return [claim.text[piece.start - claim.start : piece.end - claim.start] for piece in claim.segments]


def _cut(text: str) -> str:
    flat = printable(" ".join(text.split()))
    return flat if len(flat) <= CLAIM_CHARS_MAX else flat[: CLAIM_CHARS_MAX - 1].rstrip() + "…"


def _short(article_id: str) -> str:
    """Shorten an id that is a hash: its beginning is enough to follow a line."""
    return printable(article_id if len(article_id) <= 20 else article_id[:17] + "…")


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(
        f"{kind} {number}" for kind, number in sorted(kinds.items(), key=lambda kv: (-kv[1], kv[0]))
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
