"""`copydesk check`: are the settings right, do the brokers answer, are the topics as they should be.

With `--sample FILE` instead: what of the records of a file is read from where.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from service.commands.account_view import show_accounts
from service.commands.aligned import columns
from service.commands.fetching import with_fetched
from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    read_settings,
    say,
)
from service.contracts.layout import layout_in_words
from service.exit_codes import ExitCode
from service.reading import Unreadable, read_articles
from service.settings import Settings

if TYPE_CHECKING:
    from service.commands.topic_admin import Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: Literal["settings", "broker", "topic"]
    name: str
    ok: bool
    detail: str


SampleOption = Annotated[
    str | None,
    typer.Option(
        "--sample",
        metavar="FILE",
        help="Show what of its records is read from where, what stays in `extra` and what is dropped; ask no broker.",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Records of the sample to show.")]

SAMPLE_RECORDS: Final = 5
"""Number of records of a sample that are shown where nothing else is said."""


async def check(
    sample: SampleOption = None,
    limit: LimitOption = SAMPLE_RECORDS,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Check settings, brokers and topics; nothing is changed. With --sample, show how the records of a file are read.

    Ends with 78 when a setting is wrong, 69 when a broker cannot be used, 1 when a topic is missing or laid out
    otherwise, or when a record of the sample would be a dead letter or cannot be read.
    """
    settings = read_settings(config, assignments)
    if sample is not None:
        await _check_sample(sample, limit, settings, as_json=as_json)
        return
    findings = [Finding("settings", "", True, "all in bounds, and fit together")]
    findings += await _brokers(settings)
    if any(finding.what == "broker" and finding.ok for finding in findings):
        findings += await _topics(settings)
    _show(findings, as_json)
    _raise_if_wrong(findings)


async def _check_sample(path: str, limit: int, settings: Settings, *, as_json: bool) -> None:
    unread: list[Unreadable] = []
    sources = await with_fetched([path], unread.append)
    records = islice(read_articles(sources, unread.append), limit)
    read, dead = show_accounts(records, settings.intake, as_json=as_json)
    say(*map(str, unread))
    if dead or unread or not read:
        raise CommandFailed(f"{read} of {read + dead + len(unread)} records can be read as articles")


async def _brokers(settings: Settings) -> list[Finding]:
    """Ask every broker: those of the settings, and those that the answers name. A client has to reach all of them."""
    from service.kafka.security import BrokerUnavailable, ask_broker, bootstrap_servers

    findings, waiting, seen = [], bootstrap_servers(settings.kafka), set[str]()
    while waiting:
        server = waiting.pop(0)
        if server in seen:
            continue
        seen.add(server)
        try:
            cluster = await ask_broker(server, settings.kafka)
        except BrokerUnavailable as error:
            findings.append(Finding("broker", server, False, str(error)))
            continue
        how = settings.kafka.security_protocol
        findings.append(Finding("broker", server, True, f"answers ({how}), one of {len(cluster.brokers)}"))
        waiting += cluster.brokers
    return findings


async def _topics(settings: Settings) -> list[Finding]:
    from service.commands.topic_admin import admin, standings_of

    async with admin(settings) as client:
        standings = await standings_of(client, settings)
    return [Finding("topic", topic.name, topic.state == "exists", _detail(topic)) for topic in standings]


def _detail(topic: Standing) -> str:
    if topic.state == "missing":
        return "missing: `copydesk topics create` makes it"
    return "; ".join(map(str, topic.differences)) or layout_in_words(topic.spec)


def _show(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        for finding in findings:
            out(json_line(asdict(finding)))
        return
    rows = [
        (finding.what, finding.name, "ok" if finding.ok else "WRONG", finding.detail) for finding in findings
    ]
    for line in columns(["what", "name", "", "detail"], rows):
        out(line)


def _raise_if_wrong(findings: list[Finding]) -> None:
    brokers = [finding for finding in findings if finding.what == "broker" and not finding.ok]
    topics = [finding for finding in findings if finding.what == "topic" and not finding.ok]
    if brokers:
        raise CommandFailed(f"{len(brokers)} of the brokers cannot be used", ExitCode.UNAVAILABLE)
    if topics:
        raise CommandFailed(f"{len(topics)} of the topics are not as the settings want them")
