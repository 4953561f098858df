"""Show records to a person. Everything that came from outside passes through `printable` first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final, Protocol

from rich.console import Console
from rich.text import Text

from service.commands.filters import parsed
from service.commands.shared import console, printable
from service.line import dead_letter_headers as dlq
from service.spelt import date_in_words, quantity_in_words
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIM_THREADS,
    CLAIMS,
    STORIES,
)

EXCERPT_CHARS: Final = 240
"""Maximum characters shown of a text."""

NAME_CHARS: Final = 160
"""Maximum characters shown of an id, source or title."""

COLOURS: Final = {
    "new": "bold green",
    "revision": "bold cyan",
    "exact": "bold yellow",
    "near_duplicate": "bold yellow",
    "part_of": "bold yellow",
    "quote": "bold blue",
    "statement": "bold magenta",
    "figure": "bold cyan",
    "quotation": "bold blue",
}


class Record(Protocol):
    """Name what is shown of a record, on its way or found in a topic."""

    @property
    def topic(self) -> str: ...

    @property
    def key(self) -> bytes | None: ...

    @property
    def value(self) -> bytes | None: ...

    @property
    def headers(self) -> Iterable[tuple[str, bytes]]: ...


def render(record: Record, topic: str | None = None, place: str = "") -> str:
    """Describe the record in some lines, with an empty line behind.

    `topic` is the logical topic where `record.topic` has a prefix; `place` is put at the end of the first line.
    """
    first, *rest = PAGES[topic or record.topic](record)
    lines = [_spaced(first, (printable(place), "dim")) if place else first, *rest]
    return on_terminal(Text("\n").join([*lines, Text("")]))


def on_terminal(page: Text) -> str:
    """Return the page for stdout: on a terminal with its lines broken between words, and colours if it takes them."""
    if not _terminal().is_terminal:
        return page.plain
    with _terminal().capture() as captured:
        _terminal().print(_without_colours(page) if not has_colours() else page, end="")
    return captured.get()


def _without_colours(page: Text) -> Text:
    return Text(page.plain)


def has_colours() -> bool:
    """Return whether stdout is a terminal that shows colours, and NO_COLOR does not forbid them."""
    return _terminal().is_terminal and _terminal().color_system is not None and not _terminal().no_color


@cache
def _terminal() -> Console:
    return console()


def _enriched(record: Record) -> list[Text]:
    value = _object(record)
    *heading, notes = summary(value)
    return [*heading, _indented(_excerpt(value.get("text"))), notes]


def summary(value: dict[str, Any]) -> list[Text]:
    """Describe an enriched article without its text: status, title, what dedup and enrich found."""
    note = _part(value, "dedup")
    status = _name(note.get("status"))
    revision = f"revision {note.get('revision')}" if status == "revision" else status
    lines = [_heading(value, status, revision), *_title(value)]
    notes = [_counted(value.get("claims"), "claim")]
    notes += [_related(other) for other in _objects(note.get("related"))]
    if _percent(note.get("novelty")) not in ("", "100 %"):
        notes.append(f"{_percent(note.get('novelty'))} new")
    if isinstance(value.get("read_until"), int):
        notes.append(f"read to character {value['read_until']:,} only")
    if value.get("claims_left_out"):
        notes.append(f"{value['claims_left_out']:,} claims left out")
    return [*lines, _indented(" · ".join(notes), "dim")]


def _related(other: dict[str, Any]) -> str:
    relation, article_id = _name(other.get("relation")), _name(other.get("article_id"))
    return f"{relation} {article_id} ({_percent(other.get('containment'))} of this)"


def _claim(record: Record) -> list[Text]:
    value = _object(record)
    kind = _name(value.get("kind"))
    speaker = _part(value, "speaker")
    name = _name(speaker.get("name") or speaker.get("text"))
    role = _name(speaker.get("role"))
    said = Text("  ")
    if name:
        said.append(name, "bold").append(f", {role}: " if role and role != name else ": ")
    text = _excerpt(value.get("text"), EXCERPT_CHARS * 2)
    said.append(f"“{text}”" if kind == "quote" else text)
    return [_heading(value, kind, kind), said, _indented(" · ".join(notes_of(value)), "dim")]


def notes_of(claim: dict[str, Any]) -> list[str]:
    """List figures, dates, flags and confidence of a claim."""
    notes = [_name(quantity_in_words(quantity)) for quantity in _objects(claim.get("quantities"))]
    notes += [_name(date_in_words(date)) for date in _objects(claim.get("dates"))]
    notes += [word for word in ("negated", "hedged") if claim.get(word) is True]
    return [*notes, f"confidence {_percent(claim.get('confidence'))}"]


def _duplicate(record: Record) -> list[Text]:
    value = _object(record)
    relation = _name(value.get("relation"))
    shares = (
        f"similarity {_percent(value.get('similarity'))}, {_percent(value.get('containment'))} of it in there"
    )
    lines = [_heading(value, relation, relation.replace("_", " "))]
    lines += _title(value)
    return [*lines, _indented(f"of {_name(value.get('duplicate_of'))}: {shares}", "dim")]


def _dead(record: Record) -> list[Text]:
    def header(name: str) -> str:
        return _name(dlq.header_text(record.headers, name))

    origin = f"{header(dlq.TOPIC)}-{header(dlq.PARTITION)}-{header(dlq.OFFSET)}"
    key = _name(record.key.decode("utf-8", "replace")) if record.key is not None else "(no key)"
    first = _spaced(Text.styled(header(dlq.REASON), "bold red"), (header(dlq.STAGE), ""), (key, ""))
    value = (record.value or b"")[: EXCERPT_CHARS * 4].decode("utf-8", "replace")
    replays = header(dlq.REPLAYS)
    sent_back = f", sent back {replays} times" if replays not in ("", "0") else ""
    return [
        first,
        _indented(header(dlq.MESSAGE)),
        _indented(f"was {origin}, {len(record.value or b'')} bytes{sent_back}", "dim"),
        _indented(_excerpt(value), "dim"),
    ]


def _thread(record: Record) -> list[Text]:
    value = _object(record)
    kind, claim, figure = _name(value.get("kind")), _part(value, "claim"), _part(value, "figure")
    first = _spaced(
        Text.styled(f"{kind} {_name(value.get('event'))}", COLOURS.get(kind, "bold")),
        (_name(value.get("thread_id")), ""),
        *((_name(claim.get(key)), "dim") for key in ("source", "published_at")),
    )
    said = Text("  ")
    if speaker := _name(claim.get("speaker")):
        said.append(f"{speaker}: ", "bold")
    said.append(_excerpt(claim.get("text")) or f"claims of {_name(value.get('article_id'))} are withdrawn")
    notes = [f"{_name(value.get(key))} {key}" for key in ("articles", "reports")]
    notes += [f"source {_name(one.get('name'))}" for one in _objects(value.get("sources"))]
    notes += [_name(figure.get("text"))] if figure else []
    notes += [_disputed(one) for one in _objects(value.get("disputes"))]
    return [first, said, _indented(" · ".join(notes), "dim")]


def _disputed(dispute: dict[str, Any]) -> str:
    reasons = ", ".join(map(_name, dispute.get("reasons") or ()))
    return f"disputed by {_name(dispute.get('value'))} ({reasons.replace('_', ' ')})"


def _story(record: Record) -> list[Text]:
    value = _object(record)
    first = _heading(value, "story", f"story of {_name(value.get('opened_by'))}")
    notes = [f"{_name(value.get(key))} {key}" for key in ("articles", "reports")]
    notes += [f"{_percent(value.get('similarity'))} alike", _counted(value.get("threads"), "thread")]
    return [first, *_title(value), _indented(" · ".join(notes), "dim")]


PAGES: Final[dict[str, Callable[[Record], list[Text]]]] = {
    ARTICLES_ENRICHED: _enriched,
    CLAIMS: _claim,
    ARTICLES_DUPLICATES: _duplicate,
    CLAIM_THREADS: _thread,
    STORIES: _story,
    ARTICLES_DEAD: _dead,
}


def _object(record: Record) -> dict[str, Any]:
    value = parsed(record.value)
    return value if isinstance(value, dict) else {}


def _part(value: dict[str, Any], key: str) -> dict[str, Any]:
    part = value.get(key)
    return part if isinstance(part, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _heading(value: dict[str, Any], kind: str, shown: str) -> Text:
    where = [(_name(value.get(key)), "dim") for key in ("source", "published_at")]
    return _spaced(
        Text.styled(shown, COLOURS.get(kind, "bold")), (_name(value.get("article_id")), ""), *where
    )


def _title(value: dict[str, Any]) -> list[Text]:
    title = _name(value.get("title"))
    return [_indented(title, "bold")] if title else []


def _spaced(first: Text, *parts: tuple[str, str]) -> Text:
    line = Text().append_text(first)
    for text, style in parts:
        if text:
            line.append("  ").append(text, style)
    return line


def _indented(text: str, style: str = "") -> Text:
    return Text("  ").append(text, style)


def _name(value: Any) -> str:
    """Return a short value on one line; nothing for None."""
    return "" if value is None else printable(_cut(" ".join(str(value).split()), NAME_CHARS))


def _excerpt(value: Any, chars: int = EXCERPT_CHARS) -> str:
    return printable(_cut(" ".join(str(value or "")[: chars * 8].split()), chars))


def _cut(text: str, chars: int) -> str:
    return text if len(text) <= chars else text[: chars - 1] + "…"


def _percent(share: Any) -> str:
    return f"{share:.0%}".replace("%", " %") if isinstance(share, (int, float)) else ""


def _counted(items: Any, noun: str) -> str:
    count = len(items) if isinstance(items, list) else 0
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
