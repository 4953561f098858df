"""Every record on docs/feeding.md arrives whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.records import Reason, Rejected
from service.settings import IntakeSettings

PAGE = (Path(__file__).parents[2] / "docs" / "feeding.md").read_text("utf-8")
WHOLE, WITHOUT_TEXT = PAGE.split("\n## Shapes without a text\n")
SHAPE = re.compile(r"^### ([^\n]+)\n\n```json\n(.+?)\n```$", re.MULTILINE | re.DOTALL)
SHAPES = SHAPE.findall(WHOLE)
URL = "https://corranpost.example/lock"
SOURCES = ("Corran Post", "corranpost.example")


@pytest.mark.parametrize("written", [text for _, text in SHAPES], ids=[name for name, _ in SHAPES])
def test_a_shape_arrives_whole(written: str) -> None:
    article = read_article(raw_record(1, written.encode()), IntakeSettings())
    assert article.title == "Lock at Tarnhill stays shut"
    assert article.text.startswith("The lock at Tarnhill stays shut until Friday")
    assert "sunken cart" in article.text
    assert not re.search(r"</?p>|chars\]", article.text)
    assert (article.published_at or "").startswith("2025-05-05")
    assert article.url == (URL if URL in written else None)
    assert article.source in SOURCES or not any(name in strings(json.loads(written)) for name in SOURCES)


@pytest.mark.parametrize(
    ("name", "said"),
    [("mediastack", "there is only a summary (description)"), ("GDELT article list", "there is only a link")],
)
def test_a_shape_without_a_text_is_refused_with_the_reason(name: str, said: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_article(raw_record(1, dict(SHAPE.findall(WITHOUT_TEXT))[name].encode()), IntakeSettings())
    assert refused.value.reason is Reason.NO_TEXT
    assert said in refused.value.detail


def strings(value: Any) -> set[str]:
    """Return all strings in a record."""
    if isinstance(value, dict):
        return {found for item in value.values() for found in strings(item)}
    if isinstance(value, list):
        return {found for item in value for found in strings(item)}
    return {value} if isinstance(value, str) else set()


def test_the_page_shows_the_shapes() -> None:
    assert len(SHAPES) >= 35
