"""Logs: an event in the past tense and its fields, one JSON object per line, whoever wrote it.

Our own lines, Faust's, mode's, aiokafka's and Python's warnings take the same way out, to stderr. On a
terminal they are rendered for eyes. Article text is never logged; control characters that a feed may
have smuggled into an id or an error message are escaped in both renderings (CWE-117, CWE-150).
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

from service.settings import TelemetrySettings

NOISY = {
    "aiokafka": logging.WARNING,  # every metadata refresh and join step
    "faust.tables.recovery": logging.WARNING,  # a table per assignment, and we have no tables
    "mode.timers": logging.WARNING,  # "timer woke up late" many times a minute on a busy loop
}

CHATTY = ("faust", "mode", "service.kafka.patches.transport")
"""Loggers that write forty lines at each start and stop, one for every part of Faust. Read them at DEBUG."""

REPEATED_PERIOD_SECONDS = 10.0
"""aiokafka writes forty lines a second while a broker is away. Lines of one template come once in this time."""

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters to escape: C0, C1, line separators, and the bidirectional overrides that reorder a terminal."""


def configure_logging(
    settings: TelemetrySettings,
    *,
    stage: str = "",
    stream: TextIO | None = None,
    count: Mapping[str, Callable[[], None]] | None = None,
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Send every log line of this process to `stream` (stderr), from `settings.log_level` upwards.

    `count` has a callable per level name ("warning") that is called for each line of that level.
    """
    out = stream or sys.stderr
    shared = _shared(stage)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _Lines(out, count or {})
    handler.addFilter(_Seldom(now))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_add_our_extras, *shared], processors=_rendering(settings.log_format, out)
        )
    )
    _take_over(handler, settings.log_level)


def _take_over(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for other in root.handlers[:]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(
            logging.INFO if level == "DEBUG" else max(logging.WARNING, root.level)
        )
    for name, least in NOISY.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught


def _shared(stage: str) -> list[Processor]:
    def add_stage(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        if stage:
            event.setdefault("stage", stage)
        return event

    return [
        merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        add_stage,
    ]


_extras = structlog.stdlib.ExtraAdder()


def _add_our_extras(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Add `extra={...}` of Copydesk's own loggers; those of libraries may contain anything, messages included."""
    ours = event["_record"].name.partition(".")[0] in ("service", "copydesk")
    return dict(_extras(logger, name, event)) if ours else event


def _rendering(log_format: str, out: TextIO) -> list[Processor]:
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    # Plain tracebacks in both: the richer ones print local variables, article text and passwords included.
    if log_format == "json" or (log_format == "auto" and not out.isatty()):
        renderer = structlog.processors.JSONRenderer(default=str)
        return [strip, structlog.processors.format_exc_info, renderer]
    console = structlog.dev.ConsoleRenderer(
        colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [strip, structlog.processors.format_exc_info, _escape, console]


def _escape(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escape control characters, so that no text from outside drives the terminal; tracebacks keep line breaks."""
    for key, value in event.items():
        text = value if isinstance(value, str) else str(value)
        if key in ("exception", "stack"):
            event[key] = "\n".join(map(escaped, text.split("\n")))
        elif CONTROL.search(text):
            event[key] = escaped(text)
    return event


def escaped(text: str) -> str:
    r"""Write control characters of a text as escapes.

    >>> print(escaped("a\x1b[2Jb\nc"))
    a\x1b[2Jb\nc
    """
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class _Seldom(logging.Filter):
    """Leave out what aiokafka said within the last seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        self._now = now
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("aiokafka"):
            return True
        line, now = (record.name, str(record.msg)), self._now()  # the template: without what is put into it
        if now - self._said.get(line, float("-inf")) < REPEATED_PERIOD_SECONDS:
            return False
        self._said[line] = now
        return True


class _Lines(logging.StreamHandler[TextIO]):
    """Write lines, and count them by level."""

    def __init__(self, stream: TextIO, count: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(stream)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        counted = self._count.get(record.levelname.lower())
        if counted is not None:
            counted()


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("copydesk").critical("process_failed", exc_info=(kind, error, trace))
