"""One stage as `copydesk worker` runs it, with clocks on the functions that do the work.

    python -m bench.clocked_worker STAGE CLOCKS

Cleaning, sketching, reading facts, the index, the claims (found, weighed, given their ids) and threads (claims prepared
for them, and decided on) are timed; everything else a worker spends is streaming.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.meters import clocked, clocked_shortly
from service.dedup.collection import Collection
from service.enrich import stage as enrich_stage
from service.intake import article as intake
from service.pipeline.app import run_stage
from service.settings import load_settings
from service.telemetry.tell import telemetry
from service.threads.collection import Collection as Threads


def put_clocks(path: Path) -> None:
    """Time the functions that the stages call."""
    intake.clean = clocked_shortly(path, "clean", intake.clean)
    intake.sketch_of = clocked_shortly(path, "sketch", intake.sketch_of)
    enrich_stage.enrich_all = clocked(path, "claims", enrich_stage.enrich_all)
    enrich_stage.prepare = clocked(path, "threads", enrich_stage.prepare)
    intake.facts_of = clocked_shortly(path, "facts", intake.facts_of)
    Collection._decide = clocked(path, "index", Collection._decide)
    Threads._decide = clocked(path, "threads", Threads._decide)


def main(stage: str, path: Path) -> None:
    """Until SIGTERM."""
    put_clocks(path)
    settings = load_settings()
    run_stage(stage, settings, telemetry(settings, stage))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
