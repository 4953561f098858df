"""`copydesk process`: what would be published, without Kafka."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.contracts import validator
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIM_THREADS,
    CLAIMS,
    STORIES,
)
from tests.commands.kit import json_lines, run

MILL = (
    "TARNHILL - The old paper mill will reopen in May with 120 workers, the town council decided on Monday after "
    'nine years of argument. "We have the permit and we have the money," mayor Ada Lorne said. The repair cost '
    "$14 million, 30 percent more than planned, according to the harbour office. A second hall follows in autumn."
)
QUAY = (
    "VESTBY - Ferries stayed in port for a third day because the north quay had sunk by four centimetres overnight. "
    "Engineers drilled through the stone and found an empty chamber that no map shows, said harbour master Dov Marrish."
)

Feed = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """The records that `process --json` prints for these lines."""

    def process(*lines: dict[str, Any] | str, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        file = tmp_path / "articles.jsonl"
        file.write_text("\n".join(texts))
        return json_lines(run("process", "--json", *options, str(file)).stdout)

    return process


def topics(records: list[dict[str, Any]]) -> list[str]:
    return [record["topic"] for record in records if record["topic"] != CLAIMS]


def test_records_come_in_the_order_of_their_articles(feed: Feed) -> None:
    records = feed({"id": "mill", "body": MILL}, {"id": "again", "body": MILL}, {"id": "quay", "body": QUAY})
    assert topics(records) == [ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_ENRICHED]
    keys = [record["key"] for record in records]
    assert keys == sorted(keys, key=["mill", "again", "quay"].index)


def test_every_record_keeps_its_contract_and_every_claim_its_place(feed: Feed) -> None:
    records = feed({"id": "mill", "body": MILL, "published_at": "2026-03-04"}, {"id": "again", "body": MILL})
    for record in records:
        validator(record["topic"]).validate(record["value"])
        assert {"ce_id", "ce_type", "ce_source", "content-type"} <= record["headers"].keys()
    (enriched,) = [r["value"] for r in records if r["topic"] == ARTICLES_ENRICHED]
    claims = [r["value"] for r in records if r["topic"] == CLAIMS]
    assert claims == enriched["claims"]
    for claim in claims:
        assert enriched["text"][claim["start"] : claim["end"]] == claim["text"]
    assert any(claim["speaker"] and claim["speaker"]["name"] == "Ada Lorne" for claim in claims)
    values = {(q["value"], q["currency"] or q["unit"]) for claim in claims for q in claim["quantities"]}
    assert {(14e6, "USD"), (30.0, "percent")} <= values


def test_the_same_input_makes_the_same_bytes(feed: Feed) -> None:
    lines = ({"id": "mill", "body": MILL}, {"id": "again", "body": MILL})
    assert feed(*lines) == feed(*lines)


def test_without_dedup_every_article_is_new(feed: Feed) -> None:
    records = feed({"id": "mill", "body": MILL}, {"id": "again", "body": MILL}, options=("--no-dedup",))
    assert [topic for topic in topics(records) if topic == ARTICLES_ENRICHED] == [ARTICLES_ENRICHED] * 2


def test_without_cleaning_offsets_are_those_of_the_text_that_was_fed(feed: Feed) -> None:
    dirty = (
        "Go to the mediabank\u00a0 "
        + MILL.replace("argument. ", "argument.")
        + "  \n\nRelated posts\nOther\u200b"
    )
    (enriched, *_) = feed({"id": "mill", "body": dirty}, options=("--cleaning", "off"))
    assert enriched["value"]["text"] == dirty
    assert enriched["value"]["repairs"] == []


def test_lines_taken_as_they_stand_become_dead_letters(feed: Feed) -> None:
    records = feed("no json", {"id": "empty", "body": "  "}, {"id": "mill", "body": MILL}, options=("--raw",))
    dead = [record for record in records if record["topic"] == ARTICLES_DEAD]
    assert [record["headers"]["copydesk.dlq.reason"] for record in dead] == ["invalid_json", "no_text"]
    assert dead[0]["value"] == "no json"
    assert topics(records)[-1] == ARTICLES_ENRICHED


def test_what_cannot_be_read_is_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(MILL)
    done = run("process", "--json", str(tmp_path / "mill.txt"), str(tmp_path / "missing.txt"))
    assert done.returncode == 1
    assert topics(json_lines(done.stdout)) == [ARTICLES_ENRICHED]
    assert b"missing.txt: there is no such file" in done.stderr
    assert b"in 1 = enriched 1 + duplicates 0 + dead 0" in done.stderr


def test_people_see_the_speaker_and_the_figures(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(MILL)
    shown = run("process", str(tmp_path / "mill.txt")).stdout.decode()
    assert "Ada Lorne" in shown
    assert "14,000,000 USD" in shown


def test_threads_and_stories_are_shown_where_they_are_asked_for(feed: Feed) -> None:
    said = "The mill will close in May, and 212 workers will lose their jobs, Ida Quill said on Monday."
    articles = [
        {
            "id": "a",
            "source": "Aske Post",
            "title": "Mill to close",
            "text": f"{said} Nobody else would speak.",
        },
        {"id": "b", "source": "Korve Times", "title": "Jobs go", "text": f"Rain fell on the valley. {said}"},
    ]
    alone = {record["topic"] for record in feed(*articles, options=("--no-dedup",))}
    together = {record["topic"] for record in feed(*articles, options=("--no-dedup", "--threads"))}
    assert alone.isdisjoint({CLAIM_THREADS, STORIES})
    assert together > alone
    assert CLAIM_THREADS in together
