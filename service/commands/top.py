"""`copydesk top`: rates, lag, duplicates, dead letters and the index, live, from the workers' own metrics."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    console,
    json_line,
    out,
    read_settings,
)
from service.exit_codes import ExitCode
from service.stages import STAGES

if TYPE_CHECKING:
    from service.commands.top_view import Look

PATIENCE_SECONDS = 3.0


async def top(
    urls: Annotated[
        list[str] | None,
        typer.Option("--url", metavar="URL", help="A worker (http://host:port); may be repeated."),
    ] = None,
    every_seconds: Annotated[
        float, typer.Option("--every", min=0.1, help="Seconds between two looks.")
    ] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="Two looks, one answer.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Watch the workers of this machine, or those of `--url`, until Ctrl-C.

    Without `--url` it asks the ports that `copydesk run` serves: telemetry.port and those after it, one for each
    stage, and one for the store if that runs. Ends with 1 when no worker answers at the first look.
    """
    from service.commands.top_view import as_dict, compared, page
    from service.commands.worker_endpoints import endpoint

    settings = read_settings(config, assignments)
    places = _places(urls, settings.telemetry.host, settings.telemetry.port)
    maybe = [] if urls else [endpoint(settings.telemetry.host, settings.telemetry.port + len(STAGES))]
    before = await _look(places, maybe)
    if not before.answered:
        raise CommandFailed(f"no worker answers at {', '.join(places)}")
    screen = None
    if not as_json and not once and console().is_terminal:
        from rich.live import Live

        screen = Live(console=console(), screen=True, auto_refresh=False)
        screen.start()
    try:
        while True:
            await asyncio.sleep(every_seconds)
            now = await _look(places, maybe)
            report = compared(before, now)
            if as_json:
                out(json_line(as_dict(report)))
            elif screen is not None:
                screen.update("\n".join(page(report)), refresh=True)
            else:
                out("\n".join(page(report)))
            if once:
                return
            before = now
    finally:
        if screen is not None:
            screen.stop()


def _places(urls: list[str] | None, host: str, port: int) -> list[str]:
    from service.commands.worker_endpoints import endpoint

    if urls:
        if wrong := [url for url in urls if not url.startswith(("http://", "https://"))]:
            raise CommandFailed(f"--url {wrong[0]} is no address like http://host:port", ExitCode.USAGE)
        return [url.rstrip("/") for url in urls]
    if not port:
        raise CommandFailed(
            "telemetry.port is 0, so workers serve no metrics; set it for them and here, or give --url",
            ExitCode.CONFIGURATION,
        )
    return [endpoint(host, port + at) for at in range(len(STAGES))]


async def _look(places: list[str], maybe: list[str]) -> Look:
    """Ask all places; one of `maybe` that does not answer is left out."""
    from service.commands.top_view import Look
    from service.commands.worker_endpoints import get

    everywhere = [*places, *maybe]
    asked = [asyncio.to_thread(get, f"{place}/metrics", PATIENCE_SECONDS) for place in everywhere]
    answers = await asyncio.gather(*asked)
    texts = {
        place: text if status == 200 else None
        for place, (status, text) in zip(everywhere, answers, strict=True)
    }
    return Look.of(
        {place: text for place, text in texts.items() if text is not None or place in places}, time.time()
    )
