"""The command line as a whole: verbs, help, exit statuses, quiet ends."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import typer
from aiokafka.errors import KafkaTimeoutError
from typer.testing import CliRunner

from service import __version__
from service.cli import VERBS, build_app, ends_well, main
from service.commands.shared import CommandFailed
from service.exit_codes import MEANINGS, ExitCode
from service.settings import SettingsError
from tests.commands.kit import command, own_environment, run

ROOT = Path(__file__).parent.parent


def functions() -> list[tuple[str, Callable[..., object]]]:
    modules = [(name, import_module(f"service.commands.{name}")) for name in VERBS]
    return [
        (f"{name} {verb.__name__}", verb)
        for name, module in modules
        for verb in getattr(module, "VERBS", None) or (getattr(module, name),)
    ]


GROUPED = [name.rstrip("_") for name, _ in functions() if len(set(name.split())) == 2]  # "dlq list" ...


@pytest.mark.parametrize(("name", "verb"), functions())
def test_every_verb_says_in_its_first_line_what_it_does(name: str, verb: Callable[..., object]) -> None:
    assert (verb.__doc__ or "").strip().splitlines()[0].endswith(".")


@pytest.mark.parametrize("verb", ["", *VERBS, *GROUPED])
def test_help_fits_80_columns(verb: str) -> None:
    shown = CliRunner().invoke(
        build_app(), [*verb.split(), "--help"], env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"}
    )
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80


def test_help_breaks_lines_only_where_the_terminal_ends() -> None:
    shown = run("run", "--help", COLUMNS="300").stdout.decode()
    assert (
        "Stops on SIGTERM or Ctrl-C, or when a stage ends in a way that a restart would only repeat." in shown
    )


def test_help_names_every_verb() -> None:
    shown = run("--help", COLUMNS="120").stdout.decode()
    for verb in VERBS:
        assert f" {verb} " in shown


def test_help_names_every_exit_status() -> None:
    assert set(MEANINGS) == set(ExitCode)
    shown = run("--help", COLUMNS="400").stdout.decode()
    for code, meaning in MEANINGS.items():
        assert f"{code.value} {meaning}" in shown


def test_help_does_not_wait_for_what_only_stages_need() -> None:
    modules = "import sys, service.cli; service.cli.build_app(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", modules], capture_output=True, text=True, check=True, env=own_environment()
    )
    assert not {"numba", "faust", "aiokafka", "numpy"} & set(loaded.stdout.split())


def test_version_is_printed() -> None:
    assert run("--version").stdout.decode() == f"{__version__}\n"


def test_unknown_verb_and_option_are_usage_errors() -> None:
    assert run("fed").returncode == ExitCode.USAGE
    assert run("feed", "--quick").returncode == ExitCode.USAGE


def status_of(verb: Callable[[], object]) -> int:
    with pytest.raises(typer.Exit) as left:
        ends_well(verb)()
    return int(left.value.exit_code)


def test_errors_become_a_line_and_a_status(capsys: pytest.CaptureFixture[str]) -> None:
    def configured_wrongly() -> None:
        raise SettingsError("a.b is 3", "a.c is \x1b")

    async def no_broker() -> None:
        raise CommandFailed("nobody\nlistens", ExitCode.UNAVAILABLE)

    def interrupted() -> None:
        raise KeyboardInterrupt

    assert status_of(configured_wrongly) == ExitCode.CONFIGURATION
    assert status_of(no_broker) == ExitCode.UNAVAILABLE
    assert status_of(interrupted) == ExitCode.INTERRUPTED
    said = capsys.readouterr().err
    assert said == "copydesk: a.b is 3\ncopydesk: a.c is \\x1b\ncopydesk: nobody\ncopydesk: listens\n"


def test_error_of_a_kafka_client_is_a_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    def broker_left() -> None:
        raise KafkaTimeoutError("no offsets in 40000 ms")

    assert status_of(broker_left) == ExitCode.UNAVAILABLE
    assert capsys.readouterr().err.startswith("copydesk: the broker did not answer as it should: ")


def test_bug_of_ours_is_not_hidden() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ends_well(broken)()


def test_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    """More lines than a pipe holds, to a reader that closes it at once."""
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(b'{"id":"1"}\n' * 20_000)
    with subprocess.Popen(
        command("feed", "--dry-run", "--limit", "20000", str(lines)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=own_environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == ExitCode.OK


def test_installed_command_is_this_one() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, function = scripts["copydesk"].partition(":")
    assert getattr(import_module(module), function) is main


def test_app_is_built_anew_each_time() -> None:
    assert build_app() is not build_app()
