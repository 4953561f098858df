"""What a page of the desk costs with many articles in SQLite: CPU of the process and time, median of several asks each.

``python -m bench.desk_cost --articles 1000000 [--store FILE]`` fills FILE with invented rows first, unless it is there.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sqlite3
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp.test_utils import TestClient, TestServer

from bench.desk_rows import (
    LOUD_SPEAKER,
    NAMES,
    PLACES,
    UNITS,
    WORDS,
    moment,
    rows_of,
    story_of,
    thread_of,
)
from service.desk.guards import Access
from service.desk.server import Desk
from service.store.database import open_store

ROWS_AT_A_TIME: Final = 5_000
ASKS: Final = 15


def fill(path: Path, count: int) -> None:
    """Make the store; the full-text index is built at the end."""
    open_store(f"sqlite:///{path}").dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    draw = random.Random(3)  # noqa: S311
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(1, count + 1):
        for table, some in rows_of(number, draw).items():
            waiting[table] += some
        if number % ROWS_AT_A_TIME == 0 or number == count:
            connection.execute("BEGIN")
            for table, some in waiting.items():
                _insert(connection, table, some)
            connection.execute("COMMIT")
            waiting.clear()
    connection.execute("INSERT INTO articles_search(articles_search) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = list(rows[0])
        holders = ", ".join("?" * len(names))
        values = [[_flat(row[name]) for name in names] for row in rows]
        statement = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({holders})"  # noqa: S608
        connection.executemany(statement, values)


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

    def a_figure() -> str:
        return thread_of(anywhere() // 16 * 16, figure=True)

    pair = {"collection": lambda: "default", "first": lambda: "a-1", "second": lambda: f"a-{anywhere()}"}
    return {
        "river": many("/"),
        "river, one source": many("/", source=source),
        "river, one speaker": many("/", speaker=name),
        "river, the loudest speaker": many("/", speaker=lambda: LOUD_SPEAKER),
        "river, one language": many("/", language=lambda: "de"),
        "river, updates": many("/", kind=lambda: "update"),
        "river, before a moment": many("/", until=lambda: moment(anywhere())),
        "search, a common word": many("/", q=lambda: draw.choice(WORDS)),
        "search, two common words": many("/", q=lambda: " ".join(draw.sample(WORDS, 2))),
        "search, a rare word": many("/", q=anywhere),
        "search, a word and a source": many("/", q=lambda: draw.choice(WORDS), source=source),
        "search, a word of a rare kind": many("/", q=lambda: draw.choice(WORDS), kind=lambda: "withdrawal"),
        "article": many("/article", collection=lambda: "default", id=lambda: f"a-{anywhere()}"),
        "article, copied everywhere": many("/article", collection=lambda: "default", id=lambda: "a-1"),
        "threads": many("/threads"),
        "threads, most reports": many("/threads", sort=lambda: "reports"),
        "threads, disputed": many("/threads", disputed=lambda: "yes"),
        "threads, of a kind": many("/threads", kind=lambda: draw.choice(("quotation", "figure"))),
        "threads, of a kind that is rare": many("/threads", kind=lambda: "statement"),
        "threads, many reports": many("/threads", reports=lambda: draw.choice((3, 5, 1_000))),
        "threads, a word": many("/threads", q=lambda: draw.choice(WORDS)),
        "threads, a speaker": many("/threads", speaker=name),
        "threads, the loudest speaker": many("/threads", speaker=lambda: LOUD_SPEAKER),
        "threads of an article": many(
            "/threads", collection=lambda: "default", article=lambda: f"a-{anywhere()}"
        ),
        "thread": many("/thread", collection=lambda: "default", id=lambda: thread_of(anywhere())),
        "thread, a figure": many("/thread", collection=lambda: "default", id=a_figure),
        "thread, the longest": many("/thread", collection=lambda: "default", id=lambda: thread_of(1)),
        "thread, the longest of a figure": many(
            "/thread", collection=lambda: "default", id=lambda: thread_of(1, figure=True)
        ),
        "stories": many("/stories"),
        "stories, largest": many("/stories", sort=lambda: "largest"),
        "story": many("/story", collection=lambda: "default", id=lambda: story_of(anywhere())),
        "story, the longest": many("/story", collection=lambda: "default", id=lambda: story_of(1)),
        "speakers": many("/speakers", **{"from": lambda: draw.choice(NAMES)}),
        "speaker": many("/speaker", name=name),
        "speaker, the loudest": many("/speaker", name=lambda: LOUD_SPEAKER),
        "figures": many("/figures"),
        "figures, largest of a unit": many("/figures", unit=lambda: draw.choice(UNITS[:-1]), sort=lambda: "largest"),
        "figures, newest of a unit": many("/figures", unit=lambda: draw.choice(UNITS[:-1])),
        "figures, a topic word": many("/figures", unit=lambda: "percent", q=lambda: draw.choice(WORDS)),
        "line": many("/line"),
        "line, by month": many("/line", span=lambda: "month"),
        "why": many("/why", **pair),
        "dead letters": many("/dead", reason=lambda: "no_text"),
    }  # fmt: skip


async def measure(path: Path, count: int) -> None:
    """Ask for every page and print what it cost."""
    desk = Desk(open_store(f"sqlite:///{path}"), Access())
    print(f"{'page':34s}{'CPU ms':>9s}{'time ms':>9s}{'worst ms':>10s}{'JSON ms':>9s}{'KiB':>7s}")
    async with TestClient(TestServer(desk.app())) as client:
        await client.get("/")
        gc.collect()
        gc.freeze()  # as the command does
        for name, pages in asks(count, random.Random(7)).items():  # noqa: S311
            spent, took, size = [], [], 0
            for page, parameters in pages:
                before, started = time.process_time(), time.perf_counter()
                async with client.get(page, params=parameters) as answer:
                    size = len(await answer.read())
                    assert answer.status in (200, 404), (page, parameters, answer.status)
                spent.append((time.process_time() - before) * 1_000)
                took.append((time.perf_counter() - started) * 1_000)
            twin = [await _cpu_ms(client, page, parameters) for page, parameters in pages]
            middle = f"{statistics.median(spent):9.1f}{statistics.median(took):9.1f}{max(spent):10.1f}"
            print(f"{name:34s}{middle}{statistics.median(twin):9.1f}{size / 1024:7.1f}", flush=True)


async def _cpu_ms(client: TestClient[Any, Any], page: str, parameters: dict[str, str]) -> float:
    """Return the CPU of the JSON twin of a page."""
    before = time.process_time()
    async with client.get(page, params=parameters, headers={"Accept": "application/json"}) as answer:
        await answer.read()
    return (time.process_time() - before) * 1_000


def chosen_store(description: str | None) -> tuple[Path, int]:
    """Read the arguments, fill the store if it is not there, and return it with its number of articles."""
    parser = argparse.ArgumentParser(description=description)
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
    return path, given.articles


if __name__ == "__main__":
    asyncio.run(measure(*chosen_store(__doc__)))
