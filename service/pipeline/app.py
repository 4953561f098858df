"""Run one stage as a worker: one Faust app and one consumer group."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from service.compiled import KernelCounts
from service.pipeline.compiling import compiling_reported, in_words
from service.stages import STAGES

if TYPE_CHECKING:
    from service.settings import Settings
    from service.telemetry.tell import Telemetry

log = logging.getLogger(__name__)


def run_stage(stage: str, settings: Settings, telemetry: Telemetry) -> None:
    """Run one stage until it is told to stop. Raises: `LibrariesDiffer` before it connects."""
    from service.kafka.patches.gate import check

    check()
    from service.kafka.worker import build_app, run_worker  # may fail to import with other libraries
    from service.pipeline.on_kafka import StageOnKafka

    with compiling_reported(_log_compiling):
        warm_up(stage)
    spec = STAGES[stage]
    connected = StageOnKafka(spec, settings, telemetry)
    app = build_app(settings, spec, connected, telemetry.tell)
    sizes = () if spec.record_bytes_max is None else (spec.record_bytes_max(settings),)
    run_worker(app, settings, *sizes)


def warm_up(stage: str) -> None:
    """Compile and load what a stage needs, before its consumer joins a group that would wait for it."""
    from service.compiled import drop_stale_once
    from service.kafka.outbox import warm_up as load_outbox

    drop_stale_once()
    load_outbox()
    STAGES[stage].warm_up()


def _log_compiling(counts: KernelCounts, seconds: float) -> None:
    fields = {"compiled": counts.compiled, "known": counts.known, "seconds": round(seconds, 1)}
    log.info("kernels_compiling", extra={**fields, "detail": in_words(counts, seconds)})
