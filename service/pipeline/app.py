"""Run one stage as a worker: one Faust app and one consumer group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.stages import STAGES

if TYPE_CHECKING:
    from service.settings import Settings
    from service.telemetry.tell import Telemetry


def run_stage(stage: str, settings: Settings, telemetry: Telemetry) -> None:
    """Run one stage until it is told to stop."""
    from service.kafka.worker import build_app, run_worker
    from service.pipeline.on_kafka import StageOnKafka

    warm_up(stage)
    spec = STAGES[stage]
    connected = StageOnKafka(spec, settings, telemetry)
    run_worker(build_app(settings, spec, connected, telemetry.tell), settings)


def warm_up(stage: str) -> None:
    """Compile and load what a stage needs, before its consumer joins a group that would wait for it."""
    from service.kafka.outbox import warm_up as load_outbox

    load_outbox()
    STAGES[stage].warm_up()
