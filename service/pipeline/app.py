"""Run one stage: one Faust app and one consumer group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.stages import ROUTES

if TYPE_CHECKING:
    from service.settings import Settings
    from service.telemetry.tell import Telemetry


def run_stage(stage: str, settings: Settings, desk: Telemetry) -> None:
    """Run one stage until it is told to stop."""
    from service.kafka.worker import StagePlan, build_app, run_worker
    from service.pipeline.on_kafka import StageOnKafka, group_id

    warm_up(stage)
    route = ROUTES[stage]
    room = StageOnKafka(stage, settings, route.sinks, desk)
    batched = stage == "intake"  # later stages read envelopes, which are batches already
    plan = StagePlan(
        name=stage,
        group=group_id(settings, stage),
        source=route.source,
        batch_records=settings.intake.batch_articles if batched else 1,
        batch_wait_seconds=settings.intake.batch_wait_seconds,
        open=room.open,
        close=room.close,
        assigned=room.assigned,
    )
    run_worker(build_app(settings, plan, room.options, desk.tell), settings)


def warm_up(stage: str) -> None:
    """Compile and load what the stage needs, before its consumer joins a group that would wait for it."""
    from service.kafka.outbox import warm_up as load_outbox

    load_outbox()
    if stage == "enrich":
        from service.enrich.claims import warm_up as load_claims

        load_claims()
    else:
        from service.dedup.collection import warm_up as load_index

        load_index()
    if stage == "intake":
        from service.intake.cleaning.clean import clean

        clean("The ferry sails – again. Паром पार करता है।")
