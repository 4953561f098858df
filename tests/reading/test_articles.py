"""Reading files of articles: what becomes a record, and what is reported instead."""

from __future__ import annotations

import gzip
from pathlib import Path

import orjson
import zstandard

from service.reading import LINE_BYTES_MAX, SourceRecord, Unreadable, read_articles
from tests.reading.kit import a_file, read


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
    assert str(troubles[1]) == f"{path}:3: is an item of an array, but no object"


def test_files_that_cannot_be_read_are_reported_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = a_file(tmp_path, "good.txt", b"fine")
    broken = a_file(tmp_path, "broken.jsonl.gz", gzip.compress(b'{"id":"1"}\n' * 5_000)[:-12])
    latin = a_file(tmp_path, "latin.txt", b"caf\xe9")
    other = a_file(tmp_path, "other.pdf", b"1,2")
    missing = tmp_path / "missing.txt"
    records, troubles = read(missing, other, latin, broken, good)
    assert records[-1].key == b"good"
    assert [(t.source_name, t.line) for t in troubles] == [
        (str(path), line) for path, line in ((missing, None), (other, None), (latin, None), (broken, None))
    ]
    assert troubles[2].why == "is not UTF-8 (byte 3)"


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


def test_files_are_unpacked_by_their_suffix_whatever_is_in_them(tmp_path: Path) -> None:
    zstd = zstandard.ZstdCompressor()
    frames = zstd.compress(b'{"id":"1"}\n') + zstd.compress(b'{"id":"2"}\n')  # as appended by two runs
    paths = [
        a_file(tmp_path, "a.jsonl.zst", frames),
        a_file(tmp_path, "b.json.gz", gzip.compress(b'[{"id":"3"},{"id":"4"}]')),
        a_file(tmp_path, "c.NDJSON", b'{"id":"5"}\n'),
        a_file(tmp_path, "d.csv.gz", gzip.compress(b"id,body\n6,text\n")),
        a_file(tmp_path, "e.txt.zst", zstd.compress(b"text")),
    ]
    records, troubles = read(*paths)
    assert [record.key for record in records] == [b"1", b"2", b"3", b"4", b"5", b"6", b"e"]
    assert not troubles


def test_a_packed_file_that_is_cut_is_reported_and_what_was_unpacked_is_read(tmp_path: Path) -> None:
    packed = zstandard.ZstdCompressor().compress(b"".join(b'{"id":"%d"}\n' % n for n in range(200_000)))
    records, troubles = read(a_file(tmp_path, "a.jsonl.zst", packed[: len(packed) // 2]))
    assert 0 < len(records) < 200_000
    assert len(troubles) == 1
    garbage, troubles = read(a_file(tmp_path, "b.jsonl.zst", b"no zstd at all"))
    assert not garbage
    assert "cannot be read to its end" in troubles[0].why


def test_a_folder_says_what_it_skips_and_why(tmp_path: Path) -> None:
    for name in ("a.txt", "notes.pdf", "README", ".hidden.txt", ".git/x.txt"):
        a_file(tmp_path, name, b"text")
    (tmp_path / "linked").symlink_to(tmp_path)
    skipped: list[Unreadable] = []
    troubles: list[Unreadable] = []
    assert len(list(read_articles([tmp_path], troubles.append, skipped=skipped.append))) == 1
    assert {str(Path(one.source_name).relative_to(tmp_path)): one.why for one in skipped} == {
        ".git": "is hidden",
        ".hidden.txt": "is hidden",
        "README": "is of no kind that is read (no suffix)",
        "linked": "is a link to a folder",
        "notes.pdf": "is of no kind that is read (.pdf)",
    }
    assert not troubles


def test_a_record_tells_how_far_its_sources_were_read_as_they_lie_on_the_disk(tmp_path: Path) -> None:
    lines = b"".join(b'{"id":"%d","body":"%d"}\n' % (n, n * n) for n in range(50_000))
    paths = [a_file(tmp_path, "a.jsonl", lines), a_file(tmp_path, "b.jsonl.gz", gzip.compress(lines))]
    records, _ = read(*paths)
    marks = [record.read_until for record in records]
    assert marks == sorted(marks)
    assert 0 <= marks[25_000] - lines.index(b'{"id":"25001"') < 10_000
    assert marks[49_999] == paths[0].stat().st_size
    assert marks[-1] == sum(path.stat().st_size for path in paths)
