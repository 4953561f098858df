"""JSON as it comes: lines, arrays, pages of results, pretty-printed, one object behind the other, broken in places."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from service.reading.json_values import json_values
from service.reading.source_records import Broken, Value

ONE = {"id": "1", "body": 'A "quoted" {brace} and [bracket] \\'}
TWO = {"id": "2", "tags": [{"a": []}, {"b": {"c": "}"}}]}


def read(content: bytes) -> tuple[list[Any], list[Broken]]:
    found = list(json_values(io.BytesIO(content)))
    values = [json.loads(one.content) for one in found if isinstance(one, Value)]
    return values, [one for one in found if isinstance(one, Broken)]


def dumped(*values: Any, indent: int | None = None) -> bytes:
    return "\n".join(json.dumps(value, indent=indent) for value in values).encode()


@pytest.mark.parametrize(
    "content",
    [
        dumped(ONE, TWO),
        dumped(ONE, TWO, indent=2),
        dumped(ONE, TWO, indent=0),
        dumped([ONE, TWO]),
        dumped([ONE, TWO], indent=4),
        dumped([ONE], [TWO]),
        b"[\n" + json.dumps(ONE).encode() + b",\n" + json.dumps(TWO).encode() + b"\n]\n",
        b"[\n\n\n" + json.dumps(ONE).encode() + b"\n,\n" + json.dumps(TWO).encode() + b"\n\n]\n",
        json.dumps(ONE).encode() + json.dumps(TWO).encode(),
        json.dumps(ONE).encode() + b" " + json.dumps(TWO, indent=1).encode(),
        b"\xef\xbb\xbf" + dumped(ONE, TWO).replace(b"\n", b"\r\n"),
    ],
    ids=["lines", "pretty", "indent 0", "array", "pretty array", "arrays", "an item a line", "blanks in an array",
         "no line ends", "no line ends, pretty", "windows"],
)  # fmt: skip
def test_objects_are_found_however_they_are_laid_out(content: bytes) -> None:
    assert read(content) == ([ONE, TWO], [])


def test_a_value_has_the_line_on_which_it_begins_and_its_own_bytes() -> None:
    content = b'\n{"id" : "1",\n "x": 1.50}\n[ {"id":"2"},\n\n  { "id":3 } ]'
    assert list(json_values(io.BytesIO(content))) == [
        Value(2, b'{"id" : "1",\n "x": 1.50}'),
        Value(4, b'{"id":"2"}'),
        Value(6, b'{ "id":3 }'),
    ]


def test_a_line_that_breaks_off_takes_no_other_with_it() -> None:
    values, broken = read(
        b'{"id":"1"}\n{"id":"2","body":"the mi\n{"id":"3"}\n{"id":"4","tags":["a",\n{"id":"5"}\n'
    )
    assert [value["id"] for value in values] == ["1", "3", "5"]
    assert [one.line for one in broken] == [2, 4]


def test_an_object_that_never_ends_is_reported_with_its_line() -> None:
    values, broken = read(b'{"id":"1"}\n{\n "id": "2",\n "tags": [\n')
    assert [value["id"] for value in values] == ["1"]
    assert [(one.line, "begins an object that breaks off" in one.why) for one in broken] == [(2, True)]


def test_an_array_is_read_as_far_as_it_is_whole() -> None:
    values, broken = read(b'[\n{"id":"1"},\n{"id":"2"},\n{"id":"3","body":\n')
    assert [value["id"] for value in values] == ["1", "2"]
    assert broken[0].line is not None
    assert broken[0].line >= 4


def test_items_that_are_no_objects_are_named() -> None:
    values, broken = read(b'[{"id":"1"},\n 7,\n {"id":"2"}]\n"text"\n')
    assert len(values) in (0, 2)
    assert [one.line for one in broken][:1] == [2]


@pytest.mark.parametrize(
    "page",
    [
        {"status": "ok", "totalResults": 2, "articles": [ONE, TWO]},
        {"response": {"status": "ok", "results": [ONE, TWO]}},
        {"took": 3, "hits": {"total": {"value": 2}, "hits": [ONE, TWO]}},
        {"pagination": {"limit": 2}, "data": [ONE, TWO]},
        {"articles": {"results": [ONE, TWO], "pages": 1}},
        {"version": "https://jsonfeed.org/version/1.1", "title": "Corran Post", "items": [ONE, TWO]},
    ],
)
def test_a_page_of_results_is_its_articles(page: dict[str, Any]) -> None:
    assert read(dumped(page)) == ([ONE, TWO], [])
    assert read(dumped(page, indent=2)) == ([ONE, TWO], [])


@pytest.mark.parametrize(
    "article",
    [
        {"id": "1", "items": [{"name": "a"}]},
        {"title": "A", "body": "text", "data": [{"x": 1}]},
        {"headline": "A", "content": {"rendered": "text"}, "entries": [{}]},
        {"title": "A", "articles": []},
    ],
)
def test_an_article_with_a_list_in_it_is_no_page(article: dict[str, Any]) -> None:
    assert read(dumped(article)) == ([article], [])


def test_bytes_that_are_no_text_are_reported_with_their_line() -> None:
    values, broken = read(b'{"id":"1"}\n{"id":"\xff"}\n{"id":"2"}')
    assert [value["id"] for value in values] == ["1", "2"]
    assert [one.line for one in broken] == [2]
