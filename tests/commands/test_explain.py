"""`copydesk explain`: two files or two ids, their shares, their passages, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.explain import explain
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from tests.commands.kit import at, json_lines, make_topics, run
from tests.kit_kafka import Sent, produce

STORY = (
    "The lock at Corran will stay shut until the end of June because a barge bent its lower gate on Sunday night. "
    "Engineers want to lift the gate out with a crane that has to come from Port Selwyn by sea. "
    "Eleven ships are waiting above the lock, among them a ferry with four hundred passengers."
)
NEWS = " Nobody was hurt, the harbour master wrote in a note that he pinned to the door of his office."


def two_files(folder: Path) -> tuple[str, str]:
    (folder / "wire.txt").write_text(STORY)
    (folder / "paper.json").write_text(
        json.dumps({"id": "p-1", "title": "Lock \x1b[31mshut", "body": STORY + NEWS})
    )
    return str(folder / "wire.txt"), str(folder / "paper.json")


def test_two_files_are_compared_and_the_passage_stands_in_both(tmp_path: Path) -> None:
    (told,) = json_lines(run("explain", "--json", *two_files(tmp_path)).stdout)
    assert (told["first"], told["second"], told["relation"]) == ("wire", "p-1", "update")
    assert told["first_in_second"] == 1.0
    assert 0.5 < told["second_in_first"] < 1.0
    (passage,) = told["passages"]
    assert STORY[passage["first"]["start"] : passage["first"]["end"]] == passage["text"] == STORY[:-1]
    assert passage["words"] == len(STORY.split())
    assert told["estimated"]["sample_size"] > 0


def test_the_page_says_what_why_and_where_and_nothing_in_it_drives_the_terminal(tmp_path: Path) -> None:
    done = run("explain", *two_files(tmp_path))
    page = done.stdout.decode()
    for words in ("update", "100.0%", "1 shared passage,", "The lock at Corran", "p-1 (Lock"):
        assert words in page
    assert "\x1b" not in page
    assert done.returncode == 0


def test_the_note_of_a_correction_is_named_with_its_place(tmp_path: Path) -> None:
    note = "This story has been corrected to show that the barge bent its gate on Sunday."
    (tmp_path / "first.txt").write_text(STORY)
    (tmp_path / "second.txt").write_text(f"{STORY}\n\n{note}")
    files = [str(tmp_path / name) for name in ("first.txt", "second.txt")]
    (told,) = json_lines(run("explain", "--json", *files).stdout)
    assert told["relation"] == "update"
    first = told["facts"][0]
    assert (first["kind"], first["text"]) == ("note", "This story has been corrected")
    text = f"{STORY}\n\n{note}"
    assert text[first["start"] : first["end"]] == first["text"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "there is no such file"), ('{"body": " "}', "would be a dead letter: no_text")],
)
def test_a_file_that_holds_no_article_is_named(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "odd.json"
    if content is not None:
        path.write_text(content)
    done = run("explain", str(path), *two_files(tmp_path)[:1])
    assert done.returncode == ExitCode.FAILED
    assert words in done.stderr.decode()


async def test_ids_are_looked_up_wherever_the_articles_went(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await make_topics(kafka, topic_prefix)
    raw = f"{topic_prefix}articles.raw"
    fed = [
        Sent(json.dumps({"id": i, "body": body}).encode(), partition=2)
        for i, body in (("a", STORY), ("b", STORY + NEWS))
    ]
    offsets = await produce(kafka.bootstrap_servers, raw, fed)
    for article_id, logical, offset in zip("ab", ("enriched", "duplicates"), offsets, strict=True):
        origin = {"topic": raw, "partition": 2, "offset": offset, "timestamp_ms": None}
        value = json.dumps({"article_id": article_id, "origin": origin}).encode()
        await produce(
            kafka.bootstrap_servers, f"{topic_prefix}articles.{logical}", [Sent(value, article_id.encode())]
        )
    capsys.readouterr()
    await explain("a", "b", as_json=True, assignments=at(kafka, topic_prefix))
    (told,) = json_lines(capsys.readouterr().out)
    assert (told["first"], told["second"], told["relation"]) == ("a", "b", "update")
    with pytest.raises(CommandFailed, match="neither a file nor an id"):
        await explain("a", "c", assignments=at(kafka, topic_prefix))
