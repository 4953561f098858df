"""The live river: articles as they are stored, as server-sent events with a piece of HTML each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Final

from aiohttp import web
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.desk.guards import HEADERS
from service.desk.questions import whole_number
from service.desk.river import Story, newest_id, since

LOOK_SECONDS: Final = 1.0
"""Seconds between two looks at the store."""

SILENT_LOOKS_MAX: Final = 15
"""Looks without news before a comment is sent: a broken connection is noticed, and proxies keep a good one."""

READERS_MAX: Final = 64
STORIES_AT_ONCE: Final = 20
"""Maximum number of stories of one look; of a longer backlog the river is better read anew."""

STOPPING: Final = web.AppKey("stopping", asyncio.Event)


class Live:
    """Send what is stored to everybody who listens."""

    def __init__(self, engine: Engine, render: Callable[[Story], str]) -> None:
        self._engine = engine
        self._render = render
        self._readers = 0

    def attach(self, app: web.Application) -> None:
        """Add the route, and end all streams when the server stops."""
        app[STOPPING] = asyncio.Event()

        async def stop(app: web.Application) -> None:
            app[STOPPING].set()

        app.on_shutdown.append(stop)
        app.router.add_get("/events", self.handle)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Send what is stored from now on, until the reader leaves or the server stops."""
        if self._readers >= READERS_MAX:
            raise web.HTTPServiceUnavailable(text="Too many readers are live; reload later.\n")
        self._readers += 1
        try:
            return await self._stream(request)
        finally:
            self._readers -= 1

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        parameters = {"after": request.headers.get("Last-Event-ID") or request.query.get("after", "")}
        newest = whole_number(parameters, "after", 0, lowest=0, highest=999_999_999)
        headers = {**HEADERS, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        stopping, silent = request.app[STOPPING], 0
        try:
            while not stopping.is_set():
                events, newest = await asyncio.to_thread(self._look, newest)
                silent = 0 if events else silent + 1
                if events or silent >= SILENT_LOOKS_MAX:
                    await response.write("".join(events).encode() or b": nothing new\n\n")
                    silent = 0
                await _sleep(stopping)
        except (ConnectionError, SQLAlchemyError):
            pass  # the reader left, or the store is away: the browser comes back by itself
        return response

    def _look(self, newest: int) -> tuple[list[str], int]:
        with self._engine.connect().execution_options(read_only=True) as connection:
            last = newest_id(connection)
            if last <= newest:
                return [], last
            after = max(newest, last - STORIES_AT_ONCE)
            found = since(connection, after, STORIES_AT_ONCE)
        return [_event(number, story, self._render(story)) for number, story in found], last


def _event(number: int, story: Story, html: str) -> str:
    data = json.dumps({"story": f"{story.collection}/{story.cluster_id}", "html": html})
    return f"event: story\nid: {number}\ndata: {data}\n\n"


async def _sleep(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)
    except TimeoutError:
        return
