"""One article followed through all stages by its lines in the log."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.telemetry.tell import telemetry

STORY = (
    "The quay at Merrow will close on 4 May, harbour master Ada Lorne said. It cost $3 million to mend it."
)

OTHER = "Bakers in Dunholt raised the price of rye bread by 12 percent, said Brice Tamm, who owns two mills there."


async def logged(**env: str) -> list[dict[str, Any]]:
    """Run four records through all stages in memory, and return the lines of the log."""
    settings = load_settings(env={"COPYDESK_TELEMETRY__LOG_FORMAT": "json", **env})
    stream = io.StringIO()
    pipeline = MemoryPipeline(settings, telemetry(settings, "intake", log_to=stream).tell)
    bodies = {"first": STORY, "copy": STORY, "other": OTHER}
    raw = [
        raw_record(n, json.dumps({"id": name, "body": body}).encode(), key=name.encode())
        for n, (name, body) in enumerate(bodies.items())
    ]
    await pipeline.feed([*raw, raw_record(3, b"no article", key=b"broken")])
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def steps(lines: list[dict[str, Any]], article_id: str) -> list[tuple[str, str]]:
    return [
        (line["by"], line["step"])
        for line in lines
        if line["event"] == "article_step" and line["article_id"] == article_id
    ]


async def test_every_step_of_the_followed_article_is_logged_and_of_no_other() -> None:
    lines = await logged(COPYDESK_TELEMETRY__FOLLOW="first")
    assert steps(lines, "first") == [("intake", "read"), ("dedup", "decided"), ("enrich", "enriched")]
    told = [line for line in lines if line["event"] == "article_step"]
    assert {line["article_id"] for line in told} == {"first"}
    assert {line["origin"] for line in told} == {"articles.raw/0@0"}
    read, decided, enriched = told
    assert read["characters"] == len(STORY)
    assert decided["relation"] == "new"
    assert enriched["claims"] > 0


async def test_of_a_copy_the_log_says_what_it_repeats() -> None:
    lines = await logged(COPYDESK_TELEMETRY__FOLLOW="copy")
    assert steps(lines, "copy") == [("intake", "read"), ("dedup", "decided")]
    decided = lines[-1] if lines[-1]["event"] == "article_step" else lines[-2]
    assert (decided["relation"], decided["match"]) == ("exact", "first")


async def test_a_record_that_is_no_article_is_followed_by_its_key() -> None:
    lines = await logged(COPYDESK_TELEMETRY__FOLLOW="broken")
    [line] = [line for line in lines if line.get("article_id") == "broken"]
    assert (line["event"], line["reason"]) == ("record_set_aside", "invalid_json")


async def test_at_debug_every_article_is_followed() -> None:
    lines = await logged(COPYDESK_TELEMETRY__LOG_LEVEL="DEBUG")
    assert len(steps(lines, "first")) == len(steps(lines, "other")) == 3


@pytest.mark.parametrize("follow", ["", "unknown"])
async def test_nobody_is_followed_otherwise(follow: str) -> None:
    lines = await logged(COPYDESK_TELEMETRY__FOLLOW=follow)
    assert [line for line in lines if line["event"] == "article_step"] == []
