"""The verbs of `copydesk`. To add one, add its name to `VERBS`.

A verb is a module ``service/commands/NAME.py`` with a function ``NAME`` that typer can read (plain or
``async``, typed with ``Annotated``; its docstring is the help). A module with several verbs of its own
(``dlq list``) has a tuple ``VERBS`` of such functions instead; the first line of the module is the help,
and a trailing underscore of a name is dropped (``list_``).

A verb takes `ConfigOption`, `SetOption` and `JsonOption` from service/commands/shared.py, reads the
settings with `read_settings`, returns None when all went well, and otherwise raises one of the errors
named there: this file turns them into one line on stderr and the exit status (service/exit_codes.py).
What is slow to import (numba, faust, aiokafka) is imported inside the function: ``--help`` stays quick.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any

import typer

from service import __version__
from service.commands.shared import CommandFailed, say
from service.exit_codes import MEANINGS, ExitCode
from service.settings import SettingsError

VERBS: tuple[str, ...] = (
    "demo",
    "process",
    "explain",
    "check",
    "config",
    "topics",
    "run",
    "worker",
    "feed",
    "tail",
    "store",
    "desk",
    "export",
    "dlq",
    "healthcheck",
    "top",
)


def main() -> None:
    """Run the verb named on the command line and leave with its exit status."""
    # Without a handler its warnings would land on stderr beside the sentence in which we say the same.
    logging.getLogger("aiokafka").addHandler(logging.NullHandler())
    build_app()(prog_name="copydesk")


def build_app() -> typer.Typer:
    """Register all verbs."""
    app = typer.Typer(
        no_args_is_help=True,
        epilog="Exit status: "
        + ", ".join(f"{code.value} {meaning}" for code, meaning in MEANINGS.items())
        + ".",
        pretty_exceptions_enable=False,  # their tracebacks print local variables, passwords among them
    )
    app.callback()(_copydesk)
    for name in VERBS:
        module = import_module(f"service.commands.{name}")
        if hasattr(module, "VERBS"):
            app.add_typer(_group(module), name=name)
        else:
            verb = getattr(module, name)
            app.command(name, help=help_of(verb))(ends_well(verb))
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit(ExitCode.OK)


def _copydesk(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """Recognise repeats in a stream of news articles, and mark who said what."""


def _group(module: ModuleType) -> typer.Typer:
    group = typer.Typer(help=(module.__doc__ or "").strip().splitlines()[0], no_args_is_help=True)

    @group.callback()
    def _is_a_group() -> None:  # without a callback typer makes a group of one verb a plain command
        pass

    for verb in module.VERBS:
        group.command(verb.__name__.rstrip("_").replace("_", "-"), help=help_of(verb))(ends_well(verb))
    return group


def help_of(verb: Callable[..., Any]) -> str:
    """Return the docstring of a verb with each paragraph on one line: the terminal decides where lines break."""
    paragraphs = (inspect.getdoc(verb) or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.splitlines()) for paragraph in paragraphs)


def ends_well(verb: Callable[..., Any]) -> Callable[..., None]:
    """Wrap a verb so that it ends with an exit status, and with a sentence on stderr if it fails.

    A traceback is left for our own bugs, never for what a user or a broker did.
    """

    @functools.wraps(verb)
    def run(*args: Any, **options: Any) -> None:
        try:
            if inspect.iscoroutinefunction(verb):
                asyncio.run(verb(*args, **options))
            else:
                verb(*args, **options)
            sys.stdout.flush()  # a reader that left is noticed here, not at interpreter exit
        except SettingsError as error:
            say(*error.problems)
            raise typer.Exit(ExitCode.CONFIGURATION) from None
        except CommandFailed as error:
            say(*str(error).splitlines())
            raise typer.Exit(error.code) from None
        except BrokenPipeError:
            _forget_stdout()
            raise typer.Exit(ExitCode.OK) from None
        except KeyboardInterrupt:
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except Exception as error:
            if not _is_of_kafka(error):
                raise
            say(f"the broker did not answer as it should: {error}")
            raise typer.Exit(ExitCode.UNAVAILABLE) from None

    return run


def _is_of_kafka(error: Exception) -> bool:
    """Return whether a Kafka client raised the error. Imports no client: that takes longer than --help."""
    errors = sys.modules.get("aiokafka.errors")
    return errors is not None and isinstance(error, errors.KafkaError)


def _forget_stdout() -> None:
    """Let the interpreter flush into nothing at exit: the reader of our pipe is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
