"""Tables of articles: CSV as spreadsheets, databases and pandas write it."""

from __future__ import annotations

from pathlib import Path

import orjson

from tests.reading.kit import a_file, read


def test_a_row_is_an_object_with_the_names_of_the_header(tmp_path: Path) -> None:
    content = 'id,title,body,url\n7,"Weir, held","First ""line"".\nSecond line.",\n8,Next,Text,u\n'
    records, troubles = read(a_file(tmp_path, "a.csv", content.encode()))
    assert [orjson.loads(record.value) for record in records] == [
        {"id": "7", "title": "Weir, held", "body": 'First "line".\nSecond line.'},
        {"id": "8", "title": "Next", "body": "Text", "url": "u"},
    ]
    assert [(record.key, record.line) for record in records] == [(b"7", 2), (b"8", 4)]
    assert not troubles


def test_other_marks_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    semicolons = a_file(tmp_path, "a.csv", "\ufeffid;body\r\n1;Straße, nass\r\n".encode())
    tabs = a_file(tmp_path, "b.tsv", b"id\tbody\n2\ta;b\n")
    records, _ = read(semicolons, tabs)
    assert [orjson.loads(record.value)["body"] for record in records] == ["Straße, nass", "a;b"]


def test_rows_that_do_not_fit_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    records, troubles = read(a_file(tmp_path, "a.csv", b"id,body\n1,a\n2,b,c\n3\n\n4,d\n"))
    assert [record.key for record in records] == [b"1", b"3", b"4"]
    assert [(trouble.line, trouble.why) for trouble in troubles] == [(3, "has 3 cells, the header 2")]


def test_a_row_in_another_code_page_is_reported_and_the_next_one_is_read(tmp_path: Path) -> None:
    records, troubles = read(a_file(tmp_path, "a.csv", b"id,body\n1,caf\xe9\n2,caf\xc3\xa9\n"))
    assert [record.key for record in records] == [b"2"]
    assert [(trouble.line, trouble.why) for trouble in troubles] == [(2, "is not UTF-8")]


def test_headers_that_name_nothing_are_refused(tmp_path: Path) -> None:
    empty = a_file(tmp_path, "a.csv", b"")
    twice = a_file(tmp_path, "b.csv", b"id,id\n1,2\n")
    records, troubles = read(empty, twice)
    assert not records
    assert [trouble.why for trouble in troubles] == [
        "is a table without a header",
        "names a column twice: id, id",
    ]
