"""Every hostile record comes to its end, and nothing dangerous travels on."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable

import msgspec
import pytest

from service.intake.article import read_article
from service.intake.raw_fields import EXTRA_BYTES_MAX
from service.pipeline.in_memory import raw_record
from service.records import Article, Rejected
from service.settings import IntakeSettings
from tests.hostile import HANDLED, Hostile, hostile_records

CORPUS = hostile_records()
SETTINGS = IntakeSettings()


def read(hostile: Hostile) -> Article | Rejected:
    try:
        return read_article(hostile.record(), SETTINGS)
    except Rejected as rejected:
        return rejected


def test_the_corpus_has_enough_records_and_no_name_twice() -> None:
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS) >= 60


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
def test_every_hostile_record_comes_to_its_end(hostile: Hostile) -> None:
    article = read(hostile)
    if isinstance(article, Rejected):
        assert article.reason == hostile.ends
        assert len(str(article)) < 400
        assert str(article).isprintable()
        return
    assert hostile.ends == HANDLED
    msgspec.msgpack.encode(article)
    carried = json.loads(msgspec.json.encode(article))
    around = {name: value for name, value in carried.items() if name not in ("text", "title")}
    assert len(json.dumps(around, ensure_ascii=False).encode()) < 2 * EXTRA_BYTES_MAX + 4_096
    assert len(article.text.encode()) <= SETTINGS.text_bytes_max
    assert article.article_id.isprintable()
    assert 0 < len(article.article_id) <= 256
    assert "secret" not in json.dumps(around)


@pytest.mark.parametrize(
    "body",
    [
        "The ferry sails. " * 99,
        "<p>It&rsquo;s <b>shut</b>.</p>" * 9,
        "Itâ€™s shut. " * 9,
        "Advertisement",
        "a" * 99_999,
    ],
)
def test_what_a_record_took_is_freed_with_it_and_not_by_the_next_collection(body: str) -> None:
    """A batch of megabytes held five times its size: few objects were made, so the collector saw no need to run."""
    record = Hostile("", json.dumps({"title": "Shut", "body": body}).encode(), HANDLED)
    read(record)
    gc.collect()
    gc.disable()
    try:
        read(record)
        assert gc.collect() == 0
    finally:
        gc.enable()


GROWING: list[tuple[str, Callable[[int], str]]] = [
    ("marks", lambda n: "a" + "\u0301\u0316" * n),
    ("letters with marks", lambda n: ("e" + "\u0301" * 40) * (n // 40)),
    ("long ligatures", lambda n: "a " + "\ufdfa" * n),
    ("glued stops", lambda n: "said.The " * (n // 4)),
    ("glued stops and quotation marks", lambda n: 'said."A' * (n // 4)),
    ("initials", lambda n: "a" + ".A" * n),
    ("glued headings", lambda n: "The Region When Talks EndedWhen he left. " * (n // 20)),
    ("boxes over names", lambda n: "Miller Ann MillerDam holds " * (n // 25) + "MORE"),
    ("open scripts", lambda n: "<p>a</p>" + "<script>" * (n // 4)),
    ("open comments", lambda n: "<p>a</p>" + "<!--" * (n // 2)),
    ("open tags", lambda n: "<p>a</p>" + "<a " * n),
    ("escaped ampersands", lambda n: "a &" + "amp;" * (n // 2)),
    ("entities", lambda n: "&#x41;" * (n // 3)),
    ("mojibake", lambda n: "a " + "â€™" * n),
    ("words of one arabic letter", lambda n: "\u0627 " * n),
    ("squares of four letters", lambda n: "\u3300" * n),
    ("many different letters", lambda n: "".join(chr(0x4E00 + m % 20_000) for m in range(n))),
    ("captions", lambda n: "Photo: " + "x " * n),
    ("many captions", lambda n: ("Photo: " + "x " * 150 + "\n") * (n // 150)),
    ("related posts", lambda n: "Related posts\nOne\n" * (n // 8)),
    ("one word", lambda n: "a " * n),
    ("a doubled text", lambda n: "".join(f"Word {m} stands here. " for m in range(n // 20)) * 2),
    ("a line of quotation marks", lambda n: '"' * (2 * n)),
    ("blanks", lambda n: " " * n + "a" + "\n" * n),
    ("stray stops", lambda n: "a ," * n),
    ("joiners", lambda n: "क" + "\u200d" * n),
]


def cpu_seconds(text: str) -> float:
    """CPU time of reading a text, the best of three: what others do on this machine does not count."""
    hostile = Hostile("growing", msgspec.json.encode({"body": text}), HANDLED)
    best = 9.0
    for _ in range(3):
        begin = time.process_time()
        read(hostile)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize(("name", "text"), GROWING, ids=[name for name, _ in GROWING])
def test_eight_times_the_text_takes_no_more_than_eight_times_the_time(
    name: str, text: Callable[[int], str]
) -> None:
    """A quadratic reader takes 64 times as long; 24 leaves room for caches and a busy machine."""
    small, large = text(15_000), text(120_000)
    cpu_seconds(small)
    assert cpu_seconds(large) <= 24 * max(cpu_seconds(small), 0.0005)


def test_what_is_said_of_a_record_is_short_and_does_nothing_to_a_screen() -> None:
    names = {f"body\u202e\x1b[31m{n} {'x' * 30}": "text" for n in range(40)}
    for value in (names, {"body": {"\u202ekey": 1}}, {"body": [], "\x07": names}):
        with pytest.raises(Rejected) as refused:
            read_article(raw_record(0, json.dumps(value).encode()), SETTINGS)
        said = refused.value
        assert said.detail.isprintable()
        assert len(str(said)) < 400
        assert str(said).endswith(said.detail)
