"""Articles with their claims marked: every mark where the record says, and nothing that could do harm."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.commands.marked_html import part
from service.commands.marked_text import marked
from service.marks import CUE, DATE, FIGURE, LAYERS, SPEAKER, pieces
from service.records import ClaimKind
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIMS
from tests.commands.kit import json_lines, run

LOCK = (
    "CORRAN - “The gate weighs 40 tonnes,” said harbour master Ilse Brandt. “We lift it on Monday.”\n\n"
    "Repairs will cost about $2 million, the port authority said."
)
HOSTILE = 'The <script>alert("x")</script> gate & \x1b[31mthe \u202elock\u202c of “<b>Corran</b>” stay shut.'


def enriched(tmp_path: Path, body: str, *options: str, **article: str) -> dict[str, Any]:
    (tmp_path / "a.json").write_text(json.dumps({"id": "lock-1", "body": body, **article}))
    records = json_lines(run("process", "--json", *options, str(tmp_path / "a.json")).stdout)
    value: dict[str, Any] = next(r["value"] for r in records if r["topic"] == ARTICLES_ENRICHED)
    return value


def layered(record: dict[str, Any], layer: str) -> list[str]:
    """The text under a layer, neighbouring pieces joined."""
    runs: list[str] = []
    open_ = False
    for piece in pieces(record):
        inside = layer in piece.layers
        if inside and open_:
            runs[-1] += piece.text
        elif inside:
            runs.append(piece.text)
        open_ = inside
    return runs


def test_each_layer_marks_what_the_record_says(tmp_path: Path) -> None:
    record = enriched(tmp_path, LOCK, published_at="2026-03-04")
    assert "".join(piece.text for piece in pieces(record)) == record["text"]
    assert layered(record, ClaimKind.QUOTE) == ["“The gate weighs 40 tonnes,”", "“We lift it on Monday.”"]
    assert layered(record, ClaimKind.STATEMENT) == ["Repairs will cost about $2 million"]
    assert layered(record, SPEAKER) == ["harbour master Ilse Brandt", "the port authority"]
    assert layered(record, CUE) == ["said", "said"]
    assert layered(record, FIGURE) == ["40 tonnes", "$2 million"]
    assert layered(record, DATE) == ["Monday"]
    assert [piece.begins for piece in pieces(record) if piece.begins] == [(1,), (1,), (2,)]


SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(
    lambda ends: {"start": min(ends), "end": max(ends)}
)


@given(st.text(max_size=20), st.lists(st.tuples(SPANS, SPANS, SPANS), max_size=5))
def test_however_marks_overlap_each_character_has_exactly_its_own(text: str, found: list[Any]) -> None:
    claims = [
        {"kind": "quote", "segments": [words], "speaker": who, "cue": None, "quantities": [figure]}
        for words, who, figure in found
    ]
    got = [
        layer
        for piece in pieces({"text": text, "claims": claims, "dates": []})
        for layer in [piece.layers] * len(piece.text)
    ]
    wanted = {
        ClaimKind.QUOTE: [w for w, _, _ in found],
        SPEAKER: [s for _, s, _ in found],
        FIGURE: [f for _, _, f in found],
    }
    for at in range(len(text)):
        here = {
            layer
            for layer, spans in wanted.items()
            if any(s["start"] <= at < s["end"] <= len(text) for s in spans)
        }
        assert got[at] == tuple(layer for layer in LAYERS if layer in here)


def test_without_colours_claims_stand_in_brackets_with_their_numbers(tmp_path: Path) -> None:
    page = marked(enriched(tmp_path, LOCK), colours=False).plain
    assert "[1: “The gate weighs 40 tonnes,” ] said harbour master Ilse Brandt. [1: “We lift" in page
    assert "\n[2] statement  the port authority  about 2,000,000 USD" in page


def test_a_terminal_is_never_driven_by_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"id": "x", "body": HOSTILE}))
    shown = run("process", "--cleaning", "off", str(tmp_path / "a.json")).stdout.decode()
    assert "\\x1b[31mthe" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


class Page(HTMLParser):
    """Tags that are open at the end, tags seen, and the text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    articles = [
        {"id": "lock-1", "title": "Lock shut", "body": LOCK},
        {"id": "lock-2", "body": LOCK},
        {"id": '"><x', "title": "<script>", "body": HOSTILE},
        {"id": "none"},
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, articles)))
    done = run(
        "process", "--html", str(tmp_path / "p.html"), "--cleaning", "off", str(tmp_path / "all.jsonl")
    )
    assert (done.returncode, done.stdout) == (0, b"")
    page = Page()
    page.feed((tmp_path / "p.html").read_text())
    assert page.open == []
    assert "script" not in page.seen
    assert page.links == ["#lock-1"]
    for words in (
        '<script>alert("x")</script>',
        "\\x1b[31mthe",
        "lock-2 is exact of lock-1",
        "set aside: no_text",
    ):
        assert words in page.text
    assert not {"\x1b", "\u202e"} & set(page.text)


def test_a_claim_has_no_part_of_its_own_and_other_records_have() -> None:
    assert part(CLAIMS, b"{}", []) == ""
    assert "set aside" in part(ARTICLES_DEAD, b"x", [("copydesk.dlq.reason", b"no_text")])
    copy = {
        "article_id": "b",
        "title": None,
        "relation": "part_of",
        "duplicate_of": "a",
        "containment": 1.0,
        "novelty": 0.0,
    }
    assert "part of" in part(ARTICLES_DUPLICATES, json.dumps(copy).encode(), [])


def test_a_page_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LOCK)
    done = run("process", "--html", str(tmp_path / "no" / "p.html"), str(tmp_path / "a.txt"))
    assert done.returncode == 1
    assert "p.html: No such file or directory" in done.stderr.decode()


@pytest.mark.parametrize("colours", [True, False])
def test_a_text_without_claims_is_shown_as_it_is(tmp_path: Path, colours: bool) -> None:
    assert (
        marked(enriched(tmp_path, "The lock stays shut."), colours=colours).plain == "The lock stays shut.\n"
    )
