"""What a page of the desk costs with many articles in SQLite: CPU of the process and time, median of several asks each.

``python -m bench.desk_cost --articles 1000000 [--store FILE]`` fills FILE with invented rows first, unless it is there.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp.test_utils import TestClient, TestServer

from service.desk.guards import Access
from service.desk.server import Desk
from service.store.database import open_store
from service.store.schema import ARTICLES, CLAIMS, DEAD_LETTERS, DUPLICATES, FIGURES

ROWS_AT_A_TIME: Final = 5_000
ASKS: Final = 15
WORDS: Final = """harbour tram council mayor ferry bridge budget school storm reservoir vote strike market museum
factory airport hospital election crew engineer union minister court river tower engine railway forest island winter
summer police witness owner captain doctor teacher farmer board plan crack flood fire price tax rent wage""".split()
NAMES: Final = """Ada Ben Cleo Dag Edda Finn Greta Hal Ines Joost Kira Lev Mona Nils Odile Piet Quinn Rosa Sven
Tilda""".split()
PLACES: Final = (
    "Lunde Tarrow Corran Selwyn Ferrant Calder Brava Marram Ostler Varn Sallow Moor Holm Brandt Renn".split()
)
LANGUAGES: Final = ("en", "en", "en", "de", None)
UNITS: Final = ("percent", "people", "tonne", "year", "hour", "ferries", "schools", None)


def articles(
    count: int, draw: random.Random
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]]:
    """Invent articles with two quotations and a figure each; some belong to the story of an earlier one."""
    for number in range(1, count + 1):
        place = draw.choice(PLACES)
        body = " ".join(draw.choices(WORDS, k=100)) + f" {place} {number}."
        moment = _moment(number)
        story = draw.randint(max(1, number - 500), number) if number % 4 == 0 else number
        article = {
            "id": number, "collection": "default", "article_id": f"a-{number}", "revision": 1,
            "status": "update" if story != number else "new", "cluster_id": f"a-{story}", "novelty": 0.8,
            "title": f"{draw.choice(WORDS).title()} of {place} {draw.choice(WORDS)}s {draw.choice(WORDS)}",
            "text": body, "source": f"{place} {draw.choice(('Post', 'Courier', 'Gazette'))} {draw.randint(1, 20)}",
            "url": None, "published_at": moment, "fed_at": moment, "language": draw.choice(LANGUAGES),
            "read_as": "en", "content_hash": f"{number:032x}", "related": [], "extra": None, "repairs": [],
            "origin_topic": "articles.raw", "origin_partition": number % 4, "origin_offset": number,
        }  # fmt: skip
        claims, figures = [], []
        for at in range(3):
            words = body[at * 60 : at * 60 + 55]
            name = f"{draw.choice(NAMES)} {draw.choice(PLACES)}{draw.randint(1, 60)}"
            claims.append({
                "article": number, "number": at, "claim_id": f"{number:x}-{at}", "kind": "quote" if at else "figure",
                "text": words, "start_at": at * 60, "end_at": at * 60 + 55, "segments": [[at * 60, at * 60 + 55]],
                "sentence_start": 0, "sentence_end": 60, "speaker_text": name if at else None,
                "speaker_name": name if at else None, "speaker_role": "mayor" if at else None,
                "speaker_start": 58 if at else None, "speaker_end": 60 if at else None, "resolved_by": None,
                "cue": "said", "dates": [], "negated": False, "hedged": False, "confidence": 0.9, "method": "model",
            })  # fmt: skip
        unit = draw.choice(UNITS)
        figures.append({
            "article": number, "claim": 0, "number": 0, "text": "14", "value": float(draw.randint(1, 10_000)),
            "value_high": None, "unit": unit, "currency": None if unit else "USD", "scale": None, "comparator": None,
            "change": None, "start_at": 3, "end_at": 5,
        })  # fmt: skip
        yield article, claims, figures


def _moment(number: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_780_000_000 + number * 2))


def fill(path: Path, count: int) -> None:
    """Make the store; the full-text index is built at the end."""
    open_store(f"sqlite:///{path}").dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    draw = random.Random(3)  # noqa: S311
    rows: dict[Any, list[dict[str, Any]]] = {
        ARTICLES: [],
        CLAIMS: [],
        FIGURES: [],
        DUPLICATES: [],
        DEAD_LETTERS: [],
    }
    for number, (article, claims, figures) in enumerate(articles(count, draw), start=1):
        rows[ARTICLES].append(article)
        rows[CLAIMS] += claims
        rows[FIGURES] += figures
        if number % 3 == 0:
            rows[DUPLICATES].append(_copy(article, number))
        if number % 100 == 0:
            rows[DEAD_LETTERS].append(_dead(article, number))
        if number % ROWS_AT_A_TIME == 0 or number == count:
            connection.execute("BEGIN")
            for table, some in rows.items():
                _insert(connection, table.name, some)
                some.clear()
            connection.execute("COMMIT")
    connection.execute("INSERT INTO articles_search(articles_search) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _copy(article: dict[str, Any], number: int) -> dict[str, Any]:
    same = "collection cluster_id title source url published_at fed_at language content_hash".split()
    return {name: article[name] for name in same} | {
        "origin_topic": "articles.raw", "origin_partition": 5, "origin_offset": number, "article_id": f"c-{number}",
        "duplicate_of": article["article_id"], "relation": "exact", "similarity": 1.0, "containment": 1.0,
        "coverage": 1.0, "novelty": 0.0,
    }  # fmt: skip


def _dead(article: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "origin_topic": "articles.raw", "origin_partition": 6, "origin_offset": number, "stage": "intake",
        "reason": "no_text", "detail": "none of body, text, content holds a text", "attempts": 1, "key": None,
        "value": b"{}", "fed_at": article["fed_at"], "dead_partition": 0, "dead_offset": number,
    }  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = list(rows[0])
        holders = ", ".join("?" * len(names))
        values = [[_flat(row[name]) for name in names] for row in rows]
        connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({holders})", values)  # noqa: S608


def _flat(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def asks(count: int, draw: random.Random) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """List the pages to ask for, each with other parameters every time."""

    def many(path: str, **parameters: Any) -> list[tuple[str, dict[str, str]]]:
        return [(path, {name: str(make()) for name, make in parameters.items()}) for _ in range(ASKS)]

    def source() -> str:
        return f"{draw.choice(PLACES)} {draw.choice(('Post', 'Courier', 'Gazette'))} {draw.randint(1, 20)}"

    def name() -> str:
        return f"{draw.choice(NAMES)} {draw.choice(PLACES)}{draw.randint(1, 60)}"

    def anywhere() -> int:
        return draw.randint(1, count)

    return {
        "river": many("/"),
        "river, one source": many("/", source=source),
        "river, one speaker": many("/", speaker=name),
        "river, one language": many("/", language=lambda: "de"),
        "river, updates": many("/", kind=lambda: "update"),
        "river, before a moment": many("/", until=lambda: _moment(anywhere())),
        "search, a common word": many("/", q=lambda: draw.choice(WORDS)),
        "search, two common words": many("/", q=lambda: " ".join(draw.sample(WORDS, 2))),
        "search, a rare word": many("/", q=anywhere),
        "search, a word and a source": many("/", q=lambda: draw.choice(WORDS), source=source),
        "article": many("/article", collection=lambda: "default", id=lambda: f"a-{anywhere()}"),
        "speakers": many("/speakers", **{"from": lambda: draw.choice(NAMES)}),
        "speaker": many("/speaker", name=name),
        "figures": many("/figures"),
        "figures, largest of a unit": many("/figures", unit=lambda: draw.choice(UNITS[:-1]), sort=lambda: "largest"),
        "figures, newest of a unit": many("/figures", unit=lambda: draw.choice(UNITS[:-1])),
        "figures, a topic word": many("/figures", unit=lambda: "percent", q=lambda: draw.choice(WORDS)),
        "line": many("/line"),
        "dead letters": many("/dead", reason=lambda: "no_text"),
    }  # fmt: skip


async def measure(path: Path, count: int) -> None:
    """Ask for every page and print what it cost."""
    desk = Desk(open_store(f"sqlite:///{path}"), Access())
    print(f"{'page':30s}{'CPU ms':>9s}{'time ms':>9s}{'worst ms':>10s}{'KiB':>7s}")
    async with TestClient(TestServer(desk.app())) as client:
        await client.get("/")
        for name, pages in asks(count, random.Random(7)).items():  # noqa: S311
            spent, took, size = [], [], 0
            for page, parameters in pages:
                before, started = time.process_time(), time.perf_counter()
                async with client.get(page, params=parameters) as answer:
                    size = len(await answer.read())
                spent.append((time.process_time() - before) * 1_000)
                took.append((time.perf_counter() - started) * 1_000)
            middle = f"{statistics.median(spent):9.1f}{statistics.median(took):9.1f}"
            print(f"{name:30s}{middle}{max(spent):10.1f}{size / 1024:7.1f}", flush=True)


def main() -> None:
    """Fill the store if it is not there, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--store", type=Path, default=None)
    given = parser.parse_args()
    path = given.store or Path("var") / f"desk-{given.articles}.db"
    if not path.exists():
        started = time.process_time()
        fill(path, given.articles)
        spent = time.process_time() - started
        size = path.stat().st_size / 2**20
        print(f"filled {given.articles} articles in {spent:.0f} s of CPU, {size:.0f} MiB")
    asyncio.run(measure(path, given.articles))


if __name__ == "__main__":
    main()
