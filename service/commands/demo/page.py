"""The page of the demo: a store of its own, filled while records come out, and the desk on it until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec

from service.commands.demo.tally import Published
from service.commands.desk import serving
from service.commands.shared import reach_broker, say
from service.settings import Settings

FILE_NAME = "demo.db"


@contextlib.asynccontextmanager
async def page_on_broker(settings: Settings, folder: Path) -> AsyncIterator[str]:
    """Serve the page while the output topics are read into a fresh store; yield its address."""
    from service.pipeline.storing import follow_into_store
    from service.store.database import open_store
    from service.store.incoming import STORED_TOPICS

    settings = _with_own_store(settings, folder)
    cluster = await reach_broker(settings, *STORED_TOPICS)
    engine, stopping = open_store(settings.store.url), asyncio.Event()
    storing = asyncio.create_task(follow_into_store(settings, engine, dict(cluster.partitions), stopping))
    try:
        async with serving(settings) as address:
            yield address
    finally:
        stopping.set()
        await asyncio.gather(storing, return_exceptions=True)
        engine.dispose()


async def page_in_memory(settings: Settings, folder: Path, published: Sequence[Published]) -> None:
    """Store what came out and serve the page on it, without a broker, until Ctrl-C."""
    from service.store.database import open_store
    from service.store.incoming import STORED_TOPICS
    from service.store.rows import OutputRecord
    from service.store.writer import StoreWriter

    settings = _with_own_store(settings, folder)
    records = [
        OutputRecord(one.topic, 0, at, one.key, one.value, one.headers)
        for at, one in enumerate(published)
        if one.topic in STORED_TOPICS
    ]
    engine = open_store(settings.store.url)
    await asyncio.to_thread(StoreWriter(engine).write, records, {})
    engine.dispose()
    async with serving(settings, with_broker=False) as address:
        await hold(address)


async def hold(address: str) -> None:
    """Say where the page is, and return at Ctrl-C or SIGTERM."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    say(f"the page is open at {address} until Ctrl-C")
    await stopping.wait()


def _with_own_store(settings: Settings, folder: Path) -> Settings:
    """Return the settings with a store in `folder`, which is made anew."""
    for old in folder.glob(f"{FILE_NAME}*"):
        old.unlink()
    store = msgspec.structs.replace(settings.store, url=f"sqlite:///{folder / FILE_NAME}")
    return msgspec.structs.replace(settings, store=store)
