"""A replay is shown before it happens, and happens only by a form of the page itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.desk.outside import BrokerAway, NoBroker, Replay
from service.store.database import open_store
from tests.desk.kit import Client, desk, fill, page

REASON = "invalid_json"


@dataclass
class Recorded(NoBroker):
    """Stands for a broker; keeps what was sent back."""

    sent: list[str] = field(default_factory=list)

    async def replay(self, reason: str, *, dry_run: bool) -> Replay:
        if dry_run:
            return Replay("articles.raw", 2, {"went back 3 times already": 1})
        self.sent.append(reason)
        return Replay("articles.raw", 2, {}, delivered=2)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    made = open_store(f"sqlite:///{tmp_path}/store.db")
    fill(made, b"{", b"{")
    return made


async def token(client: Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', await page(client, "/replay", reason=REASON))
    assert found
    return found[1]


async def test_a_preview_sends_nothing_and_its_form_sends_once(store: Engine) -> None:
    broker = Recorded()
    async with desk(store, outside=broker) as client:
        assert "/replay?reason=invalid_json" in await page(client, "/dead", reason=REASON)
        text = await page(client, "/replay", reason=REASON)
        assert "Send back 2 records?" in text
        assert "1 stay: they went back 3 times already" in text
        assert broker.sent == []
        form = {"token": await token(client), "reason": REASON}
        async with client.post("/replay", data=form) as answer:
            assert "2 of 2 records went back" in await answer.text()
        assert broker.sent == [REASON]


async def test_a_form_of_another_site_sends_nothing(store: Engine) -> None:
    broker = Recorded()
    async with desk(store, outside=broker) as client:
        good = await token(client)
        for form, headers in (
            ({"reason": REASON}, {}),
            ({"reason": REASON, "token": "x" + good}, {}),
            ({"reason": REASON, "token": "ü"}, {}),
            ({"reason": REASON, "token": good}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            async with client.post("/replay", data=form, headers=headers) as answer:
                assert answer.status == 403
        async with client.post("/replay", data={"reason": "all", "token": good}) as answer:
            assert answer.status == 400
    assert broker.sent == []


async def test_a_broker_that_is_away_is_said(store: Engine) -> None:
    class Away(NoBroker):
        async def replay(self, reason: str, *, dry_run: bool) -> Replay:
            raise BrokerAway("no broker at 127.0.0.1:1")

    async with desk(store, outside=Away()) as client, client.get(f"/replay?reason={REASON}") as answer:
        assert answer.status == 503
        assert "no broker at 127.0.0.1:1" in await answer.text()


async def test_without_a_broker_nothing_is_offered(store: Engine) -> None:
    async with desk(store) as client:
        assert "/replay" not in await page(client, "/dead", reason=REASON)
        async with client.get(f"/replay?reason={REASON}") as answer:
            assert answer.status == 404
