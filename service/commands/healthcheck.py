"""`copydesk healthcheck`: is the worker here well; for containers, and for whoever wonders."""

from __future__ import annotations

from typing import Annotated

import typer

from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    read_settings,
)
from service.exit_codes import ExitCode

PATIENCE_SECONDS = 5.0


def healthcheck(
    ready: Annotated[
        bool, typer.Option("--ready", help="Ask whether it is ready, not whether it is live.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Ask the worker on this machine whether it is well.

    Ends with 1 when it is not, or does not answer. A Kafka outage does not make it unwell: a restart would not help.
    """
    from service.commands.worker_endpoints import endpoint, get

    settings = read_settings(config, assignments)
    if not settings.telemetry.port:
        raise CommandFailed("telemetry.port is 0, so workers serve no health", ExitCode.CONFIGURATION)
    url = endpoint(settings.telemetry.host, settings.telemetry.port) + ("/readyz" if ready else "/healthz")
    status, body = get(url, PATIENCE_SECONDS)
    ok, reason = _read(body, url) if status else (False, f"{url}: {body}")
    well = status == 200 and ok
    if as_json:
        out(json_line({"ok": well, "reason": reason}))
    elif well:
        out(reason)
    if not well:
        raise CommandFailed(reason)


def _read(body: str, url: str) -> tuple[bool, str]:
    import json

    try:
        answer = json.loads(body)
        return bool(answer["ok"]), str(answer["reason"])
    except (ValueError, KeyError, TypeError):
        return False, f"{url} is served by something else than a worker"
