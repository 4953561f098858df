"""`copydesk demo`: 43 sample records, shown as they pass and counted at the end."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from service.commands.shared import (
    CommandFailed,
    JsonOption,
    SetOption,
    console,
    json_line,
    out,
    overrides_from,
    say,
)
from service.exit_codes import ExitCode
from service.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from service.commands.demo.flow import Flow

TOPIC_PREFIX: Final = "demo."

Report = Callable[[], None]

PLAIN_COLUMNS: Final = 140
"""Width without a terminal, in columns: a log can be scrolled."""

EmbeddedOption = Annotated[
    bool,
    typer.Option(
        "--embedded", help="Through a real Kafka started for this, with a worker process for each stage."
    ),
]
PaceOption = Annotated[
    float, typer.Option("--pace", min=0, metavar="SECONDS", help="Pause between two records.")
]


PageOption = Annotated[
    bool, typer.Option("--page", help="Leave a page open on what came out (`copydesk desk`), until Ctrl-C.")
]


def demo(
    embedded: EmbeddedOption = False,
    pace_seconds: PaceOption = 0.1,
    page: PageOption = False,
    as_json: JsonOption = False,
    assignments: SetOption = None,
) -> None:
    """Show what Copydesk does with 43 invented records. Needs no Kafka and no settings.

    Exit status 1 if a record came out neither enriched, nor as a duplicate, nor dead, or a worker ended.
    """
    from service.commands.demo.flow import Flow

    screen = console()
    if not screen.is_terminal:
        screen.width = PLAIN_COLUMNS
    flow = Flow(screen, as_json=as_json, keep=page and not embedded)

    def report() -> None:
        if as_json:
            out(json_line(flow.tally.as_record()))
        else:
            _print_report(screen, flow)

    through = _through_kafka if embedded else _in_memory
    through(flow, assignments or [], pace_seconds, report, page=page)
    if wrong := problems(flow):
        raise CommandFailed("\n".join(wrong))


def _in_memory(
    flow: Flow, assignments: Sequence[str], pace_seconds: float, report: Report, *, page: bool
) -> None:
    from service.commands.demo.without_broker import run_samples
    from service.samples import load_samples

    settings = demo_settings(assignments)
    with flow:
        asyncio.run(run_samples(settings, load_samples(), flow, pace_seconds=pace_seconds))
    report()
    if page:
        from service.commands.demo.page import page_in_memory

        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            asyncio.run(page_in_memory(settings, Path(folder), flow.published))


def _through_kafka(
    flow: Flow, assignments: Sequence[str], pace_seconds: float, report: Report, *, page: bool
) -> None:
    embedded = _embedded_kafka()
    kafka = embedded.EmbeddedKafka(embedded.VAR / "demo")
    try:
        say("starting Kafka")
        kafka.start()
        own = [
            f"kafka.bootstrap_servers={kafka.bootstrap_servers}",
            f"kafka.topic_prefix={TOPIC_PREFIX}",
        ]
        asyncio.run(through_broker(flow, [*assignments, *own], kafka.home, pace_seconds, report, page=page))
    except embedded.KafkaError as error:
        raise CommandFailed(str(error), ExitCode.UNAVAILABLE) from None
    finally:
        kafka.stop()
        shutil.rmtree(kafka.data, ignore_errors=True)  # the logs stay, to be read after a failure


async def through_broker(
    flow: Flow,
    assignments: Sequence[str],
    log_home: Path,
    pace_seconds: float,
    report: Report = lambda: None,
    *,
    page: bool = False,
) -> None:
    """Run the demo on a running broker: topics, a worker for each stage, the samples, the report. The topics stay.

    With `page`, the page fills while the samples flow, and everything runs on until Ctrl-C.
    """
    from service.commands.demo import on_broker
    from service.commands.demo.page import hold, page_on_broker
    from service.commands.demo.workers import Workers
    from service.samples import load_samples

    settings = demo_settings(assignments)
    await on_broker.make_topics(settings)
    say("starting intake, dedup, enrich and threads")
    async with Workers(log_home, assignments) as workers, AsyncExitStack() as stack:
        await on_broker.until_ready(workers)
        address = await stack.enter_async_context(page_on_broker(settings, log_home)) if page else None
        if address is not None:
            say(f"the page at {address} fills while the articles flow")
        with flow:
            await on_broker.run_samples(settings, load_samples(), flow, workers, pace_seconds=pace_seconds)
        report()
        if address is not None:
            await hold(address)
        say("stopping")


def demo_settings(assignments: Sequence[str]) -> Settings:
    """Return the default settings with those of the command line; ignores files and the environment."""
    return load_settings(env={}, overrides=overrides_from(list(assignments)))


def _embedded_kafka() -> Any:
    """Import the module that starts a broker; only a checkout has it."""
    root = str(Path(__file__).resolve().parents[3])
    if root not in sys.path:
        sys.path.append(root)
    try:
        from deploy.kafka import embedded
    except ImportError:
        message = "--embedded needs a checkout of the project (deploy/kafka); without it, run `copydesk demo`"
        raise CommandFailed(message) from None
    return embedded


def _print_report(page: Console, flow: Flow) -> None:
    from service.commands.demo import printing

    for table in (
        printing.repeats_table,
        printing.claims_table,
        printing.summary_table,
        printing.threads_table,
    ):
        page.print()
        page.print(table(flow.tally))
    out(flow.tally.sum_line())


def problems(flow: Flow) -> list[str]:
    """Return a sentence for each way in which the demo did not end as it should."""
    from service.commands.demo.printing import unanswered_lines
    from service.topics import CLAIMS

    tally = flow.tally
    sentences = list(unanswered_lines(tally, flow.samples))
    if not sentences and not tally.is_balanced:
        sentences.append("a record has more than one answer")
    if tally.count(CLAIMS) != tally.claims_due:
        sentences.append(
            f"{tally.count(CLAIMS)} claims came out, the enriched articles carry {tally.claims_due}"
        )
    sentences += [
        f"our own fault ({dead.reason}) in {dead.stage}: {dead.detail}" for dead in tally.our_faults()
    ]
    return sentences
