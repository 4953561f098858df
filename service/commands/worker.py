"""Implement `copydesk worker STAGE`: run one stage until it is told to stop."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.secrets import hide_secrets
from service.commands.shared import ConfigOption, SetOption, read_settings
from service.stages import STAGES

if TYPE_CHECKING:
    StageName = str
else:
    StageName = StrEnum("StageName", {name.upper(): name for name in STAGES})


def worker(
    stage: Annotated[StageName, typer.Argument(help="Stage to run.")],
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Run one stage until SIGTERM or Ctrl-C.

    Waits a minute for a broker that is not there yet, then ends with 69; at once when the broker refuses us. Ends with
    70 when the broker or a segment failed (restart it: nothing was acknowledged), with 65 when too many records were
    set aside, with 78 when settings or topics are wrong.
    """
    settings = read_settings(config, assignments)
    hide_secrets(assignments)

    from service.pipeline.app import run_stage
    from service.telemetry.tell import telemetry

    run_stage(str(stage), settings, telemetry(settings, str(stage)))
