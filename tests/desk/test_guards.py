"""Nobody reaches the page who should not, and no answer lets a browser do more than show it."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.desk.guards import Access
from service.exit_codes import ExitCode
from service.store.database import open_store
from tests.commands.kit import run
from tests.desk.kit import FERRY, PAYLOADS, asked, desk, fill, hostile, in_thread, page

EVERYWHERE = "0.0.0.0"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path}/store.db")


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"anyone:{password}".encode()).decode()}


@pytest.mark.parametrize(
    "path", ["/", "/article?collection=a&id=b", "/static/desk.css", "/nowhere", "/?cursor=x"]
)
async def test_every_answer_forbids_foreign_and_inline_content(store: Engine, path: str) -> None:
    async with desk(store) as client, client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_pages_hold_no_inline_script_or_style(store: Engine) -> None:
    fill(store, FERRY)
    async with desk(store) as client:
        for path in ("/", "/article?collection=default&id=ferry"):
            text = await page(client, path)
            assert text.count("<script") == text.count("<script src=") == 1
            assert "style=" not in text
            assert "<style" not in text
            assert " on" not in text.split("<body>")[0]


async def test_what_a_stranger_wrote_is_never_markup(store: Engine) -> None:
    count = in_thread(hostile, store)
    async with desk(store) as client:
        river = await asked(client, "/")
        assert len(river["stories"]) == count
        pages = [
            await page(client, "/"),
            await page(client, "/", q="<script>window.harm", source=PAYLOADS[0]),
        ]
        pages += [
            await page(client, "/article", collection=story["collection"], id=story["article_id"])
            for story in river["stories"]
        ]
        pages += [await page(client, path) for path in ("/speakers", "/figures", "/dead")]
        for payload in PAYLOADS:
            pages.append(await page(client, "/speaker", name=payload))
            pages.append(await page(client, "/figures", unit=payload))
        assert "{{ 7 * 7 }}" in pages[0]
        for text in pages:
            for sign in (
                "<script>",
                "<img",
                "<svg",
                "<iframe",
                "<base",
                "<link rel=stylesheet",
                "\u202e",
                "\x1b",
            ):
                assert sign not in text
            assert 'href="javascript:' not in text


async def test_the_page_of_this_machine_answers_to_its_own_names_only(store: Engine) -> None:
    async with desk(store) as client:
        for name, status in (("localhost", 200), ("127.0.0.1:8470", 200), ("evil.example:8470", 421)):
            async with client.get("/", headers={"Host": name}) as answer:
                assert answer.status == status


async def test_a_password_is_asked_for(store: Engine) -> None:
    async with desk(store, Access(EVERYWHERE, password="geheim")) as client:
        for headers, status in (({}, 401), (basic("falsch"), 401), (basic("geheim"), 200)):
            for path in ("/", "/static/desk.css", "/events"):
                async with client.get(path, headers={**headers, "Host": "desk.example"}) as answer:
                    assert answer.status == status
        for header in ("Basic", "Basic !", "Bearer geheim", "Basic " + b64encode(b"geheim").decode()):
            async with client.get("/", headers={"Authorization": header}) as answer:
                assert answer.status == 401


async def test_a_proxy_says_whom_it_let_in(store: Engine) -> None:
    async with desk(store, Access(EVERYWHERE, proxy_header="X-Forwarded-User")) as client:
        async with client.get("/") as answer:
            assert answer.status == 403
        async with client.get("/", headers={"X-Forwarded-User": "ada"}) as answer:
            assert answer.status == 200


def test_the_page_does_not_start_open_to_other_machines(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    ended = run("desk", "--store", store, "--port", "0", "--set", f"desk.host={EVERYWHERE}")
    assert ended.returncode == ExitCode.CONFIGURATION
    assert b"desk.password" in ended.stderr
