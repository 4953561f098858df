"""A worker of a real stage that ends when it decides on an article with `POISON` in its id. Run as a process.

HOW is `kill` (SIGKILL, as the kernel ends a process without memory) or `raise` (MemoryError, which no stage catches).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import service.enrich.enrich
import service.intake.stage
from service.dedup.finding import Finder
from service.pipeline.app import run_stage
from service.settings import load_settings
from service.telemetry.tell import telemetry
from service.threads.collection import Collection

POISON = "Poison"

DECIDES: dict[str, tuple[Any, str, Callable[..., str]]] = {
    "intake": (service.intake.stage, "intake", lambda record, *_: (record.value or b"").decode()),
    "dedup": (Finder, "find", lambda _, article, *__: article.article_id),
    "threads": (Collection, "_decide", lambda _, article, *__: article.article_id),
    "enrich": (service.enrich.enrich, "_enriched", lambda unique, *_: unique.article.article_id),
}
"""Stage -> where the function stands that it calls for each article, and how to read the id from its arguments."""


def end() -> None:
    """End this process as HOW says."""
    if os.environ["HOW"] == "raise":
        raise MemoryError
    os.kill(os.getpid(), signal.SIGKILL)


def poison(stage: str) -> None:
    """Let the stage end the process at a poisonous article."""
    owner, name, read_id = DECIDES[stage]
    function = getattr(owner, name)

    def deciding(*arguments: Any, **named: Any) -> Any:
        if POISON in read_id(*arguments) and not named.get("is_poison"):
            end()
        return function(*arguments, **named)

    setattr(owner, name, deciding)


def main() -> None:
    stage = sys.argv[1]
    settings = load_settings()
    poison(stage)
    run_stage(stage, settings, telemetry(settings, stage))


if __name__ == "__main__":
    main()
