"""A desk on a store that a test filled, and articles to fill it with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine

from service.desk.guards import Access
from service.desk.outside import Outside
from service.desk.server import Desk
from service.store.writer import StoreWriter
from tests.store.kit import outputs

JSON = {"Accept": "application/json"}
Client = TestClient[Any, Any]

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


def hostile(number: int, payload: str) -> dict[str, Any]:
    """Make an article with the payload wherever a stranger may write."""
    return {
        "id": f"{payload} {number}",
        "title": f"{payload} title",
        "source": f"{payload} news",
        "url": payload if payload.startswith("java") else f"https://example.net/{payload}",
        "language": payload[:30],
        "body": f'Number {number} of the trams came late on Monday, {payload} and so on. "It was {payload} and 14 '
        f'cracks," engineer Ines {payload} Tallow said on Tuesday. Repairs cost ${number}.5 million.',
    }


def fill(engine: Engine, *articles: dict[str, Any] | bytes) -> None:
    """Put articles through all stages into the store; in a thread, for the stages in memory run a loop of their own."""
    with ThreadPoolExecutor(1) as pool:
        StoreWriter(engine).write(pool.submit(outputs, *articles).result(), {})


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
