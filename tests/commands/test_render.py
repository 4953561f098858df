"""How a person reads records, and what never reaches a terminal."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from service.commands import render as render_module
from service.commands.aligned import columns
from service.commands.render import PAGES, render
from service.commands.shared import json_line, printable
from service.kafka.browsing import Found
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIMS

EXAMPLES = Path(__file__).parents[2] / "service" / "contracts" / "examples"
HOSTILE = "\x1b[31m\x07\u202e\x9b2J\r\n\u2066"


def an_example(name: str, topic: str, **changes: Any) -> Found:
    example = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    value = example["value"]
    body = value if isinstance(value, str) else json.dumps(value | changes)
    headers = tuple((name, text.encode()) for name, text in example["headers"].items())
    return Found(topic, 2, 17, 0, example["key"].encode(), body.encode(), headers)


def test_claim_is_read_as_speaker_words_and_figures() -> None:
    speaker = {"name": "Marit Solberg", "role": "chief executive"}
    quantities = [
        {"value": 2.182e11, "currency": "USD", "comparator": "over"},
        {"value": 8, "unit": "percent"},
    ]
    claim = an_example("claim", CLAIMS, kind="quote", text="We grew.", speaker=speaker, quantities=quantities)
    shown = render(claim)
    assert "quote" in shown.splitlines()[0]
    assert "  Marit Solberg, chief executive: “We grew.”" in shown.splitlines()
    assert "over 218,200,000,000 USD · 8 percent" in shown


def test_enriched_article_is_read_as_title_text_and_what_is_new() -> None:
    related = [{"article_id": "wire-3", "relation": "contains", "containment": 0.62}]
    note = {"status": "revision", "revision": 2, "novelty": 0.38, "related": related}
    shown = render(
        an_example("enriched", ARTICLES_ENRICHED, title="Ferries double", dedup=note, claims=[{}, {}])
    )
    assert shown.startswith("revision 2  ")
    assert "  Ferries double" in shown.splitlines()
    assert "2 claims · contains wire-3 (62 % of this) · 38 % new" in shown


def test_enriched_article_says_where_reading_stopped() -> None:
    shown = render(an_example("enriched", ARTICLES_ENRICHED, claims=[{}], read_until=98_765))
    assert "1 claim · read to character 98,765 only" in shown
    assert "read to" not in render(an_example("enriched", ARTICLES_ENRICHED))


def test_enriched_article_says_how_many_claims_were_left_out() -> None:
    shown = render(an_example("enriched", ARTICLES_ENRICHED, claims=[{}], claims_left_out=1_200))
    assert "1 claim · 1,200 claims left out" in shown
    assert "left out" not in render(an_example("enriched", ARTICLES_ENRICHED))


def test_duplicate_is_read_with_what_it_repeats() -> None:
    shown = render(an_example("duplicate", ARTICLES_DUPLICATES, duplicate_of="wire-1", similarity=0.93))
    assert shown.startswith("near duplicate  ")
    assert "of wire-1: similarity 93 %" in shown


def test_dead_letter_is_read_with_reason_place_and_bytes() -> None:
    shown = render(an_example("dead", ARTICLES_DEAD), place="now  articles.dead-2-17")
    assert shown.splitlines()[0].startswith("no_text  intake  skerry-20250114-photo")
    assert shown.splitlines()[0].endswith("articles.dead-2-17")
    assert "was articles.raw-1-1701" in shown


def test_logical_topic_decides_where_names_have_a_prefix() -> None:
    claim = an_example("claim", "staging.claims")
    assert render(claim, CLAIMS) == render(an_example("claim", CLAIMS))


@pytest.mark.parametrize("topic", list(PAGES))
@pytest.mark.parametrize(
    "value", [None, b"", b"[]", b"7", b"\xff", b'{"claims": 3, "speaker": "x", "dedup": []}', b"[" * 100_000]
)
def test_value_of_an_unknown_shape_is_shown_all_the_same(topic: str, value: bytes | None) -> None:
    assert render(Found(topic, 0, 0, None, None, value, ()))


@pytest.mark.parametrize("topic", list(PAGES))
def test_nothing_from_an_article_drives_the_terminal(topic: str) -> None:
    fields = (
        "article_id source published_at title text kind relation duplicate_of status name role value unit currency "
        "comparator cluster_id".split()
    )
    flat: dict[str, Any] = dict.fromkeys(fields, HOSTILE)
    value = flat | {
        "speaker": flat,
        "dedup": flat | {"related": [flat]},
        "quantities": [flat],
        "dates": [flat],
    }
    headers = tuple((name, HOSTILE.encode()) for name, _ in an_example("dead", ARTICLES_DEAD).headers)
    record = Found(topic, 0, 0, None, HOSTILE.encode(), json.dumps(value).encode(), headers)
    assert_harmless(render(record))
    assert_harmless(render(Found(topic, 0, 0, None, HOSTILE.encode(), HOSTILE.encode(), headers)))


def assert_harmless(shown: str) -> None:
    for character in shown.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp", "Cs"), ascii(shown)


@given(st.text())
def test_printable_text_has_no_controls_and_keeps_every_letter(text: str) -> None:
    shown = printable(text)
    for character in shown:
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp", "Cs", "Co", "Cn")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"
    if text.isprintable():
        assert shown == text


def test_joiners_that_scripts_need_stay() -> None:
    assert printable("می‌خواهم 👩‍🚒") == "می‌خواهم 👩‍🚒"
    assert printable("100\u00a0000\u202f€") == "100 000 €"


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))))
def test_json_line_says_the_same_in_harmless_characters(record: dict[str, str]) -> None:
    line = json_line(record)
    assert json.loads(line) == record
    for character in line:
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in "LRE RLE PDF LRO RLO LRI RLI FSI PDI".split()


def test_columns_line_up_in_all_scripts() -> None:
    assert columns(["name", "n"], [["東京", 5], ["Oslo\x1b", 12]]) == [
        "name       n",
        "東京       5",
        "Oslo\\x1b  12",
    ]


def test_lines_on_a_terminal_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = Console(force_terminal=True, width=40, color_system=None, highlight=False, markup=False)
    monkeypatch.setattr(render_module, "_terminal", lambda: narrow)
    words = [f"word{number:03}" for number in range(60)]
    shown = render(an_example("enriched", ARTICLES_ENRICHED, text=" ".join(words), title=None))
    excerpt = [line for line in shown.splitlines() if "word0" in line]
    assert len(excerpt) > 3
    assert all(len(line) <= 40 for line in excerpt)
    assert set(" ".join(excerpt).split()[:-1]) <= set(words)  # the last word is cut by the excerpt
