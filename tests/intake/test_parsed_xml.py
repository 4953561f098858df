"""XML put into JSON: each parser has its own way to write the text of an element, its attributes and its namespace."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.records import Article
from service.settings import IntakeSettings

TEXT = "The ferry to Corran stays in harbour on Thursday, the port office said."
URL = "https://skerrypost.example/ferry"
FEED = "https://skerrypost.example/feed"


def read(**fields: Any) -> Article:
    return read_article(raw_record(1, json.dumps(fields).encode()), IntakeSettings())


@pytest.mark.parametrize(
    "wrapped",
    [
        *({key: TEXT} for key in "#text @text _text __text $text $t _ # _value #cdata cdata __cdata _cdata".split()),
        {"@attributes": {"type": "html"}, "0": TEXT},
        {"$": {"type": "html"}, "_": TEXT},
        {"#": TEXT, "@": {"type": "html"}},
        {"*": TEXT},
        [{"__cdata": TEXT}],
    ],
)  # fmt: skip
def test_the_text_of_an_element_is_found(wrapped: Any) -> None:
    assert read(**{"content:encoded": wrapped}).text == TEXT


@pytest.mark.parametrize("mark", ["", "@", "@_", "_", "-"])
@pytest.mark.parametrize("apart", [None, "$", "@", "attr", "@attributes", "_attributes"])
def test_the_link_to_the_page_is_told_by_its_attributes(mark: str, apart: str | None) -> None:
    def link(rel: str, href: str) -> Any:
        attributes = {f"{mark}rel": rel, f"{mark}href": href}
        return attributes if apart is None else {apart: attributes}

    assert read(content=TEXT, link=[link("self", FEED), link("alternate", URL)]).url == URL
    assert read(content=TEXT, link=link("alternate", URL)).url == URL


def test_a_namespace_before_a_name_is_left_away_but_for_that_of_pictures() -> None:
    article = read(
        **{
            "{http://search.yahoo.com/mrss/}title": "A ferry",
            "{http://search.yahoo.com/mrss/}content": "A ferry at the quay.",
            "{http://purl.org/rss/1.0/modules/content/}encoded": f"<p>{TEXT}</p><p>No bus runs.</p>",
            "{http://purl.org/dc/elements/1.1/}date": "2025-05-05T14:05:00Z",
        }
    )
    assert (article.title, article.published_at) == (None, "2025-05-05T14:05:00Z")
    assert article.text.startswith(TEXT)
