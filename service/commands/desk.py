"""`copydesk desk`: a page on the store, to look at what was published."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import threading
import webbrowser
from collections.abc import AsyncIterator
from typing import Annotated, Final

import typer

from service.commands.shared import CommandFailed, ConfigOption, SetOption, out, read_settings
from service.commands.worker_endpoints import endpoint
from service.exit_codes import ExitCode
from service.settings import Settings

WARM_UP_SECONDS: Final = 3.0
"""Seconds after the start until compiled functions are loaded: the first page is asked for at once, and comes first."""


async def desk(
    store: Annotated[
        str | None, typer.Option("--store", metavar="URL", help="Database to read, for store.url.")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65_535, help="Port, for desk.port; 0 takes a free one.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Serve a page on the store: stories as they come, who says what, copies, and why.

    Prints its address, and stops on SIGTERM or Ctrl-C. Other machines reach it only where desk.host says so, and then
    it needs desk.password or desk.proxy_header.
    """
    settings = read_settings(config, assignments, store__url=store, desk__port=port)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with serving(settings) as address:
        out(f"ready: {address}")
        if open_:
            await asyncio.to_thread(webbrowser.open, address)
        await stopping.wait()


@contextlib.asynccontextmanager
async def serving(settings: Settings, *, with_broker: bool = True) -> AsyncIterator[str]:
    """Serve the page and yield its address. Raises CommandFailed where it must not or cannot start."""
    from aiohttp import web

    from service.commands.desk_broker import DeskBroker
    from service.compiled import drop_stale_once
    from service.desk.guards import Access
    from service.desk.server import Desk
    from service.store.database import StoreUnavailable, open_store

    access = Access(settings.desk.host, settings.desk.password, settings.desk.proxy_header)
    if problem := access.problem():
        raise CommandFailed(problem, ExitCode.CONFIGURATION)
    try:
        engine = open_store(settings.store.url)
    except StoreUnavailable as error:
        raise CommandFailed(str(error), ExitCode.CONFIGURATION) from None
    outside = DeskBroker(settings) if with_broker else None
    drop_stale_once()  # two articles are compared with compiled functions
    warming = threading.Timer(WARM_UP_SECONDS, _prepare)
    warming.daemon = True
    runner = web.AppRunner(Desk(engine, access, outside).app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.desk.host, settings.desk.port)
        try:
            await site.start()
        except OSError as error:
            place = f"{settings.desk.host}:{settings.desk.port}"
            raise CommandFailed(f"the page cannot listen on {place}: {error.strerror}") from None
        warming.start()
        yield endpoint(settings.desk.host, runner.addresses[0][1])
    finally:
        warming.cancel()
        await runner.cleanup()
        engine.dispose()


def _prepare() -> None:
    """Load compiled functions, and spare modules the collection of garbage: 65 ms at some reader's cost every time."""
    from service.desk.why import warm_up

    warm_up()
    gc.collect()
    gc.freeze()
