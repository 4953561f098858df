"""Serve the pages over HTTP: HTML to a reader, the same answers in JSON, CSV or as a feed to a program."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any, Final

import jinja2
from aiohttp import web
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service import __version__
from service.desk.choices import Choices, choices
from service.desk.formats import (
    ATOM,
    CSV,
    HTML,
    JSON,
    TYPES,
    atom_answer,
    csv_answer,
    feed_id,
    form_of,
    json_answer,
    own_address,
)
from service.desk.guards import Access, guard
from service.desk.live import Live
from service.desk.openapi import document
from service.desk.outside import NoBroker, Outside, RawText
from service.desk.pages import FILTERS, PAGES, Page
from service.desk.plots import bars, time_line
from service.desk.questions import BadQuestion, Filters, NothingThere
from service.desk.replaying import Replaying
from service.desk.river import Story
from service.desk.templating import environment
from service.records import Origin

OUTSIDE_SECONDS_MAX: Final = 30.0
"""Seconds that a page waits for the broker."""

CHOICES_SECONDS: Final = 20.0
"""Seconds for which the values of the filters are kept."""

STATIC: Final = {
    "desk.css": ("text/css", ("marks.css", "desk.css")),
    "desk.js": ("text/javascript", ("desk.js",)),
    "icon.svg": ("image/svg+xml", ("icon.svg",)),
}
"""What is served, as which type, from which files: the styles in one, since a page waits for each of them."""


class Desk:
    """Answer requests from one store."""

    def __init__(self, engine: Engine, access: Access, outside: Outside | None = None) -> None:
        self._engine = engine
        self._access = access
        self._outside = outside or NoBroker()
        self._can_replay = outside is not None
        self._replaying = Replaying(self._outside, access.token, self._html)
        self._templates: jinja2.Environment = environment()
        folder = files("service.desk").joinpath("static")
        self._static = {
            name: b"".join(folder.joinpath(one).read_bytes() for one in parts)
            for name, (_, parts) in STATIC.items()
        }
        stamp = hashlib.blake2b(b"".join(self._static.values()), digest_size=6).hexdigest()
        self._templates.globals.update(
            stamp=stamp,
            version=__version__,
            bars=bars,
            time_line=time_line,
            can_replay=self._can_replay,
            no_filters=Filters(),
            feed_id=feed_id,
        )
        self._live = Live(engine, self._story)
        self._choices: tuple[float, Choices] | None = None

    def app(self) -> web.Application:
        """Build the application with all its routes."""
        app = web.Application(middlewares=[guard(self._access)], client_max_size=65_536)
        for page in PAGES:
            app.router.add_get(page.path, self._handler(page))
        app.router.add_get("/openapi.json", self._openapi)
        self._live.attach(app)
        if self._can_replay:
            self._replaying.attach(app)
        for name in STATIC:
            app.router.add_get(f"/static/{name}", self._file(name))
        app.router.add_get("/{path:.*}", self._nowhere)
        return app

    def _handler(self, page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            loop = asyncio.get_running_loop()
            return await asyncio.to_thread(self._answered, page, request, loop)

        return handle

    def _answered(self, page: Page, request: web.Request, loop: asyncio.AbstractEventLoop) -> web.Response:
        """Ask the store and write the answer; in a thread, so that one slow question delays no other."""
        parameters = {name: value for name, value in request.query.items() if value and name != "format"}

        def raw_text(origin: Origin) -> RawText | None:
            asking = asyncio.run_coroutine_threadsafe(self._outside.raw_text(origin), loop)
            return asking.result(OUTSIDE_SECONDS_MAX)

        form = JSON
        try:
            form = form_of(request, page)
            with self._engine.connect().execution_options(read_only=True) as connection:
                answer = page.answer(connection, parameters, raw_text)
                if form != HTML:
                    return self._for_programs(form, page, answer, request, parameters)
                offered = self._offered(connection)
        except (BadQuestion, NothingThere) as why:
            status = 404 if isinstance(why, NothingThere) else 400
            return self._trouble(status, str(why), json=form != HTML)
        except SQLAlchemyError as error:
            reason = f"the store did not answer: {str(error).splitlines()[0]}"
            return self._trouble(503, reason, json=form != HTML)
        return self._html(
            page.template,
            answer=answer,
            parameters=parameters,
            choices=offered,
            path=page.path,
            forms=page.forms,
            **page.dress(answer),
        )

    def _for_programs(
        self, form: str, page: Page, answer: Any, request: web.Request, parameters: dict[str, str]
    ) -> web.Response:
        if form == CSV:
            return csv_answer(page, answer, parameters)
        if form == ATOM:
            asked = {name: value for name, value in parameters.items() if name in FILTERS}
            feed = self._templates.get_template("feed.xml")
            return atom_answer(feed.render(answer=answer, parameters=asked, own=own_address(request)))
        return json_answer(answer)

    def _html(self, template: str, *, status: int = 200, **values: Any) -> web.Response:
        values = {"parameters": {}, "path": "", "forms": (), "status": status, **values}
        text = self._templates.get_template(template).render(**values)
        return web.Response(text=text, status=status, content_type="text/html", headers={"Vary": "Accept"})

    def _story(self, story: Story) -> str:
        module = self._templates.get_template("macros.html").module
        return str(module.story(story)).strip()  # type: ignore[attr-defined]

    def _trouble(self, status: int, why: str, *, json: bool) -> web.Response:
        if json:
            return json_answer({"error": why}, status)
        return self._html("trouble.html", status=status, why=why)

    async def _nowhere(self, request: web.Request) -> web.Response:
        wants_json = TYPES[JSON] in request.headers.get("Accept", "")
        return self._trouble(404, f"there is no page {request.path}", json=wants_json)

    async def _openapi(self, _: web.Request) -> web.Response:
        return json_answer(document(PAGES))

    def _offered(self, connection: Any) -> Choices:
        now = time.monotonic()
        if self._choices is None or now - self._choices[0] > CHOICES_SECONDS:
            self._choices = now, choices(connection)
        return self._choices[1]

    def _file(self, name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(_: web.Request) -> web.StreamResponse:
            headers = {"Cache-Control": "max-age=31536000, immutable"}
            return web.Response(
                body=self._static[name], content_type=STATIC[name][0], charset="utf-8", headers=headers
            )

        return handle
