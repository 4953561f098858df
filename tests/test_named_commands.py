"""Every command that the documentation names is one that `copydesk` takes, and those that end by themselves run."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.kafka.embedded import EmbeddedKafka
from service import cli
from service.line.dead_letter_headers import dead_letter_headers
from service.records import Origin, Reason
from tests.commands.kit import at
from tests.kit_kafka import Sent, produce

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")]
    if page.name != "CHANGELOG.md"  # it names commands of earlier releases
)
COMMAND = re.compile(
    r"(?:`|^\$ )(?:\.venv/bin/)?copydesk ((?:[^`\n#]|\n(?! *\n))+?) *(?:`|#|\n|$)", re.MULTILINE
)
WIRE = ROOT / "service" / "samples" / "wire.jsonl"

STANDS_FOR = {
    "archive.jsonl": str(WIRE),
    "ID": "wire-1", "PLACE": "0-0", "REASON": "no_text", "...": "no_text", "A": str(WIRE), "B": str(WIRE),
    "ORIGINAL": str(WIRE), "DUPLICATE": str(WIRE), "FILE": str(WIRE), "PAGE": "page.html", "FILE|FOLDER|-": str(WIRE),
    "service/samples/wire.jsonl": str(WIRE),
}  # fmt: skip
"""Words of the documentation that a reader replaces -> what the tests put there."""

TESTED_ELSEWHERE = {
    "store": "tests/store/test_store_on_kafka.py",
    "export": "tests/store/test_store.py",
    "desk": "tests/desk/test_guards.py",
    "run": "tests/broker/test_run.py",
    "worker": "tests/broker/test_stages.py",
    "demo": "tests/commands/test_demo.py",
    "process": "tests/commands/test_process.py",
    "explain": "tests/commands/test_explain.py",
    "healthcheck": "tests/commands/test_healthcheck.py",
    "top": "tests/commands/test_top.py",
    "--version": "tests/test_cli.py",
}
"""Commands that run for ever, need a worker, or compile -> the test that runs them."""

OPTIONS = {"tail": ["--no-follow"]}
"""Options that let a command end."""


def named() -> list[str]:
    found = {" ".join(text.split()) for page in PAGES for text in COMMAND.findall(page.read_text("utf-8"))}
    return sorted(found)


def arguments(text: str) -> list[str]:
    return [STANDS_FOR.get(word, word) for word in text.split()]


def is_a_verb_alone(text: str) -> bool:
    return len(text.split()) <= 2 and all(re.fullmatch(r"[a-z]+", word) for word in text.split())


def test_commands_are_found() -> None:
    assert {"check", "topics extend", "tail articles.enriched", "dlq show PLACE --value"} <= set(named())


@pytest.mark.parametrize("text", named())
def test_command_is_taken(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed_only(verb: Callable[..., Any]) -> Callable[..., None]:
        import functools

        @functools.wraps(verb)
        def do_nothing(*_: Any, **__: Any) -> None:
            return None

        return do_nothing

    monkeypatch.setattr(cli, "ends_well", parsed_only)
    words = arguments(text)
    ended = CliRunner().invoke(cli.build_app(), [*words, "--help"] if is_a_verb_alone(text) else words)
    assert ended.exit_code == 0, ended.output


@pytest.mark.parametrize("path", sorted(set(TESTED_ELSEWHERE.values())))
def test_other_commands_have_tests_of_their_own(path: str) -> None:
    verbs = [verb for verb, test in TESTED_ELSEWHERE.items() if test == path]
    source = (ROOT / path).read_text("utf-8")
    assert all(verb.strip("-") in source for verb in verbs)


def test_commands_run_on_a_broker(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    options = [option for value in at(kafka, topic_prefix) for option in ("--set", value)]
    app = cli.build_app()
    assert CliRunner().invoke(app, ["topics", "create", *options]).exit_code == 0
    asyncio.run(_publish(kafka, topic_prefix))
    ran = 0
    for text in named():
        verb = text.split()[0]
        needs_a_place = text == "dlq show"
        if verb in TESTED_ELSEWHERE or needs_a_place or text == "feed":
            continue
        ended = CliRunner().invoke(app, [*arguments(text), *OPTIONS.get(verb, []), *options])
        assert ended.exit_code == 0, f"{text}: {ended.output}" if text != "tail" else ""
        ran += 1
    assert ran > 12


async def _publish(kafka: EmbeddedKafka, prefix: str) -> None:
    headers = dead_letter_headers(
        (), stage="intake", reason=Reason.NO_TEXT, detail="no text", exception="Rejected",
        origin=Origin(f"{prefix}articles.raw", 0, 0, 0), replays=0,
    )  # fmt: skip
    await produce(kafka.bootstrap_servers, f"{prefix}articles.dead", [Sent(b"{}", b"k", tuple(headers), 0)])
    for name, topic in (("enriched", "articles.enriched"), ("claim", "claims")):
        example = json.loads((ROOT / f"service/contracts/examples/{name}.json").read_text("utf-8"))
        record = Sent(json.dumps(example["value"]).encode(), key=b"k")
        await produce(kafka.bootstrap_servers, f"{prefix}{topic}", [record])
