"""Both databases find the same words, those of the newest revision, whatever a text holds."""

from __future__ import annotations

from dataclasses import replace

import orjson
from sqlalchemy import Engine, select, text

from service.desk.reading import articles_with
from service.store.schema import ARTICLES
from service.store.search import read_words_anew
from service.store.writer import StoreWriter
from tests.store.kit import outputs
from tests.store.pier import PIER
from tests.store.test_store import FERRY, OTHER, REVISED

BODY = (
    "The re-elected O'Brien of Izmir paid 2,500 for a CAFÉ at quay.example. Not: a quay_side café, in 2025!"
)
SEARCHES = {
    **dict.fromkeys(("re-elected", "elected", "o'brien", "2,500", "500", "café", "CAFÉ", "quay"), True),
    **dict.fromkeys(("quay.example", "side", "example", '"paid 2"', '"café at"', "paid"), True),
    **dict.fromkeys(('"at café"', "paid absent", "OR", "-absent", '"', "?!", "' & | !"), False),
}
"""What a reader types -> whether `BODY` is found by it."""
NAMES = "İstanbul, Erdoğan, cafe\u0301, Łódź, Ørsted, Straße, Hà Nội, ılık, किताब, 한국어"
SPELLINGS = {
    **dict.fromkeys(("istanbul", "Istanbul", "İSTANBUL", "erdogan", "ERDOĞAN", "cafe", "CAFÉ", "łodz"), True),
    **dict.fromkeys(("ørsted", "ØRSTED", "straße", "ha noi", "Hà Nội", "ılık", "किताब", "한국어"), True),
    **dict.fromkeys(("hanoi", "lodz", "orsted", "strasse", "ilik", "stanbul"), False),
}
"""The same for `NAMES`: accents don't matter, letters do."""
HOSTILE = (
    "a " * 100_000,  # more places than a tsvector holds
    " ".join(chr(0x20000 + at) + chr(0x2A000 - at) for at in range(40_000)),  # as many bytes as may be
    "x" * 150_000,
    "' \\ : , * & | ! ( ) <-> \t \u0308 \ud7ff \uffff",
)


def test_a_text_is_found_by_its_words(engine: Engine) -> None:
    assert StoreWriter(engine).write(outputs(FERRY, OTHER, REVISED), {})
    assert _found(engine, "burned") == ["mill"]
    assert _found(engine, "sold") == ["ferry"]
    assert _found(engine, "cracks") == []  # of a revision that was replaced


def test_the_index_of_sqlite_is_written_once_a_batch(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    StoreWriter(engine).write(outputs(FERRY, OTHER, *PIER), {})
    with engine.connect() as connection:
        parts = connection.execute(text("SELECT count(DISTINCT segid) FROM articles_search_idx")).scalar()
    assert parts == 1


def test_both_databases_find_the_same_words(engine: Engine) -> None:
    StoreWriter(engine).write(outputs({**OTHER, "body": f"{BODY} {OTHER['body']}"}), {})
    assert {asked: _found(engine, asked) == ["mill"] for asked in SEARCHES} == SEARCHES


def test_both_databases_read_past_accents(engine: Engine) -> None:
    StoreWriter(engine).write(outputs({**OTHER, "body": f"{NAMES} {OTHER['body']}"}), {})
    assert {asked: _found(engine, asked) == ["mill"] for asked in SPELLINGS} == SPELLINGS


def test_no_phrase_runs_from_the_title_into_the_text(engine: Engine) -> None:
    StoreWriter(engine).write(
        outputs({**OTHER, "title": "Mayor walks", "body": f"Away. {OTHER['body']}"}), {}
    )
    assert _found(engine, '"mayor walks"') == ["mill"]
    assert not _found(engine, '"walks away"')


def test_what_an_earlier_release_stored_is_found_by_the_same_words(engine: Engine) -> None:
    StoreWriter(engine).write(outputs({**OTHER, "body": f"{BODY} {OTHER['body']}"}), {})
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("UPDATE articles SET search = to_tsvector('simple', text)"))
        assert not _found(engine, "example")
        with engine.begin() as connection:
            read_words_anew(connection)
    assert {asked: _found(engine, asked) == ["mill"] for asked in SEARCHES} == SEARCHES


def test_no_text_is_too_much_for_the_index(engine: Engine) -> None:
    (record,) = outputs(OTHER)
    value = orjson.loads(record.value or b"")
    writer = StoreWriter(engine)
    for at, words in enumerate(HOSTILE):
        value |= {"article_id": f"mill-{at}", "title": "needle", "text": words, "claims": []}
        value["origin"]["offset"] = at
        writer.write([replace(record, value=orjson.dumps(value))], writer.positions())
    assert _found(engine, "needle") == [f"mill-{at}" for at in range(len(HOSTILE))]


def _found(engine: Engine, asked: str) -> list[str]:
    """Return the ids of the articles that a search of the page finds."""
    with engine.connect().execution_options(read_only=True) as connection:
        numbers = [row[0] for row in connection.execute(articles_with(connection, asked, 10))]
        wanted = select(ARTICLES.c.article_id).where(ARTICLES.c.id.in_(numbers)).order_by(ARTICLES.c.id)
        return [row[0] for row in connection.execute(wanted)]
