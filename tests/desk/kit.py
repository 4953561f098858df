"""A desk on a store that a test filled, and articles to fill it with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import orjson
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine

from service.desk.guards import Access
from service.desk.outside import Outside
from service.desk.server import Desk
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter
from service.topics import CLAIM_THREADS, STORIES
from tests.store.kit import outputs
from tests.store.pier import PIER

JSON = {"Accept": "application/json"}
Client = TestClient[Any, Any]
Result = TypeVar("Result")

FERRY = {
    "id": "ferry",
    "title": "Ferry to stay in port",
    "source": "Quay Courier",
    "language": "en",
    "url": "https://quay.example/ferry",
    "published_at": "2025-03-04T08:30:00Z",
    "body": "The ferry to Lunde will stay in port until May, the harbour office of the island said on Tuesday in a "
    'short statement to the press. "We found 14 cracks in the hull," harbour master Ines Tallow said on Tuesday. '
    "Repairs will cost $2.5 million, the operator said. The boats of the northern line will sail twice a day in the "
    "meantime.",
}
REPRINT = {**FERRY, "id": "ferry-again", "source": "Lunde Post", "url": "https://lunde.example/1"}
UPDATE = {
    **FERRY,
    "id": "ferry-2",
    "title": "Ferry has more cracks",
    "body": str(FERRY["body"]).replace("14", "19").replace("2.5", "3.5"),
}
REVISED = {
    **FERRY,
    "title": "Ferry to Lunde sold",
    "body": 'The ferry to Lunde is sold. "Nobody wanted to pay for a new hull," owner Piet Marram said on Friday.',
}
MILL = {
    "id": "mill",
    "title": "Mill in Tarrow burned down",
    "source": "Tarrow Gazette",
    "published_at": "2025-03-05",
    "body": "The mill in Tarrow burned down on Sunday, and 40 people were led to safety, Mayor Odile Brandt said.",
}
ARABIC = {
    "id": "مرفأ-1",
    "title": "إغلاق الجسر القديم ليلاً",
    "source": "بريد الميناء",
    "language": "ar",
    "body": "يغلق الجسر القديم في المدينة ليلاً لمدة أسبوع. وقالت المهندسة: «وجدنا 26 مسماراً صدئاً». "
    "وستبدأ الأعمال يوم الثلاثاء على أن تنتهي قبل نهاية الشهر.",
}

PAYLOADS = (
    "<script>window.harm = 1</script>",
    "<img src=x onerror=window.harm=2>",
    '"><svg onload=window.harm=3>',
    "'-alert(1)-'",
    "javascript:window.harm=4",
    "{{ 7 * 7 }}{% raw %}",
    "</title></style></textarea><iframe srcdoc='<script>parent.harm=5</script>'>",
    "<a href=https://evil.example/>x</a><link rel=stylesheet href=//evil.example/x.css>",
    "\u202egnp.exe\u202c \x1b[31m \x02hit\x03 &lt;b&gt; <!-- <base href=//evil.example/>",
)
"""Texts that harm where one of them is not escaped."""


def hostile(engine: Engine) -> int:
    """Store articles with a payload in every field, as no cleaning stands between; return how many."""
    (record,) = outputs(FERRY)
    writer, known = StoreWriter(engine), dict[tuple[str, int], int]()
    for offset, payload in enumerate(PAYLOADS):
        value = orjson.loads(record.value or b"")
        text = f"{payload} said {payload} and {payload}"
        value |= dict.fromkeys(("article_id", "title", "source", "language", "read_as"), payload)
        value |= {
            "text": text,
            "url": payload if payload.startswith("java") else f"https://x.example/{payload}",
        }
        value["dedup"]["cluster_id"] = payload
        value["origin"]["offset"] = offset
        size = len(payload)
        for claim in value["claims"]:
            claim |= {"text": payload, "start": 0, "end": size, "segments": [{"start": 0, "end": size}]}
            claim["cue"] = {"text": payload, "start": 0, "end": size}
            claim["speaker"] = {
                "text": payload,
                "name": payload,
                "role": payload,
                "start": size,
                "end": size + 9,
            } | {"resolved_by": "same_mention"}
            for quantity in claim["quantities"]:
                quantity |= {
                    "text": payload,
                    "unit": payload,
                    "currency": payload,
                    "start": size,
                    "end": size + 4,
                }
        changed = OutputRecord(record.topic, 0, offset, b"x", orjson.dumps(value), record.headers)
        known = writer.write([changed], known)
    for at, one in enumerate(outputs(*PIER)):
        if one.topic in (CLAIM_THREADS, STORIES):
            value = harmful(orjson.loads(one.value or b""), PAYLOADS[at % len(PAYLOADS)])
            record = OutputRecord(one.topic, 0, at, b"x", orjson.dumps(value), one.headers)
            known = writer.write([record], known)
    return len(PAYLOADS)


def harmful(value: Any, payload: str) -> Any:
    """Return a record of threads with a payload in place of every text but times and names of closed lists."""
    kept = {"kind", "event", "by", "reasons", "first_seen", "latest_seen", "published_at", "collection"}
    if isinstance(value, dict):
        return {name: one if name in kept else harmful(one, payload) for name, one in value.items()}
    if isinstance(value, list):
        return [harmful(one, payload) for one in value]
    return payload if isinstance(value, str) else value


def fill(engine: Engine, *articles: dict[str, Any] | bytes) -> None:
    """Put articles through all stages into the store."""
    StoreWriter(engine).write(in_thread(outputs, *articles), {})


def in_thread(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do something that runs an event loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *arguments).result()


@asynccontextmanager
async def desk(
    engine: Engine, access: Access | None = None, outside: Outside | None = None
) -> AsyncIterator[Client]:
    """Serve the page of a store on a free port."""
    async with TestClient(TestServer(Desk(engine, access or Access(), outside).app())) as client:
        yield client


async def asked(client: Client, path: str, **parameters: str) -> Any:
    """Ask for JSON; return the answer."""
    async with client.get(path, params=parameters, headers=JSON) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def page(client: Client, path: str, **parameters: str) -> str:
    """Ask for the page as a browser would; return the HTML."""
    async with client.get(path, params=parameters, headers={"Accept": "text/html"}) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()
