"""Reading files of articles: what becomes a record, and what is reported instead."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import orjson

from service.reading import LINE_BYTES_MAX, SourceRecord, Unreadable, read_articles


def read(
    *paths: str | Path, raw: bool = False, stdin: bytes = b""
) -> tuple[list[SourceRecord], list[Unreadable]]:
    troubles: list[Unreadable] = []
    records = list(read_articles(paths, troubles.append, raw=raw, stdin=io.BytesIO(stdin)))
    return records, troubles


def a_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_text_file_becomes_an_article_with_its_stem_as_id(tmp_path: Path) -> None:
    path = a_file(tmp_path, "harbour fire.txt", "\ufeffThe harbour burns.\r\nÅsa Lind saw it.".encode())
    records, troubles = read(path)
    assert orjson.loads(records[0].value) == {
        "id": "harbour fire",
        "body": "The harbour burns.\r\nÅsa Lind saw it.",
    }
    assert records[0].key == b"harbour fire"
    assert not troubles


def test_line_keeps_its_own_bytes_and_gives_its_id_as_key(tmp_path: Path) -> None:
    line = b'{"body" : "caf\\u00e9",   "id":"a-1", "x": 1.50}'
    records, _ = read(a_file(tmp_path, "a.jsonl", line + b"\r\n\n" + b'{"id": 7, "body": "b"}\n'))
    assert [(r.key, r.value, r.line) for r in records] == [
        (b"a-1", line, 1),
        (b"7", b'{"id": 7, "body": "b"}', 3),
    ]


def test_ids_that_are_no_ids_make_no_key(tmp_path: Path) -> None:
    lines = b'{"id": null}\n{"id": ""}\n{"id": true}\n{"id": [1]}\n{}\n'
    records, _ = read(a_file(tmp_path, "a.jsonl", lines))
    assert [record.key for record in records] == [None] * 5


def test_json_file_holds_one_object_or_an_array_and_each_keeps_its_bytes(tmp_path: Path) -> None:
    one = a_file(tmp_path, "one.json", b' {"id": "1",\n "body": "b"}\n')
    many = a_file(tmp_path, "many.json", b'[ {"id":"2"} ,\n{ "id":"3" }]')
    records, _ = read(one, many)
    assert [record.value for record in records] == [
        b'{"id": "1",\n "body": "b"}',
        b'{"id":"2"}',
        b'{ "id":"3" }',
    ]


def test_packed_lines_are_unpacked(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.jsonl.gz", gzip.compress(b'{"id":"1"}\n{"id":"2"}'))
    assert [record.key for record in read(path)[0]] == [b"1", b"2"]


def test_folder_is_read_to_its_depths_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.md", ".hidden.txt", ".git/x.txt", "b/sub/0.txt"):
        a_file(tmp_path, name, b"text")
    records, troubles = read(tmp_path)
    names = [str(Path(record.source_name).relative_to(tmp_path)) for record in records]
    assert names == ["a.txt", "b/1.txt", "b/2.txt", "b/sub/0.txt"]
    assert not troubles


def test_dash_reads_lines_from_standard_input() -> None:
    records, _ = read("-", stdin=b'{"id":"1"}\n')
    assert records == [SourceRecord(b"1", b'{"id":"1"}', "stdin", 1)]


def test_bad_line_is_reported_with_file_and_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.jsonl", b'{"id":"1"}\nnot json\n[1]\n{"id":"\xff"}\n{"id":"2"}\n')
    records, troubles = read(path)
    assert [record.key for record in records] == [b"1", b"2"]
    assert [trouble.line for trouble in troubles] == [2, 3, 4]
    assert str(troubles[0]).startswith(f"{path}:2: is not JSON")
    assert str(troubles[1]) == f"{path}:3: is JSON, but no object"


def test_files_that_cannot_be_read_are_reported_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = a_file(tmp_path, "good.txt", b"fine")
    broken = a_file(tmp_path, "broken.jsonl.gz", gzip.compress(b'{"id":"1"}\n' * 5_000)[:-12])
    latin = a_file(tmp_path, "latin.txt", b"caf\xe9")
    array = a_file(tmp_path, "array.json", b'[{"id": "1"},')
    other = a_file(tmp_path, "other.csv", b"1,2")
    missing = tmp_path / "missing.txt"
    records, troubles = read(missing, other, array, latin, broken, good)
    assert records[-1].key == b"good"
    assert [(t.source_name, t.line) for t in troubles] == [
        (str(path), None) for path in (missing, other, array, latin, broken)
    ]
    assert troubles[3].why == "is not UTF-8 (byte 3)"


def test_line_without_end_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as lines:
        lines.truncate(LINE_BYTES_MAX * 2)
        lines.seek(LINE_BYTES_MAX * 2)
        lines.write(b'\n{"id":"1"}\n')
    records, troubles = read(path)
    assert [record.key for record in records] == [b"1"]
    assert troubles[0].line == 1
    assert "longer than" in troubles[0].why


def test_raw_lines_are_not_touched(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.jsonl", b'not json\n\n {"id":"1"} \r\n\xff')
    records, troubles = read(path, raw=True)
    assert [(record.key, record.value) for record in records] == [
        (None, b"not json"),
        (None, b""),
        (b"1", b' {"id":"1"} \r'),
        (None, b"\xff"),
    ]
    assert not troubles


def test_raw_json_file_is_one_record_and_a_text_file_a_record_a_line(tmp_path: Path) -> None:
    array = a_file(tmp_path, "a.json", b"[1,\n2]\n")
    text = a_file(tmp_path, "b.txt", b"one\ntwo\n")
    assert [record.value for record in read(array, text, raw=True)[0]] == [b"[1,\n2]\n", b"one", b"two"]
